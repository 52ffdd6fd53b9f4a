"""What there is to learn, as the planner sees it: concepts, what they build on, their items."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final, Literal

Level = Literal["core", "more", "hard"]

#: Steps of a lesson of which nobody has said how many it has.
USUAL_STEPS: Final = 4

#: Seconds an answer takes of which nothing is said.
USUAL_SECONDS: Final = 45.0
_LEVELS: Final[tuple[Level, ...]] = ("core", "more", "hard")


@dataclass(frozen=True, slots=True)
class Item:
    """A flashcard or question of the course. position: its place in the course's order.

    level: core items are asked in the lesson, more and hard ones on later days. apart: ids of items
    that are never asked on the day on which this one is. step: the lesson's step that explains it.
    seconds: what an answer to an item of its kind usually takes.
    """

    id: str
    card: str
    position: int
    kind: str = "number"
    level: Level = "core"
    apart: frozenset[str] = frozenset()
    step: int = 1
    seconds: float = USUAL_SECONDS

    @property
    def hardness(self) -> int:
        """The place of its level among the levels, from 0."""
        return _LEVELS.index(self.level)


@dataclass(frozen=True, slots=True)
class Concept:
    """A card: the concepts it builds on, its items in the order of the card, its lesson's steps."""

    id: str
    unit: str
    requires: tuple[str, ...]
    items: tuple[Item, ...]
    steps: int = USUAL_STEPS

    @property
    def core(self) -> tuple[Item, ...]:
        """The items that its lesson asks."""
        return tuple(item for item in self.items if item.level == "core")


def easiest_first(items: Iterable[Item]) -> list[Item]:
    """Items in the order in which a lesson asks them: flashcards, then by level, time and place."""
    return sorted(items, key=_ease)


def _ease(item: Item) -> tuple[bool, int, float, int]:
    return item.kind != "flashcard", item.hardness, item.seconds, item.position
