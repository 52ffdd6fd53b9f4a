"""What an exam changes: all of it is met in time, and asked once more as late as it can be."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Final

from engine.scheduling.fsrs_memory import retrievability
from engine.scheduling.memory import Memory
from engine.scheduling.syllabus import Item

#: Days before an exam by which all is to be met.
LAST_DAYS: Final = 5
#: Days that it takes to begin a concept, on average.
PACE: Final = 1.2
#: Of a day's budget, the most that is kept for what is new.
MOST_KEPT: Final = 0.6
#: What will be known so well on the day is not reviewed before it.
KNOWN_ANYWAY: Final = 0.96
#: Of the room that is left on a later day, what is counted on.
COUNTED_ON: Final = 0.85


def kept_for_new(seconds: float, day: date, exam: date, budget: float) -> float:
    """Seconds that a day keeps for what is new, where `seconds` of it are left before an exam.

    They are spread over the days until LAST_DAYS before it. What is due fills the rest of the day,
    so some of it may wait: what is never met is not known at all on the day of the exam, and what
    is asked later than it was due nearly as well.
    """
    days = max(1, (exam - day).days - LAST_DAYS)
    return min(seconds / days, MOST_KEPT * budget)


def enough_days(concepts: int, day: date, exam: date) -> bool:
    """Whether so many concepts can be begun in time, though other new items come in between."""
    return concepts * PACE <= (exam - day).days - LAST_DAYS


def brought_forward(
    items: Sequence[Item],
    memories: Mapping[str, Memory],
    day: date,
    exam: date,
    seconds: Mapping[str, float],
    room: Sequence[float],
    parameters: tuple[float, ...] | None = None,
) -> list[Item]:
    """The items to be reviewed on a day although they are not due before the exam.

    items: what the exam covers, remembered. seconds: of an answer to each. room: seconds that are
    left on each of the days after this one, tomorrow first.

    All whose interval jumps over the exam and that would be known less than KNOWN_ANYWAY on it are
    wanted once more, as late as possible, the least remembered last of all: on the evening before,
    an answer helps most. So the days from tomorrow to the exam are filled from their end; what
    finds no room there is for today, the best remembered of them first.
    """
    days = (exam - day).days
    if not 0 < days <= len(room) + 1:
        return []
    over = {
        item.id: retrievability(memories[item.id], exam, parameters)
        for item in items
        if memories[item.id].due_day >= exam and memories[item.id].day < day
    }
    wanted = sorted(
        (item for item in items if over.get(item.id, 1.0) < KNOWN_ANYWAY),
        key=lambda item: (over[item.id], item.position),
    )
    left = COUNTED_ON * sum(room[: days - 1])
    today: list[Item] = []
    for item in wanted:
        left -= seconds[item.id]
        if left < 0:
            today.append(item)
    return today[::-1]
