"""A slice of the loss before and after the weights are scaled, against its closed form."""

from __future__ import annotations

import math

import numpy as np
import pytest

from engine.simulations import SIMULATIONS, run
from engine.simulations.normalization.loss_slice import curvature, loss


def went(seed=0, **values):
    return run("loss_slice", values, np.random.default_rng(seed)).scalars


@pytest.mark.parametrize("factor", [0.1, 0.5, 3.0, 10.0])
def test_the_loss_stays_and_the_curvature_falls_with_the_square(factor):
    for seed in range(3):
        found = went(seed, factor=factor, curvature=4.0)
        assert found["loss_scaled"] == pytest.approx(found["loss"], rel=1e-12)
        assert found["curvature"] == pytest.approx(4.0, rel=1e-4)
        assert found["ratio"] == pytest.approx(1 / factor**2, rel=1e-4)
        assert found["curvature_normalized"] == pytest.approx(4.0, rel=1e-4)


def test_a_slice_around_k_w_is_k_times_as_wide():
    slices = run("loss_slice", {"factor": 2.0}, np.random.default_rng(1)).tables["slices"]
    t, before, after = slices["t"], slices["before"], slices["after"]
    half = np.interp(t / 2, t, before)
    np.testing.assert_allclose(after[::2], half[::2], rtol=1e-10)  # where t / 2 is in the table
    np.testing.assert_allclose(slices["normalized"], before, rtol=1e-10)


def test_the_slice_is_taken_at_a_minimum():
    slices = run("loss_slice", {}, np.random.default_rng(2)).tables["slices"]
    assert slices["t"][np.argmin(slices["before"])] == pytest.approx(0, abs=1e-12)


def test_the_curvature_is_the_second_derivative_of_one_minus_a_correlation():
    """Of y = BN(x e1) along e2: L(t) = 2 (1 - corr), with curvature 2 Var(x2 | x1) / Var(x1)."""
    rng = np.random.default_rng(3)
    x = rng.standard_normal((5000, 2))
    x -= x.mean(axis=0)
    y = x[:, 0] / x[:, 0].std()
    slope = (x[:, 0] @ x[:, 1]) / (x[:, 0] @ x[:, 0])
    rest = x[:, 1] - slope * x[:, 0]
    w, d = np.array([1.0, 0.0]), np.array([0.0, 1.0])
    assert loss(x, y, w) == pytest.approx(0, abs=1e-12)
    expected = 2 * rest.var() / x[:, 0].var()
    assert curvature(x, y, w, d) == pytest.approx(expected, rel=1e-3)


@pytest.mark.parametrize("factor", [0.1, 10.0])
@pytest.mark.parametrize("curved", [0.2, 20.0])
def test_the_extremes_have_finite_scalars(factor, curved):
    found = went(factor=factor, curvature=curved)
    assert all(math.isfinite(value) for value in found.values())
    assert list(found) == list(SIMULATIONS["loss_slice"].scalars)
