"""The course as it can be studied, from folders that are spoilt on purpose."""

from __future__ import annotations

import shutil
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from engine.course import CourseFolder, compiling
from tests.study.conftest import CONTENT, MORNING

TWO = ("he-normal", "xavier-normal")
LATER = MORNING + timedelta(minutes=1)


def two_cards(root: Path) -> Path:
    """A course of two cards, to spoil."""
    (root / "cards").mkdir(parents=True)
    for name in ("course.toml", "sources.toml"):
        shutil.copy(CONTENT / name, root)
    for name in TWO:
        shutil.copytree(CONTENT / "cards" / name, root / "cards" / name)
    return root


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return two_cards(tmp_path / "content")


def edit(folder: Path, card: str, old: str, new: str) -> None:
    path = folder / "cards" / card / "card.md"
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")


def errors(folder: Path, now: datetime = MORNING) -> list[str]:
    course = CourseFolder(folder).current(now)
    return [problem.code for problem in course.problems if problem.level == "error"]


def test_the_real_course_has_no_errors() -> None:
    course = CourseFolder(CONTENT).current(MORNING)
    assert [p for p in course.problems if p.level == "error"] == []
    assert {item.card for item in course.items} == set(course.cards)


def test_a_card_that_cannot_be_read_leaves_the_others(folder: Path) -> None:
    edit(folder, "he-normal", "---\n", "--- nonsense [\n")
    course = CourseFolder(folder).current(MORNING)
    assert list(course.cards) == ["xavier-normal"]
    assert any("he-normal" in p.place.file for p in course.problems)


def test_a_question_that_does_not_compile_leaves_the_others(folder: Path) -> None:
    edit(folder, "he-normal", "\nanswer: ", "\nanswer: open('x') + ")
    course = CourseFolder(folder).current(MORNING)
    assert list(course.cards) == ["xavier-normal"]
    assert all(item.card == "xavier-normal" for item in course.items)


def test_a_chart_nobody_has_drawn_is_a_problem_with_its_place(folder: Path) -> None:
    edit(folder, "he-normal", "\nchart: signal_and_gradient\n```", "\nchart: no_such_chart\n```")
    course = CourseFolder(folder).current(MORNING)
    (problem,) = (p for p in course.problems if p.code == "unknown-chart")
    assert problem.level == "error"
    assert problem.place.file == "cards/he-normal/card.md"
    assert "no_such_chart" in str(problem.found)
    assert "he-normal" not in course.cards


def test_a_draft_is_not_studied(folder: Path) -> None:
    edit(folder, "he-normal", "status: ready", "status: draft")
    assert list(CourseFolder(folder).current(MORNING).cards) == ["xavier-normal"]


def test_an_unchanged_card_is_not_compiled_again(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    reader = CourseFolder(folder)
    before = reader.current(MORNING)
    compiled = []
    compile_card = compiling.compile_card
    monkeypatch.setattr(
        compiling, "compile_card", lambda card: compiled.append(card.id) or compile_card(card)
    )
    edit(folder, "he-normal", "title: ", "title: New ")
    after = reader.current(LATER)
    assert compiled == ["he-normal"]
    assert after.templates["xavier-normal/sigma"] is before.templates["xavier-normal/sigma"]
    assert after.cards["he-normal"].title["en"].startswith("New ")


def test_an_unchanged_folder_is_the_same_course(folder: Path) -> None:
    reader = CourseFolder(folder)
    assert reader.current(MORNING) is reader.current(LATER)


def test_a_card_that_is_mended_can_be_studied_at_once(folder: Path) -> None:
    edit(folder, "he-normal", "status: ready", "status: nonsense")
    reader = CourseFolder(folder)
    assert "he-normal" not in reader.current(MORNING).cards
    edit(folder, "he-normal", "status: nonsense", "status: ready")
    assert "he-normal" in reader.current(LATER).cards


def test_a_folder_without_cards_is_an_empty_course(tmp_path: Path) -> None:
    course = CourseFolder(tmp_path / "nothing").current(MORNING)
    assert course.items == ()
    assert errors(tmp_path / "nothing") != []
