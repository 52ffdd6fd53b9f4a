from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from engine.scheduling import (
    Rating,
    is_due,
    rating_for,
    retrievability,
)

A, H, G, E = Rating.AGAIN, Rating.HARD, Rating.GOOD, Rating.EASY
NOON = datetime(2026, 3, 2, 12, tzinfo=UTC)


def test_a_memory_has_faded_to_nine_tenths_after_its_stability(remember):
    memory = remember(stability=9.0)
    assert retrievability(memory, memory.day) == 1
    assert retrievability(memory, memory.day + timedelta(days=9)) == pytest.approx(0.9)


def test_a_memory_from_a_day_to_come_has_not_faded(remember):
    memory = remember()
    assert retrievability(memory, memory.day - timedelta(days=5)) == 1


@pytest.mark.parametrize(
    ("correct", "confidence", "rating"),
    [(False, 0, A), (False, 3, A), (True, 0, H), (True, 1, G), (True, 2, G), (True, 3, G)],
)
def test_a_grade_and_a_confidence_stand_for_a_rating(correct, confidence, rating):
    assert rating_for(correct, confidence) is rating


def test_an_item_is_due_from_its_day_on(remember):
    memory = remember()
    assert [is_due(memory, memory.due_day + timedelta(days=n)) for n in (-1, 0, 1)] == [
        False,
        True,
        True,
    ]


def test_an_old_memory_in_a_step_of_minutes_is_due(relearn):
    assert is_due(relearn(NOON, timedelta(hours=30)), NOON.date())
