"""The search for a rate, inputs that are never negative, and two losses behind a sigmoid."""

from __future__ import annotations

import math

import numpy as np
import pytest

from engine.simulations import run
from engine.simulations.gradients.one_sided_inputs import safe_rate, walk
from engine.simulations.gradients.output_loss import gradients, losses
from engine.simulations.gradients.rate_search import RATES


def trained(seed: int, rate: float, steps: int, units: int = 50) -> list[float]:
    """The losses of the search's network, with its gradient by differences of the loss."""
    rng = np.random.default_rng(seed)
    x = np.abs(rng.standard_normal((200, 10)))
    y = (x[:, 0] - x[:, 1] > 0.8).astype(float)
    first = rng.standard_normal((10, units)) * math.sqrt(2 / 10)
    second = rng.standard_normal((units, 1)) * math.sqrt(2 / units)
    weights = np.concatenate([first.ravel(), np.zeros(units), second.ravel(), [0.0]])

    def loss(flat):
        a, b, v, c = np.split(flat, [10 * units, 11 * units, 12 * units])
        hidden = np.maximum(x @ a.reshape(10, units) + b, 0)
        p = 1 / (1 + np.exp(-(hidden @ v + c)))
        return float(-np.mean(y * np.log(p) + (1 - y) * np.log(1 - p)))

    found = [loss(weights)]
    for _ in range(steps):
        slope = np.empty_like(weights)
        for k in range(len(weights)):
            moved = weights.copy()
            moved[k] += 1e-6
            high = loss(moved)
            moved[k] -= 2e-6
            slope[k] = (high - loss(moved)) / 2e-6
        weights = weights - rate * slope
        found.append(loss(weights))
    return found


def test_the_search_trains_as_differences_of_the_loss_do():
    values = {"steps": 5, "units": 10}
    tables = run("rate_search", values, np.random.default_rng(2)).tables
    rate = int(np.searchsorted(RATES, 0.06))
    assert tables["rates"]["loss"][rate] == pytest.approx(
        trained(2, float(RATES[rate]), 5, 10)[-1], rel=1e-5
    )


@pytest.mark.parametrize("seed", range(4))
def test_a_good_rate_lies_between_one_too_small_and_one_too_large(seed):
    outcome = run("rate_search", {}, np.random.default_rng(seed))
    found, curves = outcome.scalars, outcome.tables["curves"]
    assert found["best_loss"] == min(outcome.tables["rates"]["loss"])
    assert found["small_loss"] > 2 * found["good_loss"] > 2 * found["best_loss"]
    assert found["large_loss"] > 2 * found["good_loss"]
    assert (np.diff(curves["good"]) < 0).all()  # as the card says of it
    assert (np.diff(curves["large"]) > 0.1).sum() > 5


def test_positive_inputs_move_both_weights_the_same_way():
    for seed in range(5):
        found = run("one_sided_inputs", {"steps": 100}, np.random.default_rng(seed)).scalars
        assert found["together"] == 1
        assert 0.3 < found["together_centered"] < 0.7
        assert found["left_centered"] < 0.2 * found["left"]


def test_the_mean_of_the_walk_is_that_of_full_gradient_descent():
    # E[a a^T] has the eigenvalue 1/12 along (1, -1), so the error there shrinks by 1 - rate / 12
    mean, steps, rng = 0.5, 12, np.random.default_rng(0)
    rate = safe_rate(mean)
    ends = [walk(rng.uniform(0, 1, (steps, 2)), rate)[-1] for _ in range(4000)]
    average, error = np.mean(ends, axis=0), np.std(ends, axis=0) / math.sqrt(len(ends))
    expected = np.array([1.0, -1.0]) * (1 - (1 - rate / 12) ** steps)
    assert (np.abs(average - expected) < 4 * error).all()


def test_no_sample_overshoots_with_the_rate():
    for mean in (0.0, 0.5, 2.0):
        corner = np.full(2, mean + 0.5)
        assert safe_rate(mean) * float(corner @ corner) == pytest.approx(1)


@pytest.mark.parametrize("target", [0, 1])
def test_the_gradients_are_the_differences_of_the_losses(target):
    z, h = np.linspace(-7, 7, 29), 1e-5
    above, below = losses(z + h, target), losses(z - h, target)
    for slope, high, low in zip(gradients(z, target), above, below, strict=True):
        np.testing.assert_allclose(slope, (high - low) / (2 * h), rtol=1e-5, atol=1e-9)


def test_the_log_loss_is_the_logarithm_of_the_probability():
    z = np.array([-5.0, 0.3, 4.0])
    p = 1 / (1 + np.exp(-z))
    np.testing.assert_allclose(losses(z, 1)[1], -np.log(p))
    np.testing.assert_allclose(losses(z, 0)[1], -np.log(1 - p))


def test_the_worst_mistake_of_the_card():
    found = run("output_loss", {"z": -5.0}, np.random.default_rng(0)).scalars
    assert found["squared"] == pytest.approx(-0.0066, abs=5e-5)
    assert found["log_loss"] == pytest.approx(-0.993, abs=5e-4)
    assert found["ratio"] == pytest.approx(150, abs=0.5)
