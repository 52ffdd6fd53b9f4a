"""The network that is trained, against PyTorch with the same weights and batches."""

from __future__ import annotations

import itertools

import numpy as np
import pytest

from engine.simulations.kit import mlp
from engine.simulations.kit.mlp import Layer, Network
from engine.simulations.normalization.covariate_drift import turn

CASES = [f"{n}.{a}" for n, a in itertools.product(mlp.NORMS, ("relu", "tanh", "sigmoid"))]
NAMES = ("weight", "bias", "gamma", "beta")
RATE = 0.3


def network_of(torch, case, when="start"):
    norm, activation = case.split(".")
    layers = []
    while f"{case}.{when}.weight.{len(layers)}" in torch:
        found = {name: torch.get(f"{case}.{when}.{name}.{len(layers)}") for name in NAMES}
        arrays = {n: np.atleast_2d(v).copy() for n, v in found.items() if v is not None}
        layers.append(Layer(**arrays))
    return Network(layers, activation, norm)


def assert_same(network, other):
    for mine, theirs in zip(network.layers, other.layers, strict=True):
        for a, b in zip(mine.arrays(), theirs.arrays(), strict=True):
            np.testing.assert_allclose(a, b, rtol=1e-9, atol=1e-12)


@pytest.mark.parametrize("case", CASES)
def test_three_steps_of_descent_are_those_of_pytorchs_sgd(oracle, case):
    torch = oracle("training")
    network = network_of(torch, case)
    batches = zip(torch[f"{case}.x"], torch[f"{case}.labels"], strict=True)
    losses = [float(mlp.descend(network, x, labels, RATE)) for x, labels in batches]
    np.testing.assert_allclose(losses, torch[f"{case}.losses"], rtol=1e-10)
    assert_same(network, network_of(torch, case, "end"))


@pytest.mark.parametrize("case", CASES)
def test_the_gradient_at_each_layer_is_that_of_autograd(oracle, case):
    torch = oracle("training")
    network = network_of(torch, case)
    logits, trace = mlp.forward(network, torch[f"{case}.x"][0])
    _, upstream = mlp.cross_entropy(logits, torch[f"{case}.labels"][0])
    deltas = mlp.backward(network, trace, upstream).deltas
    np.testing.assert_allclose(deltas, torch[f"{case}.deltas"], rtol=1e-10)


@pytest.mark.parametrize("case", CASES)
def test_a_gradient_turns_as_in_pytorch_when_only_the_earlier_layers_step(oracle, case):
    torch = oracle("training")
    network, x, labels = network_of(torch, case), torch[f"{case}.x"][0], torch[f"{case}.labels"][0]
    logits, trace = mlp.forward(network, x)
    _, upstream = mlp.cross_entropy(logits, labels)
    gradients = mlp.backward(network, trace, upstream).layers
    after = Network(mlp.copied(network.layers), network.activation, network.norm)
    mlp.step(after, gradients, RATE)
    inputs = mlp.forward(after, x)[1].inputs
    found = [turn(network, gradients, layer, inputs[layer], labels) for layer in (1, 2, 3)]
    np.testing.assert_allclose(found, torch[f"{case}.turn"], rtol=1e-9)
    assert_same(network, network_of(torch, case))


@pytest.mark.parametrize("case", CASES)
def test_inference_with_stored_statistics_is_pytorchs_eval(oracle, case):
    torch = oracle("training")
    network = network_of(torch, case, "end")
    x = torch[f"{case}.x"]
    _, trace = mlp.forward(network, np.concatenate([x[0], x[1]]))
    logits, _ = mlp.forward(network, x[2], trace.statistics)
    np.testing.assert_allclose(logits, torch[f"{case}.inference"], rtol=1e-10)


@pytest.mark.parametrize("case", CASES)
def test_models_side_by_side_do_not_touch_one_another(oracle, case):
    torch = oracle("training")
    x, labels = torch[f"{case}.x"][0], torch[f"{case}.labels"][0]
    both = mlp.copies(network_of(torch, case), 3)
    mlp.descend(both, x, labels, np.array([0.0, RATE, 0.7])[:, None, None])
    for number, rate in enumerate((0.0, RATE, 0.7)):
        alone = network_of(torch, case)
        mlp.descend(alone, x, labels, rate)
        only = mlp.keep(both, np.arange(3) == number)
        assert_same(mlp.copies(alone, 1), only)


@pytest.mark.parametrize("axis", [-1, -2])
def test_what_comes_back_through_a_normalization_sums_to_zero(axis):
    rng = np.random.default_rng(0)
    z, g = rng.normal(3, 2, (2, 7, 5)), rng.normal(size=(2, 7, 5))
    root = 1 / np.sqrt(z.var(axis, keepdims=True) + mlp.EPS)
    x = (z - z.mean(axis, keepdims=True)) * root
    back = mlp.normalized_backward(g, x, root, axis)
    np.testing.assert_allclose(back.sum(axis), 0, atol=1e-12)
    # Scaling z changes nothing, so the gradient is (but for eps) at a right angle to z.
    np.testing.assert_allclose((back * (z - z.mean(axis, keepdims=True))).sum(axis), 0, atol=1e-4)


def test_a_batch_of_one_value_is_normalized_to_beta():
    rng = np.random.default_rng(0)
    network = mlp.build([3, 4, 2], "relu", "batch", rng, initialization="he")
    network.layers[0].beta = rng.normal(size=(1, 4))
    _, trace = mlp.forward(network, rng.normal(size=(1, 3)))
    np.testing.assert_array_equal(trace.inputs[1], np.maximum(network.layers[0].beta, 0))


@pytest.mark.parametrize(
    ("initialization", "hidden", "last"),
    [("he", 2, 1), ("xavier", 1, 1), ("pytorch", 1 / 3, 1 / 3)],
)
def test_weights_have_the_variance_of_their_initialization(initialization, hidden, last):
    rng = np.random.default_rng(1)
    network = mlp.build([300, 400, 500], "relu", "none", rng, initialization=initialization)
    found = [layer.weight.var() * layer.weight.shape[0] for layer in network.layers]
    np.testing.assert_allclose(found, [hidden, last], rtol=0.02)
    if initialization == "pytorch":
        assert np.abs(network.layers[0].weight).max() <= 300**-0.5
        assert network.layers[0].bias.std() == pytest.approx((3 * 300) ** -0.5, rel=0.1)
    else:
        assert not network.layers[0].bias.any()


def test_accuracy_is_counted_for_each_model():
    logits = np.array([[[1.0, 2.0], [3.0, 0.0]], [[2.0, 1.0], [3.0, 0.0]]])
    np.testing.assert_array_equal(mlp.accuracy(logits, np.array([1, 0])), [1.0, 0.5])


def test_the_loss_of_huge_logits_is_finite():
    loss, gradient = mlp.cross_entropy(np.array([[1e4, -1e4]]), np.array([1]))
    assert loss == 2e4
    np.testing.assert_array_equal(gradient, [[1.0, -1.0]])
