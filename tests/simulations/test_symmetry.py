"""Hidden units that start alike, against PyTorch's autograd and closed forms."""

from __future__ import annotations

import itertools
import math

import numpy as np
import pytest

from engine.simulations import run
from engine.simulations.initialization.symmetry import (
    ACTIVATIONS,
    apart,
    data,
    gradients,
    start,
    stepped,
)
from engine.simulations.initialization.symmetry_breakers import dropout_factors

CASES = list(
    itertools.product(("zero", "constant", "random", "zero_below_one"), ACTIVATIONS, (16, 24))
)


def found(name="symmetry", seed=0, **values):
    return run(name, values, np.random.default_rng(seed))


def of_case(oracle, *case):
    prefix = ".".join(map(str, case)) + "."
    return {k.removeprefix(prefix): v for k, v in oracle("symmetry").items() if prefix in k}


@pytest.mark.parametrize(("beginning", "activation", "ones"), CASES)
def test_gradients_and_training_are_pytorchs(oracle, beginning, activation, ones):
    """With W1 = 0 below W2 = 1 every z is exactly 0: a slope of 1 there would show for ReLU."""
    torch = of_case(oracle, beginning, activation, ones)
    weights = (torch["w1"], np.zeros(5), torch["w2"], np.zeros(()))
    losses = []
    for step in range(len(torch["loss"])):
        loss, gradient = gradients(torch["x"], torch["y"], weights, activation)
        losses.append(loss)
        if step == 0:
            for ours, name in zip(gradient, ("dw1", "db1", "dw2", "db2"), strict=True):
                np.testing.assert_allclose(ours, torch[name], rtol=1e-10, atol=1e-15, err_msg=name)
        weights = stepped(weights, gradient, 0.4)
    np.testing.assert_allclose(losses, torch["loss"], rtol=1e-10)
    np.testing.assert_allclose(weights[0], torch["last_w1"], rtol=1e-8, atol=1e-14)


def test_relu_at_exactly_zero_passes_no_gradient():
    x, y = np.ones((4, 6)), np.ones(4)
    weights = (np.zeros((6, 3)), np.zeros(3), np.ones(3), np.zeros(()))
    _, (dw1, db1, _, db2) = gradients(x, y, weights, "relu")
    assert not dw1.any()
    assert not db1.any()
    assert db2 == -0.5
    _, (dw1, _, _, _) = gradients(x, y, weights, "tanh")
    assert dw1.all()


@pytest.mark.parametrize("activation", ACTIVATIONS)
def test_from_zero_with_balanced_labels_nothing_moves_at_all(activation):
    scalars = found(initialization="zero", activation=activation).scalars
    for name in ("gradient_w1", "gradient_b1", "gradient_w2", "gradient_b2", "moved"):
        assert scalars[name] == 0, name
    assert scalars["loss_end"] == pytest.approx(math.log(2))


@pytest.mark.parametrize("activation", ["tanh", "relu"])
def test_from_zero_tanh_and_relu_learn_the_output_bias_alone(activation):
    scalars = found(initialization="zero", activation=activation, share=0.75).scalars
    assert scalars["gradient_w1"] == scalars["gradient_w2"] == scalars["rank"] == 0
    assert scalars["gradient_b2"] == 0.25
    assert scalars["loss_end"] == pytest.approx(0.5623, abs=1e-4)
    assert scalars["base_loss"] == pytest.approx(0.5623, abs=1e-4)


def test_from_zero_a_sigmoid_network_does_move_but_all_units_alike():
    settings = {"initialization": "zero", "activation": "sigmoid", "share": 0.75, "steps": 2000}
    scalars = found(**settings).scalars
    assert scalars["gradient_w1"] == 0
    assert scalars["gradient_w2"] > 0
    assert scalars["loss_end"] < scalars["base_loss"] - 0.02
    assert scalars["apart"] == 0
    assert scalars["rank"] == 1


@pytest.mark.parametrize("activation", ACTIVATIONS)
@pytest.mark.parametrize("hidden", [3, 8, 17, 32])
def test_from_a_constant_units_are_equal_to_the_last_bit(activation, hidden):
    scalars = found(activation=activation, hidden=hidden, steps=300).scalars
    assert scalars["gradient_apart"] == scalars["apart"] == 0
    assert scalars["rank"] == scalars["distinct"] == 1
    assert scalars["moved"] > 0.01


