"""What there is to learn, as the planner sees it: concepts, what they build on, their items."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Final, Literal

Level = Literal["core", "more", "hard"]

#: Steps of a lesson of which nobody has said how many it has.
USUAL_STEPS: Final = 4

#: Kinds from the easiest to answer to the hardest; what is not here comes last.
EASE: Final = ("flashcard", "choice", "claim", "several", "order", "estimate", "number")
_LEVELS: Final[Mapping[Level, int]] = {"core": 0, "more": 1, "hard": 2}


@dataclass(frozen=True, slots=True)
class Item:
    """A flashcard or question of the course. position: its place in the course's order.

    level: core items are asked in the lesson, more and hard ones on later days. apart: ids of items
    that are never asked on the day on which this one is. step: the lesson's step that explains it.
    """

    id: str
    card: str
    position: int
    kind: str = "number"
    level: Level = "core"
    apart: frozenset[str] = frozenset()
    step: int = 1


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
    """Items in the order in which a lesson asks them: flashcards, then by level, kind and place."""
    return sorted(items, key=_ease)


def _ease(item: Item) -> tuple[bool, int, int, int]:
    kind = EASE.index(item.kind) if item.kind in EASE else len(EASE)
    return item.kind != "flashcard", _LEVELS[item.level], kind, item.position
