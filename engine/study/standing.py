"""What the planner asks of the store: how a learner stood, what they wish, how long they take."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from datetime import date, timedelta
from statistics import median
from threading import Lock

from engine.course import Course
from engine.scheduling import (
    Exam,
    ItemTimes,
    Memory,
    Standing,
    Wishes,
    learn_times,
    usual_seconds,
)
from engine.storage import Lesson, Settings, Store
from engine.study.person import Person

#: So many answers say how long a learner takes, so many of all learners what is usual here.
PACE, USUAL_PACE = 400, 3000
#: So many first answers to items say how often one of them is right.
FIRST_ANSWERS = 200
#: A kind's median counts with so many answers or more.
ENOUGH = 20


def asides_on(
    store: Store, person: Person, day: date
) -> tuple[dict[str, date | None], frozenset[str]]:
    """What the learner had put aside when the study day began, and until when; and what since.

    Of the latter only what is still put aside on the day.
    """
    before: dict[str, date | None] = {}
    since: set[str] = set()
    for item, aside in store.asides.entries(person.id).items():
        if person.calendar.day(aside.at) < day:
            before[item] = aside.until
        elif aside.holds(day):
            since.add(item)
    return before, frozenset(since)


def standing_of(
    store: Store, person: Person, day: date, asides: Mapping[str, date | None]
) -> Standing:
    """The learner as they stood when the study day began.

    asides: what they had put aside by then, and until when (None: suspended).
    """
    memories = store.memories.at_start_of(person.id, day)
    return _standing(memories, store.lessons.of(person.id, before=day), asides)


def standing_now(store: Store, person: Person) -> Standing:
    """The learner as they stand now, with all of today."""
    memories, lessons = store.memories.of(person.id), store.lessons.of(person.id)
    return _standing(memories, lessons, store.asides.of(person.id))


def _standing(
    memories: Mapping[str, Memory],
    lessons: Mapping[str, Lesson],
    asides: Mapping[str, date | None],
) -> Standing:
    return Standing(
        memories=memories,
        lessons={card: lesson.how for card, lesson in lessons.items()},
        suspended=frozenset(item for item, until in asides.items() if until is None),
        put_off={item: until for item, until in asides.items() if until is not None},
    )


def wishes_of(store: Store, person: Person, day: date) -> Wishes:
    """What the learner's settings ask of a day. An exam that is over asks nothing."""
    settings = person.settings
    return Wishes(
        minutes=settings.minutes_a_day,
        desired_retention=settings.desired_retention,
        most_new=settings.new_per_day,
        exam=exam_of(settings, day),
        parameters=store.parameters.weights(person.id),
    )


def exam_of(settings: Settings, day: date) -> Exam | None:
    """The exam that a learner studies for; None where there is none to come."""
    if settings.exam_day is None or settings.exam_day < day:
        return None
    return Exam(settings.exam_day, frozenset(settings.exam_units))


class Paces:
    """How long items take. Of whole days that are over, so that every server says the same."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._usual: dict[date, Mapping[str, float]] = {}
        self._lock = Lock()

    def of(self, person: Person, course: Course, day: date) -> ItemTimes:
        """The learner's times when the study day began."""
        own: dict[str, list[float]] = defaultdict(list)
        for kind, milliseconds in self._store.log.paces(day, PACE, learner=person.id):
            own[kind].append(milliseconds / 1000)
        steps = {concept.id: concept.steps for concept in course.concepts}
        read = [
            lesson.milliseconds / 1000 / steps[card]
            for card, lesson in self._store.lessons.of(person.id, before=day).items()
            if lesson.how == "read" and lesson.milliseconds and steps.get(card)
        ]
        first = self._store.log.first_answers(person.id, day, FIRST_ANSWERS)
        usual = {**usual_seconds(course.concepts), **self.usual(day)}
        return learn_times(own, usual, read, first)

    def usual(self, day: date) -> Mapping[str, float]:
        """Everybody's median by kind, of days that are over in every time zone."""
        with self._lock:
            known = self._usual.get(day)
        if known is not None:
            return known
        taken: dict[str, list[float]] = defaultdict(list)
        for kind, milliseconds in self._store.log.paces(day - timedelta(days=1), USUAL_PACE):
            taken[kind].append(milliseconds / 1000)
        usual = {kind: median(times) for kind, times in taken.items() if len(times) >= ENOUGH}
        with self._lock:
            self._usual = {day: usual, **dict(list(self._usual.items())[:3])}
        return usual
