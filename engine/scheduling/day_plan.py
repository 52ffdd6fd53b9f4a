"""What a study day holds: a pure function of how the learner stood when it began.

1. Everything due is in the plan. What fits comes by importance, the least remembered of what most
   builds on first; the rest waits, and nothing new comes until it has been caught up with. Of two
   due items that are kept apart, the one due later comes a day later, once.
2. What is left of the core of concepts begun earlier, then new concepts, in the course's order,
   when all that they require stands, and only as far as the minutes of today and the forecast of
   the coming fortnight leave room. On the first day two; three a day of 15 minutes at most.
3. Other new items of concepts begun earlier, the same way; while a concept waits for room they do
   not take it. Hard ones when the core sticks.

Before an exam what it needs comes first everywhere (`exam_days`): it keeps a part of the day for
what is not met yet, while some of what is due waits.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from typing import Final

from engine.scheduling.apart import Apart
from engine.scheduling.course_order import chains, dependents, needed_for
from engine.scheduling.days import ONE_DAY
from engine.scheduling.exam_days import brought_forward, enough_days, kept_for_new
from engine.scheduling.fsrs_memory import is_due
from engine.scheduling.item_times import ItemTimes
from engine.scheduling.room import Room
from engine.scheduling.standing import Standing, core_memories, is_begun, stands
from engine.scheduling.syllabus import Concept, Item, easiest_first
from engine.scheduling.wishes import Wishes

#: Days of the intervals of which one may be a day shorter, so that days are level.
LONG: Final = 5
#: The first day has two concepts that end by so many times its minutes.
FIRST_DAY: Final = 1.1
#: Of a day, what a new concept may take; and the fewest items that its lesson asks, where a day is
#: long enough for them.
PART: Final = 0.6
FEWEST: Final = 3
#: So many concepts are the last ones.
FEW_LEFT: Final = 10
#: New concepts of a day of this many minutes, however quick the learner: more would not be learned.
CONCEPTS: Final = 3
CONCEPT_MINUTES: Final = 15
#: Days of stability that all core items need before hard ones come.
STICKS: Final = 4.0


@dataclass(frozen=True, slots=True)
class DayPlan:
    """A study day.

    reviews: due items, the most important first. waiting: due ones for which there is no time; they
    can wait. delayed: due ones that wait a day because an item they are to be kept apart from comes
    today. concepts: cards whose lessons come, in order; first: the items that each of these asks.
    new: further new items, of concepts begun earlier. minutes: what all of it will take, with the
    repetitions that will come back. seconds: of each item, likewise; reading: of each lesson.
    """

    day: date
    reviews: tuple[str, ...] = ()
    waiting: tuple[str, ...] = ()
    delayed: tuple[str, ...] = ()
    concepts: tuple[str, ...] = ()
    first: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    new: tuple[str, ...] = ()
    minutes: float = 0.0
    seconds: Mapping[str, float] = field(default_factory=dict)
    reading: Mapping[str, float] = field(default_factory=dict)


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

    O(n log n) in the items.
    """
    items = [item for concept in concepts for item in concept.items]
    room = Room(items, standing, day, wishes, times, more)
    planner = _Planner(concepts, standing, day, wishes, room)
    planner.take_reviews()
    planner.take_new()
    planner.fill()
    return planner.plan()


