"""The figures that the planner is held to, with simulated learners over a made-up course.

Ratios and counts, never wall time. The real course's figures: tests/commands/test_plan_command.py.
"""

from __future__ import annotations

from datetime import date
from statistics import fmean

import pytest

from engine.scheduling import LEARNERS, SimulatedDay, SimulatedLearner, Wishes
from tests.scheduling.courses import concept

FIRST = date(2026, 3, 1)


def likely_course(concepts: int = 20):
    """Concepts of eleven items, each built on the one before the last."""
    return [
        concept(
            f"c{n}",
            *("1 flashcard", "2 flashcard", "3", "4 choice", "5"),
            *("6 more", "7 more claim", "8 more several", "9 more", "10 hard estimate"),
            requires=[f"c{n - 2}"] if n > 1 else [],
            at=20 * n,
        )
        for n in range(concepts)
    ]


def lived(learner: str, seed: int, days: int = 60, **wishes) -> list[SimulatedDay]:
    simulated = SimulatedLearner(likely_course(), LEARNERS[learner], seed)
    return list(simulated.study(FIRST, days, Wishes(**wishes)))


@pytest.mark.parametrize("learner", LEARNERS)
def test_a_learner_who_does_all_has_calm_days(learner):
    days = lived(learner, seed=1, days=120)
    assert fmean(day.left_over == 0 for day in days) >= 0.95
    assert fmean(all(not review.late for review in day.reviews) for day in days) >= 0.95
    known = [r.retrievability for day in days for r in day.reviews if r.elapsed >= 2]
    assert 0.89 <= fmean(known) <= 0.91
    assert not any(day.early or day.close for day in days)
    assert fmean(day.minutes <= 1.2 * 15 for day in days) >= 0.9


def test_the_first_day_is_two_concepts_in_about_its_minutes():
    days = [lived("average", seed, days=1)[0] for seed in range(8)]
    assert {len(day.concepts) for day in days} == {2}
    assert 11 <= fmean(day.minutes for day in days) <= 18


@pytest.mark.parametrize("minutes", [8, 15, 40])
def test_minutes_bound_the_days(minutes):
    days = lived("average", seed=2, minutes=minutes)
    assert fmean(day.minutes for day in days) <= 1.05 * minutes


@pytest.mark.parametrize(("minutes", "met"), [(3, 2), (5, 4), (8, 8)])
def test_whoever_has_few_minutes_gets_on_too(minutes, met):
    days = lived("average", seed=2, minutes=minutes)
    assert sum(len(day.concepts) for day in days) >= met


def test_the_same_seed_is_the_same_life_and_another_is_not():
    assert lived("average", 3, 20) == lived("average", 3, 20) != lived("average", 4, 20)


def test_a_good_learner_is_through_before_a_forgetful_one():
    met = {who: sum(len(d.concepts) for d in lived(who, 1, 30)) for who in LEARNERS}
    assert met["good"] > met["average"] > met["forgetful"]


def test_after_days_of_absence_the_backlog_is_spread_and_nothing_new_comes_meanwhile():
    learner = SimulatedLearner(likely_course(), LEARNERS["average"], 5)
    wishes = Wishes()
    list(learner.study(FIRST, 40, wishes))
    back = list(learner.study(date(2026, 5, 5), 15, wishes))
    assert back[0].left_over > 0
    behind = [day for day in back if day.left_over]
    assert not any(day.concepts for day in behind)
    assert all(day.minutes <= 1.4 * wishes.minutes for day in behind)
    assert back[-1].left_over == 0
