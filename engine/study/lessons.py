"""Lessons: a card's steps before its first question, or a short check in their place."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from operator import attrgetter

from engine import scheduling
from engine.content import Card, Step
from engine.course import Course
from engine.i18n import plain, say
from engine.scheduling import Item
from engine.storage import HowMet, LessonRow, Store
from engine.study.person import NotThere, Person
from engine.study.reading_time import ReadingTimes
from engine.study.standing import standing_now

#: How many questions “I know this already” asks.
CHECKED = 3


@dataclass(frozen=True)
class LessonStep:
    """A step of a lesson as it stands before a learner. number: from 1, of `of`."""

    card: Card
    step: Step
    number: int
    of: int

    @property
    def is_last(self) -> bool:
        """Whether the questions come next."""
        return self.number == self.of


@dataclass(frozen=True)
class Check:
    """How the questions in place of a lesson stand: all of them, and what was answered today."""

    items: tuple[str, ...]
    right: frozenset[str]
    wrong: frozenset[str]

    @property
    def failed(self) -> bool:
        """Whether one was answered wrong: the lesson comes after all."""
        return bool(self.wrong)

    @property
    def passed(self) -> bool:
        """Whether all were answered right."""
        return bool(self.items) and self.right.issuperset(self.items)

    @property
    def left(self) -> tuple[str, ...]:
        """Those that were not answered yet, in their order."""
        return tuple(id for id in self.items if id not in self.right | self.wrong)


def has_lesson(card: Card) -> bool:
    """Whether there is anything to read on a card; if not, its items come at once."""
    return any(card.prose.values())


class Lessons:
    """The use cases. moved: told of each learner whose lessons changed."""

    def __init__(self, store: Store, moved: Callable[[Person], None]) -> None:
        self._store = store
        self._moved = moved
        self._times = ReadingTimes()

    def step(self, course: Course, card: str, number: int) -> LessonStep:
        """A step of a card's lesson; the last one for a number beyond it.

        Raises NotThere for a card that the course does not have, or one without prose.
        """
        if card not in course.cards:
            text = say(
                "There is no card “{card}” in this course. It may have been renamed or retired.",
                card=plain(card[:80]),
            )
            raise NotThere(text)
        if not has_lesson(course.cards[card]):
            raise NotThere(say("The card “{card}” has nothing to read.", card=plain(card)))
        steps = course.cards[card].steps
        number = min(max(number, 1), len(steps))
        return LessonStep(course.cards[card], steps[number - 1], number, len(steps))

    def look(self, person: Person, shown: LessonStep, now: datetime) -> None:
        """A step of a lesson that has not ended stands before a learner: their time runs."""
        self._times.look(person.id, shown.card.id, shown.number, now)

    def read(self, person: Person, card: str, now: datetime) -> None:
        """A lesson was read to its end: its first items come at once.

        Of a concept that was met before nothing is kept, and its items come when they are due.
        """
        if not self.has_met(person, card, now):
            self._end(person, card, "read", now)

    def _end(self, person: Person, card: str, how: HowMet, now: datetime) -> None:
        row = LessonRow(
            learner=person.id,
            card=card,
            how=how,
            at=now,
            study_day=person.calendar.day(now),
            milliseconds=self._times.end(person.id, card, now),
        )
        self._store.lessons.record(row)
        self._moved(person)

    def has_met(self, person: Person, card: str, now: datetime) -> bool:
        """Whether a learner has begun a concept, on an earlier day or by its lesson or check.

        Items answered on earlier days count: they were learned before there were lessons.
        """
        lesson = self._store.lessons.of(person.id).get(card)
        if lesson is not None:
            return lesson.how != "failed"
        today = person.calendar.day(now)
        return self._store.log.has_answered_card(person.id, card, before=today)

    # -- on firm ground -----------------------------------------------------------------------

    def not_known_yet(
        self, person: Person, course: Course, card: Card, now: datetime
    ) -> tuple[Card, ...]:
        """The concepts a card builds on that are not begun, or not known well enough today."""
        standing, day = standing_now(self._store, person), person.calendar.day(now)
        concepts = {concept.id: concept for concept in course.concepts}
        weights = self._store.parameters.weights(person.id)
        return tuple(
            course.cards[id]
            for id in card.requires
            if id in concepts and not scheduling.stands(concepts[id], standing, day, weights)
        )

    # -- a check in place of the lesson -------------------------------------------------------

    def may_check(self, person: Person, course: Course, card: str, now: datetime) -> bool:
        """Whether a lesson that was not read yet may be left out after a check."""
        if self.has_met(person, card, now):
            return False
        check = self.check(person, course, card, now)
        return bool(check.items) and not check.failed

    def check(self, person: Person, course: Course, card: str, now: datetime) -> Check:
        """The questions that “I know this already” asks, as far as they are answered today."""
        items = check_items(course, card)
        newest = {
            row.answer.item: row.answer.verdict == "correct"
            for row in self._store.log.answers_on(person.id, person.calendar.day(now))
            if row.scheduled and row.answer.item in items
        }
        right = frozenset(id for id, was_right in newest.items() if was_right)
        return Check(items, right, frozenset(newest) - right)

    def settle_check(self, person: Person, course: Course, card: str, now: datetime) -> Check:
        """After an answer in the check: keeps that it is passed or failed, once it is."""
        check = self.check(person, course, card, now)
        how: HowMet | None = "failed" if check.failed else "check" if check.passed else None
        lesson = self._store.lessons.of(person.id).get(card)
        if how is not None and (lesson is None or lesson.how not in (how, "read")):
            self._end(person, card, how, now)
        return check


def check_items(course: Course, card: str) -> tuple[str, ...]:
    """Questions of a card that say whether somebody knows it: three, if there are as many.

    Of different kinds as far as there are, of its core before others, and none that gives away
    another's answer; flashcards last, and of the core only, as their learners rate themselves.
    """
    mine = sorted((item for item in course.items if item.card == card), key=attrgetter("hardness"))
    drawn = [item for item in mine if item.id in course.templates]
    cards = [item for item in mine if item.level == "core" and item not in drawn]
    asked: list[Item] = []
    for item in (*_kinds_first(drawn), *cards):
        if not any(item.id in other.apart or other.id in item.apart for other in asked):
            asked.append(item)
    return tuple(item.id for item in asked[:CHECKED])


def _kinds_first(items: list[Item]) -> list[Item]:
    """The first of each kind, then the others."""
    first: dict[str, Item] = {}
    for item in items:
        first.setdefault(item.kind, item)
    return [*first.values(), *(item for item in items if item not in first.values())]
