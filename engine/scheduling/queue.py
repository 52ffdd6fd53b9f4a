"""A study day's queue: the plan, in the order in which a session asks it.

1. What failed today and has rested: APART other answers lie between.
2. The items of the lesson that was just read, easiest first.
3. Due items, the most important first.
4. What failed of a lesson, until it was right once, with other new items between.
5. The next concept's lesson.
6. Other new items.
7. What failed and has not rested, when nothing else is left.

Items of one concept have APART others between them as long as there are others; a lesson's first
items come at once. No clock and no chance: the queue is the plan and what was answered since.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from heapq import heapify, heappop, heappush
from typing import Literal

from engine.scheduling.apart import NOTHING, pairs_of
from engine.scheduling.day_plan import DayPlan
from engine.scheduling.item_times import ItemTimes
from engine.scheduling.memory import Rating
from engine.scheduling.standing import How
from engine.scheduling.syllabus import Concept, Item, easiest_first

#: Answers that lie between two showings of an item, or of two items of a concept.
APART = 3

Reason = Literal["again", "due", "new", "lesson"]


@dataclass(frozen=True, slots=True)
class Entry:
    """The item that comes next, and why."""

    item: str
    reason: Reason


@dataclass(frozen=True, slots=True)
class LessonNext:
    """The concept whose lesson comes next."""

    card: str


@dataclass(frozen=True, slots=True)
class Answered:
    """An answer of today that was scheduled."""

    item: str
    rating: Rating


@dataclass(frozen=True, slots=True)
class LessonOver:
    """A lesson that ended today."""

    card: str
    how: How


@dataclass(frozen=True, slots=True)
class Counts:
    """What is left of a day: items by why they come, lessons, and what is due but can wait.

    `answers` is how many answers it takes if each is right, so right answers take it down to 0 one
    by one; `minutes` has the repetitions that will come back in it, and the reading.
    """

    again: int = 0
    due: int = 0
    new: int = 0
    lessons: int = 0
    answers: int = 0
    minutes: int = 0
    waiting: int = 0


def build_queue(
    concepts: Sequence[Concept],
    plan: DayPlan,
    times: ItemTimes,
    done: Iterable[Answered | LessonOver] = (),
    *,
    without: frozenset[str] = frozenset(),
) -> Queue:
    """The queue of a day.

    done: the answers and lessons of today in the order in which they were given; what is no longer
    in the course is passed over. without: items that are not to be shown after all.

    O(n log n).
    """
    queue = Queue(concepts, plan, times, without=without)
    for event in done:
        if isinstance(event, Answered):
            queue.answered(event.item, event.rating)
        else:
            queue.lesson_over(event.card, event.how)
    return queue


class Queue:
    """What is left of one study day. Made by `build_queue`, changed by what is done, in place.

    A queue is of one day: build another for the next, after an undo, and when something was done
    elsewhere. Not for two threads at once.
    """

    def __init__(
        self,
        concepts: Sequence[Concept],
        plan: DayPlan,
        times: ItemTimes,
        *,
        without: frozenset[str] = frozenset(),
    ) -> None:
        self.plan = plan
        self._times = times
        self._items = {
            item.id: item
            for concept in concepts
            for item in concept.items
            if item.id not in without
        }
        self._pairs = pairs_of(self._items.values())
        self._core = {
            concept.id: self._known(plan.first[concept.id])
            if concept.id in plan.first
            else [item for item in easiest_first(concept.core) if item.id in self._items]
            for concept in concepts
        }
        self._due = _Line(self._known(plan.reviews))
        self._new = _Line(self._known(plan.new))
        self._waiting = {item.id for item in self._known(plan.waiting)}
        self._lessons = dict.fromkeys(card for card in plan.concepts if card in self._core)
        self._first: deque[str] = deque()  # what is left of the core of lessons that were read
        self._answered: set[str] = set()
        self._failed: dict[str, int] = {}  # item -> when it failed; in the order of failing
        self._failed_first: dict[str, None] = {}  # those of them that a lesson asked, likewise
        self._count = 0
        self._recent: deque[str] = deque(maxlen=APART)  # the cards of the last answers
        self._lesson_items: set[str] = set()

    def _known(self, ids: Iterable[str]) -> list[Item]:
        return [self._items[id] for id in ids if id in self._items]

    def next(self) -> Entry | LessonNext | None:
        """What comes now, the same until something is done; None when the day's plan is done."""
        rested = self._first_failed()
        if rested is not None and self._count - self._failed[rested] >= APART:
            return Entry(rested, "again")
        if (first := self._first_of_lesson()) is not None:
            return Entry(first, "lesson")
        if (due := self._due.first()) is not None:
            return Entry(due, "due")
        lesson_item = next(iter(self._failed_first), None)
        if (new := self._new.first()) is not None and (lesson_item or not self._lessons):
            return Entry(new, "new")
        if lesson_item is not None:
            return Entry(lesson_item, "again")
        if self._lessons:
            return LessonNext(next(iter(self._lessons)))
        if (new := self._new.first()) is not None:
            return Entry(new, "new")
        if (sibling := self._due.resting()) is not None:
            return Entry(sibling, "due")
        if (sibling := self._new.resting()) is not None:
            return Entry(sibling, "new")
        return None if rested is None else Entry(rested, "again")

    @property
    def lessons(self) -> tuple[str, ...]:
        """The concepts whose lessons are still to come, in order."""
        return tuple(self._lessons)

    def counts(self) -> Counts:
        """What is left."""
        first = [item for item in dict.fromkeys(self._first) if self._asks_first(item)]
        coming = [item for card in self._lessons for item in self._to_ask(card)]
        new = len(first) + len(coming) + self._new.left
        answers = len(self._failed) + self._due.left + new
        seconds = sum(self._times.of(self._items[item]) for item in self._failed)
        seconds += sum(self.plan.reading.get(card, 0.0) for card in self._lessons)
        for item in (*first, *coming, *self._due, *self._new):
            seconds += self.plan.seconds.get(item, self._times.of(self._items[item]))
        return Counts(
            again=len(self._failed),
            due=self._due.left,
            new=new,
            lessons=len(self._lessons),
            answers=answers,
            minutes=max(round(seconds / 60), min(answers, 1)),
            waiting=len(self._waiting),
        )

    def answered(self, item: str, rating: Rating) -> None:
        """Takes in a scheduled answer. An item that is not in the course is ignored. O(log n)."""
        known = self._items.get(item)
        if known is None:
            return
        self._answered.add(item)
        self._due.take(item)
        self._new.take(item)
        self._waiting.discard(item)
        self._failed.pop(item, None)
        self._failed_first.pop(item, None)
        self._count += 1
        if rating is Rating.AGAIN:
            self._failed[item] = self._count
            if item in self._lesson_items:
                self._failed_first[item] = None
        self._recent.append(known.card)
        self._due.rest(self._recent)
        self._new.rest(self._recent)

    def lesson_over(self, card: str, how: How) -> None:
        """Takes in that a lesson ended.

        read: its core items come at once, also where the plan did not have it. check: the concept
        is begun, its other items come on later days. failed: its lesson comes next.
        """
        if card not in self._core:
            return
        if how == "failed":
            self._lessons = {card: None, **self._lessons}
            return
        self._lessons.pop(card, None)
        if how == "read":
            core = {item.id for item in self._core[card]}
            self._lesson_items.update(core)
            self._first.extend(self._to_ask(card))
            self._failed_first.update((item, None) for item in self._failed if item in core)

    def _to_ask(self, card: str) -> list[str]:
        """What a lesson asks: its core, without what today's answers are kept apart from."""
        asked, today = list[str](), set(self._answered)
        for item in self._core[card]:
            if item.id not in today and today.isdisjoint(self._pairs.get(item.id, NOTHING)):
                asked.append(item.id)
                today.add(item.id)
        return asked

    def _first_failed(self) -> str | None:
        return next(iter(self._failed), None)

    def _first_of_lesson(self) -> str | None:
        while self._first and not self._asks_first(self._first[0]):
            self._first.popleft()
        return self._first[0] if self._first else None

    def _asks_first(self, item: str) -> bool:
        return item in self._items and item not in self._answered


