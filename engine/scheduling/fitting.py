"""FSRS's parameters, fitted to one learner's own answers by FSRS's own optimizer (fsrs-rs).

The fit sees the earlier four fifths of the answers; the newest fifth tells whether it is better.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from importlib.util import find_spec
from typing import TYPE_CHECKING, Final

from engine.scheduling.memory import Rating
from engine.scheduling.parameters import Parameters, checked_parameters, within_bounds

if TYPE_CHECKING:
    from fsrs_rs_python import FSRSItem

#: So many answers that count make a fit worth while. fsrs-rs gives its defaults back below 8 and
#: fits no more than the first four parameters below 64; Anki asked for 400 as long as it named a
#: number. Of 400, the fit sees 320, and 80 tell whether it is better.
ENOUGH_TO_FIT: Final = 400
#: The share of the answers that the fit does not see is one of so many.
HELD_OUT: Final = 5


@dataclass(frozen=True, slots=True)
class RatedOn:
    """A scheduled answer that stands: how it was rated, on which study day."""

    item: str
    rating: Rating
    day: date


@dataclass(frozen=True, slots=True)
class Fitting:
    """What came of a fit.

    answers: those that count. held_out: how many of them the fit had not seen; the log loss and
    the calibration error (RMSE over bins) are of these, before with the parameters of until now.
    """

    answers: int
    held_out: int
    parameters: Parameters
    log_loss_before: float
    log_loss_after: float
    rmse_before: float
    rmse_after: float

    @property
    def better(self) -> bool:
        """Whether what the fit had not seen was better foretold with it."""
        return math.isfinite(self.log_loss_after) and self.log_loss_after < self.log_loss_before


class NotEnough(Exception):
    """There are too few answers to fit anything to: `found` of `needed`."""

    def __init__(self, found: int, needed: int) -> None:
        super().__init__(f"{found} answers of {needed}")
        self.found = found
        self.needed = needed


def can_fit() -> bool:
    """Whether fsrs-rs is installed. All else goes on without it."""
    return find_spec("fsrs_rs_python") is not None


def fitted_answers(answers: Iterable[RatedOn]) -> int:
    """How many answers count for a fit: those on a later day than the item's one before.

    What came on the same day says nothing of forgetting; it counts as what went before.
    """
    return sum(waited > 0 for _, waited in _waits(answers))


def fit_parameters(answers: Iterable[RatedOn], now: Parameters | None = None) -> Fitting:
    """Fits FSRS's parameters to a learner's answers.

    answers: all of one learner, in the order in which they were given. now: the parameters that the
    learner has until now, None: FSRS's own. The same answers always give the same fit.

    Raises NotEnough below ENOUGH_TO_FIT answers that count, SettingError for `now` out of range.
    """
    items = _items(answers)
    if len(items) < ENOUGH_TO_FIT:
        raise NotEnough(len(items), ENOUGH_TO_FIT)
    seen = len(items) - len(items) // HELD_OUT
    before = checked_parameters(now)
    found = _optimized(items[:seen], before)
    (loss_before, rmse_before), (loss_after, rmse_after) = (
        foretold(items[seen:], weights) for weights in (before, found)
    )
    return Fitting(
        answers=len(items),
        held_out=len(items) - seen,
        parameters=found,
        log_loss_before=loss_before,
        log_loss_after=loss_after,
        rmse_before=rmse_before,
        rmse_after=rmse_after,
    )


def foretold(items: Sequence[FSRSItem], parameters: Parameters) -> tuple[float, float]:
    """How well parameters foretell the last review of each: mean log loss, and RMSE over bins."""
    from fsrs_rs_python import FSRS

    model = FSRS(list(parameters))
    # One by one, because fsrs-rs gives the newest of several more weight than the others.
    losses = [model.evaluate([item]).log_loss for item in items]
    return math.fsum(losses) / len(losses), model.evaluate(items).rmse_bins


def _optimized(items: Sequence[FSRSItem], before: Parameters) -> Parameters:
    """Rounded, and within py-fsrs's bounds, which fsrs-rs's 32-bit numbers may miss by a hair."""
    from fsrs_rs_python import FSRS  # nobody else waits for it

    try:
        found = FSRS([]).compute_parameters(items)
    except ValueError:  # all of them are outliers to it
        return before
    return within_bounds([round(weight, 4) for weight in found])


def _items(answers: Iterable[RatedOn]) -> list[FSRSItem]:
    """As fsrs-rs takes them: for each answer that counts, all of its item up to it."""
    from fsrs_rs_python import FSRSItem, FSRSReview

    reviews: dict[str, list[FSRSReview]] = {}
    items = []
    for answer, waited in _waits(answers):
        own = reviews.setdefault(answer.item, [])
        own.append(FSRSReview(int(answer.rating), waited))
        if waited > 0:
            items.append(FSRSItem(own))
    return items


def _waits(answers: Iterable[RatedOn]) -> Iterator[tuple[RatedOn, int]]:
    """Each answer with the days since the item's one before; a clock that went back means none."""
    last: dict[str, date] = {}
    for answer in answers:
        before = last.get(answer.item, answer.day)
        last[answer.item] = max(answer.day, before)
        yield answer, (last[answer.item] - before).days
