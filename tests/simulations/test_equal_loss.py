"""Disturbed batch normalization and the loss along one step, against PyTorch."""

from __future__ import annotations

import numpy as np
import pytest

from engine.simulations.kit import mlp
from engine.simulations.kit.mlp import Disturbance, Layer, Network
from engine.simulations.normalization.loss_along_step import along

CASES = ["none.relu", "none.tanh", "batch.relu", "batch.tanh"]
NAMES = ("weight", "bias", "gamma", "beta")
LENGTHS = (0.01, 0.3, 2.0)


def network_of(torch, case):
    norm, activation = case.split(".")
    layers = []
    while f"{case}.weight.{len(layers)}" in torch:
        number = len(layers)
        found = {name: torch.get(f"{case}.{name}.{number}") for name in NAMES}
        layers.append(Layer(**{n: v.copy() for n, v in found.items() if v is not None}))
    return Network(layers, activation, norm)


@pytest.mark.parametrize("case", CASES)
def test_gradients_flow_through_the_noise_as_in_autograd(oracle, case):
    torch = oracle("equal_loss")
    network = network_of(torch, case)
    noise = [
        Disturbance(torch[f"{case}.scale.{n}"], torch[f"{case}.shift.{n}"])
        for n in range(len(network.layers) - 1)
    ]
    logits, trace = mlp.forward(network, torch[f"{case}.x"], disturbances=noise)
    loss, upstream = mlp.cross_entropy(logits, torch[f"{case}.labels"])
    assert loss == pytest.approx(float(torch[f"{case}.noisy_loss"]), rel=1e-10)
    for number, layer in enumerate(mlp.backward(network, trace, upstream).layers):
        for name in NAMES:
            theirs = torch.get(f"{case}.noisy.{name}.{number}")
            if theirs is not None:
                np.testing.assert_allclose(getattr(layer, name), theirs, rtol=1e-8, atol=1e-12)


@pytest.mark.parametrize("case", CASES)
def test_loss_and_gradient_along_a_step_are_those_of_pytorch(oracle, case):
    torch = oracle("equal_loss")
    both = mlp.copies(network_of(torch, case), 2)
    start, after, change = along(
        both, np.array(LENGTHS), torch[f"{case}.x"], torch[f"{case}.labels"]
    )
    np.testing.assert_allclose(start, torch[f"{case}.start"], rtol=1e-10)
    for model in range(2):
        np.testing.assert_allclose(after[:, model], torch[f"{case}.after"], rtol=1e-8)
        np.testing.assert_allclose(change[:, model], torch[f"{case}.change"], rtol=1e-8)
