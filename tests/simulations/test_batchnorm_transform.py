"""The batch-norm transform and its gradients, against PyTorch and closed forms."""

from __future__ import annotations

import math

import numpy as np
import pytest

from engine.simulations import run
from engine.simulations.normalization.batchnorm_transform import backward, transform

# Those of tests/oracles/record_batchnorm_transform.py.
SIZES = (2, 4, 6, 32)
EPSILONS = (1e-5, 1e-3)


def batch(**values):
    return run("batchnorm_transform", values, np.random.default_rng(0))


@pytest.mark.parametrize("n", SIZES)
@pytest.mark.parametrize("eps", EPSILONS)
def test_outputs_are_pytorchs_in_training(oracle, n, eps):
    torch = oracle("batchnorm_transform")
    y, _ = transform(torch[f"x.{n}"], torch[f"gamma.{n}"], torch[f"beta.{n}"], eps)
    np.testing.assert_allclose(y, torch[f"y.{n}.{eps}"], rtol=1e-9, atol=1e-11)


@pytest.mark.parametrize("n", SIZES)
@pytest.mark.parametrize("eps", EPSILONS)
def test_gradients_are_pytorchs(oracle, n, eps):
    torch = oracle("batchnorm_transform")
    ours = backward(torch[f"dy.{n}"], torch[f"x.{n}"], torch[f"gamma.{n}"], eps)
    for name, found in zip(("dx", "dgamma", "dbeta"), ours, strict=True):
        expected = torch[f"{name}.{n}.{eps}"]
        np.testing.assert_allclose(found, expected, rtol=1e-7, atol=1e-8 * abs(expected).max())


def test_the_gradients_of_a_batch_add_up_to_nothing():
    rng = np.random.default_rng(1)
    dx, _, _ = backward(rng.normal(size=8), rng.normal(size=8), 2.0)
    assert dx.sum() == pytest.approx(0, abs=1e-12)


def test_constant_statistics_would_get_the_gradient_wrong_by_a_third():
    """31.7 % in the curriculum, for one draw; here the typical error over many."""
    rng = np.random.default_rng(2)
    errors = []
    for _ in range(200):
        x, dy = rng.normal(size=(2, 8))
        dx, _, _ = backward(dy, x)
        constant = dy / np.sqrt(x.var() + 1e-5)
        errors.append(np.linalg.norm(constant - dx) / np.linalg.norm(dx))
    assert 0.2 < np.median(errors) < 0.8


def test_the_variance_in_the_batch_is_the_biased_one():
    found = batch(count=4, x_1=2.0, x_2=4.0, x_3=6.0, x_4=8.0, gamma=2.0, beta=-1.0).scalars
    assert found["variance"] == 5.0
    assert found["unbiased_variance"] == pytest.approx(20 / 3)
    assert found["x_hat"] == pytest.approx(-3 / math.sqrt(5), rel=1e-5)
    assert found["y"] == pytest.approx(-6 / math.sqrt(5) - 1, rel=1e-5)


def test_only_the_values_counted_are_in_the_batch():
    assert batch(count=2, x_1=1.0, x_2=3.0, x_3=20.0).scalars["mean"] == 2.0


def test_outputs_have_mean_beta_and_deviation_gamma():
    found = batch(gamma=-3.0, beta=0.7, eps=1e-12).scalars
    assert found["y_mean"] == pytest.approx(0.7)
    assert found["y_std"] == pytest.approx(3.0)
    assert found["swapped_mean"] == pytest.approx(-3.0)
    assert found["swapped_std"] == pytest.approx(0.7)


def test_a_new_layer_with_its_letters_swapped_puts_out_a_constant():
    assert batch(gamma=1.0, beta=0.0).scalars["swapped_std"] == 0.0


def test_the_right_gamma_and_beta_give_back_what_came_in():
    x = np.random.default_rng(3).normal(2, 3, size=50)
    y, _ = transform(x, math.sqrt(x.var() + 1e-3), x.mean(), 1e-3)
    np.testing.assert_allclose(y, x, rtol=1e-13)


def test_the_slope_is_that_of_the_curve_and_of_the_formula():
    found = batch(count=4, x_1=5.0, gamma=1.5, eps=1e-12)
    scalars, curve = found.scalars, found.tables["nudged"]
    middle = len(curve["x"]) // 2
    measured = np.gradient(curve["y"], curve["x"])[middle]
    assert scalars["slope"] == pytest.approx(measured, rel=1e-3)
    formula = scalars["slope_constant"] * (1 - 1 / 4 - scalars["x_hat"] ** 2 / 4)
    assert scalars["slope"] == pytest.approx(formula, rel=1e-9)


def test_a_batch_that_does_not_vary_comes_out_as_beta():
    same = {f"x_{number}": 4.0 for number in range(1, 7)}
    found = batch(**same, count=6, gamma=5.0, beta=-2.0, eps=1e-12)
    assert found.scalars["y"] == -2.0
    assert all(math.isfinite(value) for value in found.scalars.values())
