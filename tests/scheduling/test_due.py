from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from engine.scheduling import (
    LEARN_AHEAD,
    Rating,
    is_due,
    learn_ahead,
    rating_for,
    retrievability,
    review,
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


def test_an_item_in_review_is_due_all_through_its_day(berlin):
    memory = review(None, E, NOON, berlin, fuzz_seed=None)
    assert not is_due(memory, memory.due_at - timedelta(seconds=1), berlin)
    assert is_due(memory, memory.due_at, berlin)


def test_a_learning_item_is_due_when_its_step_is_over(berlin):
    memory = review(None, A, NOON, berlin, fuzz_seed=None)
    assert not is_due(memory, memory.due_at - timedelta(seconds=1), berlin)
    assert is_due(memory, memory.due_at, berlin)


def test_a_learning_item_may_be_shown_twenty_minutes_ahead_but_no_review(remember, relearn):
    waiting = relearn(NOON, timedelta(hours=1))
    assert not learn_ahead(waiting, waiting.due_at - LEARN_AHEAD - timedelta(seconds=1))
    assert learn_ahead(waiting, waiting.due_at - LEARN_AHEAD)
    known = remember()
    assert not learn_ahead(known, known.due_at)
