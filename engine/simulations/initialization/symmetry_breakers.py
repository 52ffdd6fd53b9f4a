"""What tells equal hidden units apart? Six trainings from one constant start.

Nothing added; mini-batches; mini-batches and dropout, on the input x or on the hidden layer h; a
little noise, on W1, W2 or b2; another bias b1, one for all or drawn for each unit; another learning
rate for W1, one for all or one for each unit. What treats all units alike does not break the
symmetry: dropout of inputs, noise on the output's bias, any one number for all. See `symmetry` for
the network.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from engine.simulations.initialization.symmetry import (
    ACTIVATIONS,
    SAMPLES,
    Floats,
    Weights,
    apart,
    data,
    gradients,
    start,
    stepped,
)
from engine.simulations.kit.base import Outcome, Simulation, parameter

BATCH = 32
WAYS = ("nothing", "batches", "dropout", "noise", "bias", "rates")


@dataclass(frozen=True)
class Parameters:
    activation: str = parameter("tanh", "Activation", choices=ACTIVATIONS)
    hidden: int = parameter(8, "Hidden units", low=2, high=32)
    size: float = parameter(0.5, "Value of all weights", low=0.05, high=1.0)
    dropout: float = parameter(0.3, "Dropout rate", low=0.05, high=0.9)
    dropout_on: str = parameter(
        "h",
        "Dropout on",
        choices={
            "x": "the input x",
            "h": "the hidden layer h",
        },
    )
    noise: float = parameter(1e-4, "Deviation of the noise", low=1e-8, high=0.1, log=True)
    noise_on: str = parameter("W1", "Noise added to", choices=("W1", "W2", "b2"))
    bias: str = parameter(
        "alike",
        "Bias b1",
        choices={
            "alike": "0.3 for every unit",
            "own": "drawn for each unit",
        },
    )
    rates: str = parameter(
        "alike",
        "Rate of W1",
        choices={
            "alike": "halved for every unit",
            "own": "drawn for each unit",
        },
    )
    learning_rate: float = parameter(0.5, "Learning rate", low=0.01, high=2.0, log=True)
    steps: int = parameter(60, "Steps", low=1, high=500, log=True)


def run(parameters: Parameters, rng: np.random.Generator) -> Outcome:
    """Trains six times. Table `apart`: way, step, apart (largest difference between units)."""
    x, y = data(0.5, rng)
    traces = {way: _trained(way, parameters, x, y, rng) for way in WAYS}
    steps = np.arange(parameters.steps + 1)
    return Outcome(
        scalars={way: float(trace[-1]) for way, trace in traces.items()},
        tables={
            "apart": {
                "way": np.repeat(WAYS, len(steps)),
                "step": np.tile(steps, len(WAYS)),
                "apart": np.concatenate(list(traces.values())),
            }
        },
    )


def _trained(way: str, p: Parameters, x: Floats, y: Floats, rng: np.random.Generator) -> Floats:
    """How far apart the units are before each step and after the last."""
    weights = start("constant", p.hidden, p.size, p.hidden, rng)
    if way == "noise":
        weights = _noisy(weights, p.noise_on, p.noise, rng)
    if way == "bias":
        own = rng.standard_normal(p.hidden)
        weights = (weights[0], own if p.bias == "own" else own * 0 + 0.3, *weights[2:])
    rates: Floats = np.full(p.hidden, 0.5)
    if p.rates == "own":
        rates = rng.random(p.hidden)
    trace = np.empty(p.steps + 1)
    for step in range(p.steps + 1):
        trace[step] = apart(weights[0])
        inputs, labels, kept = x, y, None
        if way in ("batches", "dropout"):
            chosen = rng.permutation(SAMPLES)[:BATCH]
            inputs, labels = x[chosen], y[chosen]
        if way == "dropout" and p.dropout_on == "x":
            inputs = inputs * dropout_factors(inputs.shape, p.dropout, rng)
        elif way == "dropout":
            kept = dropout_factors((BATCH, p.hidden), p.dropout, rng)
        _, found = gradients(inputs, labels, weights, p.activation, kept)
        if way == "rates":
            found = (found[0] * rates, *found[1:])
        weights = stepped(weights, found, p.learning_rate)
    return trace


def dropout_factors(shape: tuple[int, ...], rate: float, rng: np.random.Generator) -> Floats:
    """Inverted dropout's factors: 0 with probability `rate`, else 1 / (1 - rate)."""
    return (rng.random(shape) >= rate) / (1 - rate)


def _noisy(weights: Weights, where: str, size: float, rng: np.random.Generator) -> Weights:
    w1, b1, w2, b2 = weights
    if where == "W1":
        return w1 + size * rng.standard_normal(w1.shape), b1, w2, b2
    if where == "W2":
        return w1, b1, w2 + size * rng.standard_normal(w2.shape), b2
    return w1, b1, w2, b2 + size * rng.standard_normal(b2.shape)


SIMULATION = Simulation(
    "What breaks the symmetry",
    Parameters,
    run,
    {
        "nothing": "Difference between units: nothing added",
        "batches": "Difference between units: mini-batches",
        "dropout": "Difference between units: mini-batches and dropout",
        "noise": "Difference between units: noise",
        "bias": "Difference between units: another bias b1",
        "rates": "Difference between units: another learning rate",
    },
)
