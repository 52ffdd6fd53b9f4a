"""How an exam will go: told from how the learner stands, once a day, beside the clicks."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta

import pytest

from engine.scheduling import Exam, ItemTimes, Standing, Wishes, usual_seconds
from engine.study import ExamProspect, Study, Working
from engine.study.exam import prospect
from tests.study.conftest import MORNING, Desk

TODAY = date(2026, 3, 2)


def in_days(days: int) -> date:
    return MORNING.date() + timedelta(days=days)


def told(desk: Desk) -> ExamProspect | None:
    """What is told of the exam, once it is worked out."""
    course = desk.study.course(desk.now)
    deadline = time.monotonic() + 120
    while time.monotonic() < deadline:
        found = desk.study.exams.of(desk.person, course, desk.now)
        if not isinstance(found, Working):
            return found
        assert found.seconds > 0
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
    assert (found.minutes, found.goal, found.exam.units) == (15, 0.9, {"initialization"})
    assert found.exam.day == in_days(20)
    outlook = found.outlook
    assert 0 <= outlook.low <= outlook.recall <= outlook.high <= 1
    assert outlook.fewer is not None
    assert outlook.fewer <= outlook.more
    assert (found.choices is None) is outlook.reached


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
    assert other.minutes == 30


def test_another_server_tells_the_same(desk_with: Callable[..., Desk]) -> None:
    desk = desk_with(exam_day=in_days(10))
    elsewhere = Desk(Study(desk.study.folder, desk.study.store))
    elsewhere.person = desk.person
    assert told(elsewhere) == told(desk)


def test_one_who_begins_two_days_before_is_told_what_else_would_do(study: Study) -> None:
    short = Wishes(minutes=15, exam=Exam(TODAY + timedelta(days=2)))
    found = prospect(study.course(MORNING), Standing(), TODAY, short, ItemTimes())
    assert not found.outlook.reached
    assert found.choices is not None
    assert found.choices.minutes is None


def test_one_who_takes_longer_comes_less_far(study: Study) -> None:
    wishes = Wishes(minutes=15, exam=Exam(TODAY + timedelta(days=15)))
    usual = usual_seconds(study.course(MORNING).concepts)
    slow = ItemTimes({kind: 3 * seconds for kind, seconds in usual.items()})

    def recall(times: ItemTimes) -> float:
        return prospect(study.course(MORNING), Standing(), TODAY, wishes, times).outlook.recall

    assert recall(slow) < recall(ItemTimes())


def test_what_fails_in_it_costs_nobody_their_day(
    desk_with: Callable[..., Desk], monkeypatch: pytest.MonkeyPatch
) -> None:
    def fails(*_: object) -> None:
        raise ZeroDivisionError

    monkeypatch.setattr("engine.study.exam.prospect", fails)
    assert told(desk_with(exam_day=in_days(20))) is None
