"""Gradient clipping, against PyTorch's own functions."""

from __future__ import annotations

import itertools
import math

import numpy as np
import pytest

from engine.simulations import SIMULATIONS, run
from engine.simulations.gradients.clipping_trace import share_above
from engine.simulations.gradients.gradient_clipping import (
    clip_by_norm,
    clip_by_value,
    cosine,
    norm_of,
)

CASES = ("large", "small", "at", "tiny-limit")


def clipped(**values):
    return run("gradient_clipping", values, np.random.default_rng(0)).scalars


def traced(seed=0, **values):
    return run("clipping_trace", values, np.random.default_rng(seed))


@pytest.mark.parametrize("name", CASES)
def test_clipping_by_norm_is_pytorchs(oracle, name):
    torch = oracle("gradient_clipping")
    ours, before = clip_by_norm(torch[f"gradient.{name}"], float(torch[f"limit.{name}"]))
    np.testing.assert_allclose(ours, torch[f"by_norm.{name}"], rtol=1e-12)
    assert before == pytest.approx(float(torch[f"returned.{name}"]), rel=1e-12)


@pytest.mark.parametrize("name", CASES)
def test_clipping_by_value_is_pytorchs(oracle, name):
    torch = oracle("gradient_clipping")
    ours = clip_by_value(torch[f"gradient.{name}"], float(torch[f"limit.{name}"]))
    np.testing.assert_array_equal(ours, torch[f"by_value.{name}"])


def test_the_curriculums_gradient_comes_out_as_there():
    found = clipped()  # (3, -40, 0.5, 8) at 5
    assert found["cosine_by_norm"] == pytest.approx(1)
    assert found["norm_by_norm"] == pytest.approx(5, rel=1e-6)
    assert found["cosine_by_value"] == pytest.approx(0.792, abs=5e-4)
    assert found["norm_by_value"] == pytest.approx(7.70, abs=5e-3)
    assert found["entries_changed"] == 2


def test_the_small_number_in_the_divisor_keeps_the_norm_just_below_the_limit():
    gradient = np.array([1e-4, 0.0])
    assert norm_of(clip_by_norm(gradient, 1e-5)[0]) == pytest.approx(1e-5 / 1.01, rel=1e-9)


@pytest.mark.parametrize("limit", [5.1, 50.0])
def test_a_gradient_below_the_limit_stays_as_it_is(limit):
    found = clipped(first=3.0, second=4.0, third=0.0, fourth=0.0, limit=limit)
    assert found["factor"] == 1
    assert found["norm_by_norm"] == found["norm"] == 5
    assert found["entries_changed"] == 0
    assert found["angle_by_value"] == 0


def test_the_norm_bounds_the_entries_but_the_entries_do_not_bound_the_norm():
    gradient = np.array([9.0, 9.0, 9.0, 9.0])
    assert np.abs(clip_by_norm(gradient, 4.0)[0]).max() < 4
    assert norm_of(clip_by_value(gradient, 4.0)) == 8
    assert cosine(gradient, clip_by_value(gradient, 4.0)) == pytest.approx(1)


@pytest.mark.parametrize(("limit", "share"), [(1, 0.5), (math.e, 0.1587), (math.e**2, 0.0228)])
def test_the_share_of_clipped_steps_is_that_of_the_normal_distribution(limit, share):
    assert share_above(limit, 1.0, 1.0) == pytest.approx(share, abs=5e-5)
    found = traced(limit=limit, steps=20_000).scalars
    assert found["share"] == pytest.approx(share, abs=4 * found["share_se"])
    assert found["largest_clipped"] == pytest.approx(limit)


def test_clipping_shortens_the_path():
    norms = traced(limit=0.5).tables["trace"]
    assert np.all(norms["clipped"] <= norms["norm"])
    assert traced(limit=0.5).scalars["path_left"] < traced(limit=5.0).scalars["path_left"] < 1
    assert traced(limit=1000.0).scalars["path_left"] == 1


CORNERS = list(itertools.product((-100.0, 0.0, 100.0), (0.01, 200.0)))


@pytest.mark.parametrize(("entry", "limit"), CORNERS)
def test_no_corner_of_its_ranges_is_without_a_number(entry, limit):
    found = clipped(first=entry, second=entry, third=0.0, fourth=-entry, limit=limit)
    assert set(found) == set(SIMULATIONS["gradient_clipping"].scalars)
    assert all(math.isfinite(value) for value in found.values())


@pytest.mark.parametrize("spread", [0.1, 3.0])
@pytest.mark.parametrize("limit", [0.001, 1000.0])
def test_no_corner_of_the_trace_is_without_a_number(spread, limit):
    outcome = traced(spread=spread, limit=limit, median=100.0, steps=10)
    assert set(outcome.scalars) == set(SIMULATIONS["clipping_trace"].scalars)
    assert all(math.isfinite(value) for value in outcome.scalars.values())
