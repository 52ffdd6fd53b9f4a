"""FSRS's parameters fitted to a learner, and what a desired retention would cost them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from statistics import fmean

from engine.course import Course
from engine.scheduling import (
    ENOUGH_TO_FIT,
    RETENTIONS,
    Fitting,
    Habits,
    RatedOn,
    Rating,
    Workload,
    fit_parameters,
    fitted_answers,
    workload_of,
)
from engine.storage import Fit, NewFit, Store
from engine.study.person import Person
from engine.study.standing import Paces

#: Fewer memories than that say nothing of what a retention would cost.
FEWEST_MEMORIES = 10


@dataclass(frozen=True)
class FitStanding:
    """How far a learner is with a fit. answers: those that count, of `needed`.

    newest: the newest revision; None: nothing was ever fitted. fitted: whether what is remembered
    goes by parameters of their own.
    """

    answers: int
    needed: int
    newest: Fit | None
    fitted: bool

    @property
    def enough(self) -> bool:
        """Whether there is enough to fit to."""
        return self.answers >= self.needed


def fit_standing(store: Store, learner: str) -> FitStanding:
    """How far a learner is with a fit."""
    revisions = store.parameters.of(learner)
    return FitStanding(
        answers=fitted_answers(store.parameters.rated(learner)),
        needed=ENOUGH_TO_FIT,
        newest=revisions[0] if revisions else None,
        fitted=store.parameters.weights(learner) is not None,
    )


def fit_learner(store: Store, learner: str, now: datetime, *, dry_run: bool = False) -> Fitting:
    """Fits FSRS's parameters to all that a learner answered.

    It is kept as a revision, and what is remembered goes by it where it is better. dry_run:
    nothing is kept. Raises NotEnough, StorageError.
    """
    until_now = store.parameters.weights(learner)
    found = fit_parameters(store.parameters.rated(learner), until_now)
    if not dry_run:
        store.parameters.record(
            NewFit(
                learner=learner,
                at=now,
                weights=found.parameters,
                answers=found.answers,
                log_loss_before=found.log_loss_before,
                log_loss_after=found.log_loss_after,
                applied=found.better,
            )
        )
    return found


def back_to_course(store: Store, learner: str, now: datetime) -> None:
    """What is remembered goes by FSRS's own parameters again; a revision says so."""
    if store.parameters.weights(learner) is not None:
        answers = fitted_answers(store.parameters.rated(learner))
        store.parameters.record(NewFit(learner=learner, at=now, weights=None, answers=answers))


def workloads(store: Store, person: Person, course: Course, now: datetime) -> Iterator[Workload]:
    """What each of RETENTIONS would cost and bring; none below FEWEST_MEMORIES memories.

    Of what the course has, in the times that the plan of a day counts with.
    """
    known = store.memories.of(person.id)
    met = [item for item in course.items if item.id in known]
    if len(met) < FEWEST_MEMORIES:
        return
    day = person.calendar.day(now)
    times = Paces(store).of(person, course, day)
    habits = Habits(
        fmean(times.of(item) for item in met), hard_share(store.parameters.rated(person.id))
    )
    memories, weights = [known[item.id] for item in met], store.parameters.weights(person.id)
    for retention in RETENTIONS:
        yield workload_of(memories, day, retention, habits, parameters=weights)


def hard_share(answers: list[RatedOn]) -> float:
    """The share of right answers that were rated Hard."""
    right = [answer.rating for answer in answers if answer.rating != Rating.AGAIN]
    return right.count(Rating.HARD) / len(right) if right else 0.0
