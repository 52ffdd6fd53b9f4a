"""Today's queues of the learners who are here, kept between two clicks."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from itertools import accumulate
from operator import itemgetter
from threading import Lock
from typing import TypeVar

from engine import scheduling
from engine.course import Course
from engine.scheduling import (
    Answered,
    DayPlan,
    ItemTimes,
    LessonOver,
    Queue,
    Rating,
    Standing,
    Wishes,
)
from engine.storage import LoggedAnswer, LoggedUndo, Mark, Store
from engine.study.person import Person
from engine.study.standing import Paces, asides_on, standing_of, wishes_of

#: Learners whose queue is kept in memory; the rest are rebuilt from the database when they return.
KEPT_QUEUES = 256


@dataclass(frozen=True)
class Planned:
    """A day's plan with what it was made of; it stays while the day lasts.

    log: the learner's newest row of the log that was looked at. more: portions in the plan beyond
    the first.
    """

    course: Course
    basis: tuple[object, ...]
    log: int
    standing: Standing
    wishes: Wishes
    times: ItemTimes
    more: int
    plan: DayPlan


@dataclass
class KeptQueue:
    """A learner's queue with what it was built from. Hold `lock` while asking the queue."""

    course: Course
    basis: tuple[object, ...]
    mark: Mark
    queue: Queue
    lock: Lock = field(default_factory=Lock)


class Queues:
    """The kept queues. What the store says counts: a queue that is behind it is built again."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._paces = Paces(store)
        self._plans: dict[str, Planned] = {}
        self._kept: dict[str, KeptQueue] = {}
        self._lock = Lock()

    def of(
        self,
        person: Person,
        course: Course,
        now: datetime,
        *,
        more: int = 0,
        without: frozenset[str] = frozenset(),
    ) -> KeptQueue:
        """The learner's queue for the day of `now`.

        more: how many more portions of minutes were asked for. without: items that cannot be shown.
        """
        day = person.calendar.day(now)
        basis = (day, person.calendar, person.settings, more, without)
        mark = self._store.mark(person.id)
        with self._lock:
            kept = self._kept.get(person.id)
        if kept and kept.course is course and (kept.basis, kept.mark) == (basis, mark):
            return kept
        kept = self._build(person, course, day, basis, mark, more=more, without=without)
        with self._lock:
            _keep(self._kept, person.id, kept)
        return kept

    def _build(
        self,
        person: Person,
        course: Course,
        day: date,
        basis: tuple[object, ...],
        mark: Mark,
        *,
        more: int,
        without: frozenset[str],
    ) -> KeptQueue:
        earlier, today = asides_on(self._store, person, day)
        planned = self._planned(person, course, day, earlier, mark, more)
        queue = scheduling.build_queue(
            course.concepts,
            planned.plan,
            planned.times,
            self._done(person, day),
            without=without | today,
        )
        return KeptQueue(course, basis, mark, queue)

    def _planned(
        self,
        person: Person,
        course: Course,
        day: date,
        asides: Mapping[str, date | None],
        mark: Mark,
        more: int,
    ) -> Planned:
        """The plan of the day, made once; another portion is planned from the same morning. What
        is put aside today leaves the queue, not the plan, which would move; asides are those of
        earlier days.
        """
        aside = frozenset(asides.items())
        basis = (day, person.calendar, person.settings, mark.fits, aside)
        with self._lock:
            known = self._plans.get(person.id)
        same = known and known.course is course and known.basis == basis
        if known and same and not self._reached_back(person, day, known.log):
            if known.more == more:
                return known
            log, standing = known.log, known.standing
            wishes, times = known.wishes, known.times
        else:
            log, standing = mark.log, standing_of(self._store, person, day, asides)
            wishes = wishes_of(self._store, person, day)
            times = self._paces.of(person, course, day)
        plan = scheduling.plan_day(course.concepts, standing, day, wishes, times, more=more)
        planned = Planned(course, basis, log, standing, wishes, times, more, plan)
        with self._lock:
            _keep(self._plans, person.id, planned)
        return planned

    def _reached_back(self, person: Person, day: date, log: int) -> bool:
        """Whether something since changed what was when the day began: an undo may reach back."""
        return any(
            isinstance(row, LoggedUndo) or row.answer.study_day != day
            for row in self._store.log.changes_since(person.id, log)
        )

    def _done(self, person: Person, day: date) -> list[Answered | LessonOver]:
        """Today's scheduled answers in the order of the log, and between them, by their times, the
        lessons that ended.

        Those of later days are done as well: today can be over already in the time zone of before.
        """
        rows = self._store.log.answers_between(person.id, day, date.max)
        times = accumulate((row.answer.at for row in rows), max)  # a clock may have gone back
        done: list[tuple[datetime, Answered | LessonOver]] = [
            (at, Answered(row.answer.item, Rating(row.answer.rating)))
            for at, row in zip(times, rows, strict=True)
            if row.scheduled and row.answer.rating
        ]
        done += [
            (lesson.at, LessonOver(card, lesson.how))
            for card, lesson in self._store.lessons.of(person.id).items()
            if lesson.study_day >= day
        ]
        return [event for _, event in sorted(done, key=itemgetter(0))]

    def advance(self, person: Person, logged: LoggedAnswer) -> None:
        """Moves the kept queue past one answer instead of building it again."""
        with self._lock:
            kept = self._kept.get(person.id)
        if kept is None:
            return
        since = self._store.log.changes_since(person.id, kept.mark.log)
        if [row.id for row in since] != [logged.id]:  # another tab or server answered in between
            self.forget(person)
            return
        with kept.lock:
            if logged.scheduled and logged.answer.rating:
                kept.queue.answered(logged.answer.item, Rating(logged.answer.rating))
            kept.mark = replace(kept.mark, log=logged.id)

    def forget(self, person: Person) -> None:
        """Drops what is kept; the queue is built again when it is asked for."""
        with self._lock:
            self._kept.pop(person.id, None)


T = TypeVar("T")


def _keep(kept: dict[str, T], id: str, value: T) -> None:
    kept.pop(id, None)
    kept[id] = value
    while len(kept) > KEPT_QUEUES:
        kept.pop(next(iter(kept)))
