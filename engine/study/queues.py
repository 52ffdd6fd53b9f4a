"""Today's queues of the learners who are here, kept between two clicks."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from threading import Lock

from engine import scheduling
from engine.course import Course
from engine.scheduling import (
    Answered,
    ItemTimes,
    LessonNext,
    Memory,
    Queue,
    Rating,
    Standing,
    Wishes,
)
from engine.storage import LoggedAnswer, Store
from engine.study.person import Person

#: Learners whose queue is kept in memory; the rest are rebuilt from the database when they return.
KEPT_QUEUES = 256


@dataclass
class KeptQueue:
    """A learner's queue with what it was built from. Hold `lock` while asking the queue."""

    course: Course
    basis: tuple[object, ...]
    last_log: int
    queue: Queue
    lock: Lock = field(default_factory=Lock)


class Queues:
    """The kept queues. What the log says counts: a queue that is behind it is built again."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._kept: dict[str, KeptQueue] = {}
        self._lock = Lock()

    def of(
        self,
        person: Person,
        course: Course,
        now: datetime,
        *,
        more: bool,
        without: frozenset[str] = frozenset(),
    ) -> KeptQueue:
        """The learner's queue for the day of `now`.

        more: with another portion of minutes. without: items that cannot be shown.
        """
        day = person.calendar.day(now)
        basis = (day, person.calendar, person.settings, more, without)
        last = self._store.log.last_id(person.id)
        with self._lock:
            kept = self._kept.get(person.id)
        if kept and kept.course is course and (kept.basis, kept.last_log) == (basis, last):
            return kept
        queue = self._build(person, course, now, more=more, without=without)
        kept = KeptQueue(course, basis, last, queue)
        with self._lock:
            self._kept.pop(person.id, None)
            self._kept[person.id] = kept
            while len(self._kept) > KEPT_QUEUES:
                self._kept.pop(next(iter(self._kept)))
        return kept

    def _build(
        self, person: Person, course: Course, now: datetime, *, more: bool, without: frozenset[str]
    ) -> Queue:
        day = person.calendar.day(now)
        scheduled = [row for row in self._store.log.answers_on(person.id, day) if row.scheduled]
        settings, times = person.settings, ItemTimes()
        wishes = Wishes(desired_retention=settings.desired_retention, most_new=settings.new_per_day)
        plan = scheduling.plan_day(
            course.concepts,
            Standing(self._at_start(person, scheduled)),
            day,
            wishes,
            times,
            more=int(more),
        )
        done = [_done(row) for row in scheduled]
        queue = scheduling.build_queue(course.concepts, plan, times, done, without=without)
        _pass_lessons(queue)
        return queue

    def _at_start(self, person: Person, answers: Sequence[LoggedAnswer]) -> dict[str, Memory]:
        """The memories as they were before the day's first answer to each item."""
        memories = self._store.memories.of(person.id)
        for row in reversed(answers):  # the first answer of the day to an item has the last word
            before = self._store.memories.before(row)
            if before is None:
                memories.pop(row.answer.item, None)
            else:
                memories[row.answer.item] = before
        return memories

    def advance(self, person: Person, logged: LoggedAnswer) -> None:
        """Moves the kept queue past one answer instead of building it again."""
        with self._lock:
            kept = self._kept.get(person.id)
        if kept is None:
            return
        since = self._store.log.changes_since(person.id, kept.last_log)
        if [row.id for row in since] != [logged.id]:  # another tab or server answered in between
            self.forget(person)
            return
        with kept.lock:
            if logged.scheduled:
                done = _done(logged)
                kept.queue.answered(done.item, done.rating)
                _pass_lessons(kept.queue)
            kept.last_log = logged.id

    def forget(self, person: Person) -> None:
        """Drops what is kept; the queue is built again when it is asked for."""
        with self._lock:
            self._kept.pop(person.id, None)


def _done(row: LoggedAnswer) -> Answered:
    rating = row.answer.rating
    return Answered(row.answer.item, Rating.AGAIN if rating is None else Rating(rating))


def _pass_lessons(queue: Queue) -> None:
    """Lessons count as read when they come up, until there is a page that shows them."""
    while isinstance(coming := queue.next(), LessonNext):
        queue.lesson_over(coming.card, "read")
