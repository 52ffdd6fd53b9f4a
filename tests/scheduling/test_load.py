"""What the coming days will ask for, by expectation."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from random import Random

import numpy as np
import pytest

from engine.scheduling import Calendar, Rating, Wishes, retrievability, review
from engine.scheduling.load import AGAIN_RIGHT, FORTNIGHT, load_of

NOW = datetime(2026, 3, 10, 12, tzinfo=UTC)
TODAY = NOW.date()
CALENDAR = Calendar("UTC", 0)


def lived(memory, chance: Random) -> np.ndarray:
    """The answers that one chance course of days asks for, from today on."""
    answers = np.zeros(FORTNIGHT + 1)
    for day in range(FORTNIGHT + 1):
        now = NOW + timedelta(days=day)
        if memory.due_day > now.date():
            continue
        right = chance.random() < retrievability(memory, now.date())
        answers[day] += 1
        while not right:
            memory = review(memory, Rating.AGAIN, now, CALENDAR, fuzz_seed=None)
            answers[day] += 1
            right = chance.random() < AGAIN_RIGHT
        memory = review(memory, Rating.GOOD, now, CALENDAR, fuzz_seed=None)
    return answers


@pytest.mark.parametrize(("stability", "wait"), [(0.3, 0), (2.3, 1), (4.0, 0), (9.0, 5)])
def test_it_is_the_mean_of_many_courses_of_days(remember, stability, wait):
    due = TODAY + timedelta(days=wait)
    memory = remember(
        stability=stability,
        difficulty=6.0,
        day=due - timedelta(days=max(1, round(stability))),
        due_day=due,
    )
    chance = Random(1)
    mean = np.mean([lived(memory, chance) for _ in range(400)], axis=0)
    expected = load_of(Wishes()).total([memory], [1.0], TODAY)
    assert expected.sum() == pytest.approx(mean.sum(), rel=0.12)
    assert expected[wait] == pytest.approx(mean[wait], rel=0.1)
    assert (expected[:wait] == 0).all()


def test_what_is_due_in_more_than_a_fortnight_asks_for_nothing(remember):
    far = remember(due_day=TODAY + timedelta(days=FORTNIGHT + 1))
    assert load_of(Wishes()).total([far], [30.0], TODAY).sum() == 0


def test_a_new_item_asks_for_more_than_one_answer_today_and_returns_soon():
    new = load_of(Wishes()).new
    assert new[0] == pytest.approx(1 + 0.45 / AGAIN_RIGHT)
    assert new[1] + new[2] > 0.9
    assert new[1:].sum() > new[8:].sum() > 0


def test_whoever_wants_to_remember_more_has_more_to_do():
    asked = [load_of(Wishes(desired_retention=wish)).new.sum() for wish in (0.8, 0.9, 0.95)]
    assert asked == sorted(asked)


def test_seconds_weigh_the_answers(remember):
    load = load_of(Wishes())
    one = load.total([remember()], [1.0], TODAY)
    assert load.total([remember()] * 2, [10.0, 20.0], TODAY) == pytest.approx(30 * one)
