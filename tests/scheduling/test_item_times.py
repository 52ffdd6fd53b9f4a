from __future__ import annotations

import pytest

from engine.scheduling import Concept, Item, ItemTimes, learn_times, usual_seconds
from engine.scheduling.item_times import (
    ENOUGH_ANSWERS,
    FIRST_RIGHT,
    STEP_SECONDS,
)

USUAL = {"choice": 50.0, "number": 65.0}


def test_nothing_known_is_what_is_usual():
    times = learn_times({}, USUAL)
    assert times.kinds == USUAL
    assert (times.step, times.first_right) == (STEP_SECONDS, FIRST_RIGHT)


def test_a_kind_of_which_nothing_is_known_takes_what_its_items_say():
    assert ItemTimes().of(Item("a/1", "a", 0, "puzzle", seconds=70.0)) == 70.0


def test_what_is_usual_is_what_the_items_of_a_course_say():
    items = (Item("a/1", "a", 0, "puzzle", seconds=70.0), Item("a/2", "a", 1, seconds=65.0))
    assert usual_seconds([Concept("a", "u", (), items)]) == {"puzzle": 70.0, "number": 65.0}


def test_answers_of_a_kind_the_course_has_no_more_are_passed_over():
    assert learn_times({"riddle": [500.0] * 50}, USUAL).kinds == USUAL


def test_many_answers_are_the_learners_own_and_a_few_are_shrunk():
    few = learn_times({"number": [130.0] * 2}, USUAL).kinds["number"]
    many = learn_times({"number": [130.0] * 500}, USUAL).kinds["number"]
    assert USUAL["number"] < few < 130
    assert many == pytest.approx(130, rel=0.03)


def test_the_weight_is_that_of_the_formula():
    own = [USUAL["number"] * 2] * ENOUGH_ANSWERS
    times = learn_times({"number": own}, USUAL)
    pace = 1.5  # as many answers of twice the time as of the usual one
    assert times.kinds["choice"] == pytest.approx(pace * USUAL["choice"])
    assert times.kinds["number"] == pytest.approx((2 + pace) / 2 * USUAL["number"])


def test_somebody_who_left_the_desk_counts_three_medians_at_most():
    calm = learn_times({"number": [60.0] * 50}, USUAL)
    away = learn_times({"number": [60.0] * 49 + [7200.0]}, USUAL)
    assert away.kinds["number"] < 1.06 * calm.kinds["number"]


def test_reading_and_first_answers_are_learned_likewise():
    times = learn_times({}, USUAL, steps=[60.0] * 10, first=[True] * 20)
    assert STEP_SECONDS < times.step < 60
    assert FIRST_RIGHT < times.first_right < 1
    assert times.lesson(Concept("a", "unit", (), (), steps=5)) == 5 * times.step
