"""A fit finds what somebody's memory is like, and is never used where it is no better."""

from __future__ import annotations

import math
from datetime import UTC, date, datetime, timedelta
from random import Random

import pytest
from fsrs_rs_python import FSRSItem, FSRSReview

from engine.scheduling import (
    COURSE_PARAMETERS,
    ENOUGH_TO_FIT,
    Calendar,
    Fitting,
    NotEnough,
    RatedOn,
    Rating,
    SettingError,
    checked_parameters,
    fit_parameters,
    fitted_answers,
    retrievability,
    review,
)
from engine.scheduling.fitting import foretold
from tests.scheduling.fsrs_by_hand import History, a_learner, log_loss

START = date(2026, 1, 1)


def odd(**changes: float) -> tuple[float, ...]:
    """FSRS's own parameters but for a few: `w0=1.0`."""
    weights = list(COURSE_PARAMETERS)
    for name, value in changes.items():
        weights[int(name[1:])] = value
    return tuple(weights)


#: Forgets little at first, gains much with every review, and has a flat curve.
SLOW = odd(w0=2.0, w1=4.0, w2=9.0, w3=20.0, w8=2.6, w11=2.4, w20=0.35)
#: Forgets within the day and gains little.
QUICK = odd(w0=0.1, w1=0.3, w2=0.6, w3=2.0, w8=0.9, w9=0.3)


def in_order(histories: list[History], seed: int = 0) -> list[RatedOn]:
    """The answers of all items, by day, as one learner gave them."""
    given = []
    for number, history in enumerate(histories):
        day = START + timedelta(days=Random(f"{seed} {number}").randrange(60))
        for position, (rating, days) in enumerate(history):
            day += timedelta(days=days)
            given.append((day, number, position, Rating(rating)))
    return [RatedOn(f"item-{n}", rating, day) for day, n, _, rating in sorted(given)]


@pytest.mark.parametrize("true", [SLOW, QUICK], ids=["slow", "quick"])
def test_a_fit_comes_close_to_the_memory_that_the_answers_are_from(true) -> None:
    fitting = fit_parameters(in_order(a_learner(true, seed=1)))
    assert fitting.better
    assert checked_parameters(fitting.parameters) == fitting.parameters
    unseen = a_learner(true, seed=2, items=1000)
    own, fitted, perfect = (
        log_loss(weights, unseen) for weights in (COURSE_PARAMETERS, fitting.parameters, true)
    )
    assert fitted < own
    # No parameters foretell them better than the true ones; most of the way there is gone.
    assert perfect < fitted < perfect + 0.3 * (own - perfect)


def test_the_losses_are_those_of_the_newest_fifth() -> None:
    answers = in_order(a_learner(SLOW, seed=3))
    fitting = fit_parameters(answers)
    assert fitting.answers == fitted_answers(answers)
    assert fitting.held_out == fitting.answers // 5
    for weights, found in (
        (COURSE_PARAMETERS, fitting.log_loss_before),
        (fitting.parameters, fitting.log_loss_after),
    ):
        assert found == pytest.approx(newest_fifth_by_hand(answers, weights), abs=2e-4)


