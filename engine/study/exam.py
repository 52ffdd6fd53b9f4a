"""How a learner's exam will go, worked out beside the clicks: who asks gets what there is.

It follows from how the learner stood when the study day began and from their choices, so it stays
while the day lasts and is worked out once.
"""

from __future__ import annotations

import logging
from dataclasses import dataclass, replace
from datetime import date, datetime
from threading import Lock, Thread

from engine import scheduling
from engine.course import Course
from engine.scheduling import (
    Exam,
    ExamChoices,
    ExamOutlook,
    ItemTimes,
    Standing,
    Wishes,
)
from engine.storage import Store
from engine.study.person import Person
from engine.study.settings import MOST_MINUTES
from engine.study.standing import Paces, asides_on, exam_of, standing_of, wishes_of

log = logging.getLogger("simcards")

#: Learners whose prospect is kept.
KEPT = 256
#: Seconds it takes for each day until the exam, about, on a machine that has else to do.
SECONDS_A_DAY = 0.02


@dataclass(frozen=True)
class ExamProspect:
    """How it will go.

    minutes, goal: of a day, and the share to be remembered, as the learner chose them. choices:
    what would reach the goal, where their minutes do not.
    """

    exam: Exam
    minutes: int
    goal: float
    outlook: ExamOutlook
    choices: ExamChoices | None


@dataclass(frozen=True)
class Working:
    """It is being worked out. seconds: how long that takes, about."""

    seconds: float


@dataclass
class _Work:
    basis: tuple[object, ...]
    seconds: float
    prospect: ExamProspect | None = None
    failed: bool = False


class ExamProspects:
    """The prospects of the learners who are here. Safe to share between threads."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._paces = Paces(store)
        self._works: dict[str, _Work] = {}
        self._lock = Lock()
        self._one_at_a_time = Lock()

    def of(self, person: Person, course: Course, now: datetime) -> ExamProspect | Working | None:
        """The prospect, or that it is being worked out; None without an exam to come.

        Raises StorageError.
        """
        day = person.calendar.day(now)
        exam = exam_of(person.settings, day)
        if exam is None or exam.day <= day or not any(exam.covers(u.id) for u in course.units):
            return None
        asides, _ = asides_on(self._store, person, day)
        fits = self._store.mark(person.id).fits
        aside = frozenset(asides.items())
        # Another language is no other exam.
        settings = replace(person.settings, language=None)
        basis = (day, person.calendar, settings, course.cards, fits, aside)
        with self._lock:
            work = self._works.get(person.id)
            if work is not None and work.basis == basis:
                return _state(work)
        work = _Work(basis, SECONDS_A_DAY * (exam.day - day).days)
        standing = standing_of(self._store, person, day, asides)
        wishes = wishes_of(self._store, person, day)
        times = self._paces.of(person, course, day)
        with self._lock:
            self._works.pop(person.id, None)
            self._works[person.id] = work
            while len(self._works) > KEPT:
                self._works.pop(next(iter(self._works)))
        # One after the other, so that whoever answers meanwhile has most of the machine.
        Thread(
            target=self._work_out,
            args=(work, course, standing, day, wishes, times),
            name="exam-prospect",
            daemon=True,
        ).start()
        return _state(work)

    def _work_out(
        self,
        work: _Work,
        course: Course,
        standing: Standing,
        day: date,
        wishes: Wishes,
        times: ItemTimes,
    ) -> None:
        with self._one_at_a_time:
            try:
                work.prospect = prospect(course, standing, day, wishes, times)
            except Exception:  # what stays away costs nobody their day
                log.exception("while an exam was looked out for")
                work.failed = True


def prospect(
    course: Course, standing: Standing, day: date, wishes: Wishes, times: ItemTimes
) -> ExamProspect:
    """How the exam in these wishes will go."""
    assert wishes.exam is not None
    concepts = course.concepts
    outlook = scheduling.exam_outlook(concepts, standing, day, wishes, times)
    choices = None
    if not outlook.reached:
        choices = scheduling.exam_choices(concepts, standing, day, wishes, times)
        if choices.minutes is not None and choices.minutes > MOST_MINUTES:
            choices = ExamChoices(None, choices.later, choices.units)
    return ExamProspect(
        wishes.exam, round(wishes.minutes), wishes.desired_retention, outlook, choices
    )


def _state(work: _Work) -> ExamProspect | Working | None:
    if work.failed:
        return None
    return Working(work.seconds) if work.prospect is None else work.prospect
