"""What the card of dropout and batch normalization says is right, its own simulations show."""

from __future__ import annotations

import math

import numpy as np
import pytest

from engine.questions import grade, parse
from engine.simulations import run
from tests.content.answering import outcomes

CARD = "dropout-bn-order"
SEEDS = range(20)
SAME = 0.01


def drawn(cards, name, seeds=SEEDS):
    return outcomes(cards, f"{CARD}/{name}", seeds)


@pytest.mark.parametrize(("name", "scalar"), [("ratio", "ratio"), ("test-deviation", "test_std")])
def test_the_key_is_the_closed_form_and_the_drawn_values_agree(cards, name, scalar):
    for variant, outcome in drawn(cards, name):
        found, key = outcome.scalars, float(variant.answer)
        assert found[scalar] == pytest.approx(key, rel=1e-12)
        error = found[f"{scalar}_measured_se"]
        assert found[f"{scalar}_measured"] == pytest.approx(key, abs=4.5 * error)


def test_orders_that_shift_are_those_of_the_right_options(cards):
    slots = {"one": "first", "two": "second", "three": "third"}
    for variant, outcome in drawn(cards, "which-shift"):
        table = outcome.tables["orders"]
        deviations = dict(zip(table["order"], table["test_std"], strict=True))
        shifted = {
            option
            for option, slot in slots.items()
            if abs(deviations[variant.parameters[slot]] - 1) > SAME
        }
        assert shifted == set(variant.answer)


def test_the_verdict_is_what_the_deviation_does(cards):
    verdicts = set()
    for variant, outcome in drawn(cards, "order-matters"):
        same = abs(outcome.scalars["test_std"] - 1) < SAME
        assert variant.answer == ("true" if same else "false")
        verdicts.add(variant.answer)
    assert verdicts == {"true", "false"}


def test_the_middle_of_the_axis_is_seldom_right(cards):
    right = 0
    for variant, _ in drawn(cards, "test-deviation", range(100)):
        right += grade(variant, parse(variant, "0.55")).verdict == "correct"
    assert right <= 35


def test_three_significant_digits_are_enough(cards):
    for name in ("ratio", "test-deviation"):
        for variant, _ in drawn(cards, name, range(50)):
            response = parse(variant, f"{float(variant.answer):.3g}")
            assert grade(variant, response).verdict == "correct"


def test_the_example_in_the_prose_comes_out_so():
    values = {"values": "rectified", "mean": 0.0, "drop": 0.5}
    found = run("dropout_shift", values, np.random.default_rng(0)).scalars
    assert found["input_mean"] == pytest.approx(0.4, abs=0.005)
    assert found["input_variance"] == pytest.approx(0.34, abs=0.005)
    assert found["train_variance"] == pytest.approx(0.84, abs=0.005)
    assert found["ratio"] == pytest.approx(2.5, abs=0.05)
    assert found["test_std"] == pytest.approx(0.64, abs=0.005)
    assert math.sqrt(1 / found["ratio"]) == pytest.approx(found["test_std"])
