"""Mean and variance through one layer, against PyTorch's integrals and closed forms."""

from __future__ import annotations

import math

import numpy as np
import pytest

from engine.simulations import run
from engine.simulations.initialization.rectified_moments import rectified


def found(seed=0, **values):
    return run("rectified_moments", values, np.random.default_rng(seed)).scalars


def test_relu_of_a_standard_normal_is_as_in_the_curriculum():
    scalars = found()
    assert scalars["mean"] == pytest.approx(1 / math.sqrt(2 * math.pi))
    assert scalars["mean"] == pytest.approx(0.399, abs=5e-4)
    assert scalars["variance"] == pytest.approx(0.341, abs=5e-4)
    assert math.sqrt(scalars["variance"]) == pytest.approx(0.584, abs=5e-4)
    assert scalars["mean_square"] == pytest.approx(0.5)


@pytest.mark.parametrize("index", range(7))
def test_rectified_moments_are_those_of_pytorchs_relu_integrated(oracle, index):
    torch = oracle("relu")
    mean, std = torch["moments.of"][index]
    ours = rectified(float(mean), float(std))
    np.testing.assert_allclose(ours, torch["moments.values"][index], rtol=1e-6, atol=1e-9)


@pytest.mark.parametrize("std", [0.3, 1.0, 4.0])
def test_with_mean_zero_half_of_the_mean_square_passes(std):
    scalars = found(std=std)
    assert scalars["mean_square"] == pytest.approx(std**2 / 2)
    assert scalars["variance"] == pytest.approx(std**2 * (0.5 - 1 / (2 * math.pi)))


def test_far_from_zero_relu_is_linear_or_nothing():
    assert rectified(5.0, 0.1) == pytest.approx((5.0, 25.01))
    assert rectified(-5.0, 0.1) == (0, 0)


@pytest.mark.parametrize("activation", ["linear", "relu"])
@pytest.mark.parametrize(("mean", "std"), [(0.0, 1.0), (2.0, 0.5), (-1.0, 1.5)])
def test_the_measured_variance_agrees_with_the_formula(activation, mean, std):
    settings = {"activation": activation, "mean": mean, "std": std, "n": 300, "sigma": 0.07}
    scalars = found(**settings)
    error = 4 * scalars["variance_z_se"]
    assert scalars["variance_z_measured"] == pytest.approx(scalars["variance_z"], abs=error)
    assert scalars["variance_z"] == pytest.approx(300 * 0.07**2 * scalars["mean_square"])
    assert scalars["part_variance"] + scalars["part_mean"] == pytest.approx(scalars["variance_z"])
    assert scalars["mean_measured"] == pytest.approx(scalars["mean"], abs=0.03 * std)
    assert scalars["variance_measured"] == pytest.approx(scalars["variance"], rel=0.05)


def test_the_mean_of_the_inputs_counts():
    """Var(a) in place of E[a^2] would be wrong by a factor of 17 here."""
    scalars = found(activation="linear", mean=2.0, std=0.5)
    assert scalars["variance_z"] == pytest.approx(17 * scalars["part_variance"])
    assert scalars["variance_z_measured"] > 10 * scalars["part_variance"]


def test_the_shares_add_up_and_zeros_are_half():
    outcome = run("rectified_moments", {}, np.random.default_rng(0))
    assert outcome.tables["density"]["share"].sum() == pytest.approx(1, abs=1e-3)
    assert outcome.scalars["zero_share"] == pytest.approx(0.5, abs=0.01)


@pytest.mark.parametrize(
    "values",
    [
        {"mean": -5.0, "std": 0.05},
        {"mean": 5.0, "std": 5.0, "n": 1024, "sigma": 2.0},
        {"n": 1, "activation": "linear"},
    ],
)
def test_extremes_have_finite_outcomes(values):
    assert all(math.isfinite(value) for value in found(**values).values())
