"""What the scheduling tests share: a calendar, times, and memories made without py-fsrs."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest

from engine.scheduling import Calendar, Memory


@pytest.fixture
def berlin() -> Calendar:
    return Calendar("Europe/Berlin")


@pytest.fixture
def utc() -> Calendar:
    """Study days that are the UTC dates."""
    return Calendar("UTC", rollover=0)


@pytest.fixture
def remember() -> Callable[..., Memory]:
    """A memory in review, due today, with whatever else is asked for."""

    def make(**changes: Any) -> Memory:
        day = changes.get("day", date(2026, 3, 1))
        due_day = changes.get("due_day", date(2026, 3, 10))
        values: dict[str, Any] = {
            "state": "review",
            "step": None,
            "stability": 9.0,
            "difficulty": 5.0,
            "day": day,
            "reviewed_at": datetime(day.year, day.month, day.day, 12, tzinfo=UTC),
            "due_day": due_day,
            "due_at": datetime(due_day.year, due_day.month, due_day.day, tzinfo=UTC),
        }
        return Memory(**{**values, **changes})

    return make


@pytest.fixture
def relearn(remember: Callable[..., Memory]) -> Callable[..., Memory]:
    """A memory failed at `at` that comes back after `wait`."""

    def make(at: datetime, wait: timedelta = timedelta(minutes=10)) -> Memory:
        return remember(
            state="relearning",
            step=0,
            day=at.date(),
            reviewed_at=at,
            due_day=(at + wait).date(),
            due_at=at + wait,
        )

    return make
