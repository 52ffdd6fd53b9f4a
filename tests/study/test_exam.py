"""How an exam will go: told from how the learner stands, once a day, beside the clicks."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta

import pytest

from engine.scheduling import Exam, ItemTimes, Standing, Wishes
from engine.study import ExamOutlook, Study, Working
from engine.study.exam import STEP, outlook
from tests.study.conftest import MORNING, Desk

TODAY = date(2026, 3, 2)


def in_days(days: int) -> date:
    return MORNING.date() + timedelta(days=days)


def told(desk: Desk) -> ExamOutlook | None:
    """What is told of the exam, once it is worked out."""
    course = desk.study.course(desk.now)
    deadline = time.monotonic() + 120
    while time.monotonic() < deadline:
        found = desk.study.exams.of(desk.person, course, desk.now)
        if not isinstance(found, Working):
            return found
        assert 0 <= found.done <= 1
        time.sleep(0.05)
    raise AssertionError("it is never worked out")


def test_without_an_exam_there_is_nothing_to_tell(desk: Desk) -> None:
    assert told(desk) is None


@pytest.mark.parametrize("days", [-3, 0])
def test_an_exam_that_is_over_or_today_is_not_worked_out(
    desk_with: Callable[..., Desk], days: int
) -> None:
    assert told(desk_with(exam_day=in_days(days))) is None


def test_nobody_waits_for_it(desk_with: Callable[..., Desk]) -> None:
    desk = desk_with(exam_day=in_days(30))
    course = desk.study.course(desk.now)
    assert isinstance(desk.study.exams.of(desk.person, course, desk.now), Working)
    assert told(desk) is not None


def test_it_tells_the_days_the_minutes_and_what_others_would_come_to(
    desk_with: Callable[..., Desk],
) -> None:
    found = told(desk_with(exam_day=in_days(20), exam_units=("initialization",)))
    assert found is not None
    assert (found.days, found.goal, found.exam.units) == (20, 0.9, {"initialization"})
    assert found.fewer is not None
    assert found.more is not None
    assert [e.minutes for e in (found.fewer, found.now, found.more)] == [15 - STEP, 15, 15 + STEP]
    for expected in (found.fewer, found.now, found.more):
        assert 0 <= expected.low <= expected.recall <= expected.high <= 1


def test_it_stays_while_the_day_lasts_and_changes_with_the_choices(
    desk_with: Callable[..., Desk],
) -> None:
    desk = desk_with(exam_day=in_days(12))
    first = told(desk)
    shown = desk.next()
    assert shown is not None
    desk.answer(shown)
    assert told(desk) is first
    desk.person = replace(desk.person, settings=replace(desk.person.settings, minutes_a_day=30))
    other = told(desk)
    assert other is not None
    assert other.now.minutes == 30


def test_another_server_tells_the_same(desk_with: Callable[..., Desk]) -> None:
    desk = desk_with(exam_day=in_days(10))
    elsewhere = Desk(Study(desk.study.folder, desk.study.store))
    elsewhere.person = desk.person
    assert told(elsewhere) == told(desk)


def concepts(study: Study):
    return study.course(MORNING).concepts


def test_one_who_knows_it_all_reaches_it_and_one_who_begins_the_day_before_does_not(
    study: Study,
) -> None:
    short = Wishes(minutes=15, exam=Exam(TODAY + timedelta(days=2)))
    found = outlook(concepts(study), Standing(), TODAY, short, ItemTimes())
    assert not found.is_reached
    assert found.now.recall < 0.5
    assert found.enough is None


def test_what_would_be_enough_is_more_than_they_have(study: Study) -> None:
    unit = frozenset({"confidence"})
    wishes = Wishes(minutes=10, exam=Exam(TODAY + timedelta(days=40), unit))
    found = outlook(concepts(study), Standing(), TODAY, wishes, ItemTimes())
    if found.enough is not None:
        assert found.enough.minutes > 10
        assert found.enough.recall >= found.goal - 0.02
    assert found.is_reached is (found.now.recall >= found.goal - 0.02)


def test_one_who_takes_longer_comes_less_far(study: Study) -> None:
    wishes = Wishes(minutes=15, exam=Exam(TODAY + timedelta(days=15)))
    slow = ItemTimes({kind: 3 * seconds for kind, seconds in ItemTimes().kinds.items()})
    quick = outlook(concepts(study), Standing(), TODAY, wishes, ItemTimes())
    assert outlook(concepts(study), Standing(), TODAY, wishes, slow).now.recall < quick.now.recall


def test_the_bar_fills(study: Study) -> None:
    heard: list[float] = []
    wishes = Wishes(minutes=15, exam=Exam(TODAY + timedelta(days=4)))
    outlook(concepts(study), Standing(), TODAY, wishes, ItemTimes(), tell=heard.append)
    assert heard == sorted(heard)
    assert heard[-1] == 1.0
