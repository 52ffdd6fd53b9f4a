"""The effective sample size, against its closed form."""

from __future__ import annotations

import math

import numpy as np
import pytest

from engine.simulations import ParameterError, run
from engine.simulations.normalization.covariate_shift import density
from engine.simulations.normalization.importance_weights import effective_size, weight


def weighed(seed=0, **values):
    return run("importance_weights", values, np.random.default_rng(seed))


@pytest.mark.parametrize("shift", [0.25, 0.5, 0.75, 1.0])
def test_samples_count_like_n_times_e_to_the_minus_d_squared(shift):
    found = weighed(shift=shift, n=10_000).scalars
    expected = 10_000 * math.exp(-(shift**2))
    assert found["effective_expected"] == pytest.approx(expected, rel=1e-12)
    assert found["effective"] == pytest.approx(expected, abs=4 * found["effective_se"], rel=2e-3)


def test_the_weight_is_the_ratio_of_the_densities():
    x = np.linspace(-3, 3, 13)
    np.testing.assert_allclose(weight(x, 0.8), density(x, 0.8, 1) / density(x, 0, 1), rtol=1e-12)
    assert weighed(shift=0.8, x=-1.5).scalars["weight"] == pytest.approx(math.exp(-1.2 - 0.32))


@pytest.mark.parametrize("shift", [0.0, 0.7, 1.2])
def test_the_mean_weight_is_one(shift):
    found = weighed(shift=shift, n=10_000).scalars
    assert found["mean_weight"] == pytest.approx(1, abs=4 * found["mean_weight_se"] + 1e-12)


def test_equal_weights_count_in_full_and_one_heavy_weight_counts_once():
    assert effective_size(np.full(8, 0.3)) == pytest.approx(8)
    assert effective_size(np.array([1e9, 1.0, 1.0])) == pytest.approx(1)


def test_a_shift_too_far_to_be_measured_is_refused():
    with pytest.raises(ParameterError, match=r"at most 1\.5"):
        weighed(shift=2.0)
