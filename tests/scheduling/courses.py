"""Small courses for the tests of the planner and its queue."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from engine.scheduling import Concept, Item


def concept(
    id: str,
    *items: str | Item,
    unit: str = "unit",
    requires: Sequence[str] = (),
    steps: int = 4,
    at: int = 0,
) -> Concept:
    """A concept; an item is one, or its name: "1", or "1 more flashcard" with level and kind."""
    made = tuple(
        one if isinstance(one, Item) else _item(id, one, at + n) for n, one in enumerate(items)
    )
    return Concept(id, unit, tuple(requires), made, steps)


#: Of items whose kind is said.
SECONDS = {"flashcard": 45.0, "choice": 50.0}


def _item(card: str, words: str, position: int) -> Item:
    name, *rest = words.split()
    given: dict[str, Any] = {
        "level" if word in ("core", "more", "hard") else "kind": word for word in rest
    }
    seconds = SECONDS.get(given.get("kind", ""), 65.0)
    return Item(f"{card}/{name}", card, position, seconds=seconds, **given)


def course(items: Mapping[str, str], **shared: Any) -> list[Concept]:
    """Concepts by id with the names of their items: {"a": "1 2 3"}."""
    made: list[Concept] = []
    position = 0
    for id, names in items.items():
        made.append(concept(id, *names.split(), at=position, **shared))
        position += len(made[-1].items)
    return made
