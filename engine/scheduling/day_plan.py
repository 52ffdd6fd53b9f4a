"""What a study day holds: a pure function of how the learner stood when it began.

1. Everything due is in the plan. What fits comes by importance, the least remembered of what most
   builds on first; the rest waits, and nothing new comes until it has been caught up with. Of two
   due items that are kept apart, the one due later comes a day later, once.
2. What is left of the core of concepts begun earlier, then new concepts, in the course's order,
   when all that they require stands, and only as far as the minutes of today and the forecast of
   the coming fortnight leave room. On the first day two.
3. Other new items of concepts begun earlier, the same way; while a concept waits for room they do
   not take it. Hard ones when the core sticks.

Before an exam what it needs comes first everywhere (`exam_days`): it keeps a part of the day for
what is not met yet, while some of what is due waits.

A day's minutes are a sum of chances. It is planned so that it ends by OVER times the minutes in
most cases: the more answers it has, the less it can go astray, and the fuller it is planned
(`_limit`).
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from statistics import fmean
from typing import Final

from engine.scheduling.course_order import chains, dependents, needed_for
from engine.scheduling.days import ONE_DAY
from engine.scheduling.exam_days import brought_forward, enough_days, kept_for_new
from engine.scheduling.fsrs_memory import is_due, retrievability
from engine.scheduling.item_times import ItemTimes
from engine.scheduling.load import AGAIN_RIGHT, Vector, load_of
from engine.scheduling.standing import Standing, is_begun, stands
from engine.scheduling.syllabus import Concept, Item, easiest_first
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
#: A day that gets such a share of what new items will ask for is touched by them.
TOUCHES: Final = 0.1
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
#: Days after which a new item has come back, wrong or right.
RETURN: Final = 3
#: Days of stability that all core items need before hard ones come.
STICKS: Final = 4.0

_NOTHING: Final = frozenset[str]()


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
    planner = _Planner(concepts, standing, day, wishes, times, more)
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
        times: ItemTimes,
        more: int,
    ) -> None:
        self._concepts, self._standing, self._day = concepts, standing, day
        self._wishes, self._times = wishes, times
        self._by_id = {concept.id: concept for concept in concepts}
        self._items = [item for concept in concepts for item in concept.items]
        self._known = _known(self._items, standing, day, wishes)
        self._begun = {concept.id for concept in concepts if is_begun(concept, standing)}
        exam = wishes.exam if wishes.exam is not None and wishes.exam.day > day else None
        self._exam = exam
        self._needed = frozenset[str]() if exam is None else needed_for(exam, concepts)
        self._ahead = self._load()
        self._budget = wishes.minutes * 60 * (1 + more)
        self._answer = fmean(times.of(item) for item in self._items) if self._items else 0.0
        self._allowed = len(self._items) if wishes.most_new is None else wishes.most_new
        self._apart = _pairs(self._items)
        self._spent = 0.0
        self._seconds: dict[str, float] = {}
        self._reading: dict[str, float] = {}
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
            minutes=self._spent / 60,
            seconds=self._seconds,
            reading=self._reading,
        )

    # -- what is due --------------------------------------------------------------------------

    def take_reviews(self) -> None:
        """What is due and fits, and what an exam brings forward; the rest waits."""
        memories = self._standing.memories
        asked = self._asked()
        due = [item for item in asked if is_due(memories[item.id], self._day)]
        kept, self._delayed = self._kept_apart(self._by_importance(due))
        self._waiting = kept
        keeps = self._kept_for_exam()
        self._review(self._limit(SURE_OF_NEW) - keeps if keeps else self._limit(SURE_OF_DUE))
        self._part_tomorrow(asked)
        if self._exam is not None and not self._waiting:
            self._bring_forward([item for item in asked if item not in kept])

    def fill(self) -> None:
        """The room that is left: for what waits, and for what would be too much tomorrow.

        What waits is what was held back for an exam that then found nothing new. Tomorrow's due
        items come a day early, those with the longest intervals first, where tomorrow is too full
        and today is not.
        """
        limit = min(self._budget, self._limit(SURE_OF_NEW))
        if self._exam is not None:
            self._review(limit)
        if not self._waiting:
            self._level(limit)

    def _level(self, limit: float) -> None:
        memories, tomorrow = self._standing.memories, self._day + ONE_DAY
        coming = [
            item
            for item in self._asked()
            if memories[item.id].due_day == tomorrow
            and (tomorrow - memories[item.id].day).days >= LONG
            and item.id not in self._seconds
        ]
        too_much = self._ahead[1] - self._budget
        for item in sorted(coming, key=lambda item: memories[item.id].day):
            if too_much <= 0:
                return
            if self._may_come(item) and self._spent + self._expected(item) <= limit:
                self._reviews.append(item)
                self._take(item)
                too_much -= self._expected(item)

    def _asked(self) -> list[Item]:
        """The items that are remembered and not set aside."""
        return [
            item
            for item in self._items
            if item.id in self._standing.memories
            and not self._standing.sets_aside(item.id, self._day)
        ]

    def _review(self, limit: float) -> None:
        """Takes what waits up to a limit; one item at least."""
        waiting = self._waiting
        self._waiting = []
        for item in waiting:
            if self._reviews and self._spent + self._expected(item) > limit:
                self._waiting.append(item)
            else:
                self._reviews.append(item)
                self._take(item)

    def _kept_for_exam(self) -> float:
        """Seconds that today keeps for what an exam needs and is not met yet."""
        if self._exam is None:
            return 0.0
        unmet = [concept for concept in self._concepts if concept.id in self._needed]
        reading = [self._times.lesson(c) for c in unmet if c.id not in self._begun]
        asking = [self._expected(item) for c in unmet for item in self._fresh(c.items)]
        return kept_for_new(sum(reading) + sum(asking), self._day, self._exam.day, self._budget)

    def _by_importance(self, due: Iterable[Item]) -> list[Item]:
        """What an exam needs first; then the least remembered of what most builds on."""
        builds = dependents(self._concepts)

        def rank(item: Item) -> tuple[bool, float, int]:
            weight = 1 + (builds[item.card] if item.level == "core" else 0)
            forgotten = (1 - self._known[item.id]) * weight
            return item.card not in self._needed, -forgotten, item.position

        return sorted(due, key=rank)

    def _part_tomorrow(self, asked: Iterable[Item]) -> None:
        """Brings one of two forward that would both be due tomorrow and are kept apart.

        So neither is late. It cannot be foreseen where one of them is answered only today.
        """
        tomorrow = self._day + ONE_DAY
        coming: dict[str, Item] = {}
        for item in asked:
            if self._standing.memories[item.id].due_day != tomorrow or item.id in self._seconds:
                continue
            pair = self._apart.get(item.id, _NOTHING) & coming.keys()
            early = next(
                (one for one in self._either(item, coming, pair) if self._has_room(one)), None
            )
            if early is not item:
                coming[item.id] = item
            if early is not None:
                coming.pop(early.id, None)
                self._reviews.append(early)
                self._take(early)

    def _either(
        self, item: Item, coming: Mapping[str, Item], pair: Iterable[str]
    ) -> Iterator[Item]:
        """An item that is not alone tomorrow, and what it is kept apart from."""
        for other in pair:
            yield from (item, coming[other])

    def _has_room(self, item: Item) -> bool:
        return self._may_come(item) and (
            self._spent + self._expected(item) <= self._limit(SURE_OF_DUE)
        )

    def _bring_forward(self, others: Sequence[Item]) -> None:
        """What would not come again before the exam, as late as there is room."""
        assert self._exam is not None
        covered = {c.id for c in self._concepts if self._exam.covers(c.unit)}
        room = [max(0.0, self._budget - load) for load in self._ahead[1:]]
        for item in brought_forward(
            [item for item in others if item.card in covered and self._may_come(item)],
            self._standing.memories,
            self._day,
            self._exam.day,
            {item.id: self._times.of(item) for item in others},
            room,
            self._wishes.parameters,
        ):
            if self._spent + self._expected(item) > self._limit(SURE_OF_DUE):
                break
            self._reviews.append(item)
            self._take(item)

    # -- what is new --------------------------------------------------------------------------

    def take_new(self) -> None:
        """New concepts, then other new items, as far as there is room."""
        if self._waiting and not self._kept_for_exam():
            return
        later = self._later()
        self._take_later(item for item in later if item.level == "core")
        held = False
        for concept in self._may_be_begun():
            core = self._core_today(concept)
            # A lesson and an item are begun on a day that is empty otherwise, however short it is.
            fits = self._fits(core, self._times.lesson(concept), self._until())
            if self._allowed and (fits or (not self._spent and len(core) < 2)):
                self._begin(concept, core)
            else:
                held = True
        if not held or self._exam_has_time():
            self._take_later(item for item in later if item.level != "core")

    def _take_later(self, items: Iterable[Item]) -> None:
        limit = min(self._budget, self._limit(SURE_OF_NEW))
        for item in items:
            if not self._allowed or not self._fits([item], 0.0, limit):
                return
            if self._may_be_new(item):
                self._new.append(item)
                self._add([item], 0.0)

    def _may_be_begun(self) -> Iterator[Concept]:
        """Concepts not begun whose requirements stand, in the order in which they come.

        Of the last FEW_LEFT those come first above which most stand one on another: such a chain
        takes days that others do not.
        """
        left = [concept for concept in self._in_order() if concept.id not in self._begun]
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

    def _in_order(self) -> list[Concept]:
        """The concepts in the order in which new things of them come."""
        needed = [concept for concept in self._concepts if concept.id in self._needed]
        others = [concept for concept in self._concepts if concept.id not in self._needed]
        unmet = any(self._fresh(concept.items) for concept in needed)
        return needed if unmet else [*needed, *others]

    def _exam_has_time(self) -> bool:
        """Whether an exam leaves the days to begin all it needs, so that other items may come."""
        if self._exam is None:
            return False
        left = sum(id in self._needed and id not in self._begun for id in self._by_id)
        return enough_days(left, self._day, self._exam.day)

    def _core_today(self, concept: Concept) -> list[Item]:
        """What a concept's lesson asks: its core, or the easiest of it where there is no more room.

        The rest of its core comes on the following days, before other new things: a lesson that
        waited for room for all of it would often wait for long.
        """
        core = self._together(easiest_first(concept.core))[: self._allowed]
        reading, part = self._times.lesson(concept), PART * self._limit(SURE_OF_NEW)
        short = reading + self._expected_of(core[:FEWEST]) > part
        room = min(part, self._until() - self._spent) - reading
        while len(core) > (1 if short else FEWEST) and self._expected_of(core) > room:
            core.pop()
        return core

    def _begin(self, concept: Concept, core: Sequence[Item]) -> None:
        self._first[concept.id] = list(core)
        self._reading[concept.id] = self._times.lesson(concept)
        self._add(core, self._reading[concept.id])

    def _later(self) -> list[Item]:
        """New items of concepts begun earlier; hard ones when the core sticks."""
        return [
            item
            for concept in self._in_order()
            if concept.id in self._begun
            for item in easiest_first(self._fresh(concept.items))
            if item.level != "hard" or self._sticks(concept)
        ]

    def _sticks(self, concept: Concept) -> bool:
        memories = [self._standing.memories.get(item.id) for item in concept.core]
        return all(memory is not None and memory.stability >= STICKS for memory in memories)

    def _fresh(self, items: Iterable[Item]) -> list[Item]:
        """Items never answered and not set aside."""
        return [
            item
            for item in items
            if item.id not in self._standing.memories
            and not self._standing.sets_aside(item.id, self._day)
        ]

    # -- apart --------------------------------------------------------------------------------

    def _may_come(self, item: Item) -> bool:
        """Whether nothing that comes today is to be kept apart from an item."""
        return not self._apart.get(item.id, _NOTHING) & self._seconds.keys()

    def _may_be_new(self, item: Item) -> bool:
        """Whether nothing that it is to be kept apart from comes now or when it comes back."""
        back = self._day + RETURN * ONE_DAY
        memories = self._standing.memories
        pair = self._apart.get(item.id, _NOTHING) & memories.keys()
        return self._may_come(item) and all(memories[id].due_day > back for id in pair)

    def _together(self, items: Iterable[Item]) -> list[Item]:
        """The new ones of these that may come on one day."""
        kept: dict[str, Item] = {}
        for item in self._fresh(items):
            if self._may_be_new(item) and not self._apart.get(item.id, _NOTHING) & kept.keys():
                kept[item.id] = item
        return list(kept.values())

    def _kept_apart(self, due: Sequence[Item]) -> tuple[list[Item], list[Item]]:
        """Of two due items that are kept apart, the one due later waits a day, once."""
        memories = self._standing.memories
        taken: set[str] = set()
        for item in sorted(due, key=lambda item: (memories[item.id].due_day, item.position)):
            if not self._apart.get(item.id, _NOTHING) & taken:
                taken.add(item.id)
        return [i for i in due if i.id in taken], [i for i in due if i.id not in taken]

    # -- room ---------------------------------------------------------------------------------

    def _load(self) -> Vector:
        """Seconds that today's memories will ask for, on this day and those of the fortnight."""
        remembered = [
            item
            for item in self._items
            if item.id in self._standing.memories and item.id not in self._standing.suspended
        ]
        return load_of(self._wishes).total(
            [self._standing.memories[item.id] for item in remembered],
            [self._times.of(item) for item in remembered],
            self._day,
        )

    def _limit(self, sure: float) -> float:
        """The seconds a day may be expected to take, if it is to end by OVER times the budget.

        seconds + sure * SWING * sqrt(seconds * an answer's seconds) = OVER * budget
        """
        swing = sure * SWING * math.sqrt(self._answer)
        return ((math.sqrt(swing**2 + 4 * OVER * self._budget) - swing) / 2) ** 2

    def _until(self) -> float:
        """When a concept is to end that is begun today; the first day is to have two."""
        if not self._standing.memories and len(self._first) < 2:
            return self._budget * FIRST_DAY * (1 + len(self._first)) / 2
        return self._limit(SURE_OF_NEW)

    def _fits(self, items: Sequence[Item], reading: float, limit: float) -> bool:
        """Whether new items have room: today, on each day of the fortnight, on average."""
        today = self._expected_of(items)
        later = (self._ahead + self._brings(items))[1:]
        calm = (
            later.max() <= MOST_AHEAD * self._budget and later.mean() <= MEAN_AHEAD * self._budget
        )
        return bool(
            self._spent + reading + today <= limit
            # Before an exam what is due may wait for what is new, and not the other way round.
            and (calm or self._exam is not None)
        )

    def _brings(self, items: Sequence[Item]) -> Vector:
        return load_of(self._wishes).new * sum(self._times.of(item) for item in items)

    def _add(self, items: Sequence[Item], reading: float) -> None:
        self._ahead = self._ahead + self._brings(items)
        self._allowed -= len(items)
        self._spent += reading
        for item in items:
            self._take(item)

    def _take(self, item: Item) -> None:
        self._seconds[item.id] = self._expected(item)
        self._spent += self._seconds[item.id]

    def _expected_of(self, items: Iterable[Item]) -> float:
        return sum(self._expected(item) for item in items)

    def _expected(self, item: Item) -> float:
        """Seconds an item takes today, with the repetitions after wrong answers."""
        right = self._known.get(item.id, self._times.first_right)
        return self._times.of(item) * (1 + (1 - right) / AGAIN_RIGHT)


def _ids(items: Iterable[Item]) -> tuple[str, ...]:
    return tuple(item.id for item in items)


def _known(
    items: Iterable[Item], standing: Standing, day: date, wishes: Wishes
) -> dict[str, float]:
    return {
        item.id: retrievability(memory, day, wishes.parameters)
        for item in items
        if (memory := standing.memories.get(item.id)) is not None
    }


def _pairs(items: Iterable[Item]) -> dict[str, frozenset[str]]:
    """What each item is kept apart from; it is enough if one of a pair says so."""
    apart: dict[str, set[str]] = {}
    for item in items:
        for other in item.apart:
            apart.setdefault(item.id, set()).add(other)
            apart.setdefault(other, set()).add(item.id)
    return {id: frozenset(others) for id, others in apart.items()}
