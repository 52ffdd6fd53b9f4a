"""Reading the notes: what is broken is told with its line, and takes nothing else down."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from engine.i18n import Translator
from tests.cards.notes.conftest import NOTE, problems_of, read, told

Spoil = Callable[[str, str, str], None]


def test_a_sound_folder_is_read_whole(folder: Path) -> None:
    notes = read(folder)
    assert problems_of(folder) == ()
    assert list(notes.statements) == ["0-1", "0-2"]
    assert notes.notes["a-note"].author == "Somebody"
    assert notes.statements["0-1"].text["ko"] == "둘의 절반은 하나입니다."
    card, simulation = notes.statements["0-2"].evidence
    assert (card.kind, card.name) == ("card", "halves")
    assert (simulation.kind, simulation.name) == ("simulation", "moving_average")
    assert (simulation.settings, simulation.seed, simulation.chart) == (
        {"beta": 0.9},
        3,
        "ema_weights",
    )
    assert [s.id for s in notes.about("halves")] == ["0-1", "0-2"]
    assert notes.about("other") == ()
    assert [len(c.sides) for c in notes.contradictions] == [2]
    assert [q.statements for q in notes.questions] == [("0-2",)]


#: file, a piece of it, what it is replaced by, what is told, which statements are left
BROKEN = [
    ('id = "0-1"', 'id = "zero"', "7 bad-note", {"0-2"}),
    ('id = "0-1"', "", "6 bad-note", {"0-2"}),
    ('verdict = "true"', 'verdict = "right"', "8 bad-note", {"0-2"}),
    ('verdict = "false"', "verdict = false", "18 bad-note", {"0-1"}),
    ('text.en = "Half of two is one."', "", "10 bad-note", {"0-2"}),
    ('why.en = "It is one."', 'why.en = ""', "21 bad-note", {"0-1"}),
    ('cards = ["halves"]', "cards = []", "13 bad-note", {"0-2"}),
    ('cards = ["halves"]', 'cards = "halves"', "13 bad-note", {"0-2"}),
    ('verdict = "true"', 'verdict = "true"\ncolour = "red"', "9 unknown-property", {"0-2"}),
    ('id = "0-2"', 'id = "0-1"', "17 bad-note", {"0-1"}),
    ('{card = "halves"}, {question', '{book = "halves"}, {question', "14 bad-note", {"0-2"}),
    ('{card = "halves"}, {question', '{card = "x", seed = 1}, {question', "14 bad-note", {"0-2"}),
    ("seed = 3", "seed = -3", "24 bad-note", {"0-1"}),
    ("settings = {beta = 0.9}", 'settings = "beta"', "24 bad-note", {"0-1"}),
]


@pytest.mark.parametrize(("old", "new", "problem", "left"), BROKEN)
def test_a_broken_statement_is_told_and_the_rest_is_read(
    folder: Path, spoil: Spoil, old: str, new: str, problem: str, left: set[str]
) -> None:
    spoil("notes/a-note.toml", old, new)
    notes = read(folder)
    line, code = problem.split()
    assert f"notes/a-note.toml:{line} error {code}" in told(problems_of(folder))
    assert set(notes.statements) == left


#: a piece of the note, what it is replaced by, what is told; every statement stays
NOWHERE = [
    ('{question = "halves/half"}', '{question = "halves/hal"}', "14 error unknown-question"),
    ('"moving_average"', '"moving_averages"', "26 error unknown-simulation"),
    ("beta = 0.9", "betta = 0.9", "26 error bad-setting"),
    ("beta = 0.9", "beta = 9", "26 error bad-setting"),
    ('"ema_weights"', '"test_shift"', "26 error unknown-chart"),
    ('cards = ["halves"]', 'cards = ["halfs"]', "7 error unknown-card"),
    ('{question = "halves/half"}', '{question = "halfs/half"}', "14 error unknown-card"),
    ('text.ko = "둘의 절반은 하나입니다."', "", "9 warning not-translated"),
]


@pytest.mark.parametrize(("old", "new", "problem"), NOWHERE)
def test_what_points_nowhere_is_told_and_the_statement_stays(
    folder: Path, spoil: Spoil, old: str, new: str, problem: str
) -> None:
    spoil("notes/a-note.toml", old, new)
    notes = read(folder)
    assert told(problems_of(folder)) == [f"notes/a-note.toml:{problem}"]
    assert set(notes.statements) == {"0-1", "0-2"}


def test_a_likely_meaning_is_suggested_in_the_readers_language(folder: Path, spoil: Spoil) -> None:
    spoil("notes/a-note.toml", '"moving_average"', '"moving_averages"')
    (problem,) = problems_of(folder)
    assert "moving_average”?" in problem.describe(Translator("en"))
    assert "시뮬레이션" in problem.describe(Translator("ko"))


def test_a_note_that_no_source_names_is_an_error(folder: Path, spoil: Spoil) -> None:
    spoil("sources.toml", "[a-note]", "[another-note]")
    assert told(problems_of(folder)) == ["notes/a-note.toml:1 error unknown-source"]


def test_a_file_is_called_as_its_note(folder: Path) -> None:
    (folder / "notes" / "a-note.toml").rename(folder / "notes" / "b-note.toml")
    notes = read(folder)
    assert "notes/b-note.toml:1 error bad-note" in told(problems_of(folder))
    assert notes.notes == {}


def test_a_file_that_cannot_be_read_leaves_the_others(folder: Path) -> None:
    (folder / "notes" / "b-note.toml").write_text('id = "b-note\n', encoding="utf-8")
    (folder / "notes" / "B note.toml").write_text("", encoding="utf-8")
    notes = read(folder)
    assert told(problems_of(folder)) == [
        "notes/B note.toml:1 error bad-id",
        "notes/b-note.toml:1 error toml-syntax",
    ]
    assert set(notes.statements) == {"0-1", "0-2"}


def test_a_statement_in_two_notes_is_an_error(folder: Path) -> None:
    other = NOTE.replace('id = "a-note"', 'id = "a-paper"')
    (folder / "notes" / "a-paper.toml").write_text(other, encoding="utf-8")
    problems = [p for p in problems_of(folder) if p.code == "duplicate-statement"]
    assert len(problems) == 2


@pytest.mark.parametrize(
    ("file", "old", "new", "problem"),
    [
        ("contradictions", '"0-1"', '"0-9"', "2 error unknown-statement"),
        ("contradictions", 'source = "a-paper"', 'source = "b-paper"', "2 error unknown-source"),
        ("contradictions", '{statement = "0-1"}, ', "", "5 error bad-note"),
        ("contradictions", '{statement = "0-1"}', '{says = "0-1"}', "5 error bad-note"),
        ("contradictions", 'ruling.en = "Both."', "", "7 error bad-note"),
        ("open", 'statements = ["0-2"]', 'statements = ["0-9"]', "2 error unknown-statement"),
        ("open", 'sources = ["a-paper"]', 'sources = ["b-paper"]', "2 error unknown-source"),
        ("open", 'known.en = "Less than one."', "", "6 error bad-note"),
        ("open", "[[questions]]", "[[quests]]", "1 error unknown-property"),
    ],
)
def test_what_is_about_all_notes_is_checked_too(
    folder: Path, spoil: Spoil, file: str, old: str, new: str, problem: str
) -> None:
    spoil(f"notes/{file}.toml", old, new)
    notes = read(folder)
    assert f"notes/{file}.toml:{problem}" in told(problems_of(folder))
    assert set(notes.statements) == {"0-1", "0-2"}


def test_a_folder_without_notes_has_none_and_no_problem(folder: Path) -> None:
    for file in (folder / "notes").iterdir():
        file.unlink()
    (folder / "notes").rmdir()
    notes = read(folder)
    assert (notes.notes, problems_of(folder)) == ({}, ())


QUESTION = """
## Question: judge
```question
kind: claim
statement: 0-2
parameters: {n: {integer: [1, 60]}}
verdict: "false"
misconceptions: {two-is-two: "true"}
```
There are {{ n }} halves.

### Claim
Half of two is two.
"""


def test_a_question_that_judges_a_statement_is_found_by_it(folder: Path, spoil: Spoil) -> None:
    spoil("cards/halves/card.md", "---\nOne.\n", f"---\nOne.\n{QUESTION}")
    assert read(folder).claims == {"0-2": ("halves/judge",)}


def test_a_question_about_a_statement_that_is_not_there_is_an_error(
    folder: Path, spoil: Spoil
) -> None:
    question = QUESTION.replace("0-2", "0-7")
    spoil("cards/halves/card.md", "---\nOne.\n", f"---\nOne.\n{question}")
    assert told(problems_of(folder)) == ["cards/halves/card.md:17 error unknown-statement"]
