"""Theory for wide layers: closed forms, and the simulated network beside it."""

from __future__ import annotations

import math

import numpy as np
import pytest

from engine.simulations import run
from engine.simulations.kit.mean_field import moments, predict


def test_relu_halves_the_square_of_a_signal_and_of_a_gradient():
    value, slope = moments("relu", 3.0)
    assert value**2 == pytest.approx(9 / 2)
    assert slope**2 == pytest.approx(1 / 2)


@pytest.mark.parametrize("activation", ["tanh", "sigmoid"])
def test_moments_agree_with_gauss_hermite_quadrature(activation):
    g, w = np.polynomial.hermite_e.hermegauss(120)
    w = w / w.sum()
    phi = np.tanh if activation == "tanh" else lambda z: 1 / (1 + np.exp(-z))
    a = phi(0.8 * g)
    slope = 1 - a**2 if activation == "tanh" else a * (1 - a)
    value, gradient = moments(activation, 0.8)
    assert value == pytest.approx(math.sqrt(w @ a**2), rel=1e-9)
    assert gradient == pytest.approx(math.sqrt(w @ slope**2), rel=1e-9)


def test_saturated_tanh_with_unit_weights_and_256_units_nearly_triples_gradients():
    _, delta = predict("tanh", [256] * 52, [1.0] * 51)
    s = 15.585  # the fixed point of s^2 = 256 E[tanh(s g)^2]; sech^4 is a spike of area 4/3
    chi = 256 * (4 / 3) / (s * math.sqrt(2 * math.pi))
    assert delta[20] / delta[21] == pytest.approx(math.sqrt(chi), rel=2e-3)
    assert delta[20] / delta[21] == pytest.approx(2.95, abs=0.01)


def test_tanh_with_xavier_falls_as_one_over_the_root_of_twice_the_depth():
    for depth in (20, 50, 100):
        rms, _ = predict("tanh", [256] * (depth + 1), [1 / 16] * depth)
        assert rms[-1] == pytest.approx(1 / math.sqrt(2 * depth), rel=0.05)


@pytest.mark.parametrize(
    ("activation", "initialization", "std"),
    [
        ("linear", "xavier_normal", 1),
        ("relu", "xavier_uniform", 1),
        ("relu", "pytorch_linear", 1),
        ("tanh", "xavier_normal", 1),
        ("tanh", "fixed_normal", 1),
        ("tanh", "he_normal", 1),
        ("sigmoid", "xavier_normal", 1),
        ("sigmoid", "fixed_normal", 0.01),
    ],
)
@pytest.mark.parametrize("taper", [1.0, 0.8])
def test_the_simulated_network_is_near_what_theory_says(activation, initialization, std, taper):
    values = {"activation": activation, "initialization": initialization, "std": std}
    shape = {"depth": 6, "width": 512, "taper": taper, "batch": 64}
    found = run("signal_propagation", values | shape, np.random.default_rng(3)).scalars
    assert found["final_rms"] == pytest.approx(found["predicted_final_rms"], rel=0.12)
    assert found["delta_ratio"] == pytest.approx(found["predicted_delta_ratio"], rel=0.12)
