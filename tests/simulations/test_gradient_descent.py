"""Gradient descent on a quadratic, against PyTorch's SGD and Hessian, and the closed form."""

from __future__ import annotations

import math

import numpy as np
import pytest

from engine.simulations import SIMULATIONS, run
from engine.simulations.gradients.gradient_descent import descend, loss

CASES = ("slow", "overshooting", "cycling", "diverging", "valley")


def descended(**values):
    return run("gradient_descent", values, np.random.default_rng(0))


@pytest.mark.parametrize("name", CASES)
def test_the_steps_are_those_of_pytorchs_sgd(oracle, name):
    torch = oracle("gradient_descent")
    curvatures, rate = torch[f"curvatures.{name}"], float(torch[f"rate.{name}"])
    path = descend(curvatures, torch[f"start.{name}"], rate, len(torch[f"path.{name}"]) - 1)
    np.testing.assert_allclose(path, torch[f"path.{name}"], rtol=1e-10)
    np.testing.assert_allclose(loss(curvatures, path), torch[f"loss.{name}"], rtol=1e-10)


@pytest.mark.parametrize("name", CASES)
def test_the_largest_rate_is_two_over_the_largest_eigenvalue(oracle, name):
    torch = oracle("gradient_descent")
    names = {"curvature": torch[f"curvatures.{name}"], "start": torch[f"start.{name}"]}
    values = {
        key + suffix: float(value)
        for key, column in names.items()
        for suffix, value in zip(("", "_2"), column, strict=False)
    }
    found = descended(**values).scalars["largest_rate"]
    assert found == pytest.approx(torch[f"limit.{name}"], rel=1e-12)


@pytest.mark.parametrize("product", [0.2, 0.5, 1.0, 1.5, 1.8, 2.0, 2.2])
def test_a_step_multiplies_the_weight_by_one_minus_the_product(product):
    found = descended(learning_rate=product / 4, curvature=4.0, start=3.0, steps=7)
    weights = found.tables["trace"]["weight"]
    np.testing.assert_allclose(weights, 3 * (1 - product) ** np.arange(8), atol=1e-12)


def test_below_two_over_the_curvature_it_converges_and_above_it_runs_away():
    def last(rate):
        return abs(
            descended(learning_rate=rate, curvature=5.0, start=2.0, steps=400).scalars["last"]
        )

    assert last(0.39) < 0.01
    assert last(0.4) == pytest.approx(2.0)
    assert last(0.41) > 1000


def test_of_two_curvatures_the_larger_one_sets_the_limit():
    def last(rate):
        values = {"curvature": 0.5, "start": 1.0, "curvature_2": 8.0, "start_2": 1.0}
        return descended(learning_rate=rate, steps=300, **values).scalars["last_loss"]

    assert last(0.99 * 2 / 8) < 0.1
    assert last(1.01 * 2 / 8) > 10


@pytest.mark.parametrize(("product", "times"), [(0.1, 100), (0.5, 10), (1.9, 100), (0.02, 1000)])
def test_the_steps_waited_are_those_of_the_logarithm(product, times):
    found = descended(learning_rate=product / 2, curvature=2.0, times=times).scalars
    assert found["steps_needed"] == math.ceil(math.log(times) / -math.log(abs(1 - product)))


def test_at_the_limit_and_above_no_waiting_helps():
    assert descended(learning_rate=1.0, curvature=2.0).scalars["steps_needed"] == 0
    assert descended(learning_rate=1.2, curvature=2.0).scalars["steps_needed"] == 0


def test_the_sweep_has_its_minimum_at_the_fastest_rate():
    found = descended(curvature=4.0, start=1.0, curvature_2=2.0, start_2=1.0, steps=200)
    sweep = found.tables["sweep"]
    fastest = sweep["rate"][np.argmin(sweep["loss"])]
    assert fastest == pytest.approx(found.scalars["best_rate"], rel=0.05)
    assert fastest == pytest.approx(2 / 6, rel=0.05)


def test_each_runner_of_the_race_is_multiplied_by_its_own_factor():
    rates = {"first": 0.02, "second": 0.1, "third": 0.35, "fourth": 0.45}
    found = run("rate_race", {"curvature": 4.0, "steps": 6, **rates}, np.random.default_rng(0))
    for name, rate in rates.items():
        factor = 1 - 4 * rate
        assert found.scalars[f"{name}_factor"] == pytest.approx(factor)
        left = np.abs(factor) ** np.arange(7)
        np.testing.assert_allclose(found.tables["race"][name], left, rtol=1e-9)
        assert found.scalars[f"{name}_left"] == pytest.approx(left[-1])
    assert set(found.scalars) == set(SIMULATIONS["rate_race"].scalars)


def test_a_runner_that_ran_away_has_no_more_errors():
    found = run("rate_race", {"curvature": 100.0, "first": 10.0}, np.random.default_rng(0))
    assert math.isnan(found.tables["race"]["first"][-1])
    assert all(math.isfinite(value) for value in found.scalars.values())


CORNERS = [
    {"learning_rate": rate, "curvature": curvature, "steps": steps, "start_2": second}
    for rate in (0.0001, 10.0)
    for curvature in (0.01, 100.0)
    for steps in (1, 2000)
    for second in (0.0, 20.0)
]


@pytest.mark.parametrize("corner", CORNERS)
def test_no_corner_of_its_ranges_is_without_a_number(corner):
    found = descended(**corner, start=0.0)
    assert all(math.isfinite(value) for value in found.scalars.values())
    assert set(found.scalars) == set(SIMULATIONS["gradient_descent"].scalars)
    for table in found.tables.values():
        assert len({len(column) for column in table.values()}) == 1
        assert all(np.isfinite(column).all() for column in table.values())