def newest_fifth_by_hand(answers: list[RatedOn], weights) -> float:
    """The log loss of the newest fifth of the answers that count, in plain arithmetic."""
    histories: dict[str, History] = {}
    last: dict[str, date] = {}
    counted: list[History] = []
    for answer in answers:
        days = (answer.day - last.get(answer.item, answer.day)).days
        last[answer.item] = answer.day
        histories.setdefault(answer.item, []).append((int(answer.rating), days))
        if days:
            counted.append(list(histories[answer.item]))
    newest = counted[-(len(counted) // 5) :]
    return sum(log_loss(weights, [one], since=len(one) - 1) for one in newest) / len(newest)


def test_what_the_optimizer_foretells_is_what_we_schedule_by() -> None:
    """fsrs-rs and py-fsrs over our study days are one algorithm, days of repeats included."""
    for history in a_learner(SLOW, seed=5, items=40):
        *_, known = known_before(history)
        item = FSRSItem([FSRSReview(rating, days) for rating, days in history])
        loss, _ = foretold([item], SLOW)
        right = history[-1][0] > 1
        assert math.exp(-loss) == pytest.approx(known if right else 1 - known, rel=1e-3)


def known_before(history: History) -> list[float]:
    """The retrievability before each answer but the first, as we reckon it."""
    memory, day, known = None, START, []
    for rating, days in history:
        day += timedelta(days=days)
        now = datetime(day.year, day.month, day.day, 12, tzinfo=UTC)
        if memory is not None:
            known.append(retrievability(memory, day, SLOW))
        memory = review(
            memory, Rating(rating), now, Calendar("UTC", 4), fuzz_seed=None, parameters=SLOW
        )
    return known


def test_the_same_answers_always_give_the_same_fit() -> None:
    answers = in_order(a_learner(QUICK, seed=4, items=120))
    one, other = fit_parameters(answers), fit_parameters(answers)
    assert one.parameters == other.parameters
    assert one.log_loss_after == other.log_loss_after


def test_too_few_answers_are_said_and_those_of_the_same_day_do_not_count() -> None:
    answers = [
        RatedOn(f"item-{number}", Rating.GOOD, START + timedelta(days=day))
        for day in (0, 0, 1, 1)
        for number in range(ENOUGH_TO_FIT - 1)
    ]
    assert fitted_answers(answers) == ENOUGH_TO_FIT - 1
    with pytest.raises(NotEnough) as error:
        fit_parameters(answers)
    assert (error.value.found, error.value.needed) == (ENOUGH_TO_FIT - 1, ENOUGH_TO_FIT)


def test_a_clock_that_went_back_is_no_day() -> None:
    days = (5, 2, 5, 6)
    answers = [RatedOn("a", Rating.GOOD, START + timedelta(days=day)) for day in days]
    assert fitted_answers(answers) == 1


@pytest.mark.parametrize("rating", [Rating.AGAIN, Rating.GOOD], ids=["all wrong", "all right"])
def test_somebody_who_is_always_wrong_or_right_gets_parameters_that_fsrs_takes(rating) -> None:
    answers = [
        RatedOn(f"item-{number}", rating, START + timedelta(days=day * (day + 1) // 2))
        for day in range(6)
        for number in range(100)
    ]
    found = fit_parameters(answers)
    assert checked_parameters(found.parameters) == found.parameters


def test_parameters_that_are_true_already_are_hardly_bettered() -> None:
    """Before is what the learner has now, not FSRS's own."""
    answers = in_order(a_learner(SLOW, seed=6))
    again = fit_parameters(answers, SLOW)
    assert again.log_loss_before == pytest.approx(newest_fifth_by_hand(answers, SLOW), abs=2e-4)
    assert again.log_loss_before < fit_parameters(answers).log_loss_before


def test_a_fit_to_somebody_who_changed_is_no_better_and_says_so() -> None:
    """The earlier four fifths are of another memory than the newest one."""
    before = in_order(a_learner(QUICK, seed=7, items=200))
    since = [
        RatedOn(f"new {answer.item}", answer.rating, answer.day + timedelta(days=4000))
        for answer in in_order(a_learner(SLOW, seed=8, items=49))
    ]
    assert not fit_parameters([*before, *since]).better


@pytest.mark.parametrize(("before", "after"), [(0.3, 0.3), (0.3, 0.31), (0.3, float("nan"))])
def test_no_better_is_not_better(before: float, after: float) -> None:
    found = Fitting(500, 100, COURSE_PARAMETERS, before, after, 0.1, 0.01)
    assert not found.better


@pytest.mark.parametrize(
    "weights", [(), COURSE_PARAMETERS[:-1], odd(w20=0.9), odd(w4=float("inf"))]
)
def test_weights_out_of_range_are_refused(weights) -> None:
    with pytest.raises(SettingError, match="FSRS"):
        fit_parameters(in_order(a_learner(SLOW, seed=9, items=100)), weights or (1.0,))
    with pytest.raises(SettingError, match="FSRS"):
        checked_parameters(weights or (1.0,))
