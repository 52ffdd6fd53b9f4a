"""Four activations over the same weights: the curriculum's figures, and what theory predicts."""

from __future__ import annotations

import math

import numpy as np
import pytest

from engine.simulations import SIMULATIONS, run

ACTIVATIONS = ("linear", "tanh", "sigmoid", "relu")


def went(seed=0, **values):
    return run("gradient_activations", values, np.random.default_rng(seed))


@pytest.mark.parametrize(
    ("initialization", "std", "exponents"),
    [
        ("xavier_normal", 1, {"linear": 0, "tanh": -0.9, "sigmoid": -30.8, "relu": -7.4}),
        ("he_normal", 1, {"linear": 7.3, "tanh": 0.9, "sigmoid": -24.5, "relu": 0}),
        ("fixed_normal", 1, {"linear": 59, "tanh": 22.8, "sigmoid": 4.5, "relu": 51.6}),
        ("fixed_normal", 0.01, {"linear": -39, "tanh": -39, "sigmoid": -68.6, "relu": -46.4}),
    ],
)
def test_fifty_layers_have_the_ratios_of_the_curriculum(initialization, std, exponents):
    found = went(initialization=initialization, std=std, depth=50, width=256, batch=128).scalars
    for activation, exponent in exponents.items():
        assert found[f"log10_{activation}"] == pytest.approx(exponent, abs=0.7), activation


@pytest.mark.parametrize("std", [0.05, 0.1, 0.3])
def test_wide_networks_come_out_as_predicted(std):
    found = went(initialization="fixed_normal", std=std, width=512, depth=20).scalars
    for activation in ACTIVATIONS:
        predicted = found[f"log10_{activation}_predicted"]
        assert found[f"log10_{activation}"] == pytest.approx(predicted, abs=0.5), activation


def test_the_weight_gradients_hide_in_relu_what_they_show_in_the_sigmoid():
    found = went(initialization="pytorch_linear", depth=50).scalars
    assert found["log10_relu"] < -17
    assert abs(found["log10_relu_weights"]) < 1
    assert found["log10_sigmoid_weights"] < -30


def test_all_lines_are_one_at_the_last_layer():
    layers = went(depth=7).tables["layers"]
    assert list(layers["layer"]) == [1, 2, 3, 4, 5, 6, 7]
    assert all(layers[activation][-1] == 1 for activation in ACTIVATIONS)


@pytest.mark.parametrize(
    "values",
    [
        {"initialization": "fixed_normal", "std": 2, "width": 512},
        {"initialization": "fixed_normal", "std": 0.001, "width": 16},
        {"initialization": "he_normal", "width": 16},
    ],
)
def test_the_most_extreme_networks_have_finite_scalars(values):
    found = went(depth=100, batch=2, **values).scalars
    assert all(math.isfinite(value) for value in found.values())
    assert list(found) == list(SIMULATIONS["gradient_activations"].scalars)