class _Planner:
    """A plan in the making."""

    def __init__(
        self,
        concepts: Sequence[Concept],
        standing: Standing,
        day: date,
        wishes: Wishes,
        room: Room,
    ) -> None:
        self._concepts, self._standing, self._day = concepts, standing, day
        self._wishes, self._room = wishes, room
        self._by_id = {concept.id: concept for concept in concepts}
        self._items = [item for concept in concepts for item in concept.items]
        self._apart = Apart(self._items, standing, day)
        self._begun = {concept.id for concept in concepts if is_begun(concept, standing)}
        exam = wishes.exam if wishes.exam is not None and wishes.exam.day > day else None
        self._exam = exam
        self._most_concepts = CONCEPTS * math.ceil(room.budget / 60 / CONCEPT_MINUTES)
        self._needed = frozenset[str]() if exam is None else needed_for(exam, concepts)
        self._reviews: list[Item] = []
        self._waiting: list[Item] = []
        self._delayed: list[Item] = []
        self._first: dict[str, list[Item]] = {}
        self._new: list[Item] = []

    def plan(self) -> DayPlan:
        return DayPlan(
            self._day,
            reviews=_ids(self._reviews),
            waiting=_ids(self._waiting),
            delayed=_ids(self._delayed),
            concepts=tuple(self._first),
            first={card: _ids(core) for card, core in self._first.items()},
            new=_ids(self._new),
            minutes=self._room.spent / 60,
            seconds=self._room.seconds,
            reading=self._room.reading,
        )

    # -- what is due --------------------------------------------------------------------------

    def take_reviews(self) -> None:
        """What is due and fits, and what is better asked today than later; the rest waits."""
        memories = self._standing.memories
        due = [item for item in self._asked if is_due(memories[item.id], self._day)]
        self._waiting, self._delayed = self._apart.due_together(self._by_importance(due))
        keeps = self._kept_for_exam
        self._review(self._room.limit_of_new - keeps if keeps else self._room.limit_of_due)
        self._part_tomorrow()
        if self._exam is not None and not self._waiting:
            self._bring_forward()

    def fill(self) -> None:
        """The room that is left: for what waits, and for what would be too much tomorrow.

        What waits is what was held back for an exam that then found nothing new.
        """
        limit = min(self._room.budget, self._room.limit_of_new)
        if self._exam is not None:
            self._review(limit)
        if not self._waiting:
            self._level(limit)

    @cached_property
    def _asked(self) -> list[Item]:
        """The items that are remembered and not set aside."""
        return [
            item
            for item in self._items
            if item.id in self._standing.memories
            and not self._standing.sets_aside(item.id, self._day)
        ]

    def _due_tomorrow(self) -> list[Item]:
        """What comes tomorrow, and not today already."""
        memories, tomorrow = self._standing.memories, self._day + ONE_DAY
        return [
            item
            for item in self._asked
            if memories[item.id].due_day == tomorrow and item.id not in self._room.seconds
        ]

    def _review(self, limit: float) -> None:
        """Takes what waits up to a limit; one item at least."""
        waiting, self._waiting = self._waiting, []
        for item in waiting:
            if self._reviews and not self._room.holds(item, limit):
                self._waiting.append(item)
            else:
                self._ask(item)

    def _ask(self, item: Item) -> None:
        self._reviews.append(item)
        self._room.take(item)

    def _may_be_early(self, item: Item, limit: float) -> bool:
        """Whether an item that is due later can be asked today."""
        return self._apart.may_come(item, self._room.seconds) and self._room.holds(item, limit)

    def _by_importance(self, due: Iterable[Item]) -> list[Item]:
        """What an exam needs first; then the least remembered of what most builds on."""
        builds = dependents(self._concepts)

        def rank(item: Item) -> tuple[bool, float, int]:
            weight = 1 + (builds[item.card] if item.level == "core" else 0)
            forgotten = (1 - self._room.known[item.id]) * weight
            return item.card not in self._needed, -forgotten, item.position

        return sorted(due, key=rank)

    def _part_tomorrow(self) -> None:
        """Brings one of two forward that would both be due tomorrow and are kept apart.

        So neither is late. It cannot be foreseen where one of them is answered only today.
        """
        coming: dict[str, Item] = {}
        for item in self._due_tomorrow():
            others = [coming[id] for id in self._apart.of(item) if id in coming]
            pairs = (one for other in others for one in (item, other))
            limit = self._room.limit_of_due
            early = next((one for one in pairs if self._may_be_early(one, limit)), None)
            coming[item.id] = item
            if early is not None:
                del coming[early.id]
                self._ask(early)

    def _level(self, limit: float) -> None:
        """Where tomorrow is too full and today is not, what has long intervals comes today."""
        memories = self._standing.memories
        too_much = self._room.ahead[1] - self._room.budget
        for item in sorted(self._due_tomorrow(), key=lambda item: memories[item.id].day):
            if too_much <= 0 or (self._day - memories[item.id].day).days + 1 < LONG:
                return
            if self._may_be_early(item, limit):
                self._ask(item)
                too_much -= self._room.expected([item])

    # -- for an exam --------------------------------------------------------------------------

    @cached_property
    def _kept_for_exam(self) -> float:
        """Seconds that today keeps for what an exam needs and is not met yet."""
        if self._exam is None:
            return 0.0
        unmet = [concept for concept in self._concepts if concept.id in self._needed]
        seconds = sum(self._room.lesson(c) for c in unmet if c.id not in self._begun)
        seconds += sum(self._room.expected(self._fresh(c.items)) for c in unmet)
        return kept_for_new(seconds, self._day, self._exam.day, self._room.budget)

    def _exam_has_time(self) -> bool:
        """Whether an exam leaves the days to begin all it needs, so that other items may come."""
        if self._exam is None:
            return False
        left = sum(id in self._needed and id not in self._begun for id in self._by_id)
        return enough_days(left, self._day, self._exam.day)

    def _bring_forward(self) -> None:
        """What would not come again before the exam, as late as there is room."""
        assert self._exam is not None
        covered = {c.id for c in self._concepts if self._exam.covers(c.unit)}
        wanted = brought_forward(
            [i for i in self._asked if i.card in covered and i.id not in self._room.seconds],
            self._standing.memories,
            self._day,
            self._exam.day,
            {item.id: self._room.times.of(item) for item in self._asked},
            [max(0.0, self._room.budget - load) for load in self._room.ahead[1:]],
            self._wishes.parameters,
        )
        for item in wanted:
            if self._may_be_early(item, self._room.limit_of_due):
                self._ask(item)

    # -- what is new --------------------------------------------------------------------------

    def take_new(self) -> None:
        """New concepts, then other new items, as far as there is room."""
        if self._waiting and not self._kept_for_exam:
            return
        later = self._later()
        self._take_later(item for item in later if item.level == "core")
        held = False
        for concept in self._may_be_begun():
            if self._exam is None and len(self._first) >= self._most_concepts:
                break
            core = self._core_today(concept)
            if self._may_begin(concept, core):
                self._first[concept.id] = core
                self._room.add(core, concept)
            else:
                held = True
        if not held or self._exam_has_time():
            self._take_later(item for item in later if item.level != "core")

    def _may_begin(self, concept: Concept, core: Sequence[Item]) -> bool:
        # A lesson and an item are begun on a day that is empty otherwise, however short it is.
        empty = not self._room.spent and len(core) < 2
        until = math.inf if empty else self._until()
        return self._room.allowed > 0 and self._fits(core, self._room.lesson(concept), until)

    def _take_later(self, items: Iterable[Item]) -> None:
        limit = min(self._room.budget, self._room.limit_of_new)
        for item in items:
            if not self._room.allowed or not self._fits([item], 0.0, limit):
                return
            if self._apart.may_be_new(item, self._room.seconds):
                self._new.append(item)
                self._room.add([item])

    def _may_be_begun(self) -> Iterator[Concept]:
        """Concepts not begun whose requirements stand, in the order in which they come.

        Of the last FEW_LEFT those come first above which most stand one on another: such a chain
        takes days that others do not.
        """
        left = [concept for concept in self._in_order if concept.id not in self._begun]
        if len(left) <= FEW_LEFT:
            above = chains(self._concepts)
            left.sort(key=lambda concept: -above[concept.id])
        for concept in left:
            if all(
                stands(self._by_id[name], self._standing, self._day, self._wishes.parameters)
                for name in concept.requires
                if name in self._by_id
            ):
                yield concept

    @cached_property
    def _in_order(self) -> list[Concept]:
        """The concepts in the order in which new things of them come."""
        needed = [concept for concept in self._concepts if concept.id in self._needed]
        others = [concept for concept in self._concepts if concept.id not in self._needed]
        unmet = any(self._fresh(concept.items) for concept in needed)
        return needed if unmet else [*needed, *others]

    def _core_today(self, concept: Concept) -> list[Item]:
        """What a concept's lesson asks: its core, or the easiest of it where there is no more room.

        The rest of its core comes on the following days, before other new things: a lesson that
        waited for room for all of it would often wait for long.
        """
        fresh = self._fresh(easiest_first(concept.core))
        core = self._apart.new_together(fresh, self._room.seconds)[: self._room.allowed]
        reading, part = self._room.lesson(concept), PART * self._room.limit_of_new
        short = reading + self._room.expected(core[:FEWEST]) > part
        room = min(part, self._until() - self._room.spent) - reading
        while len(core) > (1 if short else FEWEST) and self._room.expected(core) > room:
            core.pop()
        return core

    def _later(self) -> list[Item]:
        """New items of concepts begun earlier; hard ones when the core sticks."""
        return [
            item
            for concept in self._in_order
            if concept.id in self._begun
            for item in easiest_first(self._fresh(concept.items))
            if item.level != "hard" or self._sticks(concept)
        ]

    def _sticks(self, concept: Concept) -> bool:
        core = core_memories(concept, self._standing, self._day)
        return all(memory is not None and memory.stability >= STICKS for memory in core)

    def _fresh(self, items: Iterable[Item]) -> list[Item]:
        """Items never answered and not set aside."""
        return [
            item
            for item in items
            if item.id not in self._standing.memories
            and not self._standing.sets_aside(item.id, self._day)
        ]

    def _until(self) -> float:
        """When a concept is to end that is begun today; the first day is to have two."""
        if not self._standing.memories and len(self._first) < 2:
            return self._room.budget * FIRST_DAY * (1 + len(self._first)) / 2
        return self._room.limit_of_new

    def _fits(self, items: Sequence[Item], reading: float, limit: float) -> bool:
        """Whether new items have room today and later.

        Before an exam what is due may wait for what is new, so later is not looked at.
        """
        today = self._room.spent + reading + self._room.expected(items)
        return today <= limit and (self._exam is not None or self._room.is_calm_with(items))


def _ids(items: Iterable[Item]) -> tuple[str, ...]:
    return tuple(item.id for item in items)
