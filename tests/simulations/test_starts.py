"""Histograms by layer and training from four starts, against programs of the tests' own."""

from __future__ import annotations

import itertools
import math

import numpy as np
import pytest

from engine.simulations import run
from engine.simulations.initialization import activation_histograms as histograms
from engine.simulations.initialization.symmetry import data
from engine.simulations.initialization.weight_initialization import draw
from engine.simulations.kit.network import propagate


def found(name, seed=0, **values):
    return run(name, values, np.random.default_rng(seed))


@pytest.mark.parametrize("activation", ["linear", "tanh", "sigmoid", "relu"])
def test_layers_have_the_spread_and_gradients_of_the_network_that_pytorch_has_checked(activation):
    rng = np.random.default_rng(3)
    weights = [draw("normal", 32**-0.5, (32, 32), rng) for _ in range(4)]
    x, upstream = rng.standard_normal((2, 20, 32))
    went = propagate(weights, x, upstream, activation)
    values = histograms.activations(weights, x, activation)
    np.testing.assert_allclose([a.std() for a in values], went.std, rtol=1e-10)
    np.testing.assert_array_equal(values[-1], went.output)
    back = histograms.gradients(weights, values, upstream, activation)
    np.testing.assert_allclose([np.linalg.norm(d) for d in back], went.delta, rtol=1e-10)
    np.testing.assert_allclose(back[0], went.first_delta, rtol=1e-10)


@pytest.mark.parametrize("quantity", ["activations", "gradients"])
def test_every_value_of_a_layer_is_in_one_bin(quantity):
    table = found("activation_histograms", quantity=quantity, activation="relu").tables[
        "histograms"
    ]
    for layer in range(1, 6):
        assert table["share"][table["layer"] == layer].sum() == pytest.approx(1.0)


def test_a_standard_uniform_start_narrows_each_layer_and_xavier_hardly_does():
    """Small values through tanh: the deviation is multiplied by sqrt(n / 3n) = 0.577 a layer."""
    plain = found("activation_histograms", initialization="pytorch_linear").tables["layers"]["std"]
    assert plain[-1] / plain[-2] == pytest.approx(1 / math.sqrt(3), rel=0.03)
    xavier = found("activation_histograms").tables["layers"]["std"]
    assert xavier[-1] > 0.85 * xavier[-2]


def test_a_linear_network_with_xavier_keeps_its_spread():
    outcome = found("activation_histograms", activation="linear", width=512)
    np.testing.assert_allclose(outcome.tables["layers"]["std"], 1.0, rtol=0.1)


def trained(x, y, weights, biases, rate, steps):
    """The losses of a plain ReLU network with two logits, one array at a time."""
    losses = []
    target = np.eye(2)[y.astype(int)]
    for _ in range(steps + 1):
        a = [x]
        for w, b in zip(weights[:-1], biases[:-1], strict=True):
            a.append(np.maximum(a[-1] @ w + b, 0))
        logits = a[-1] @ weights[-1] + biases[-1]
        chance = np.exp(logits) / np.exp(logits).sum(axis=1, keepdims=True)
        losses.append(-np.log((chance * target).sum(axis=1)).mean())
        d = (chance - target) / len(x)
        for layer in range(len(weights) - 1, -1, -1):
            dw, db = a[layer].T @ d, d.sum(axis=0)
            d = (d @ weights[layer].T) * (a[layer] > 0)
            weights[layer] = weights[layer] - rate * dw
            biases[layer] = biases[layer] - rate * db
    return np.array(losses)


def test_he_and_xavier_train_as_a_program_written_out_does():
    settings = {"depth": 3, "width": 16, "steps": 40}
    table = found("initialization_training", seed=5, **settings).tables["losses"]
    for name, gain in (("he", math.sqrt(2)), ("xavier", 1.0)):
        rng = np.random.default_rng(5)
        x, y = data(0.5, rng)
        draws = np.random.default_rng(int(rng.integers(2**32)))
        sizes = [6, 16, 16, 16, 2]
        weights = []
        for n_in, n_out in itertools.pairwise(sizes):
            last = n_out == 2
            weights.append(
                (1.0 if last else gain) * n_in**-0.5 * draws.standard_normal((n_in, n_out))
            )
        biases = [np.zeros(n) for n in sizes[1:]]
        np.testing.assert_allclose(
            table[f"loss_{name}"], trained(x, y, weights, biases, 0.05, 40), rtol=1e-9
        )


def test_a_deep_network_learns_from_he_first_then_xavier_and_never_from_the_default_or_zero():
    for seed in range(4):
        s = found("initialization_training", seed=seed).scalars
        assert 0 < s["half_he"] < s["half_xavier"], seed
        assert s["half_default"] == s["half_zero"] == 0
        assert s["loss_zero"] == pytest.approx(math.log(2), abs=1e-12)
        assert s["loss_default"] == pytest.approx(math.log(2), abs=0.001)


def test_in_a_shallow_network_the_default_gets_there_too_but_zero_does_not():
    s = found("initialization_training", depth=2, rate=0.2).scalars
    assert 0 < s["half_he"] < s["half_default"]
    assert s["half_zero"] == 0


def test_a_loss_that_overflows_is_the_last_that_was_a_number():
    outcome = found("initialization_training", rate=1.0, activation="relu", depth=12)
    assert all(np.isfinite(column).all() for column in outcome.tables["losses"].values())
