"""Help for an item that was missed again and again, in place of one more try."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime

from engine.course import Course
from engine.scheduling import Item, Memory
from engine.storage import Store
from engine.study.concept_knowledge import recall
from engine.study.person import Person
from engine.study.presentation import Presentation

#: Help is offered each time so many scheduled answers to an item have not been right.
HELP_AFTER = 6


def failed_today(store: Store, person: Person, item: str, now: datetime) -> bool:
    """Whether the newest scheduled answer to an item is of today, and was not right."""
    newest = store.log.newest_scheduled(person.id, item)
    return (
        newest is not None
        and newest.answer.verdict != "correct"
        and newest.answer.study_day == person.calendar.day(now)
    )


def misses_to_help(store: Store, person: Person, shown: Presentation, now: datetime) -> int:
    """How often an item was missed, where help comes in place of the next try; else 0."""
    if not shown.scheduled or not failed_today(store, person, shown.item, now):
        return 0
    count = store.log.misses(person.id, shown.item)
    return 0 if count % HELP_AFTER else count


def easier_sibling(
    course: Course, memories: Mapping[str, Memory], item: str, day: date
) -> str | None:
    """The easiest other item of the concept, of no higher level: the one known best."""
    own = course.by_id[item]
    others = [
        other
        for other in course.items
        if other.card == own.card and other.id != item and other.hardness <= own.hardness
    ]

    def ease(other: Item) -> tuple[int, float, int]:
        memory = memories.get(other.id)
        known = 0.0 if memory is None else recall(memory, day)
        return other.hardness, -known, other.position

    return min(others, key=ease).id if others else None