class _Line:
    """Items standing in line, any of which may leave; those of a card that was just seen rest.

    Each card has a line of its own, and a heap holds the cards that do not rest, by the rank of
    their first item. What left a line is passed over when it comes to its front.
    """

    def __init__(self, items: Iterable[Item]) -> None:
        self._cards: dict[str, deque[tuple[int, str]]] = {}
        self._here: dict[str, str] = {}
        for rank, item in enumerate(items):
            self._cards.setdefault(item.card, deque()).append((rank, item.id))
            self._here[item.id] = item.card
        self._ready = [(line[0][0], card) for card, line in self._cards.items()]
        heapify(self._ready)
        self._resting: tuple[str, ...] = ()

    def __iter__(self) -> Iterator[str]:
        return iter(self._here)

    @property
    def left(self) -> int:
        return len(self._here)

    def first(self) -> str | None:
        """The first item of a card that does not rest."""
        while self._ready:
            rank, card = self._ready[0]
            front = self._front(card)
            if front is not None and front[0] == rank and card not in self._resting:
                return front[1]
            heappop(self._ready)
            if front is not None and card not in self._resting:
                heappush(self._ready, (front[0], card))
        return None

    def resting(self) -> str | None:
        """When all of them rest: an item of the card that has rested longest."""
        for card in dict.fromkeys(self._resting):
            if (front := self._front(card)) is not None:
                return front[1]
        return None

    def take(self, item: str) -> None:
        self._here.pop(item, None)

    def rest(self, recent: Iterable[str]) -> None:
        """The cards seen last, the longest ago first, rest; others have rested."""
        before, self._resting = self._resting, tuple(recent)
        for card in before:
            if card not in self._resting and (front := self._front(card)) is not None:
                heappush(self._ready, (front[0], card))

    def _front(self, card: str) -> tuple[int, str] | None:
        line = self._cards.get(card)
        while line and line[0][1] not in self._here:
            line.popleft()
        return line[0] if line else None
