"""What a desired retention costs and brings: the reviews of the coming weeks, played through.

From the learner's own memories: each item comes back when its retrievability has fallen to what is
asked for, is known with that probability, and is right on the same day where it was not. What the
answers do to a memory is FSRS's (fsrs-rs), as is the forgetting.
"""

from __future__ import annotations

import math
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from random import Random
from typing import TYPE_CHECKING, Final

from engine.scheduling.fsrs_memory import check_retention
from engine.scheduling.memory import Memory
from engine.scheduling.parameters import Parameters, checked_parameters

if TYPE_CHECKING:
    from fsrs_rs_python import FSRS, MemoryState

#: What is offered for a choice.
RETENTIONS: Final = (0.70, 0.75, 0.80, 0.85, 0.90, 0.93, 0.95, 0.97)
#: How far it looks ahead, in days.
AHEAD: Final = 90
#: Where there are few memories each is played through more than once, as chance would show.
PLAYED: Final = 600


@dataclass(frozen=True, slots=True)
class Workload:
    """minutes: of reviews a day, on average. known: share of the items known on an average day."""

    retention: float
    minutes: float
    known: float


@dataclass(frozen=True, slots=True)
class Habits:
    """How a learner answers. seconds: an answer takes; hard: share of the right ones rated Hard."""

    seconds: float
    hard: float = 0.0


def workload_of(
    memories: Collection[Memory],
    day: date,
    retention: float,
    habits: Habits,
    *,
    parameters: Parameters | None = None,
    seed: int = 0,
) -> Workload:
    """The reviews of the coming AHEAD days for one desired retention, without new items.

    The same seed gives every retention the same luck, so that they can be compared. Raises
    SettingError for a retention or parameters out of range, ValueError without any memory.
    """
    from fsrs_rs_python import FSRS

    if not memories:
        raise ValueError("without memories there is nothing to play through")
    check_retention(retention)
    weights = list(checked_parameters(parameters))
    model, answers, known = FSRS(weights), 0, 0.0
    times = math.ceil(PLAYED / len(memories))
    for number, memory in enumerate(memory for memory in memories for _ in range(times)):
        played = _Item(model, weights, memory, day, retention)
        luck = Random(seed * 1_000_003 + number)
        while played.due < AHEAD:
            answers += played.answer(luck, habits.hard)
        known += played.known
    days = AHEAD * len(memories) * times
    minutes = answers * habits.seconds / 60 / AHEAD / times
    return Workload(retention, minutes, known / days)


class _Item:
    """One item on its way through the coming days. due: the day it comes back, 0 is today.

    known: the sum of its retrievability over the days until then.
    """

    def __init__(
        self, model: FSRS, weights: list[float], memory: Memory, day: date, retention: float
    ) -> None:
        from fsrs_rs_python import Card, MemoryState

        self.model, self.retention = model, retention
        self.state: MemoryState = MemoryState(memory.stability, memory.difficulty)
        self.reviewed = min((memory.day - day).days, 0)
        self.known = 0.0
        # What knows FSRS's curve of forgetting.
        self.curve = Card()
        self.curve.parameters = weights
        self.due = 0
        interval = model.next_interval(memory.stability, retention, 3)
        self._wait(max(self.reviewed + _days(interval), 0))

    def answer(self, luck: Random, hard: float) -> int:
        """Comes back on its day. -> how many answers it took"""
        states = self.model.next_states(self.state, self.retention, self.due - self.reviewed)
        right = luck.random() < self.curve.retention_on(float(self.due))
        rated_hard = luck.random() < hard
        after = (states.hard if rated_hard else states.good) if right else states.again
        if not right:
            after = self.model.next_states(after.memory, self.retention, 0).good
        self.state, self.reviewed = after.memory, self.due
        self._wait(self.due + _days(after.interval))
        return 1 if right else 2

    def _wait(self, until: int) -> None:
        self.curve.stability, self.curve.last_date = self.state.stability, float(self.reviewed)
        curve = self.curve.retention_on
        self.known += sum(curve(float(day)) for day in range(self.due, min(until, AHEAD)))
        self.due = until


def _days(interval: float) -> int:
    return max(1, round(interval))
