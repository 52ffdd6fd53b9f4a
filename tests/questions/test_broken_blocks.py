"""Blocks that are nearly right: what would once have been drawn wrongly, or not at all."""

from __future__ import annotations

import pytest

from engine.content import ContentError, Place, Problem
from engine.questions import draw
from engine.simulations import SIMULATIONS
from tests.questions.written_questions import DEPTH, FILE, ORDER, SEVERAL, SIGMA, WRITTEN, template

NUMBERS = SIGMA["parameters"]


def only_problem(spec, **words) -> Problem:
    with pytest.raises(ContentError) as failed:
        template(spec, **words)
    (problem,) = failed.value.problems
    return problem


def with_x(form) -> dict[str, object]:
    return {**SIGMA, "parameters": {**NUMBERS, "x": form}}


# -- parameters -----------------------------------------------------------------------------


@pytest.mark.parametrize(
    "form",
    [
        {"choose": [1, 10**400]},
        {"choose": [1, 2**53 + 1]},
        {"choose": [1.0, float("inf")]},
        {"choose": [1.0, float("nan")]},
        {"choose": [1, True]},
        {"choose": [None]},
        {"choose": 3},
        {"integer": [0, 10**39]},
        {"integer": [0, True]},
        {"integer": [1]},
        {"integer": [1, 2, 3]},
        {"uniform": [0, float("inf")]},
        {"uniform": [0, 1e308]},
        {"uniform": [0, 2**53], "decimals": 2},
        {"uniform": [0, 1], "decimals": True},
        {"uniform": [0, 1], "decimals": -1},
        {"uniform": [0, 1], "decimals": 1.5},
        {"uniform": [1, 1]},
        {"uniform": ["a", "b"]},
        {"cases": []},
        {"cases": [{}]},
        {"cases": [{"a": 1}, {"a": "one"}]},
        {"cases": [{"a": [1]}]},
        {"cases": [{"a": 10**400}]},
        {"choose": [1], "integer": [1, 2]},
        {},
        [1, 2],
        None,
        10**400,
        float("inf"),
    ],
)
def test_a_parameter_that_cannot_be_drawn_is_told(form):
    problem = only_problem(with_x(form))
    assert problem.code == "bad-parameter"
    assert problem.place.file == FILE
    assert len(problem.describe(str)) < 600


@pytest.mark.parametrize(
    "form", [{"uniform": [0.001, 0.009]}, {"uniform": [0.05, 0.15], "decimals": 1}]
)
def test_a_range_that_rounding_would_leave_is_told(form):
    problem = only_problem(with_x(form))
    assert problem.code == "bad-parameter"
    assert "decimals" in str(problem.expected)


@pytest.mark.parametrize(
    "name", ["lambda", "for", "None", "if", "sqrt", "true", "answer", "outcome"]
)
def test_a_name_that_means_more_is_refused(name):
    problem = only_problem({**SIGMA, "parameters": {**NUMBERS, name: 1}})
    assert (problem.code, problem.place.line) == ("bad-name", 15)
    assert name in str(problem.found)


def test_a_parameter_may_hide_a_constant():
    compiled = template(
        {**with_x(1), "parameters": {"e": 3}, "answer": "e", "require": "e > 0"}
        | {"misconceptions": {}}
    )
    assert draw(compiled, 0).answer == 3


def test_a_drawn_zero_has_no_sign():
    compiled = template(with_x({"uniform": [-0.3, 0.3], "decimals": 1}))
    drawn = [draw(compiled, seed).parameters["x"] for seed in range(100)]
    assert 0.0 in drawn
    assert "-0.0" not in map(repr, drawn)


def test_a_computed_condition_counts_as_1_or_0():
    compiled = template(with_x({"compute": "n_in > n_out"}))
    for seed in range(20):
        numbers = draw(compiled, seed).parameters
        assert numbers["x"] == int(numbers["n_in"] > numbers["n_out"])  # type: ignore[operator]
        assert type(numbers["x"]) is int


def test_a_computed_number_is_whole_only_while_it_is_exact():
    compiled = template(with_x({"compute": "1e300"}), prompt={"en": "{{ x }}"})
    assert draw(compiled, 0).prompt == "1×10³⁰⁰"


def test_a_computed_number_without_a_value_rejects_the_draw():
    compiled = template(with_x({"compute": "1 / (n_in - 64)"}))
    assert all(draw(compiled, seed).parameters["n_in"] != 64 for seed in range(30))


# -- numbers and conditions -----------------------------------------------------------------


