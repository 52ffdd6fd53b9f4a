"""How many answers the coming days will ask for: expectations, by FSRS's own probabilities.

A memory that comes back asks for an answer, and for a second one if the first is wrong; then it
comes back after another interval, of the memory that was right or of the one that was not. So what
a memory will ask for on each coming day follows from what its two successors will ask for. That is
reckoned once for a grid of stabilities and difficulties, day by day, and looked up for memories.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from functools import lru_cache
from typing import Final

import numpy as np
import numpy.typing as npt

from engine.scheduling.days import ONE_DAY, Calendar
from engine.scheduling.fsrs_memory import retrievability, review
from engine.scheduling.item_times import FIRST_RIGHT
from engine.scheduling.memory import Memory, Rating
from engine.scheduling.wishes import Wishes

#: Coming days that are looked at, today apart.
FORTNIGHT: Final = 14
#: Of answers to what has just failed.
AGAIN_RIGHT: Final = 0.95

Vector = npt.NDArray[np.float64]

_STABILITIES: Final[Vector] = np.geomspace(0.05, 500.0, 65)
_DIFFICULTIES: Final = range(1, 11)
_CALENDAR: Final = Calendar("UTC", 0)
_DAY: Final = date(2026, 1, 1)


@dataclass(frozen=True)
class Load:
    """Answers to come, by day, for any memory. Made by `load_of`.

    from_due: grid -> answers from the day on which a memory is due; from_review: from the day of
    the review that made it. new: of an item that is asked for the first time today.
    """

    from_due: Vector
    from_review: Vector
    new: Vector

    def total(self, memories: Sequence[Memory], seconds: Sequence[float], day: date) -> Vector:
        """Seconds on each day for many memories and what an answer to each takes."""
        total = np.zeros(FORTNIGHT + 1)
        for memory, each in zip(memories, seconds, strict=True):
            wait = 0 if memory.state != "review" else max(0, (memory.due_day - day).days)
            if wait <= FORTNIGHT:
                found = _looked_up(self.from_due, memory.stability, memory.difficulty)
                total[wait:] += each * found[: FORTNIGHT + 1 - wait]
        return total


def load_of(wishes: Wishes) -> Load:
    """The load of memories as the learner wants them remembered."""
    return _load(wishes.desired_retention, wishes.parameters)


@lru_cache(maxsize=16)
def _load(desired_retention: float, parameters: tuple[float, ...] | None) -> Load:
    def after(memory: Memory | None, rating: Rating, day: date) -> Memory:
        return review(
            memory,
            rating,
            datetime(day.year, day.month, day.day, 12, tzinfo=UTC),
            _CALENDAR,
            desired_retention=desired_retention,
            parameters=parameters,
            fuzz_seed=None,
        )

    def failed(memory: Memory | None, day: date) -> Memory:
        return after(after(memory, Rating.AGAIN, day), Rating.GOOD, day)

    shape = len(_STABILITIES), len(_DIFFICULTIES)
    waits = np.zeros(shape, dtype=int)
    known = np.zeros(shape)
    right: list[Memory] = []
    wrong: list[Memory] = []
    for s, stability in enumerate(_STABILITIES):
        for d, difficulty in enumerate(_DIFFICULTIES):
            memory = _made(float(stability), float(difficulty), desired_retention, parameters)
            waits[s, d] = (memory.due_day - _DAY).days
            known[s, d] = retrievability(memory, memory.due_day, parameters)
            right.append(after(memory, Rating.GOOD, memory.due_day))
            wrong.append(failed(memory, memory.due_day))
    from_due = np.zeros((*shape, FORTNIGHT + 1))
    from_review = np.zeros((*shape, FORTNIGHT + 1))
    from_due[:, :, 0] = 1 + (1 - known) / AGAIN_RIGHT
    then_right, then_wrong = _Places(right), _Places(wrong)
    rows, columns = np.indices(shape)
    for day in range(1, FORTNIGHT + 1):
        passed = day - waits
        from_review[:, :, day] = np.where(
            passed >= 0, from_due[rows, columns, np.maximum(passed, 0)], 0.0
        )
        came = from_review[:, :, day]
        from_due[:, :, day] = known * then_right.at(came) + (1 - known) * then_wrong.at(came)
    first = _looked_up(from_review, *_parts(after(None, Rating.GOOD, _DAY)))
    again = _looked_up(from_review, *_parts(failed(None, _DAY)))
    new = FIRST_RIGHT * first + (1 - FIRST_RIGHT) * again
    new[0] = 1 + (1 - FIRST_RIGHT) / AGAIN_RIGHT
    return Load(from_due, from_review, new)


def _made(
    stability: float,
    difficulty: float,
    desired_retention: float,
    parameters: tuple[float, ...] | None,
) -> Memory:
    """A memory of the grid, due when FSRS says that such a one is."""
    wait = _interval(stability, desired_retention, parameters)
    noon = datetime(_DAY.year, _DAY.month, _DAY.day, 12, tzinfo=UTC)
    due = _DAY + wait * ONE_DAY
    return Memory("review", None, stability, difficulty, _DAY, noon, due, noon + wait * ONE_DAY)


def _interval(
    stability: float, desired_retention: float, parameters: tuple[float, ...] | None
) -> int:
    """The whole days after which such a memory is known as well as wanted; one at least."""
    memory = Memory("review", None, stability, 5.0, _DAY, datetime.min, _DAY, datetime.min)
    low, high = 1, 3650
    while low < high:  # the last day on which it is known so well, or nearly
        middle = (low + high + 1) // 2
        later = retrievability(memory, _DAY + middle * ONE_DAY, parameters)
        low, high = (middle, high) if later >= desired_retention else (low, middle - 1)
    return low


def _parts(memory: Memory) -> tuple[float, float]:
    return memory.stability, memory.difficulty


class _Places:
    """Where memories lie in the grid: between two stabilities, at the nearest difficulty."""

    def __init__(self, memories: Sequence[Memory]) -> None:
        shape = len(_STABILITIES), len(_DIFFICULTIES)
        places = [_place(*_parts(memory)) for memory in memories]
        self._below = np.array([p[0] for p in places]).reshape(shape)
        self._share = np.array([p[1] for p in places]).reshape(shape)
        self._column = np.array([p[2] for p in places]).reshape(shape)

    def at(self, grid: Vector) -> Vector:
        low, high = grid[self._below, self._column], grid[self._below + 1, self._column]
        return np.asarray(low + self._share * (high - low))


_FIRST: Final = math.log(_STABILITIES[0])
_STEP: Final = math.log(_STABILITIES[1]) - _FIRST


def _place(stability: float, difficulty: float) -> tuple[int, float, int]:
    along = min(max((math.log(stability) - _FIRST) / _STEP, 0.0), len(_STABILITIES) - 1.001)
    below = int(along)
    return below, along - below, min(max(round(difficulty), 1), 10) - 1


def _looked_up(grid: Vector, stability: float, difficulty: float) -> Vector:
    below, share, column = _place(stability, difficulty)
    low, high = grid[below, column], grid[below + 1, column]
    return np.asarray(low + share * (high - low))