def test_a_little_noise_grows_and_lets_the_network_learn():
    alike = found(steps=2000).scalars
    for noise in (1e-8, 1e-4):
        noisy = found(steps=2000, noise=noise).scalars
        assert noisy["rank"] == 6
        assert noisy["loss_end"] < 0.3 < alike["loss_end"]


@pytest.mark.parametrize(("hidden", "distinct"), [(8, 2), (9, 3), (16, 4), (10, 1)])
def test_copies_stay_copies(hidden, distinct):
    settings = {"initialization": "random", "hidden": hidden, "distinct": distinct}
    scalars = found(**settings).scalars
    assert scalars["rank"] == scalars["distinct"] == distinct


def test_random_units_differ_from_the_first_gradient_on():
    scalars = found(initialization="random").scalars
    assert scalars["gradient_apart"] > 0.005
    assert scalars["distinct"] == 8
    assert scalars["rank"] == 6


@pytest.mark.parametrize("share", [0.05, 0.5, 0.75, 0.95])
def test_labels_are_one_as_often_as_asked(share):
    x, y = data(share, np.random.default_rng(0))
    assert y.sum() == round(share * 128)
    assert (x[y == 1, 0] * x[y == 1, 1]).min() > (x[y == 0, 0] * x[y == 0, 1]).max()


def test_apart_is_the_largest_difference_of_any_weight():
    assert apart(np.array([[1.0, 1.0, 4.0], [2.0, 2.5, 2.0]])) == 3


def test_what_treats_units_differently_breaks_the_symmetry_and_nothing_else_does():
    own = {"bias": "own", "rates": "own"}
    on_units = found("symmetry_breakers", dropout_on="h", noise_on="W1", **own).scalars
    assert on_units["nothing"] == on_units["batches"] == 0
    assert on_units["dropout"] > 0.01
    assert on_units["noise"] > 1e-5
    assert on_units["bias"] > 0.01
    assert on_units["rates"] > 0.01
    elsewhere = found("symmetry_breakers", dropout_on="x", noise_on="b2").scalars
    assert set(elsewhere.values()) == {0.0}
    assert found("symmetry_breakers", noise_on="W2").scalars["noise"] > 0


def test_dropout_sets_units_apart_within_ten_steps_as_in_the_curriculum():
    scalars = found("symmetry_breakers", dropout=0.5, steps=10).scalars
    assert 0.01 < scalars["dropout"] < 1


@pytest.mark.parametrize("rate", [0.2, 0.5, 0.9])
def test_dropout_drops_at_its_rate_and_keeps_the_mean(rate):
    factors = dropout_factors((200, 200), rate, np.random.default_rng(0))
    assert (factors == 0).mean() == pytest.approx(rate, abs=0.01)
    assert factors.max() == pytest.approx(1 / (1 - rate))
    assert factors.mean() == pytest.approx(1, abs=0.05)


def test_dropped_units_get_no_gradient_and_kept_ones_more():
    rng = np.random.default_rng(0)
    x, y = data(0.5, rng)
    weights = start("random", 4, 0.5, 4, rng)
    kept = np.tile([0.0, 2.0, 2.0, 0.0], (len(x), 1))
    _, (dw1, _, dw2, _) = gradients(x, y, weights, "tanh", kept)
    assert not dw1[:, [0, 3]].any()
    assert not dw2[[0, 3]].any()
    assert dw1[:, [1, 2]].all()


@pytest.mark.parametrize(
    ("name", "values"),
    [
        ("symmetry", {"initialization": "random", "size": 2.0, "learning_rate": 5.0, "hidden": 32}),
        ("symmetry", {"activation": "relu", "size": 2.0, "learning_rate": 5.0, "steps": 3000}),
        ("symmetry", {"activation": "relu", "initialization": "random", "learning_rate": 5.0}),
        ("symmetry", {"share": 0.05, "steps": 1, "hidden": 2, "noise": 0.1}),
        ("symmetry_breakers", {"activation": "relu", "size": 1.0, "learning_rate": 2.0}),
        ("symmetry_breakers", {"dropout": 0.9, "hidden": 32, "size": 1.0, "learning_rate": 2.0}),
    ],
)
def test_extremes_have_finite_outcomes(name, values):
    assert all(math.isfinite(value) for value in found(name, **values).scalars.values())
