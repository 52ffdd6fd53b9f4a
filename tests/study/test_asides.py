"""What a learner puts aside: until tomorrow, or until they take it back."""

from __future__ import annotations

from datetime import timedelta

import pytest

from engine.study import Study
from tests.study.conftest import Desk, question_of, wrong_of


def asked_today(desk: Desk) -> set[str]:
    """All that the rest of the day asks, answered right."""
    met = set()
    while (shown := desk.next()) is not None:
        met.add(shown.item)
        desk.answer(shown)
    return met


@pytest.mark.parametrize("suspend", [False, True])
def test_what_is_put_aside_is_not_asked_again_today(desk: Desk, suspend: bool) -> None:
    shown = desk.next()
    assert shown is not None
    before = desk.today().counts.answers
    desk.study.asides.put(desk.person, shown.item, desk.now, suspend=suspend)
    assert desk.today().counts.answers == before - 1
    assert shown.item not in asked_today(desk)


def test_what_was_put_off_comes_tomorrow(desk: Desk) -> None:
    shown = desk.next()
    assert shown is not None
    desk.study.asides.put(desk.person, shown.item, desk.now)
    desk.finish()
    desk.now += timedelta(days=1)
    assert desk.study.asides.of(desk.person, desk.now) == {}
    assert shown.item in asked_today(desk)


def test_what_is_suspended_waits_until_it_is_taken_back(desk: Desk) -> None:
    shown = desk.next()
    assert shown is not None
    desk.answer(shown, wrong_of(shown))
    desk.study.asides.put(desk.person, shown.item, desk.now, suspend=True)
    for _ in range(3):
        assert shown.item not in asked_today(desk)
        desk.now += timedelta(days=1)
    memory = desk.memory(shown.item)
    assert desk.study.asides.take_back(desk.person, shown.item)
    assert not desk.study.asides.take_back(desk.person, shown.item)
    assert desk.memory(shown.item) == memory
    assert shown.item in asked_today(desk)


def test_a_failed_item_that_is_put_off_leaves_the_day(desk: Desk) -> None:
    shown = question_of(desk)
    desk.answer(shown, wrong_of(shown))
    counts = desk.today().counts
    desk.study.asides.put(desk.person, shown.item, desk.now)
    after = desk.today().counts
    assert (after.again, after.answers) == (counts.again - 1, counts.answers - 1)


def test_the_day_does_not_move_for_it(desk: Desk) -> None:
    """Nothing comes in its place: all else of the day stays as it was."""
    first = desk.next()
    assert first is not None
    elsewhere = Desk(desk.study, "juho")
    for card in desk.study.store.lessons.of("mina"):
        elsewhere.read(card)
    desk.study.asides.put(desk.person, first.item, desk.now, suspend=True)
    assert asked_today(desk) == asked_today(elsewhere) - {first.item}


def test_undo_takes_it_back_and_then_the_answer_before(desk: Desk) -> None:
    shown = desk.next()
    assert shown is not None
    desk.answer(shown)
    other = desk.next()
    assert other is not None
    desk.now += timedelta(seconds=5)
    desk.study.asides.put(desk.person, other.item, desk.now)
    assert desk.study.can_undo(desk.person)
    assert desk.study.asides.undo(desk.person) == other.item
    assert desk.study.asides.undo(desk.person) is None
    assert desk.undo().answer.item == shown.item


def test_what_was_put_aside_before_an_answer_is_not_undone_before_it(desk: Desk) -> None:
    shown = desk.next()
    assert shown is not None
    desk.study.asides.put(desk.person, shown.item, desk.now)
    other = desk.next()
    assert other is not None
    desk.answer(other)
    assert desk.study.asides.undo(desk.person) is None
    desk.undo()
    assert desk.study.asides.undo(desk.person) == shown.item


def test_another_server_sees_it_at_once(desk: Desk, study: Study) -> None:
    shown = desk.next()
    assert shown is not None
    elsewhere = Desk(Study(study.folder, study.store))
    elsewhere.now = desk.now
    assert elsewhere.next() == shown
    desk.study.asides.put(desk.person, shown.item, desk.now)
    elsewhere.now = desk.now
    assert elsewhere.today() == desk.today()
    desk.study.asides.take_back(desk.person, shown.item)
    assert elsewhere.next() == desk.next() == shown


def test_each_learner_has_their_own(study: Study) -> None:
    mina, juho = Desk(study, "mina"), Desk(study, "juho")
    shown = mina.next()
    assert shown is not None
    study.asides.put(mina.person, shown.item, mina.now, suspend=True)
    other = juho.next()
    assert other is not None
    assert other.item == shown.item
