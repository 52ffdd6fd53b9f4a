"""Truncated normal weights, against PyTorch and closed forms."""

from __future__ import annotations

import math

import numpy as np
import pytest

from engine.simulations import run
from engine.simulations.initialization.truncated_normal import draw, fourth_moment, truncated_std
from engine.simulations.initialization.weight_initialization import TRUNCATED_STD


def weights(seed=0, **values):
    return run("truncated_normal", values, np.random.default_rng(seed))


@pytest.mark.parametrize("rule", ["absolute", "relative"])
@pytest.mark.parametrize("scale", [0.02, 3.0])
def test_deviation_and_limit_are_pytorchs(oracle, rule, scale):
    deviation, largest = oracle("truncated_normal")[f"{rule}.{scale}"]
    found = weights(rule=rule, scale=scale).scalars
    assert found["expected_std"] == pytest.approx(deviation, rel=4e-3)
    assert largest <= found["limit"] * (1 + 1e-9)
    assert found["largest"] <= found["limit"]


def test_pytorch_cuts_at_plus_and_minus_two_unless_told_otherwise(oracle):
    np.testing.assert_array_equal(oracle("truncated_normal")["default_bounds"], [-2, 2])


def test_the_constant_is_that_of_keras_and_jax():
    assert truncated_std(2.0) == pytest.approx(0.8796256610342398, rel=1e-14)
    assert truncated_std(2.0) == pytest.approx(TRUNCATED_STD, rel=1e-14)


@pytest.mark.parametrize("c", [0.05, 0.5, 1.0, 2.0, 5.0])
def test_the_moments_are_those_of_the_integral(c):
    z = np.linspace(-c, c, 200_001)
    weight = np.exp(-(z**2) / 2)
    assert truncated_std(c) ** 2 == pytest.approx((z**2 * weight).sum() / weight.sum(), rel=1e-4)
    assert fourth_moment(c) == pytest.approx((z**4 * weight).sum() / weight.sum(), rel=1e-3)


def test_a_cut_far_away_changes_nothing_and_a_near_one_leaves_a_uniform_spread():
    assert truncated_std(100.0) == pytest.approx(1.0)
    assert truncated_std(0.05) == pytest.approx(0.05 / math.sqrt(3), rel=1e-3)


@pytest.mark.parametrize("rule", ["absolute", "relative"])
@pytest.mark.parametrize("scale", [0.02, 0.7, 1.5, 10.0])
def test_drawn_weights_agree_with_the_formula_within_their_error(rule, scale):
    found = weights(rule=rule, scale=scale).scalars
    assert abs(found["std"] - found["expected_std"]) < 4 * found["std_se"]


def test_the_largest_weight_of_he_normal_in_keras_is_2_274_sigma():
    found = weights(scale=1 / truncated_std(2.0)).scalars
    assert found["limit"] == pytest.approx(2.274, abs=5e-4)
    assert found["expected_std"] == pytest.approx(1.0)


def test_draws_are_as_many_as_asked_for_and_within_the_cut():
    drawn = draw(0.1, 5000, np.random.default_rng(0))
    assert drawn.shape == (5000,)
    assert np.abs(drawn).max() <= 0.1
