"""What is remembered of one item, and the learner's own days."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from enum import IntEnum
from typing import Literal


class Rating(IntEnum):
    """How a review went, with FSRS's numbers."""

    AGAIN = 1
    HARD = 2
    GOOD = 3
    EASY = 4


@dataclass(frozen=True, slots=True)
class Memory:
    """FSRS's memory of one item after a review.

    stability: days until retrievability falls to 0.9. difficulty: 1 to 10.
    day: study day of the last review. due_day: study day on which it comes back;
    due_at: exact UTC time it comes back (in state "review", the start of due_day).
    state: "review" for every answer given today; the others, with a step of minutes, are of answers
    from when there were such steps, and of replayed reviews.
    """

    state: Literal["learning", "review", "relearning"]
    step: int | None
    stability: float
    difficulty: float
    day: date
    reviewed_at: datetime
    due_day: date
    due_at: datetime
