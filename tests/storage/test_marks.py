"""What tells that something of a learner changed, and what a day is planned from."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest

from engine.storage import LessonRow, NewFit, Store
from tests.storage.samples import NOW, SIGMA, an_answer, give

DAY = NOW.date()
LATER = NOW + timedelta(hours=1)
TOMORROW = DAY + timedelta(days=1)


def read_lesson(store: Store, learner: str = "mina") -> None:
    row = LessonRow(learner=learner, card="he-normal", how="read", at=NOW, study_day=DAY)
    store.lessons.record(row)


CHANGES: dict[str, Callable[[Store], object]] = {
    "an answer": give,
    "an undo": lambda store: store.log.undo("mina", NOW + timedelta(hours=1)),
    "a lesson": read_lesson,
    "put aside": lambda store: store.asides.put("mina", "a/b", None, NOW),
    "put aside again": lambda store: store.asides.put(
        "mina", SIGMA, None, NOW + timedelta(hours=1)
    ),
    "taken back": lambda store: store.asides.take_back("mina", SIGMA),
    "parameters": lambda store: store.parameters.record(
        NewFit(learner="mina", at=NOW, weights=None, answers=0)
    ),
}


@pytest.mark.parametrize("change", CHANGES)
def test_whatever_changes_a_learners_day_moves_their_mark_alone(store: Store, change: str) -> None:
    store.learners.ensure("jun", NOW)
    give(store, 7)
    store.asides.put("mina", SIGMA, TOMORROW, NOW)
    before, other = store.mark("mina"), store.mark("jun")
    assert store.mark("mina") == before
    CHANGES[change](store)
    assert store.mark("mina") != before
    assert store.mark("jun") == other


def test_when_something_was_put_aside_is_kept(store: Store) -> None:
    store.asides.put("mina", SIGMA, TOMORROW, NOW)
    store.asides.put("mina", "a/b", None, NOW + timedelta(hours=1))
    entries = store.asides.entries("mina")
    assert {item: (a.until, a.at) for item, a in entries.items()} == {
        SIGMA: (TOMORROW, NOW),
        "a/b": (None, NOW + timedelta(hours=1)),
    }
    assert [entries[SIGMA].holds(day) for day in (DAY, TOMORROW)] == [True, False]
    assert entries["a/b"].holds(TOMORROW + timedelta(days=900))


def test_paces_are_of_days_that_are_over_newest_first(store: Store) -> None:
    store.learners.ensure("jun", NOW)
    give(store, 1, kind="choice", milliseconds=1000)
    give(store, 2, milliseconds=2000)
    give(store, 3, milliseconds=None)
    give(store, 4, learner="jun", milliseconds=3000)
    give(store, 5, at=NOW + timedelta(days=1), milliseconds=9000)
    give(store, 6, milliseconds=5000)
    store.log.undo("mina", NOW + timedelta(hours=2))
    assert store.log.paces(TOMORROW, 9, learner="mina") == [("number", 2000), ("choice", 1000)]
    assert store.log.paces(TOMORROW, 2) == [("number", 3000), ("number", 2000)]
    assert store.log.paces(DAY, 9) == []


def test_first_answers_are_the_first_that_stand_of_each_item(store: Store) -> None:
    give(store, 1, verdict="wrong")
    give(store, 2)
    give(store, 3, item="a/b", seed=8)
    give(store, 4, item="a/c", at=NOW + timedelta(days=1))
    store.log.record(an_answer(5, item="a/d"), None)
    assert store.log.first_answers("mina", TOMORROW, 9) == [True, False]
    assert store.log.first_answers("mina", TOMORROW, 1) == [True]
    assert store.log.first_answers("mina", DAY, 9) == []


def test_misses_are_scheduled_answers_that_stand_and_were_not_right(store: Store) -> None:
    for number, verdict in enumerate(("wrong", "misconception", "close", "correct", "wrong"), 1):
        give(store, number, verdict=verdict)
    store.log.record(an_answer(6, verdict="wrong"), None)
    give(store, 7, item="a/b", verdict="wrong")
    assert store.log.misses("mina", SIGMA) == 4
    store.log.undo("mina", NOW + timedelta(hours=1))
    assert store.log.misses("mina", "a/b") == 0
    newest = store.log.newest_scheduled("mina", SIGMA)
    assert newest is not None
    assert newest.answer.presentation == "presentation-5"
    assert store.log.newest_scheduled("mina", "a/b") is None
