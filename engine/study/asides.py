"""Items that a learner put aside, for a day or until they take them back."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date, datetime, timedelta

from engine.storage import Store
from engine.study.person import Person


class Asides:
    """The use cases. moved: told of each learner whose asides changed."""

    def __init__(self, store: Store, moved: Callable[[Person], None]) -> None:
        self._store = store
        self._moved = moved

    def of(self, person: Person, now: datetime) -> Mapping[str, date | None]:
        """item -> the study day on which it comes back, of those that are put aside now.

        None: suspended until it is taken back.
        """
        day = person.calendar.day(now)
        return {
            item: until
            for item, until in self._store.asides.of(person.id).items()
            if until is None or until > day
        }

    def put(self, person: Person, item: str, now: datetime, *, suspend: bool = False) -> None:
        """Puts an item off to tomorrow, or suspends it. What is remembered of it stays."""
        until = None if suspend else person.calendar.day(now) + timedelta(days=1)
        self._store.asides.put(person.id, item, until, now)
        self._moved(person)

    def take_back(self, person: Person, item: str) -> bool:
        """The item comes again when it is due. -> whether it was put aside"""
        was = self._store.asides.take_back(person.id, item)
        self._moved(person)
        return was

    def newest(self, person: Person) -> str | None:
        """What was put aside since the newest answer that stands: what Undo takes back first."""
        entries = self._store.asides.entries(person.id)
        if not entries:
            return None
        item = max(entries, key=lambda id: entries[id].at)
        answer = self._store.log.newest_answer(person.id)
        if answer is not None and answer.answer.at >= entries[item].at:
            return None
        return item

    def undo(self, person: Person) -> str | None:
        """Takes back what was put aside last, if nothing was answered since. -> the item"""
        item = self.newest(person)
        if item is not None:
            self.take_back(person, item)
        return item
