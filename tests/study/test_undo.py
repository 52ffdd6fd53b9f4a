"""Undo: a compensating row; schedule and item are as they were before the answer."""

from __future__ import annotations

from pathlib import Path

from engine.course import CourseFolder
from engine.scheduling import Rating
from engine.storage import open_store
from engine.study import Study
from tests.study.conftest import FLASHCARD, SIGMA, Desk


def test_undo_takes_the_schedule_back(desk: Desk) -> None:
    shown = desk.next()
    assert shown is not None
    before = desk.study.today(desk.person, desk.now)
    desk.answer(shown)
    assert desk.undo().answer.presentation == shown.id
    after = desk.study.today(desk.person, desk.now)
    assert (after.counts, after.next, after.answered) == (before.counts, before.next, 0)
    assert desk.memory(shown.item) is None


def test_an_undone_item_can_be_answered_again_with_the_same_numbers(desk: Desk) -> None:
    shown = desk.show(SIGMA)
    desk.answer(shown, "wrong")
    desk.undo()
    assert desk.study.result(shown) is None
    attempt = desk.study.attempt(desk.person, SIGMA, shown.seed)
    assert desk.is_todays(SIGMA, shown.seed, attempt)
    again = desk.show(SIGMA, shown.seed, attempt)
    assert again.variant == shown.variant
    assert again.id != shown.id
    assert desk.answer(again).counted


def test_undo_goes_back_as_far_as_there_are_answers(desk: Desk) -> None:
    given = []
    for _ in range(3):
        shown = desk.next()
        assert shown is not None
        given.append(shown.id)
        desk.answer(shown)
    undone = [desk.undo().answer.presentation for _ in range(3)]
    assert undone == given[::-1]
    assert desk.undo() is None
    assert not desk.study.can_undo(desk.person)
    assert desk.study.store.memories.of("mina") == {}


def test_a_double_click_on_undo_takes_back_one_answer(desk: Desk) -> None:
    first, second = desk.show(SIGMA), desk.show(FLASHCARD)
    desk.answer(first)
    desk.answer(second)
    assert desk.undo(expected=second.id) is not None
    assert desk.undo(expected=second.id) is None
    assert desk.study.result(first) is not None


def test_undo_of_a_practice_answer_leaves_the_schedule_alone(desk: Desk) -> None:
    desk.answer(desk.show(SIGMA))
    remembered = desk.memory()
    shown = desk.practise(SIGMA, seed=8)
    desk.answer(shown)
    undone = desk.undo()
    assert not undone.scheduled
    assert desk.study.result(shown) is None
    assert desk.memory() == remembered


def test_undo_of_a_failed_review_restores_the_earlier_memory(desk: Desk) -> None:
    desk.rate(desk.show(FLASHCARD), Rating.EASY)
    remembered = desk.memory(FLASHCARD)
    desk.rate(desk.show(FLASHCARD, 8), Rating.AGAIN)
    assert desk.memory(FLASHCARD) != remembered
    desk.undo()
    assert desk.memory(FLASHCARD) == remembered


def test_undo_survives_a_restart(desk: Desk, course_folder: CourseFolder, tmp_path: Path) -> None:
    desk.answer(desk.show(SIGMA))
    with open_store(None, tmp_path / "data") as store:
        later = Desk(Study(course_folder, store))
        assert later.undo() is not None
        assert later.memory() is None
    assert desk.undo() is None


def test_the_kept_queue_is_not_ahead_of_an_undo_in_another_tab(desk: Desk, study: Study) -> None:
    other = Desk(Study(study.folder, study.store))
    shown = desk.next()
    assert shown is not None
    desk.answer(shown)
    assert (moved := desk.next()) is not None
    other.undo()
    assert (now := desk.next()) is not None
    assert now.item == shown.item
    assert moved.item != shown.item
