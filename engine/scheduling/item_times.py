"""How long an item and a lesson take a learner, learned from little and said from the start."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from statistics import median
from typing import Final

from engine.scheduling.syllabus import Concept, Item

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
    """Seconds by kind and a step of a lesson; the share of first answers that are right.

    A kind that is not in `kinds` takes what its items say.
    """

    kinds: Mapping[str, float] = field(default_factory=dict)
    step: float = STEP_SECONDS
    first_right: float = FIRST_RIGHT

    def of(self, item: Item) -> float:
        """Seconds one answer to the item takes."""
        return self.kinds.get(item.kind, item.seconds)

    def lesson(self, concept: Concept) -> float:
        """Seconds it takes to read a concept's lesson."""
        return concept.steps * self.step


def usual_seconds(concepts: Iterable[Concept]) -> dict[str, float]:
    """Seconds an answer takes by kind, until the course has answers of its own."""
    return {item.kind: item.seconds for concept in concepts for item in concept.items}


def learn_times(
    own: Mapping[str, Sequence[float]],
    usual: Mapping[str, float],
    steps: Sequence[float] = (),
    first: Sequence[bool] = (),
) -> ItemTimes:
    """A learner's times.

    own: seconds of this learner's answers, by kind; kinds the course no longer has are passed
    over. usual: seconds by kind, everybody's median where the course has one. steps: seconds a
    step of the lessons this learner has read. first: whether this learner's first answers to items
    were right.

    A kind takes `w * own + (1 - w) * pace * usual` with `w = n / (n + ENOUGH_ANSWERS)` for n
    answers of that kind: the learner's own where there are many. The
    pace is how this learner's answers of all kinds compare with what is usual, `(sum of own / usual
    + k) / (N + k)` for N answers and k = ENOUGH_ANSWERS: 1 at first, learned within a day. Own is a
    mean, as a day's minutes are a sum, with long times cut to LONGEST medians of the kind.
    """
    cut = {kind: _cut(seconds) for kind, seconds in own.items() if kind in usual}
    ratios = [each / usual[kind] for kind, seconds in cut.items() for each in seconds]
    pace = _shrunk(ratios, 1.0, ENOUGH_ANSWERS)
    kinds = {
        kind: _shrunk(cut.get(kind, ()), pace * seconds, ENOUGH_ANSWERS)
        for kind, seconds in usual.items()
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
