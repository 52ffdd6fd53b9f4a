"""Slopes of sigmoid and tanh, and gradients under inputs of any scale, against autograd."""

from __future__ import annotations

import math

import numpy as np
import pytest

from engine.simulations import SIMULATIONS, run
from engine.simulations.gradients.input_scale import C, sigmoid_rms
from engine.simulations.gradients.sigmoid_saturation import share_beyond, value_and_slope


@pytest.mark.parametrize("activation", ["sigmoid", "tanh"])
def test_slopes_are_autograds(oracle, activation):
    torch = oracle("gradients")
    _, slope = value_and_slope(activation, torch["slope.z"])
    np.testing.assert_allclose(slope, torch[f"slope.{activation}"], rtol=1e-9, atol=1e-15)


def test_the_gradient_of_a_weight_is_autograds(oracle):
    for scale, weight, rms in oracle("gradients")["unit"]:
        assert sigmoid_rms(scale, weight) == pytest.approx(rms, rel=0.04), (scale, weight)


@pytest.mark.parametrize(
    ("scale", "rms"), [(0.1, 0.025), (1, 0.155), (3, 0.150), (10, 0.091), (100, 0.030)]
)
def test_the_gradient_by_input_scale_is_that_of_the_curriculum(scale, rms):
    assert sigmoid_rms(scale, 1.0) == pytest.approx(rms, abs=0.0015)


@pytest.mark.parametrize("weight", [0.2, 1.0, 5.0])
def test_small_inputs_give_a_quarter_and_large_ones_the_inverse_root(weight):
    assert sigmoid_rms(0.001, weight) == pytest.approx(0.00025, rel=1e-4)
    limit = math.sqrt(C / (math.sqrt(2 * math.pi) * weight**3 * 1000))
    assert sigmoid_rms(1000.0, weight) == pytest.approx(limit, rel=1e-3)


def test_both_ways_to_compute_it_meet():
    assert sigmoid_rms(0.0499999, 1.0) == pytest.approx(sigmoid_rms(0.0500001, 1.0), rel=1e-4)


def test_the_gradient_measured_agrees_with_the_one_integrated():
    for seed, scale in enumerate((0.1, 1.0, 5.0)):
        values = {"scale": scale, "factor": 10.0}
        found = run("input_scale", values, np.random.default_rng(seed)).scalars
        error = found["gradient_scaled_measured_se"]
        expected = found["gradient_scaled"]
        assert found["gradient_scaled_measured"] == pytest.approx(expected, abs=4 * error)


@pytest.mark.parametrize(
    ("threshold", "spread", "share"), [(1, 1, 0.3173), (2, 1, 0.0455), (4, 4, 0.3173)]
)
def test_the_share_beyond_a_threshold_is_the_normal_distributions(threshold, spread, share):
    assert share_beyond(threshold, spread) == pytest.approx(share, abs=1e-4)


def test_the_share_measured_agrees_with_the_one_computed():
    for seed, spread in enumerate((1.0, 3.0, 10.0)):
        found = run("sigmoid_saturation", {"spread": spread}, np.random.default_rng(seed)).scalars
        error = found["saturated_measured_se"]
        expected = found["saturated_share"]
        assert found["saturated_measured"] == pytest.approx(expected, abs=4 * error)


@pytest.mark.parametrize(
    ("simulation", "values"),
    [
        ("sigmoid_saturation", {"spread": 0.1, "threshold": 10.0, "z": -10.0}),
        ("sigmoid_saturation", {"spread": 100.0, "threshold": 0.5, "activation": "tanh"}),
        ("input_scale", {"scale": 0.01, "factor": 1.0, "weight": 0.2}),
        ("input_scale", {"scale": 10.0, "factor": 100.0, "weight": 5.0}),
    ],
)
def test_the_extremes_have_finite_scalars_with_a_name(simulation, values):
    found = run(simulation, values, np.random.default_rng(0)).scalars
    assert all(math.isfinite(value) for value in found.values())
    assert list(found) == list(SIMULATIONS[simulation].scalars)
