"""Shattered gradients, against PyTorch's autograd and the figures of the curriculum."""

from __future__ import annotations

import math

import numpy as np
import pytest

from engine.simulations import SIMULATIONS, run
from engine.simulations.normalization.gradient_shattering import autocorrelation, gradients


def went(seed=0, **values):
    return run("gradient_shattering", values, np.random.default_rng(seed))


@pytest.mark.parametrize("branch", [0.0, 0.3])
def test_every_gradient_along_the_line_is_autograds(oracle, branch):
    torch = oracle("gradients")
    names = ("first", "bias", "weights", "last", "x")
    found = gradients(*(torch[f"line.{branch}.{name}"] for name in names), branch)
    np.testing.assert_allclose(found, torch[f"line.{branch}.gradients"], rtol=1e-9, atol=1e-12)


@pytest.mark.parametrize(
    ("depth", "plain", "skip"), [(1, 0.85, 0.85), (10, -0.05, 0.62), (24, 0.0, 0.48)]
)
def test_neighbors_correlate_as_in_the_curriculum(depth, plain, skip):
    found = [went(seed, depth=depth, width=64).scalars for seed in range(3)]
    assert np.mean([f["plain_lag5"] for f in found]) == pytest.approx(plain, abs=0.15)
    assert np.mean([f["skip_lag5"] for f in found]) == pytest.approx(skip, abs=0.2)


def test_autocorrelation_tells_a_wave_from_noise():
    wave = np.sin(np.linspace(0, 4 * np.pi, 200, endpoint=False))
    assert autocorrelation(wave, 0) == pytest.approx(1)
    assert autocorrelation(wave, 50) < -0.6
    noise = np.random.default_rng(0).standard_normal(4000)
    assert abs(autocorrelation(noise, 5)) < 4 / math.sqrt(4000)
    assert autocorrelation(np.ones(10), 2) == 0


@pytest.mark.parametrize(
    "values",
    [{"depth": 1, "width": 16, "points": 50}, {"depth": 50, "width": 16, "branch": 1.0}],
)
def test_the_extremes_have_finite_scalars(values):
    outcome = went(**values)
    assert all(math.isfinite(value) for value in outcome.scalars.values())
    assert all(np.isfinite(c).all() for t in outcome.tables.values() for c in t.values())
    assert set(outcome.scalars) == set(SIMULATIONS["gradient_shattering"].scalars)
