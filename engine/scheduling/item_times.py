"""How long an item and a lesson take a learner, learned from little and said from the start."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from statistics import median
from typing import Final

from engine.scheduling.syllabus import Concept, Item

#: Seconds an answer takes by kind, until a course has answers of its own.
USUAL_SECONDS: Final[Mapping[str, float]] = {
    "flashcard": 30.0,
    "choice": 50.0,
    "claim": 50.0,
    "several": 60.0,
    "order": 60.0,
    "estimate": 55.0,
    "number": 65.0,
}
#: Seconds of a kind of which nothing is known.
UNKNOWN_SECONDS: Final = 45.0
#: Seconds to read a step of a lesson.
STEP_SECONDS: Final = 25.0

#: How many answers of their own weigh as much as what is usual; so many steps read likewise.
ENOUGH_ANSWERS: Final = 12
ENOUGH_STEPS: Final = 10
#: Share of first answers that are right, and how many of a learner's own weigh as much.
FIRST_RIGHT: Final = 0.55
ENOUGH_FIRST: Final = 20
#: A time of more than so many medians is somebody who was away; it counts as so many.
LONGEST: Final = 3.0


@dataclass(frozen=True, slots=True)
class ItemTimes:
    """Seconds by kind and a step of a lesson; the share of first answers that are right."""

    kinds: Mapping[str, float] = field(default_factory=lambda: USUAL_SECONDS)
    step: float = STEP_SECONDS
    first_right: float = FIRST_RIGHT

    def of(self, item: Item) -> float:
        """Seconds one answer to the item takes."""
        return self.kinds.get(item.kind, UNKNOWN_SECONDS)

    def lesson(self, concept: Concept) -> float:
        """Seconds it takes to read a concept's lesson."""
        return concept.steps * self.step


def learn_times(
    own: Mapping[str, Sequence[float]],
    course: Mapping[str, float] | None = None,
    steps: Sequence[float] = (),
    first: Sequence[bool] = (),
) -> ItemTimes:
    """A learner's times.

    own: seconds of this learner's answers, by kind. course: everybody's median by kind, where the
    course has one. steps: seconds a step of the lessons this learner has read.

    first: whether this learner's first answers to items were right.

    A kind takes `w * own + (1 - w) * pace * usual` with `w = n / (n + ENOUGH_ANSWERS)` for n
    answers of that kind: the learner's own where there are many. Usual is the course's median. The
    pace is how this learner's answers of all kinds compare with what is usual, `(sum of own / usual
    + k) / (N + k)` for N answers and k = ENOUGH_ANSWERS: 1 at first, learned within a day. Own is a
    mean, as a day's minutes are a sum, with long times cut to LONGEST medians of the kind.
    """
    usual = {**USUAL_SECONDS, **(course or {})}
    cut = {kind: _cut(seconds) for kind, seconds in own.items()}
    ratios = [
        each / usual.get(kind, UNKNOWN_SECONDS) for kind, seconds in cut.items() for each in seconds
    ]
    pace = _shrunk(ratios, 1.0, ENOUGH_ANSWERS)
    kinds = {
        kind: _shrunk(cut.get(kind, ()), pace * usual.get(kind, UNKNOWN_SECONDS), ENOUGH_ANSWERS)
        for kind in {**usual, **own}
    }
    return ItemTimes(
        kinds,
        _shrunk(_cut(steps), STEP_SECONDS, ENOUGH_STEPS),
        _shrunk(first, FIRST_RIGHT, ENOUGH_FIRST),
    )


def _cut(seconds: Sequence[float]) -> list[float]:
    longest = LONGEST * median(seconds) if seconds else 0.0
    return [min(each, longest) for each in seconds]


def _shrunk(own: Sequence[float], usual: float, enough: int) -> float:
    """The mean of what is the learner's own and of `enough` times what is usual."""
    return (sum(own) + enough * usual) / (len(own) + enough)
