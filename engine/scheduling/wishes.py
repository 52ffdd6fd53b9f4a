"""What a learner wants of their days, and how they stand when a study day begins."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Literal

from engine.scheduling.fsrs_memory import DEFAULT_RETENTION
from engine.scheduling.memory import Memory

#: How a lesson ended: read to its end, left out after a check that went well, or a check that
#: did not, after which the lesson is still to be read.
How = Literal["read", "check", "failed"]


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


@dataclass(frozen=True, slots=True)
class LessonState:
    """How a concept's lesson last ended, on which study day, and how long it was read in all."""

    how: How
    day: date
    seconds: float = 0.0


@dataclass(frozen=True, slots=True)
class Standing:
    """A learner as they stood when the study day began.

    memories: by item id, before the day's first answer to each. lessons: by card, those that ended
    on earlier days. suspended: items that are not asked. put_off: items that are not asked before
    a day.
    """

    memories: Mapping[str, Memory] = field(default_factory=dict)
    lessons: Mapping[str, LessonState] = field(default_factory=dict)
    suspended: frozenset[str] = frozenset()
    put_off: Mapping[str, date] = field(default_factory=dict)

    def sets_aside(self, item: str, day: date) -> bool:
        """Whether the learner wants to be left alone with an item on a day."""
        return item in self.suspended or (item in self.put_off and self.put_off[item] > day)
