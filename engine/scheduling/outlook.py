"""How long today takes and what the coming days hold."""

from __future__ import annotations

import math
from collections.abc import Mapping
from datetime import date

from engine.scheduling.days import ONE_DAY
from engine.scheduling.memory import Memory
from engine.scheduling.queue import Counts

#: A new item has two learning steps, so even one that is known is asked about twice.
ASKED_WHEN_NEW = 2


def estimate_minutes(counts: Counts, seconds_per_item: float) -> int:
    """About how many whole minutes what is left takes, rounded up; 0 when nothing is left."""
    answers = counts.learning + counts.due + ASKED_WHEN_NEW * counts.new
    return math.ceil(answers * seconds_per_item / 60)


def forecast(memories: Mapping[str, Memory], today: date, days: int = 7) -> dict[date, int]:
    """How many items come back on each of the coming study days, today first.

    What is overdue counts for today. New items and what today's answers will bring are left out.
    """
    counts = {today + step * ONE_DAY: 0 for step in range(days)}
    for memory in memories.values():
        due = max(memory.due_day, today)
        if due in counts:
            counts[due] += 1
    return counts
