from __future__ import annotations

import pytest

from engine.scheduling import Concept, Item, ItemTimes, learn_times
from engine.scheduling.item_times import (
    ENOUGH_ANSWERS,
    FIRST_RIGHT,
    STEP_SECONDS,
    UNKNOWN_SECONDS,
    USUAL_SECONDS,
)


def test_nothing_known_is_what_is_usual():
    times = learn_times({})
    assert times.kinds == USUAL_SECONDS
    assert (times.step, times.first_right) == (STEP_SECONDS, FIRST_RIGHT)


def test_an_unknown_kind_has_a_time_too():
    assert ItemTimes().of(Item("a/1", "a", 0, "puzzle")) == UNKNOWN_SECONDS


def test_the_courses_medians_go_before_what_is_usual_anywhere():
    assert learn_times({}, {"number": 100.0}).kinds["number"] == 100.0


def test_many_answers_are_the_learners_own_and_a_few_are_shrunk():
    few = learn_times({"number": [130.0] * 2}).kinds["number"]
    many = learn_times({"number": [130.0] * 500}).kinds["number"]
    assert USUAL_SECONDS["number"] < few < 130
    assert many == pytest.approx(130, rel=0.03)


def test_the_weight_is_that_of_the_formula():
    own = [USUAL_SECONDS["number"] * 2] * ENOUGH_ANSWERS
    times = learn_times({"number": own})
    pace = 1.5  # as many answers of twice the time as of the usual one
    assert times.kinds["choice"] == pytest.approx(pace * USUAL_SECONDS["choice"])
    assert times.kinds["number"] == pytest.approx((2 + pace) / 2 * USUAL_SECONDS["number"])


def test_somebody_who_left_the_desk_counts_three_medians_at_most():
    calm = learn_times({"number": [60.0] * 50})
    away = learn_times({"number": [60.0] * 49 + [7200.0]})
    assert away.kinds["number"] < 1.06 * calm.kinds["number"]


def test_reading_and_first_answers_are_learned_likewise():
    times = learn_times({}, steps=[60.0] * 10, first=[True] * 20)
    assert STEP_SECONDS < times.step < 60
    assert FIRST_RIGHT < times.first_right < 1
    assert times.lesson(Concept("a", "unit", (), (), steps=5)) == 5 * times.step
