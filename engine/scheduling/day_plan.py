"""What a study day holds: a pure function of how the learner stood when it began."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Final

import numpy as np

from engine.scheduling.fsrs_memory import is_due, retrievability
from engine.scheduling.item_times import ItemTimes
from engine.scheduling.load import AGAIN_RIGHT, FIRST_RIGHT, FORTNIGHT, load_of
from engine.scheduling.memory import Memory
from engine.scheduling.syllabus import Concept, Item, dependents, easiest_first
from engine.scheduling.wishes import Standing, Wishes

#: What is due may take so much more than the minutes before some of it waits.
STRETCH: Final = float(__import__("os").environ.get("ST", "1.1"))
#: A concept may be begun when the core of all it builds on is known so well.
STANDS: Final = 0.8
#: Of the minutes, what the forecast of a coming day may take.
import os
from collections import Counter

WHY = Counter()
NEXT = float(os.environ.get("NX", "0"))
import math
from statistics import fmean

ZR = float(os.environ.get("ZR", "0.3"))
ZN = float(os.environ.get("ZN", "0.6"))
FR = float(os.environ.get("FR", "1"))
HEADROOM: Final = float(os.environ.get("HR", "0.8"))
MEANROOM = float(os.environ.get("MR", "0.7"))
RESERVE = float(os.environ.get("RS", "1"))
#: A new concept may end so much after the minutes; the first day's second one later.
CONCEPT_STRETCH: Final = float(__import__("os").environ.get("ST", "1.1"))
FIRST_STRETCH: Final = 1.25
#: Days of stability all core items need before hard ones come.
STICKS: Final = 4.0


@dataclass(frozen=True, slots=True)
class DayPlan:
    """A study day.

    reviews: due items, the most important first. waiting: due ones for which there is no time; they
    can wait. delayed: due ones that wait a day because an item they are to be kept apart from comes
    today. concepts: cards whose lessons come, in order. new: further new items, of concepts begun
    earlier. minutes: what all of it will take, with the repetitions that will come back.
    seconds: of each item of the day, likewise; reading: of each lesson.
    """

    day: date
    reviews: tuple[str, ...] = ()
    waiting: tuple[str, ...] = ()
    delayed: tuple[str, ...] = ()
    concepts: tuple[str, ...] = ()
    new: tuple[str, ...] = ()
    minutes: float = 0.0
    seconds: Mapping[str, float] = field(default_factory=dict)
    reading: Mapping[str, float] = field(default_factory=dict)


def is_begun(concept: Concept, standing: Standing) -> bool:
    """Whether a concept has been met: its lesson was read or checked, or its items answered."""
    lesson = standing.lessons.get(concept.id)
    if lesson is not None:
        return lesson.how != "failed"
    return any(item.id in standing.memories for item in concept.items)


def stands(concept: Concept, standing: Standing, day: date) -> bool:
    """Whether others may build on a concept: begun, and its core known at STANDS on the day."""
    if not is_begun(concept, standing):
        return False
    core = [item.id for item in concept.core if not standing.sets_aside(item.id, day)]
    memories = [standing.memories.get(id) for id in core]
    return all(m is not None and retrievability(m, day) >= STANDS for m in memories)


def plan_day(
    concepts: Sequence[Concept],
    standing: Standing,
    day: date,
    wishes: Wishes,
    times: ItemTimes,
    *,
    more: int = 0,
) -> DayPlan:
    """The plan of a study day.

    concepts: the course in its order. standing: as the learner stood when the day began, so that
    the plan stays as it is while the day lasts. more: how often the learner asked for more today;
    each time is another portion of their minutes.
    """
    planner = _Planner(concepts, standing, day, wishes, times)
    planner.take_reviews(more)
    if not planner.waiting:
        planner.take_new(more)
    return planner.plan()


class _Planner:
    """A plan in the making."""

    def __init__(
        self,
        concepts: Sequence[Concept],
        standing: Standing,
        day: date,
        wishes: Wishes,
        times: ItemTimes,
    ) -> None:
        self._concepts, self._standing, self._day = concepts, standing, day
        self._wishes, self._times = wishes, times
        self._by_id = {concept.id: concept for concept in concepts}
        self._load = load_of(wishes)
        self._portion = wishes.minutes * 60
        self._each = fmean(times.kinds.values())
        self._known = {
            id: retrievability(memory, day, wishes.parameters)
            for id, memory in standing.memories.items()
        }
        self.reviews: list[Item] = []
        self.waiting: list[Item] = []
        self.delayed: list[Item] = []
        self.chosen: list[Concept] = []
        self.new: list[Item] = []
        self.seconds: dict[str, float] = {}
        self.reading: dict[str, float] = {}
        self._spent = 0.0

    def plan(self) -> DayPlan:
        return DayPlan(
            self._day,
            reviews=_ids(self.reviews),
            waiting=_ids(self.waiting),
            delayed=_ids(self.delayed),
            concepts=tuple(concept.id for concept in self.chosen),
            new=_ids(self.new),
            minutes=self._spent / 60,
            seconds=self.seconds,
            reading=self.reading,
        )

    def take_reviews(self, more: int) -> None:
        """What is due and fits; the rest waits."""
        memories = self._standing.memories
        items = [item for concept in self._concepts for item in concept.items]
        due = [
            item
            for item in items
            if item.id in memories
            and is_due(memories[item.id], self._day)
            and not self._standing.sets_aside(item.id, self._day)
        ]
        builds = dependents(self._concepts)
        due.sort(key=lambda item: (-self._importance(item, builds), item.position))
        kept, self.delayed = _kept_apart(due, memories)
        for item in kept:
            self.seconds[item.id] = self._expected(item)
        self.reviews, self.waiting, self._spent = _fitting(
            kept, self.seconds, self._limit(ZR, more)
        )

    def _importance(self, item: Item, builds: Mapping[str, int]) -> float:
        weight = 1 + (builds[item.card] if item.level == "core" else 0)
        return (1 - self._known[item.id]) * weight

    def _expected(self, item: Item) -> float:
        right = self._known.get(item.id, self._times.first_right if FR else FIRST_RIGHT)
        return self._times.of(item) * (1 + (1 - right) / AGAIN_RIGHT)

    def take_new(self, more: int) -> None:
        """New concepts, then other new items, as far as today and the coming fortnight have room."""
        remembered = [
            (memory, self._times.of(item))
            for concept in self._concepts
            for item in concept.items
            if (memory := self._standing.memories.get(item.id)) is not None
            and item.id not in self._standing.suspended
        ]
        ahead = self._load.total(
            [memory for memory, _ in remembered], [each for _, each in remembered], self._day
        )
        room = np.full(FORTNIGHT + 1, HEADROOM * self._portion)
        room -= ahead
        room[0] = self._portion * (1 + more) - self._spent
        allowed = (
            len(self._by_id) * 1000 if self._wishes.most_new is None else self._wishes.most_new
        )
        begun = {c.id for c in self._concepts if is_begun(c, self._standing)}
        first = not self._standing.memories
        held = False
        for concept in self._concepts:
            if concept.id in begun or not self._may_begin(concept):
                continue
            core = self._fresh(concept.core)
            need = self._load.new * sum(self._times.of(item) for item in core)
            need[0] += self._times.lesson(concept)
            end = (
                self._portion * FIRST_STRETCH
                if first and len(self.chosen) < 2
                else self._limit(ZN, more)
            )
            if self._spent + need[0] > end or len(core) > allowed or self._full(room - need):
                WHY[
                    (
                        "today"
                        if self._spent + need[0] > end
                        else "max"
                        if (room - need)[1:].min() < 0
                        else "mean"
                    )
                ] += 1
                held = True
                if not NEXT:
                    break
                continue
            self.chosen.append(concept)
            self.reading[concept.id] = self._times.lesson(concept)
            self._take(core)
            self._spent += self.reading[concept.id]
            room -= need
            allowed -= len(core)
        if held and RESERVE:
            return
        for concept in self._concepts:
            if concept.id not in begun:
                continue
            for item in easiest_first(self._later(concept)):
                need = self._load.new * self._times.of(item)
                if (
                    self._spent + need[0] > min(self._portion * (1 + more), self._limit(ZN, more))
                    or not allowed
                    or self._full(room - need)
                ):
                    return
                self.new.append(item)
                self._take([item])
                room -= need
                allowed -= 1

    def _full(self, left):
        return bool((left[1:] < 0).any() or left[1:].mean() < (HEADROOM - MEANROOM) * self._portion)

    def _limit(self, z, more):
        a = z * math.sqrt(self._each)
        x = (-a + math.sqrt(a * a + 4 * 1.2 * self._portion * (1 + more))) / 2
        return x * x

    def _take(self, items: Iterable[Item]) -> None:
        for item in items:
            self.seconds[item.id] = self._expected(item)
            self._spent += self.seconds[item.id]

    def _fresh(self, items: Iterable[Item]) -> list[Item]:
        return [
            item
            for item in items
            if item.id not in self._standing.memories
            and not self._standing.sets_aside(item.id, self._day)
        ]

    def _later(self, concept: Concept) -> list[Item]:
        sticks = all(
            self._standing.memories[item.id].stability >= STICKS
            for item in concept.core
            if item.id in self._standing.memories
        )
        return [item for item in self._fresh(concept.items) if sticks or item.level != "hard"]

    def _may_begin(self, concept: Concept) -> bool:
        return all(
            stands(self._by_id[name], self._standing, self._day)
            for name in concept.requires
            if name in self._by_id
        )


def _ids(items: Iterable[Item]) -> tuple[str, ...]:
    return tuple(item.id for item in items)


def _kept_apart(
    due: Sequence[Item], memories: Mapping[str, Memory]
) -> tuple[list[Item], list[Item]]:
    """Of two due items that are kept apart, the one due later waits a day, once."""
    oldest = sorted(due, key=lambda item: (memories[item.id].due_day, item.position))
    taken: set[str] = set()
    blocked: set[str] = set()
    for item in oldest:
        if item.id not in blocked and not item.apart & taken:
            taken.add(item.id)
            blocked |= item.apart
    return [i for i in due if i.id in taken], [i for i in due if i.id not in taken]


def _fitting(
    due: Sequence[Item], seconds: Mapping[str, float], budget: float
) -> tuple[list[Item], list[Item], float]:
    """What of the due items is done within the budget, what waits, and the seconds spent."""
    spent = 0.0
    for count, item in enumerate(due):
        if count and spent + seconds[item.id] > budget:
            return list(due[:count]), list(due[count:]), spent
        spent += seconds[item.id]
    return list(due), [], spent
