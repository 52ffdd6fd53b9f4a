"""What a desired retention costs and brings, played through from a learner's own memories."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest

from engine.scheduling import (
    AHEAD,
    COURSE_PARAMETERS,
    RETENTIONS,
    Calendar,
    Habits,
    Memory,
    SettingError,
    workload_of,
)

DAY = date(2026, 3, 1)
CALENDAR = Calendar("UTC", 4)
HABITS = Habits(seconds=40.0, hard=0.1)


def remembered(stability: float, days_ago: int = 0, difficulty: float = 5.0) -> Memory:
    day = DAY - timedelta(days=days_ago)
    at = datetime(day.year, day.month, day.day, 12, tzinfo=UTC)
    due = day + timedelta(days=max(1, round(stability)))
    return Memory("review", None, stability, difficulty, day, at, due, CALENDAR.start(due))


SOME = [remembered(1 + number % 30, days_ago=number % 7) for number in range(90)]


def test_more_to_be_known_is_more_to_be_done() -> None:
    found = [workload_of(SOME, DAY, retention, HABITS) for retention in RETENTIONS]
    assert [one.retention for one in found] == list(RETENTIONS)
    assert [one.minutes for one in found] == sorted(one.minutes for one in found)
    assert [one.known for one in found] == sorted(one.known for one in found)
    assert all(one.retention < one.known < 1 for one in found)
    assert found[-1].minutes > 2 * found[0].minutes


def test_minutes_are_answers_times_what_an_answer_takes() -> None:
    once, twice = (workload_of(SOME, DAY, 0.9, Habits(seconds)) for seconds in (30.0, 60.0))
    assert twice.minutes == pytest.approx(2 * once.minutes)
    assert twice.known == once.known


def test_what_is_never_forgotten_in_that_time_costs_nothing() -> None:
    """Its next review lies beyond the days looked at, and until then it follows its curve."""
    sure = remembered(10 * AHEAD)
    found = workload_of([sure], DAY, 0.9, HABITS)
    assert found.minutes == 0
    decay = COURSE_PARAMETERS[20]
    factor = 0.9 ** (-1 / decay) - 1
    known = [(1 + factor * day / sure.stability) ** -decay for day in range(AHEAD)]
    assert found.known == pytest.approx(sum(known) / AHEAD, rel=1e-5)


def test_the_luck_of_a_seed_is_the_same_every_time() -> None:
    assert workload_of(SOME, DAY, 0.9, HABITS, seed=1) == workload_of(
        SOME, DAY, 0.9, HABITS, seed=1
    )
    assert workload_of(SOME, DAY, 0.9, HABITS, seed=1) != workload_of(
        SOME, DAY, 0.9, HABITS, seed=2
    )


def test_the_learners_own_parameters_count() -> None:
    steep = (*COURSE_PARAMETERS[:8], 0.5, *COURSE_PARAMETERS[9:])  # gains little by a review
    own, usual = (workload_of(SOME, DAY, 0.9, HABITS, parameters=w) for w in (steep, None))
    assert own.minutes > usual.minutes


def test_what_was_overdue_comes_back_today() -> None:
    late = [remembered(2.0, days_ago=50)] * 30
    fresh = [remembered(2.0)] * 30
    assert workload_of(late, DAY, 0.9, HABITS).known != workload_of(fresh, DAY, 0.9, HABITS).known
    assert workload_of(late, DAY, 0.9, HABITS).minutes > 0


def test_what_cannot_be_played_through_is_refused() -> None:
    with pytest.raises(ValueError, match="without memories"):
        workload_of([], DAY, 0.9, HABITS)
    with pytest.raises(SettingError, match=r"0\.70 to 0\.97"):
        workload_of(SOME, DAY, 0.99, HABITS)
