"""How an exam will go: the days up to it, lived by simulated learners who stand as this one.

Each of them goes through the plan and the queue that serve people, from how the learner stood when
the study day began. So the answer stays while the day lasts, and is worked out once, beside the
clicks: who asks for it gets what there is, never waits.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from statistics import fmean
from threading import Lock, Thread

from engine.course import Course
from engine.scheduling import (
    LEARNERS,
    Concept,
    Exam,
    ItemTimes,
    SimulatedLearner,
    Standing,
    Wishes,
    retrievability,
)
from engine.storage import Store
from engine.study.person import Person
from engine.study.settings import LEAST_MINUTES, MOST_MINUTES
from engine.study.standing import Paces, exam_of, standing_of, wishes_of

#: Minutes a day more and fewer, of which it is said what they would come to.
STEP = 5
#: So many lives are lived for each amount, fewer where the exam is far off.
LIVES, FEWEST_LIVES, DAYS_IN_ALL = 6, 2, 400
#: Recall so much below what was asked for is as good.
NEARLY = 0.02
#: How many times the minutes are tried where they are not enough.
MULTIPLES = (1.5, 2.0, 3.0, 4.0)
#: Learners whose outlook is kept.
KEPT = 256
#: Between two simulated days whoever answers gets their turn.
PAUSE_SECONDS = 0.004


@dataclass(frozen=True)
class Expected:
    """What so many minutes a day come to on the day of the exam.

    recall: the share of what it covers that is expected to be known; low, high: of the lives that
    were tried, the worst and the best. What was never met counts as not known.
    """

    minutes: int
    recall: float
    low: float
    high: float


@dataclass(frozen=True)
class ExamOutlook:
    """How it will go.

    days: until the exam. goal: what the learner asked for. now: with their minutes; fewer, more:
    with STEP less and more, where that may be chosen. enough: the least that was found to reach
    the goal, where theirs does not.
    """

    exam: Exam
    days: int
    goal: float
    now: Expected
    fewer: Expected | None
    more: Expected | None
    enough: Expected | None

    @property
    def is_reached(self) -> bool:
        """Whether their minutes come to what they asked for."""
        return self.now.recall >= self.goal - NEARLY


@dataclass(frozen=True)
class Working:
    """It is being worked out; done: from 0 to 1."""

    done: float


@dataclass
class _Work:
    basis: tuple[object, ...]
    done: float = 0.0
    outlook: ExamOutlook | None = None
    failed: bool = False


class ExamOutlooks:
    """The outlooks of the learners who are here. Safe to share between threads."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._paces = Paces(store)
        self._works: dict[str, _Work] = {}
        self._lock = Lock()
        self._one_at_a_time = Lock()

    def of(self, person: Person, course: Course, now: datetime) -> ExamOutlook | Working | None:
        """The outlook, or how far it is worked out; None without an exam to come."""
        day = person.calendar.day(now)
        exam = exam_of(person.settings, day)
        if exam is None or exam.day <= day or not _covered(course.concepts, exam):
            return None
        fits = self._store.mark(person.id).fits
        basis = (day, person.calendar, person.settings, course, fits)
        with self._lock:
            work = self._works.get(person.id)
            if work is None or work.basis != basis:
                work = self._works[person.id] = _Work(basis)
                self._begin(person, course, day, work)
                while len(self._works) > KEPT:
                    self._works.pop(next(iter(self._works)))
        if work.failed:
            return None
        return Working(work.done) if work.outlook is None else work.outlook

    def _begin(self, person: Person, course: Course, day: date, work: _Work) -> None:
        asides = {
            item: aside.until
            for item, aside in self._store.asides.entries(person.id).items()
            if person.calendar.day(aside.at) < day
        }
        standing = standing_of(self._store, person, day, asides)
        wishes = wishes_of(self._store, person, day)
        times = self._paces.of(person, course, day)

        def worked_out() -> None:
            with self._one_at_a_time:
                try:
                    work.outlook = outlook(course.concepts, standing, day, wishes, times, tell=told)
                except Exception:  # a strip that stays away costs nobody their day
                    work.failed = True
                    raise

        def told(done: float) -> None:
            work.done = done

        Thread(target=worked_out, name="exam-outlook", daemon=True).start()


