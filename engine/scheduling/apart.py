"""Items that are kept apart: one of a pair gives the other's answer away, so each has its day."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from datetime import date
from typing import Final

from engine.scheduling.days import ONE_DAY
from engine.scheduling.standing import Standing
from engine.scheduling.syllabus import Item

#: Days after which a new item has come back, wrong or right.
RETURN: Final = 3

NOTHING: Final = frozenset[str]()


class Apart:
    """The pairs of a course, on a study day."""

    def __init__(self, items: Iterable[Item], standing: Standing, day: date) -> None:
        self._pairs = pairs_of(items)
        self._standing, self._day = standing, day

    def of(self, item: Item) -> frozenset[str]:
        """What an item is kept apart from."""
        return self._pairs.get(item.id, NOTHING)

    def may_come(self, item: Item, coming: Collection[str]) -> bool:
        """Whether nothing that comes on the day is to be kept apart from an item."""
        return self.of(item).isdisjoint(coming)

    def may_be_new(self, item: Item, coming: Collection[str]) -> bool:
        """Whether that holds for a new item, and will when it comes back."""
        back, memories = self._day + RETURN * ONE_DAY, self._standing.memories
        pair = (self.of(item) & memories.keys()) - self._standing.suspended
        return self.may_come(item, coming) and all(memories[id].due_day > back for id in pair)

    def new_together(self, items: Iterable[Item], coming: Collection[str]) -> list[Item]:
        """Those of some new items that may come on one day."""
        kept: dict[str, Item] = {}
        for item in items:
            if self.may_be_new(item, coming) and self.may_come(item, kept):
                kept[item.id] = item
        return list(kept.values())

    def due_together(self, due: Sequence[Item]) -> tuple[list[Item], list[Item]]:
        """Those of the due items that come; of two in a pair the one due later waits a day, once.

        It was due first then, whatever becomes of the other.
        """
        taken: set[str] = set()
        memories = self._standing.memories
        for item in sorted(due, key=lambda item: (memories[item.id].due_day, item.position)):
            if self.may_come(item, taken):
                taken.add(item.id)
        return [i for i in due if i.id in taken], [i for i in due if i.id not in taken]


def pairs_of(items: Iterable[Item]) -> dict[str, frozenset[str]]:
    """What each item is kept apart from; it is enough if one of a pair says so."""
    apart: dict[str, set[str]] = {}
    for item in items:
        for other in item.apart:
            apart.setdefault(item.id, set()).add(other)
            apart.setdefault(other, set()).add(item.id)
    return {id: frozenset(others) for id, others in apart.items()}
