"""What the card of scale invariance says is right, its own simulations show."""

from __future__ import annotations

import numpy as np
import pytest

from engine.questions import grade, parse
from engine.simulations import run
from tests.content import answering

CARD = "batchnorm-scale-invariance"
SEEDS = range(20)


def runs(cards, name, seeds=SEEDS):
    return answering.runs(cards, f"{CARD}/{name}", seeds)


@pytest.mark.parametrize(
    ("name", "scalar"),
    [
        ("scaled-gradient", "gradient_scaled"),
        ("next-norm", "next_norm"),
        ("epsilon", "output_std"),
    ],
)
def test_the_key_is_what_the_unit_comes_to(cards, name, scalar):
    for variant, found in runs(cards, name):
        assert found[scalar] == pytest.approx(float(variant.answer), rel=1e-9)


def test_the_outputs_are_those_before_the_scaling(cards):
    for name, most in (("scaled-gradient", 1e-12), ("l2-keeps-small", 1e-3)):
        for _, found in runs(cards, name):
            assert found["output_difference"] < most


def test_units_are_ranked_by_the_angle_they_turned(cards):
    for variant, found in runs(cards, "turns-fastest"):
        angles = [found[f"turned_{option}"] for option in variant.answer]
        assert angles == sorted(angles, reverse=True)


def test_the_middle_of_the_axis_is_right_no_more_often_than_by_chance(cards):
    right = 0
    for variant, _ in runs(cards, "epsilon", range(100)):
        right += grade(variant, parse(variant, "0.55")).verdict == "correct"
    assert right <= 35


def test_three_significant_digits_are_enough(cards):
    for name in ("scaled-gradient", "next-norm", "epsilon"):
        for variant, _ in runs(cards, name, range(50)):
            response = parse(variant, f"{float(variant.answer):.3g}")
            assert grade(variant, response).verdict == "correct"


def test_the_example_in_the_prose_comes_out_so():
    values = {"norm": 3.0, "gradient": 8.0, "rate": 0.5, "epsilon": 0.0}
    found = run("scale_invariance", values, np.random.default_rng(0)).scalars
    assert found["next_norm"] == pytest.approx(5)
    assert round(found["effective_rate"], 3) == 0.056