def outlook(
    concepts: Sequence[Concept],
    standing: Standing,
    day: date,
    wishes: Wishes,
    times: ItemTimes,
    *,
    tell: Callable[[float], None] | None = None,
) -> ExamOutlook:
    """How the exam in these wishes will go. tell: hears how much is done, from 0 to 1, often."""
    exam = wishes.exam
    assert exam is not None
    days = (exam.day - day).days
    lives = max(FEWEST_LIVES, min(LIVES, DAYS_IN_ALL // days))
    minutes = round(wishes.minutes)
    fewer = minutes - STEP if minutes - STEP >= LEAST_MINUTES else None
    more = minutes + STEP if minutes + STEP <= MOST_MINUTES else None
    amounts = [amount for amount in (minutes, fewer, more) if amount is not None]
    learners = _Learners(concepts, standing, day, wishes, times)

    def expected(amount: int, part: int) -> Expected:
        def told(done: float) -> None:
            if tell is not None:
                tell((part + done) / len(amounts))

        return learners.expected(amount, lives, told)

    found = {amount: expected(amount, part) for part, amount in enumerate(amounts)}
    goal = wishes.desired_retention
    result = ExamOutlook(
        exam,
        days,
        goal,
        found[minutes],
        None if fewer is None else found[fewer],
        None if more is None else found[more],
        None,
    )
    if result.is_reached:
        return result
    return replace(result, enough=_enough(learners, result, lives))


def _enough(learners: _Learners, result: ExamOutlook, lives: int) -> Expected | None:
    """The least of some amounts that reaches the goal; None where even the most does not."""
    if result.more is not None and result.more.recall >= result.goal - NEARLY:
        return result.more
    minutes = result.now.minutes
    for times in MULTIPLES:
        amount = STEP * round(minutes * times / STEP)
        if amount > MOST_MINUTES:
            break
        tried = learners.expected(amount, min(lives, 3), _nobody_hears)
        if tried.recall >= result.goal - NEARLY:
            return tried
    return None


def _nobody_hears(done: float) -> None:
    """What is tried after the bar is full."""


@dataclass(frozen=True)
class _Learners:
    """Simulated learners who begin as one person stands."""

    concepts: Sequence[Concept]
    standing: Standing
    day: date
    wishes: Wishes
    times: ItemTimes

    def expected(self, minutes: int, lives: int, tell: Callable[[float], None]) -> Expected:
        """What so many minutes a day come to, in so many lives."""
        wishes = replace(self.wishes, minutes=minutes)
        recalls = []
        for life in range(lives):
            recalls.append(self._live(wishes, life))
            tell((life + 1) / lives)
        return Expected(minutes, fmean(recalls), min(recalls), max(recalls))

    def _live(self, wishes: Wishes, seed: int) -> float:
        exam = wishes.exam
        assert exam is not None
        learner = SimulatedLearner(
            self._asked(),
            replace(LEARNERS["average"], speed=self._speed()),
            seed,
            dict(self.standing.memories),
            dict(self.standing.lessons),
        )
        for number in range((exam.day - self.day).days):
            learner.day(self.day + timedelta(days=number), number + 1, wishes)
            time.sleep(PAUSE_SECONDS)
        covered = _covered(self.concepts, exam)
        known = [
            0.0 if memory is None else retrievability(memory, exam.day, wishes.parameters)
            for memory in map(learner.memories.get, covered)
        ]
        return fmean(known)

    def _asked(self) -> list[Concept]:
        """The course without what is suspended."""
        return [
            replace(
                concept,
                items=tuple(i for i in concept.items if i.id not in self.standing.suspended),
            )
            for concept in self.concepts
        ]

    def _speed(self) -> float:
        """This learner's seconds over the usual ones."""
        usual = ItemTimes().kinds
        ratios = [
            self.times.kinds[kind] / usual[kind] for kind in usual if kind in self.times.kinds
        ]
        return fmean(ratios) if ratios else 1.0


def _covered(concepts: Sequence[Concept], exam: Exam) -> list[str]:
    return [item.id for c in concepts if exam.covers(c.unit) for item in c.items]
