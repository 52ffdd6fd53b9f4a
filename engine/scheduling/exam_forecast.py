"""What an exam will find known: the days until it, lived through by simulated learners."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from statistics import fmean, pvariance
from typing import Final

from engine.scheduling.days import ONE_DAY
from engine.scheduling.fsrs_memory import retrievability
from engine.scheduling.item_times import ItemTimes
from engine.scheduling.memory import Memory
from engine.scheduling.simulated_learner import Character, SimulatedLearner
from engine.scheduling.standing import Standing
from engine.scheduling.syllabus import Concept
from engine.scheduling.wishes import Exam, Wishes

#: Minutes a day more, or fewer, that are looked at beside the learner's own.
OTHER_MINUTES: Final = 5
#: How many simulated learners an outlook is the mean of.
RUNS: Final = 2
#: Half the width of an interval that holds nine exams of ten, in standard deviations.
NINE_OF_TEN: Final = 1.645
#: An outlook so far below what is wished for counts as reached: two runs differ by more.
NEARLY: Final = 0.01

#: What is tried where an exam cannot be reached: minutes a day more, days later.
MORE_MINUTES: Final = (5, 10, 15, 30, 45)
LATER: Final = (7, 14, 21, 28, 42, 56)


@dataclass(frozen=True, slots=True)
class ExamOutlook:
    """The share of the exam's items that will be known on its day.

    low, high: nine of ten such exams lie between. fewer, more: the share with OTHER_MINUTES
    a day fewer (None where there are none to take away) or more. unmet: items that will not have
    been met by then. reached: whether the share is what the learner wishes to remember.
    """

    day: date
    recall: float
    low: float
    high: float
    fewer: float | None
    more: float
    unmet: int
    reached: bool


@dataclass(frozen=True, slots=True)
class ExamChoices:
    """What would make an exam reachable; None where nothing that was tried does.

    minutes: a day. later: another day for it. units: fewer of them.
    """

    minutes: float | None
    later: date | None
    units: frozenset[str] | None


def expected_recall(
    concepts: Sequence[Concept],
    memories: Mapping[str, Memory],
    exam: Exam,
    parameters: tuple[float, ...] | None = None,
) -> float:
    """The share of the exam's items known on its day by FSRS; what was never met is not known.

    0 for an exam that covers nothing.
    """
    return _mean(_chances(concepts, memories, exam, parameters))


def exam_outlook(
    concepts: Sequence[Concept], standing: Standing, day: date, wishes: Wishes, times: ItemTimes
) -> ExamOutlook:
    """The outlook from a study day on, by the plan itself.

    It lives through every day until the exam, RUNS times for each of three wishes, so it takes
    about 2 ms for each of these days and runs: keep it for as long as the standing stays.
    Raises ValueError where no exam is wished for.
    """
    if wishes.exam is None:
        raise ValueError("there is no exam to look out for")
    own = _runs(concepts, standing, day, wishes, times)
    recalls = [_mean(run) for run in own]
    recall = fmean(recalls)
    chances = own[0]
    swing = sum(p * (1 - p) for p in chances) / max(1, len(chances)) ** 2
    wide = NINE_OF_TEN * math.sqrt(swing + pvariance(recalls))
    few = wishes.minutes - OTHER_MINUTES

    def with_minutes(minutes: float) -> float:
        other = replace(wishes, minutes=minutes)
        return fmean(_mean(run) for run in _runs(concepts, standing, day, other, times))

    return ExamOutlook(
        day=wishes.exam.day,
        recall=recall,
        low=max(0.0, recall - wide),
        high=min(1.0, recall + wide),
        # Nobody has to use minutes they have: where runs say otherwise, that is chance.
        fewer=min(recall, with_minutes(few)) if few > 0 else None,
        more=max(recall, with_minutes(wishes.minutes + OTHER_MINUTES)),
        unmet=sum(p == 0 for p in chances),
        reached=recall >= wishes.desired_retention - NEARLY,
    )


def exam_choices(
    concepts: Sequence[Concept], standing: Standing, day: date, wishes: Wishes, times: ItemTimes
) -> ExamChoices:
    """What would make the exam reachable: the least of each kind that does.

    It tries up to a dozen wishes, one run each, so it is to be asked where an outlook is not
    reached, and kept. Raises ValueError where no exam is wished for.
    """
    if wishes.exam is None:
        raise ValueError("there is no exam to choose for")
    exam = wishes.exam

    def reaches(other: Wishes) -> bool:
        (run,) = _runs(concepts, standing, day, other, times, runs=1)
        return _mean(run) >= wishes.desired_retention - NEARLY

    minutes = (wishes.minutes + more for more in MORE_MINUTES)
    later = (exam.day + timedelta(days=days) for days in LATER)
    return ExamChoices(
        next((m for m in minutes if reaches(replace(wishes, minutes=m))), None),
        next((d for d in later if reaches(replace(wishes, exam=replace(exam, day=d)))), None),
        next(
            (
                u
                for u in _fewer(concepts, exam)
                if reaches(replace(wishes, exam=replace(exam, units=u)))
            ),
            None,
        ),
    )


def _fewer(concepts: Sequence[Concept], exam: Exam) -> Iterator[frozenset[str]]:
    """The exam's units without the last of them, without the last two, and so on."""
    units = list(dict.fromkeys(c.unit for c in concepts if exam.covers(c.unit)))
    for count in range(len(units) - 1, 0, -1):
        yield frozenset(units[:count])


def _runs(
    concepts: Sequence[Concept],
    standing: Standing,
    day: date,
    wishes: Wishes,
    times: ItemTimes,
    runs: int = RUNS,
) -> list[list[float]]:
    """For each run, the chances that the exam's items are known on its day."""
    exam = wishes.exam
    assert exam is not None
    found = []
    for seed in range(runs):
        learner = SimulatedLearner(
            concepts, Character(times.first_right, 1.0, 1.0), seed, standing, times
        )
        for number in range((exam.day - day).days):
            learner.day(day + number * ONE_DAY, number + 1, wishes)
        found.append(_chances(concepts, learner.memories, exam, wishes.parameters))
    return found


def _chances(
    concepts: Sequence[Concept],
    memories: Mapping[str, Memory],
    exam: Exam,
    parameters: tuple[float, ...] | None,
) -> list[float]:
    remembered = [
        memories.get(item.id)
        for concept in concepts
        if exam.covers(concept.unit)
        for item in concept.items
    ]
    return [0.0 if m is None else retrievability(m, exam.day, parameters) for m in remembered]


def _mean(chances: Sequence[float]) -> float:
    return fmean(chances) if chances else 0.0
