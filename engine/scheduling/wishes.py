"""What a learner wants of their days."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from engine.scheduling.fsrs_memory import DEFAULT_RETENTION


@dataclass(frozen=True, slots=True)
class Exam:
    """A day on which it counts, and the units it covers; no units: all of them."""

    day: date
    units: frozenset[str] = frozenset()

    def covers(self, unit: str) -> bool:
        """Whether it asks about a unit."""
        return not self.units or unit in self.units


@dataclass(frozen=True, slots=True)
class Wishes:
    """minutes: of a day. most_new: no more new items a day than that; None: as many as fit.

    parameters: FSRS's, as fitted to the learner; None: its defaults.
    """

    minutes: float = 15
    desired_retention: float = DEFAULT_RETENTION
    most_new: int | None = None
    exam: Exam | None = None
    parameters: tuple[float, ...] | None = None
