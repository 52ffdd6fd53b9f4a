from __future__ import annotations

from pathlib import Path

import pytest

from engine.content import Content, course_order, load_cards
from tests.cards.written_cards import COURSE, SOURCES, small, write_content


def together(root: Path, **cards: str) -> Content:
    return load_cards(write_content(root, {id: {"card.md": text} for id, text in cards.items()}))


def errors(content: Content) -> list[tuple[str, str]]:
    return [(str(p.place), p.code) for p in content.problems if p.level == "error"]


def test_an_unknown_unit_is_an_error_on_its_line(tmp_path: Path) -> None:
    content = together(tmp_path, a=small(unit="initialisation"), b=small())
    assert errors(content) == [("cards/a/card.md:3", "unknown-unit")]
    assert list(content.cards) == ["b"]
    assert "“initialization”" in str(content.problems[0].mend) + str(content.problems[1].mend)


def test_an_unknown_source_is_an_error_on_its_line(tmp_path: Path) -> None:
    content = together(tmp_path, a=small(more="sources:\n  - seed-002\n  - glorot-2011\n"))
    assert errors(content) == [("cards/a/card.md:8", "unknown-source")]
    assert not content.cards


def test_an_unknown_prerequisite_is_a_warning(tmp_path: Path) -> None:
    content = together(tmp_path, a=small("[later]"))
    assert [
        (p.level, p.code, p.place.line) for p in content.problems if p.code == "unknown-card"
    ] == [("warning", "unknown-card", 4)]
    assert course_order(content) == ("a",)


def test_a_prerequisite_that_is_broken_itself_is_not_reported_again(tmp_path: Path) -> None:
    content = together(tmp_path, a=small("[b]"), b="broken")
    assert errors(content) == [("cards/b/card.md:1", "no-front-matter")]
    assert list(content.cards) == ["a"]


def test_a_cycle_is_named_and_takes_down_only_its_own_cards(tmp_path: Path) -> None:
    content = together(
        tmp_path, a=small("[b]"), b=small("[c]"), c=small("[a]"), d=small("[a]"), e=small()
    )
    assert errors(content) == [(f"cards/{id}/card.md:4", "cycle") for id in "abc"]
    assert "a → b → c → a" in " ".join(str(problem.found) for problem in content.problems)
    assert list(content.cards) == ["d", "e"]


def test_a_card_that_requires_itself_is_a_cycle(tmp_path: Path) -> None:
    content = together(tmp_path, a=small("[a]"), b=small("[b]"))
    assert errors(content) == [("cards/a/card.md:4", "cycle"), ("cards/b/card.md:4", "cycle")]


@pytest.mark.parametrize(
    ("cards", "order"),
    [
        ({"b": ("", 0), "a": ("", 0)}, "ab"),
        ({"a": ("b", 0), "b": ("", 0)}, "ba"),
        ({"a": ("", 1), "b": ("", 0)}, "ba"),
        ({"a": ("", 1), "b": ("a", 1), "c": ("", 0)}, "cab"),
        # A prerequisite comes first even if its unit comes later.
        ({"a": ("b", 0), "b": ("", 1), "c": ("", 0)}, "cba"),
        ({"a": ("c", 0), "b": ("", 0), "c": ("", 0), "d": ("b", 0)}, "bcad"),
    ],
)
def test_cards_are_ordered_by_unit_then_prerequisites_then_id(
    tmp_path: Path, cards: dict[str, tuple[str, int]], order: str
) -> None:
    units = ("initialization", "confidence")
    written = {id: small(f"[{requires}]", units[unit]) for id, (requires, unit) in cards.items()}
    assert course_order(together(tmp_path, **written)) == tuple(order)


@pytest.mark.parametrize(
    ("old", "new", "code", "line"),
    [
        ('languages = ["en", "ko"]', 'languages = ["ko"]', "languages", 1),
        ('languages = ["en", "ko"]', "languages = [", "toml-syntax", 3),
        ('languages = ["en", "ko"]', 'language = ["en"]', "unknown-property", 1),
        ('id = "confidence"', 'id = "Con fidence"', "bad-id", 9),
        ('id = "confidence"', 'id = "initialization"', "duplicate-unit", 9),
        ('title.en = "Confidence"\n', "", "unit-title", 10),
        ('title.en = "Confidence"', "title.en = 3", "unit-title", 10),
        ('id = "confidence"', 'id = "confidence"\norder = 3', "unknown-property", 10),
    ],
)
def test_an_error_in_the_course_file_has_its_line(
    tmp_path: Path, old: str, new: str, code: str, line: int
) -> None:
    root = write_content(tmp_path / "content", {"a": {"card.md": small()}})
    assert old in COURSE
    (root / "course.toml").write_text(COURSE.replace(old, new))
    content = load_cards(root)
    assert (f"course.toml:{line}", code) in errors(content)
    assert list(content.cards) == ["a"]


@pytest.mark.parametrize(
    ("old", "new", "code", "line"),
    [
        ("year = 2010", 'year = "2010"', "bad-source", 5),
        ("year = 2010", "year = true", "bad-source", 5),
        ("https://", "http://", "bad-source", 7),
        ('kind = "note"', 'kind = "notes"', "bad-source", 10),
        ('kind = "note"', "", "bad-source", 9),
        ('title = "기울기 소실"', "", "bad-source", 9),
        ('title = "기울기 소실"', 'title = {en = "A", kr = "가"}', "bad-source", 11),
        ('title = "기울기 소실"', 'title = {ko = "가"}', "bad-source", 11),
        ('kind = "note"', 'kind = "note"\nyaer = 2010', "unknown-property", 11),
        ("[seed-002]", "[Seed_002]", "bad-id", 9),
        ("[glorot-2010]", "seed = 2\n[glorot-2010]", "bad-source", 1),
        ("[seed-002]", "[seed-002", "toml-syntax", 9),
    ],
)
def test_an_error_in_the_sources_file_has_its_line(
    tmp_path: Path, old: str, new: str, code: str, line: int
) -> None:
    root = write_content(tmp_path / "content", {"a": {"card.md": small()}})
    assert old in SOURCES
    (root / "sources.toml").write_text(SOURCES.replace(old, new))
    content = load_cards(root)
    found = errors(content)
    assert (f"sources.toml:{line}", code) in found
    assert {place.partition(":")[0] for place, _ in found} == {"sources.toml"}
    assert list(content.cards) == ["a"]


def test_the_course_of_this_repository_is_in_order() -> None:
    content = load_cards(Path(__file__).parents[2] / "content")
    files = {p.place.file for p in content.problems if p.level == "error"}
    assert not files & {"course.toml", "sources.toml"}
    assert [unit.id for unit in content.syllabus.units] == [
        "gradients",
        "initialization",
        "normalization",
        "confidence",
    ]
    assert list(content.sources) == sorted(content.sources)
