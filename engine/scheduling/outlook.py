"""What the coming days hold."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from engine.scheduling.days import ONE_DAY
from engine.scheduling.memory import Memory


def forecast(memories: Mapping[str, Memory], today: date, days: int = 7) -> dict[date, int]:
    """How many items come back on each of the coming study days, tomorrow first.

    What is due today or was before is today's and left out; so are new items and what today's
    answers will bring.
    """
    counts = {today + step * ONE_DAY: 0 for step in range(1, days + 1)}
    for memory in memories.values():
        if memory.due_day in counts:
            counts[memory.due_day] += 1
    return counts
