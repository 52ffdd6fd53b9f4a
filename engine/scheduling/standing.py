"""How a learner stands when a study day begins, and what may be built on that."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Final, Literal

from engine.scheduling.fsrs_memory import retrievability
from engine.scheduling.memory import Memory
from engine.scheduling.syllabus import Concept

#: How a lesson ended: read to its end, left out after a check that went well, or a check that
#: did not, after which the lesson is still to be read.
How = Literal["read", "check", "failed"]

#: A concept may be begun when the core of all it builds on is known so well.
STANDS: Final = 0.8


@dataclass(frozen=True, slots=True)
class Standing:
    """A learner as they stood when the study day began.

    memories: by item id, before the day's first answer to each. lessons: by card, how those last
    ended that ended on earlier days. suspended: items that are not asked. put_off: items that are
    not asked before a day.
    """

    memories: Mapping[str, Memory] = field(default_factory=dict)
    lessons: Mapping[str, How] = field(default_factory=dict)
    suspended: frozenset[str] = frozenset()
    put_off: Mapping[str, date] = field(default_factory=dict)

    def sets_aside(self, item: str, day: date) -> bool:
        """Whether the learner wants to be left alone with an item on a day."""
        return item in self.suspended or (item in self.put_off and self.put_off[item] > day)


def is_begun(concept: Concept, standing: Standing) -> bool:
    """Whether a concept has been met: its lesson was read or checked, or its items answered."""
    how = standing.lessons.get(concept.id)
    if how is not None:
        return how != "failed"
    return any(item.id in standing.memories for item in concept.items)


def core_memories(concept: Concept, standing: Standing, day: date) -> list[Memory | None]:
    """What is remembered of a concept's core; items that are set aside are not looked at."""
    return [
        standing.memories.get(item.id)
        for item in concept.core
        if not standing.sets_aside(item.id, day)
    ]


def stands(
    concept: Concept,
    standing: Standing,
    day: date,
    parameters: tuple[float, ...] | None = None,
) -> bool:
    """Whether others may build on a concept: begun, and its core known at STANDS on the day.

    Items that the learner has set aside are not looked at.
    """
    if not is_begun(concept, standing):
        return False
    return all(
        memory is not None and retrievability(memory, day, parameters) >= STANDS
        for memory in core_memories(concept, standing, day)
    )
