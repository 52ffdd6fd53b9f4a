"""How well a learner knows each concept of the course."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from engine import scheduling
from engine.course import Course
from engine.scheduling import Memory, Parameters


@dataclass(frozen=True)
class Knowledge:
    """What is known of one card.

    known: the share of its items that would be answered right today by FSRS's retrievability,
    0 to 1; an item never answered counts 0. met: how many of its `items` were answered.
    """

    known: float
    met: int
    items: int


def knowledge(
    course: Course,
    memories: Mapping[str, Memory],
    day: date,
    parameters: Parameters | None = None,
) -> dict[str, Knowledge]:
    """The knowledge of every card, in course order, on a study day.

    parameters: FSRS's, as fitted to the learner; None: its own.
    """
    found: dict[str, list[float | None]] = {card: [] for card in course.cards}
    for item in course.items:
        memory = memories.get(item.id)
        found[item.card].append(None if memory is None else recall(memory, day, parameters))
    return {
        card: Knowledge(
            known=sum(value or 0.0 for value in values) / len(values) if values else 0.0,
            met=sum(value is not None for value in values),
            items=len(values),
        )
        for card, values in found.items()
    }


def recall(memory: Memory, day: date, parameters: Parameters | None = None) -> float:
    """The probability of answering an item right on a study day. parameters: as in `knowledge`."""
    return scheduling.retrievability(memory, max(day, memory.day), parameters)
