"""Histograms by layer, the factor of a step back and the rectifiers, against the theory."""

from __future__ import annotations

import math

import numpy as np
import pytest

from engine.simulations import Outcome, run
from engine.simulations.gradients.backward_factor import factor
from engine.simulations.gradients.rectifiers import rectifiers, slopes


def normal_cdf(x: float) -> float:
    return 0.5 * (1 + math.erf(x / math.sqrt(2)))


def inverse(activation: str, a: float) -> float:
    """z of an activation's value; infinite at its ends."""
    if activation == "tanh":
        return math.copysign(math.inf, a) if abs(a) >= 1 else math.atanh(a)
    if a <= 0 or a >= 1:
        return -math.inf if a <= 0 else math.inf
    return math.log(a / (1 - a))


def rms_of(activation: str, s: float) -> float:
    """The rms of phi(s g), by Gauss and Hermite's points."""
    nodes, weights = np.polynomial.hermite_e.hermegauss(80)
    z = s * nodes
    a = np.tanh(z) if activation == "tanh" else 1 / (1 + np.exp(-z))
    return math.sqrt(float(weights @ a**2 / weights.sum()))


def histograms(activation: str, spread: float, width: int, seed: int) -> Outcome:
    """Of six layers whose weights have the deviation spread / sqrt(width)."""
    values = {
        "activation": activation,
        "initialization": "fixed_normal",
        "std": spread / math.sqrt(width),
        "depth": 6,
        "width": width,
        "batch": 128,
    }
    return run("activation_histograms", values, np.random.default_rng(seed))


@pytest.mark.parametrize("activation", ["tanh", "sigmoid"])
@pytest.mark.parametrize("spread", [0.5, 1.0, 3.0])
def test_the_first_layers_histogram_is_that_of_a_squashed_normal(activation, spread):
    table = histograms(activation, spread, 512, seed=3).tables["histograms"]
    first = table["layer"] == 1
    assert table["share"][first].sum() == pytest.approx(1)
    for left, right, share in zip(
        table["left"][first], table["right"][first], table["share"][first], strict=True
    ):
        # inputs of 512 normal values: each row of z is normal with nearly this deviation
        expected = normal_cdf(inverse(activation, right) / spread) - normal_cdf(
            inverse(activation, left) / spread
        )
        assert share == pytest.approx(expected, abs=0.012)


@pytest.mark.parametrize(("spread", "rms"), [(0.5, 0.012), (1.0, 0.29), (5.0, 0.91)])
def test_deeper_layers_follow_the_theory_of_wide_networks(spread, rms):
    found = histograms("tanh", spread, 256, seed=0).scalars
    expected = 1.0
    for _ in range(6):
        expected = rms_of("tanh", spread * expected)
    assert expected == pytest.approx(rms, rel=0.08)
    assert found["last_std"] == pytest.approx(expected, rel=0.08)


def test_saturated_values_are_those_whose_slope_is_nearly_flat():
    found = histograms("sigmoid", 16.0, 512, seed=1).scalars
    limit = math.log((1 + math.sqrt(1 - 0.06)) / (1 - math.sqrt(1 - 0.06)))  # a (1 - a) = 0.015
    s = 16.0
    shares = []
    for _ in range(6):
        shares.append(2 * (1 - normal_cdf(limit / s)))
        s = 16.0 * rms_of("sigmoid", s)
    assert found["saturated_share"] == pytest.approx(shares[-1], abs=0.03)
    assert shares[-1] == pytest.approx(0.70, abs=0.01)  # as the card says


def one_step(activation: str, spread: float) -> float:
    """What a step back multiplies by in the middle of a drawn network, 600 units wide."""
    rng = np.random.default_rng(5)
    n, depth = 600, 40
    weights = [rng.standard_normal((n, n)) * spread / math.sqrt(n) for _ in range(depth)]
    a, steep = rng.standard_normal((20, n)), []
    for w in weights:
        z = a @ w
        a = {"tanh": np.tanh, "sigmoid": lambda v: 1 / (1 + np.exp(-v)), "relu": _relu}[activation](
            z
        )
        steep.append({"tanh": 1 - a**2, "sigmoid": a * (1 - a), "relu": (z > 0) * 1.0}[activation])
    g = rng.standard_normal((20, n))
    norms = []
    for w, slope in zip(weights[::-1], steep[::-1], strict=True):
        g = g * slope
        norms.append(np.linalg.norm(g))
        g = g @ w.T
    return float((norms[25] / norms[5]) ** (1 / 20))


def _relu(z):
    return np.maximum(z, 0)


@pytest.mark.parametrize("activation", ["tanh", "sigmoid", "relu"])
@pytest.mark.parametrize("spread", [0.5, 2.0, 10.0])
def test_the_factor_is_that_of_a_drawn_network(activation, spread):
    assert factor(activation, spread) == pytest.approx(one_step(activation, spread), rel=0.04)


def test_the_factors_of_the_cards():
    assert factor("relu", math.sqrt(2)) == pytest.approx(1)
    assert factor("linear", 0.5) == 0.5
    assert factor("tanh", 1.0) == pytest.approx(1, abs=0.02)
    assert factor("tanh", 5.0) == pytest.approx(1.70, abs=0.01)
    assert factor("tanh", 16.0) == pytest.approx(2.95, abs=0.02)
    assert [factor("sigmoid", s) for s in (1, 6, 16)] == pytest.approx([0.24, 0.78, 1.25], abs=0.01)
    assert factor("sigmoid", 10.1) == pytest.approx(1, abs=0.01)


def test_many_steps_are_a_power_of_one():
    found = run("backward_factor", {"spread": 0.577, "steps": 19}, np.random.default_rng(0)).scalars
    assert 10 ** found["log10_relu"] == pytest.approx((0.577 / math.sqrt(2)) ** 19)


POINTS = np.array([-3.0, -1.0, -0.75179, 0.0, 0.5, 1.0, 3.0])


def test_the_rectifiers_are_their_definitions():
    found = rectifiers(POINTS, 0.25)
    gelu = [z * normal_cdf(z) for z in POINTS]
    np.testing.assert_allclose(found["gelu"], gelu, atol=1e-14)
    np.testing.assert_allclose(
        found["gelu"][[0, 1, 5]], [-0.00404969, -0.15865525, 0.84134475], rtol=2e-6
    )
    np.testing.assert_array_equal(found["relu"], [0, 0, 0, 0, 0.5, 1, 3])
    np.testing.assert_allclose(found["prelu"], [-0.75, -0.25, -0.1879475, 0, 0.5, 1, 3])


@pytest.mark.parametrize("name", ["relu", "prelu", "gelu"])
def test_slopes_are_the_differences_of_the_functions(name):
    z, h = np.array([-3.3, -1.0, -0.4, 0.3, 1.4, 2.7]), 1e-5
    difference = (rectifiers(z + h, 0.25)[name] - rectifiers(z - h, 0.25)[name]) / (2 * h)
    np.testing.assert_allclose(slopes(z, 0.25)[name], difference, atol=1e-9)


def test_gelu_has_its_minimum_where_its_slope_is_0():
    at = np.array([-0.75179])
    assert slopes(at, 0.25)["gelu"][0] == pytest.approx(0, abs=1e-5)
    assert slopes(np.array([0.0]), 0.25)["gelu"][0] == 0.5
    assert slopes(np.array([0.0]), 0.25)["relu"][0] == 0