@pytest.mark.parametrize(
    "spec",
    [
        {**SIGMA, "answer": "n_in > 0"},
        {**SIGMA, "answer": "not n_in"},
        {**SIGMA, "answer": True},
        {**SIGMA, "answer": "n_in > 0 and n_out > 0"},
        {**SIGMA, "misconceptions": {"m": "n_in == 1"}},
        {**DEPTH, "answer": "depth < 3"},
        {**DEPTH, "misconceptions": {"m": "depth < 3"}},
        {**ORDER, "items": {**ORDER["items"], "he": "n_in > 3"}},
        {**ORDER, "misconceptions": {"m": {"xavier": "1 < 2", "he": 1, "default": 2}}},
    ],
)
def test_a_condition_is_no_number(spec):
    problem = only_problem(spec)
    assert problem.code == "condition-for-number"
    assert "true or false" in str(problem.found)


def test_a_number_may_be_made_of_conditions():
    compiled = template({**SIGMA, "answer": "1 + (n_in > n_out)", "misconceptions": {}})
    assert {draw(compiled, seed).answer for seed in range(30)} == {1.0, 2.0}


def test_a_key_of_zero_has_no_sign():
    spec = {**DEPTH, "answer": "0 * -1", "misconceptions": {"up": 1, "down": -1}}
    variant = draw(template(spec), 0)
    assert {option.text for option in variant.options} == {"0", "1", "−1"}
    assert repr(variant.key) == "0.0"


# -- options --------------------------------------------------------------------------------


def test_an_answer_beside_options_is_told():
    assert only_problem({**WRITTEN, "answer": "3"}).code == "answer-and-options"


@pytest.mark.parametrize("spec", [WRITTEN, SEVERAL, ORDER])
@pytest.mark.parametrize("language", ["en", "ko"])
def test_options_with_the_same_words_in_a_language_are_told(spec, language):
    ids = list(spec.get("options", spec.get("items")))
    words = {id: {"en": f"The option {id}", language: f"One {id}"} for id in ids}
    words[ids[2]][language] = f" One\n{ids[0]} "
    problem = only_problem(spec, options=words)
    assert problem.code == "same-options"
    assert ids[0] in str(problem.found)
    assert language in str(problem.found)


def test_an_option_called_by_a_number_is_told():
    spec = {"kind": "several", "options": {"1": True, "two": False}}
    problem = only_problem({**spec, "misconceptions": {"a": "1", "b": "two"}})
    assert problem.code == "bad-id"


# -- what is not a word, not a format, not a setting ----------------------------------------


@pytest.mark.parametrize("key", ["kind", "chart", "format", "simulation"])
@pytest.mark.parametrize("value", [3, [1], {"a": 1}])
def test_what_has_to_be_a_word_is_told_once(key, value):
    problem = only_problem({**SIGMA, key: value})
    assert problem.code == "not-a-word"
    assert key in str(problem.found)


@pytest.mark.parametrize("spec", [SIGMA, DEPTH, WRITTEN, SEVERAL, ORDER])
@pytest.mark.parametrize("format", ["bogus", ".3d", "%d"])
def test_a_format_that_is_none_is_told_whatever_the_kind(spec, format):
    problem = only_problem({**spec, "format": format})
    assert problem.code == "bad-format"
    assert format in str(problem.found)


@pytest.mark.parametrize(
    ("setting", "told"),
    [
        ({"n_in": [1, 2]}, "a number"),
        ({"n_in": None}, "a number"),
        ({"n_in": {"a": 1}}, "a number"),
        ({"scheme": "magic"}, "he_normal"),
        ({"scheme": 3}, "he_normal"),
        ({"n_in": 10**9}, "at most"),
        ({"n_in": True}, "a number"),
    ],
)
def test_a_setting_that_does_not_fit_is_told_with_what_would(setting, told):
    spec = {**SIGMA, "simulation": "weight_initialization", "settings": setting}
    problem = only_problem(spec)
    assert problem.code == "setting-out-of-range"
    assert told in str(problem.expected)


def test_an_unknown_simulation_is_not_also_a_missing_one():
    problem = only_problem({**SIGMA, "simulation": "magic", "settings": {"n_in": 3}})
    assert problem.code == "unknown-simulation"
    assert sorted(SIMULATIONS)[0] in str(problem.expected)


# -- texts ----------------------------------------------------------------------------------


def test_a_text_that_cannot_be_filled_is_told_where_it_stands():
    place = Place("cards/demo/card.ko.md", 31)
    problem = only_problem(
        SIGMA,
        hints=({"en": "Look.", "ko": "{{ m }}"},),
        places={("ko", "hint:1"): place, ("en", "hint:1"): Place(FILE, 30)},
    )
    assert (problem.code, problem.place) == ("bad-place", place)


def test_a_text_that_is_not_translated_is_told_of_once():
    words = {"prompt": {"en": "What?", "ko": "무엇?"}, "explanation": {"en": "{{ m }}"}}
    assert only_problem(SIGMA, **words).code == "bad-place"
