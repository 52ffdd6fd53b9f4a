"""Degradation, against the kit's network and differences of the loss, and as He et al. saw it."""

from __future__ import annotations

import numpy as np
import pytest

from engine.simulations import run
from engine.simulations.kit import mlp
from engine.simulations.normalization.covariate_drift import FEATURES, starts, task
from engine.simulations.normalization.degradation import backward, forward

SMALL = {"steps": 30, "shallow": 4, "deep": 8, "networks": 1}
TINY = 1e-6


def network(depth=3, width=5):
    return starts([FEATURES, *[width] * depth, 2], "relu", "batch", 1, seed=4)


def loss_of(made, x, y, *, skip):
    logits, _ = forward(made, x, skip=skip)
    return float(mlp.cross_entropy(logits, y)[0][0])


@pytest.mark.parametrize("skip", [False, True])
def test_every_gradient_is_a_difference_of_the_loss(skip):
    x, y = task(24, np.random.default_rng(1))
    made = network()
    logits, passed = forward(made, x, skip=skip)
    _, upstream = mlp.cross_entropy(logits, y)
    for layer, found in zip(made.layers, backward(made, passed, upstream, skip=skip), strict=True):
        for array, gradient in zip(layer.arrays(), found.arrays(), strict=True):
            for place in ((0, 0, 0), (0, -1, -1), (0, 0, 1)):
                losses = []
                for sign in (1, -1):
                    array[place] += sign * TINY
                    losses.append(loss_of(made, x, y, skip=skip))
                    array[place] -= sign * TINY
                expected = (losses[0] - losses[1]) / (2 * TINY)
                assert gradient[place] == pytest.approx(expected, rel=1e-4, abs=1e-8)


def test_without_skips_the_hidden_layers_are_those_of_the_kit():
    x, _ = task(24, np.random.default_rng(1))
    made = network()
    _, trace = mlp.forward(made, x)
    _, passed = forward(made, x, skip=False)
    for ours, theirs in zip(passed.blocks, trace.inputs, strict=False):
        np.testing.assert_allclose(np.broadcast_to(ours.before, theirs.shape), theirs, atol=1e-12)


def test_with_weights_of_zero_a_block_with_a_skip_passes_everything_on():
    x, _ = task(24, np.random.default_rng(1))
    deep, shallow = network(depth=6), network(depth=1)
    shallow.layers[0], shallow.layers[-1] = deep.layers[0], deep.layers[-1]
    for layer in deep.layers[1:-1]:
        layer.weight[:] = 0
    ours, theirs = (forward(made, x, skip=True)[0] for made in (deep, shallow))
    np.testing.assert_allclose(ours, theirs, atol=1e-12)


@pytest.mark.parametrize("seed", range(3))
def test_more_layers_are_worse_in_training_without_skips_and_better_with_them(seed):
    found = run("degradation", {}, np.random.default_rng(seed)).scalars
    assert found["loss_plain_deep"] > 5 * found["loss_plain_shallow"]
    assert found["loss_skip_deep"] < found["loss_skip_shallow"]
    assert found["loss_skip_deep"] < found["loss_plain_deep"] / 5


def test_the_gradient_of_the_plain_network_grows_as_batch_norm_with_relu_lets_it():
    found = run("degradation", {"steps": 10}, np.random.default_rng(0)).scalars
    assert found["gradient_plain_deep"] == pytest.approx(1.2112**22, rel=0.5)  # Yang et al. 2019
    assert found["gradient_skip_deep"] < 10


def test_the_table_begins_before_training_and_ends_after_the_last_step():
    outcome = run("degradation", SMALL, np.random.default_rng(2))
    table = outcome.tables["steps"]
    np.testing.assert_array_equal(table["step"], np.arange(31))
    for name in ("plain_shallow", "plain_deep", "skip_shallow", "skip_deep"):
        assert table[name][-1] == outcome.scalars[f"loss_{name}"]
        assert table[name][-1] < table[name][0]


def test_a_rate_at_which_training_explodes_gives_finite_numbers():
    outcome = run("degradation", {**SMALL, "rate": 0.3, "width": 8}, np.random.default_rng(3))
    assert np.isfinite(list(outcome.scalars.values())).all()
