from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.content import ContentError, read_mapping


def plain(text: str) -> object:
    return {key: node.plain() for key, node in read_mapping(text, "card.md").items()}


@pytest.mark.parametrize(
    ("written", "value"),
    [
        ("1e-3", 0.001),
        ("1E3", 1000.0),
        ("1.", 1.0),
        (".5", 0.5),
        ("-.5", -0.5),
        ("+7", 7),
        ("010", 10),
        ("0o10", 8),
        ("0x1F", 31),
        ("1_000", "1_000"),
        ("12:30", "12:30"),
        ("2024-01-02", "2024-01-02"),
        ("no", "no"),
        ("yes", "yes"),
        ("on", "on"),
        ("off", "off"),
        ("y", "y"),
        ("true", True),
        ("False", False),
        ("null", None),
        ("~", None),
        ("", None),
        ("1%", "1%"),
        (".3g", ".3g"),
        ("n_in != n_out", "n_in != n_out"),
        ("2 * x - 1", "2 * x - 1"),
        ('"1e-3"', "1e-3"),
        ("'true'", "true"),
        ("[1, [a, 2.0]]", [1, ["a", 2.0]]),
        ("{a: 1, b: {c: no}}", {"a": 1, "b": {"c": "no"}}),
    ],
)
def test_values_follow_the_core_schema_of_yaml_1_2(written: str, value: object) -> None:
    found = plain(f"key: {written}\n")
    assert found == {"key": value}
    assert type(found["key"]) is type(value)  # type: ignore[index]


@pytest.mark.parametrize(
    ("text", "code", "line"),
    [
        ("a: 1\nb: 2\na: 3", "duplicate-key", 3),
        ("p: {x: 1, x: 2}", "duplicate-key", 1),
        ("a: &name 1\nb: *name", "yaml-extra", 1),
        ("a: 1\nb: *name", "yaml-extra", 2),
        ("a: !!python/object:os.system x", "yaml-extra", 1),
        ("a: !local x", "yaml-extra", 1),
        ("a: ! x", "yaml-extra", 1),
        ("<<: {a: 1}", "yaml-key", 1),
        ("1: a", "yaml-key", 1),
        ("a: 1\ntrue: a", "yaml-key", 2),
        ("~: a", "yaml-key", 1),
        ("? [a]\n: b", "yaml-key", 1),
        ("title: {{ n }}", "yaml-key", 1),
        ("title: One: two", "yaml-syntax", 1),
        ("a: 1\nb: [1, 2", "yaml-syntax", 2),
        ("a:\n\t- 1", "yaml-syntax", 2),
        ("a: 1\n b: 2", "yaml-syntax", 2),
        ("a: @x", "yaml-syntax", 1),
        ('a: "open', "yaml-syntax", 1),
        ("- a\n- b", "yaml-mapping", 1),
        ("just words", "yaml-mapping", 1),
        ("a: 1\n---\nb: 2", "yaml-documents", 2),
        ("a: .inf", "yaml-number", 1),
        ("a: .NaN", "yaml-number", 1),
        ("a: 1e999", "yaml-number", 1),
        ("a: " + "9" * 5000, "yaml-number", 1),
        ("a: 1\nb: " + "[" * 50 + "]" * 50, "yaml-size", 2),
        ("a: [" + "1, " * 6000 + "1]", "yaml-size", 1),
        ("a: 1\nb: 2\u2028c", "odd-character", 2),
        ("a: \x07", "odd-character", 1),
        ("a: \ufeffx", "odd-character", 1),
    ],
)
def test_what_is_not_plain_data_is_refused_on_its_line(text: str, code: str, line: int) -> None:
    with pytest.raises(ContentError) as caught:
        read_mapping(text, "cards/a/card.md", first_line=11)
    (problem,) = caught.value.problems
    assert problem.code == code
    assert (problem.place.file, problem.place.line) == ("cards/a/card.md", line + 10)


def test_a_quoted_number_or_merge_sign_is_a_key() -> None:
    assert plain('"1": a\n"<<": b') == {"1": "a", "<<": "b"}


def test_every_value_knows_its_line() -> None:
    found = read_mapping("a: 1\n\nb:\n  - x\n  - y\n", "card.md", first_line=5)
    assert found["a"].line == 5
    assert [node.line for node in found["b"].value] == [8, 9]  # type: ignore[attr-defined]


def test_an_empty_text_is_an_empty_mapping() -> None:
    assert plain("") == plain("# only a comment\n") == plain("~") == {}


def test_a_hundred_thousand_brackets_are_refused() -> None:
    with pytest.raises(ContentError):
        read_mapping("a: " + "[" * 100_000, "card.md")


@given(st.text(alphabet=st.sampled_from("ab:-[]{}\"'&*!|>#%@~ \n\t\\é0.e"), max_size=80))
def test_any_text_is_data_or_a_problem_on_one_of_its_lines(text: str) -> None:
    try:
        read_mapping(text, "card.md", first_line=3)
    except ContentError as error:
        for problem in error.problems:
            assert 3 <= problem.place.line <= 3 + text.count("\n")
