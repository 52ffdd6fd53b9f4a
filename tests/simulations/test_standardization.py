"""Standardizing, against PyTorch's batch normalization and closed forms."""

from __future__ import annotations

import itertools
import math

import numpy as np
import pytest

from engine.simulations import SIMULATIONS, run
from engine.simulations.gradients.standardization import (
    METHODS,
    SHAPES,
    below_mean,
    skewness,
    standardized,
)


def found(seed=0, **values):
    return run("standardization", values, np.random.default_rng(seed))


def scores(seed=0, **values):
    return run("batch_scores", values, np.random.default_rng(seed)).scalars


@pytest.mark.parametrize("name", ["skewed", "short"])
def test_a_z_score_is_what_batch_normalization_makes_of_it(oracle, name):
    torch = oracle("standardization")
    np.testing.assert_allclose(standardized(torch[f"x.{name}"]), torch[f"z.{name}"], rtol=1e-9)


def test_the_deviation_divides_by_n():
    assert standardized(np.array([2.0, 4.0, 6.0, 8.0]))[-1] == pytest.approx(3 / math.sqrt(5))


@pytest.mark.parametrize(
    ("shape", "share"),
    [
        ("normal", 0.5),
        ("cube", 0.5),
        ("uniform", 0.5),
        ("square", 0.683),
        ("absolute", 0.575),
        ("exponential", 0.632),
        ("lognormal", 0.691),
        ("left_tail", 0.309),
        ("zero_one", 0.9),
    ],
)
def test_the_share_below_zero_is_that_below_the_mean(shape, share):
    scalars = found(shape=shape, log_std=1.0, p=0.1, n=20_000).scalars
    assert scalars["below_expected"] == pytest.approx(share, abs=5e-4)
    # The mean is measured, too, so that its own error comes on top.
    assert scalars["below"] == pytest.approx(share, abs=4 * scalars["below_se"] + 0.01)


@pytest.mark.parametrize("log_std", [0.3, 1.0, 1.7])
def test_a_lognormal_value_is_below_its_mean_with_that_probability(log_std):
    x = np.exp(log_std * np.random.default_rng(3).standard_normal(200_000))
    share = float((x < math.exp(log_std**2 / 2)).mean())
    assert below_mean("lognormal", log_std, 0.5) == pytest.approx(share, abs=0.005)


@pytest.mark.parametrize(
    ("method", "mean", "std", "skew_factor", "stays"),
    [
        ("standardize", 0, 1, 1, 1),
        ("center", 0, 20, 1, 1),
        ("mirror", 0, 1, -1, 0),
        ("min_max", None, None, 1, 1),
    ],
)
def test_a_straight_line_changes_mean_and_deviation_alone(method, mean, std, skew_factor, stays):
    scalars = found(method=method, mean=60.0, std=20.0).scalars
    assert (scalars["mean"], scalars["std"]) == pytest.approx((60, 20))
    assert scalars["new_skew"] == pytest.approx(skew_factor * scalars["skew"], rel=1e-9)
    assert scalars["largest_stays"] == stays
    if mean is None:
        assert (scalars["new_lowest"], scalars["new_highest"]) == (0, 1)
        assert scalars["new_mean"] > 0.01
    else:
        assert scalars["new_mean"] == pytest.approx(mean, abs=1e-9)
        assert scalars["new_std"] == pytest.approx(std, rel=1e-9)


def test_skewness_is_that_of_the_closed_forms():
    rng = np.random.default_rng(0)
    assert skewness(rng.exponential(size=400_000)) == pytest.approx(2, abs=0.1)
    assert skewness(rng.standard_normal(400_000)) == pytest.approx(0, abs=0.02)
    ones = (np.arange(1000) < 100).astype(float)
    assert skewness(ones) == pytest.approx((1 - 0.2) / math.sqrt(0.09), rel=1e-9)


@pytest.mark.parametrize("p", [0.02, 0.1, 0.7])
def test_a_one_among_zeros_gets_the_root_of_the_odds_against_it(p):
    scalars = found(shape="zero_one", p=p).scalars
    assert scalars["new_highest"] == pytest.approx(math.sqrt((1 - p) / p), rel=1e-9)


def test_houses_are_scored_by_their_own_batch_as_in_the_curriculum():
    z = scores(mean_1=60.0, std_1=22.4, first=90.0, mean_2=193.0, std_2=40.0, third=150.0)
    assert z["first_z"] == pytest.approx(1.34, abs=0.005)
    assert z["third_z"] == pytest.approx(-1.07, abs=0.01)


def test_a_batch_has_exactly_the_mean_and_deviation_it_was_asked_for():
    z = scores(mean_1=60.0, std_1=15.0, mean_2=190.0, std_2=40.0, fourth=260.0)
    found = [z[name] for name in ("mean_1", "std_1", "mean_2", "std_2")]
    assert found == pytest.approx([60, 15, 190, 40], rel=1e-9)
    assert z["fourth_z"] == pytest.approx(70 / 40, rel=1e-9)


@pytest.mark.parametrize(("shape", "method"), list(itertools.product(SHAPES, METHODS)))
def test_every_shape_and_method_has_finite_numbers(shape, method):
    for extreme in ({"n": 100, "std": 0.01, "mean": -1000.0}, {"log_std": 2.0, "p": 0.98}):
        outcome = found(shape=shape, method=method, **extreme)
        assert set(outcome.scalars) == set(SIMULATIONS["standardization"].scalars)
        assert all(math.isfinite(value) for value in outcome.scalars.values())
        for table in outcome.tables.values():
            assert all(np.isfinite(column).all() for column in table.values())


def test_houses_too_far_out_still_have_finite_scores():
    z = scores(first=500.0, second=500.0, std_1=2.0, mean_1=10.0)
    assert all(math.isfinite(value) for value in z.values())
    z = scores(first=60.0, second=60.0, std_1=2.0, mean_1=10.0)
    assert set(z) == set(SIMULATIONS["batch_scores"].scalars)
