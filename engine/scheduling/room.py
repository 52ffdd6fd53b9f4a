"""How much a study day holds, what it has taken, and what the coming fortnight has to bear.

A day's minutes are a sum of chances. It is planned so that it ends by OVER times the minutes in
most cases: the more answers it has, the less it can go astray, and the fuller it is planned.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from statistics import fmean
from typing import Final

from engine.scheduling.fsrs_memory import retrievability
from engine.scheduling.item_times import ItemTimes
from engine.scheduling.load import AGAIN_RIGHT, Vector, load_of
from engine.scheduling.standing import Standing
from engine.scheduling.syllabus import Concept, Item
from engine.scheduling.wishes import Wishes

#: A day is to end by so many times its minutes.
OVER: Final = 1.2
#: How sure that is to be, in standard deviations of a day: for what is due, and for what is new.
SURE_OF_DUE: Final = 0.45
SURE_OF_NEW: Final = 1.35
#: Standard deviation of a day over the root of (its seconds x the seconds of an answer).
SWING: Final = 0.5
#: Of the minutes, what the forecast may take: on any of the coming days, and on average.
MOST_AHEAD: Final = 1.0
MEAN_AHEAD: Final = 0.74


class Room:
    """What a day has taken so far, in expected seconds, and how much more it can take.

    seconds: of each item it has taken, with the repetitions after wrong answers; reading: of each
    lesson; spent: all of it. ahead: seconds that the day and each of the fortnight after it are
    expected to ask for. allowed: how many new items it may still take. times: of the learner.
    """

    def __init__(
        self,
        items: Sequence[Item],
        standing: Standing,
        day: date,
        wishes: Wishes,
        times: ItemTimes,
        more: int,
    ) -> None:
        self.budget = wishes.minutes * 60 * (1 + more)
        self.known = _known(items, standing, day, wishes)
        self.seconds: dict[str, float] = {}
        self.reading: dict[str, float] = {}
        self.spent = 0.0
        self.allowed = len(items) if wishes.most_new is None else wishes.most_new
        self.times, self._load = times, load_of(wishes)
        self._answer = fmean(times.of(item) for item in items) if items else 0.0
        remembered = [i for i in items if i.id in self.known and i.id not in standing.suspended]
        self.ahead: Vector = self._load.total(
            [standing.memories[item.id] for item in remembered],
            [times.of(item) for item in remembered],
            day,
        )

    @property
    def limit_of_due(self) -> float:
        """The seconds that what is due may take."""
        return self._limit(SURE_OF_DUE)

    @property
    def limit_of_new(self) -> float:
        """The seconds that a day with something new may take."""
        return self._limit(SURE_OF_NEW)

    def _limit(self, sure: float) -> float:
        # seconds + sure * SWING * sqrt(seconds * an answer's seconds) = OVER * budget
        swing = sure * SWING * math.sqrt(self._answer)
        return ((math.sqrt(swing**2 + 4 * OVER * self.budget) - swing) / 2) ** 2

    def expected(self, items: Iterable[Item]) -> float:
        """Seconds that items take on the day."""
        return sum(self._expected(item) for item in items)

    def _expected(self, item: Item) -> float:
        right = self.known.get(item.id, self.times.first_right)
        return self.times.of(item) * (1 + (1 - right) / AGAIN_RIGHT)

    def holds(self, item: Item, limit: float) -> bool:
        """Whether an item that is remembered can be taken within a limit."""
        return self.spent + self._expected(item) <= limit

    def take(self, item: Item) -> None:
        """Takes an item."""
        self.seconds[item.id] = self._expected(item)
        self.spent += self.seconds[item.id]

    def lesson(self, concept: Concept) -> float:
        """Seconds to read a concept's lesson."""
        return self.times.lesson(concept)

    def is_calm_with(self, items: Sequence[Item]) -> bool:
        """Whether the coming fortnight bears new items: on each of its days, and on average."""
        later = (self.ahead + self._brings(items))[1:]
        most, mean = MOST_AHEAD * self.budget, MEAN_AHEAD * self.budget
        return bool(later.max() <= most and later.mean() <= mean)

    def add(self, items: Sequence[Item], concept: Concept | None = None) -> None:
        """Takes new items; concept: after its lesson."""
        self.ahead = self.ahead + self._brings(items)
        self.allowed -= len(items)
        for item in items:
            self.take(item)
        if concept is not None:
            self.reading[concept.id] = self.lesson(concept)
            self.spent += self.reading[concept.id]

    def _brings(self, items: Sequence[Item]) -> Vector:
        return self._load.new * sum(self.times.of(item) for item in items)


def _known(
    items: Iterable[Item], standing: Standing, day: date, wishes: Wishes
) -> Mapping[str, float]:
    return {
        item.id: retrievability(memory, day, wishes.parameters)
        for item in items
        if (memory := standing.memories.get(item.id)) is not None
    }
