"""What batch normalization puts out, against closed forms."""

from __future__ import annotations

import math

import numpy as np
import pytest

from engine.simulations import run
from engine.simulations.normalization.batchnorm_output import below_zero


def output(seed=0, **values):
    return run("batchnorm_output", values, np.random.default_rng(seed))


@pytest.mark.parametrize("shape", ["normal", "uniform", "exponential"])
@pytest.mark.parametrize(("gamma", "beta"), [(1, 0), (2, 1), (-1.5, 0.4), (0.5, -0.3)])
def test_mean_and_spread_do_not_depend_on_the_shape(shape, gamma, beta):
    found = output(shape=shape, gamma=gamma, beta=beta, mean=-7, eps=1e-12).scalars
    assert found["y_mean"] == pytest.approx(beta, abs=1e-9)
    assert found["y_std"] == pytest.approx(abs(gamma))
    assert found["y_variance"] == pytest.approx(gamma**2)


@pytest.mark.parametrize(
    ("gamma", "beta", "share"),
    [(1, 0, 0.5), (1, 0.5, 0.308), (1, 1, 0.159), (2, 1, 0.308), (1, -1, 0.841)],
)
def test_relu_zeroes_the_share_of_the_curriculum(gamma, beta, share):
    found = output(gamma=gamma, beta=beta).scalars
    assert found["expected_zeros"] == pytest.approx(share, abs=2e-3)
    assert abs(found["zeros"] - share) < 4 * found["zeros_se"] + 2e-3


@pytest.mark.parametrize("shape", ["normal", "uniform", "exponential"])
@pytest.mark.parametrize(("gamma", "beta"), [(1, 0.4), (-1, 0.4), (-2, -1), (3, 1)])
def test_the_drawn_zeros_agree_with_the_formula_of_their_shape(shape, gamma, beta):
    found = output(shape=shape, gamma=gamma, beta=beta).scalars
    assert abs(found["zeros"] - found["expected_zeros"]) < 4 * found["zeros_se"]


def test_standardized_exponential_values_are_below_zero_in_63_of_100():
    assert below_zero("exponential", 1.0, 0.0) == pytest.approx(1 - math.exp(-1))
    assert output(shape="exponential").scalars["negative_x_hat"] == pytest.approx(0.632, abs=0.03)


@pytest.mark.parametrize(
    ("variance", "eps", "kept"),
    [(1e-4, 1e-5, 0.953), (1e-4, 1e-3, 0.302), (1e-6, 1e-5, 0.302), (1e-6, 1e-3, 0.032)],
)
def test_epsilon_keeps_the_share_of_the_curriculum(variance, eps, kept):
    found = output(std=math.sqrt(variance), eps=eps, gamma=1, beta=0).scalars
    assert found["kept_std"] == pytest.approx(kept, abs=6e-4)
    assert found["y_std"] == pytest.approx(found["kept_std"], rel=1e-5)


def test_the_epsilon_curves_are_those_of_the_formula():
    table = output().tables["epsilon"]
    np.testing.assert_allclose(
        table["Keras"], np.sqrt(table["variance"] / (table["variance"] + 1e-3))
    )


def test_every_histogram_holds_all_values():
    table = output(gamma=-2.0).tables["histograms"]
    for stage in ("x", "x_hat", "y"):
        rows = table["stage"] == stage
        mass = (table["density"] * (table["right"] - table["left"]))[rows].sum()
        assert mass == pytest.approx(1)


@pytest.mark.parametrize(("beta", "zeros"), [(0.5, 0.0), (-0.5, 1.0)])
def test_without_gamma_all_outputs_are_beta(beta, zeros):
    found = output(gamma=0.0, beta=beta)
    assert found.scalars["zeros"] == found.scalars["expected_zeros"] == zeros
    assert all(math.isfinite(value) for value in found.scalars.values())
