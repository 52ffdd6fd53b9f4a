"""Today's queues of the learners who are here, kept between two clicks."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from threading import Lock

from engine import scheduling
from engine.course import Course
from engine.scheduling import Queue
from engine.storage import LoggedAnswer, Store
from engine.study.person import Person

#: Learners whose queue is kept in memory; the rest are rebuilt from the database when they return.
KEPT_QUEUES = 256
#: New items a day where the learner set no bound.
USUAL_NEW = 10
#: New items on top of the day's limit for a learner who asks for more.
MORE_NEW = 10


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

        more: with siblings and more new items. without: items that cannot be shown; their siblings
        come in their place.
        """
        day = person.calendar.day(now)
        basis = (day, person.calendar, person.settings.new_per_day, more, without)
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
        day, most = person.calendar.day(now), person.settings.new_per_day
        answers = self._store.log.answers_on(person.id, day)
        return scheduling.build_queue(
            [item for item in course.items if item.id not in without],
            self._store.memories.of(person.id),
            now,
            person.calendar,
            new_limit=(USUAL_NEW if most is None else most) + (MORE_NEW if more else 0),
            introduced=self._store.log.first_answered_on(person.id, day),
            answered_cards={row.answer.card for row in answers if row.scheduled},
            recent=[row.answer.item for row in answers if row.scheduled],
            more=more,
        )

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
            if logged.scheduled and logged.memory is not None:
                kept.queue.answered(logged.answer.item, logged.memory)
            kept.last_log = logged.id

    def forget(self, person: Person) -> None:
        """Drops what is kept; the queue is built again when it is asked for."""
        with self._lock:
            self._kept.pop(person.id, None)
