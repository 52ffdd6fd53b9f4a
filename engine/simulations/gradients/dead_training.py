r"""A few steps that are too large kill ReLU units, and small steps do not bring them back.

A classifier with one hidden layer, logistic loss, full-batch gradient descent:

    z = x W + b,  a = relu(z),  p = sigmoid(a v + c),  loss = mean(log-loss)
    dL/dW = x^T [((p - y) v^T / N) * relu'(z)],   relu'(z) = 1 for z > 0 and 0 else (PyTorch's, too)

The inputs are positive, as after another ReLU layer. A step that is too large then moves all
weights of a unit the same way, and z becomes negative for every input: the unit's gradient is
exactly 0 from then on, and no later step can move it.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from engine.simulations.kit.base import Outcome, Simulation, parameter

Floats = NDArray[np.float64]
Weights = tuple[Floats, Floats, Floats, Floats]  # W (d, H), b (H,), v (H, 1), c (1,)

FEATURES, SAMPLES = 10, 200
SMALL = 0.1  # the learning rate that follows


@dataclass(frozen=True)
class Parameters:
    learning_rate: float = parameter(10.0, "Learning rate at first", low=0.01, high=100.0, log=True)
    large_steps: int = parameter(5, "Steps with it", low=1, high=20)
    small_steps: int = parameter(100, "Steps with 0.1 after that", low=0, high=300)
    units: int = parameter(100, "Hidden units", low=10, high=200)


def start(units: int, rng: np.random.Generator) -> tuple[Floats, Floats, Weights]:
    """(inputs, labels (N, 1), He weights with biases 0)."""
    x = np.abs(rng.standard_normal((SAMPLES, FEATURES)))
    y = (x[:, :1] - x[:, 1:2] > 0.8).astype(np.float64)
    w = rng.standard_normal((FEATURES, units)) * np.sqrt(2 / FEATURES)
    v = rng.standard_normal((units, 1)) * np.sqrt(2 / units)
    return x, y, (w, np.zeros(units), v, np.zeros(1))


def gradients(x: Floats, y: Floats, weights: Weights) -> tuple[float, Floats, Weights]:
    """(loss, z, gradients in the order of the weights)."""
    w, b, v, c = weights
    z = x @ w + b
    a = np.maximum(z, 0.0)
    logit = a @ v + c
    loss = float((np.logaddexp(0.0, logit) - y * logit).mean())
    error = (0.5 + 0.5 * np.tanh(logit / 2) - y) / len(x)
    back = error @ v.T * (z > 0)
    return loss, z, (x.T @ back, back.sum(axis=0), a.T @ error, error.sum(axis=0))


def descend(
    x: Floats, y: Floats, weights: Weights, rates: Floats
) -> tuple[Floats, Floats, Weights]:
    """(loss, share of units negative on every input, the weights at the end).

    The first two have a value before each step and one after the last: len(rates) + 1.
    """
    losses, dead = np.empty(len(rates) + 1), np.empty(len(rates) + 1)
    for step in range(len(rates) + 1):
        losses[step], z, found = gradients(x, y, weights)
        dead[step] = (z <= 0).all(axis=0).mean()
        if step < len(rates):
            w, b, v, c = (
                value - rates[step] * gradient
                for value, gradient in zip(weights, found, strict=True)
            )
            weights = (w, b, v, c)
    return losses, dead, weights


def run(parameters: Parameters, rng: np.random.Generator) -> Outcome:
    """Trains once. Table `steps`: step, dead (share of units), loss."""
    p = parameters
    x, y, weights = start(p.units, rng)
    rates = np.repeat([p.learning_rate, SMALL], [p.large_steps, p.small_steps])
    losses, dead, _ = descend(x, y, weights, rates)
    return Outcome(
        scalars={
            "dead_start": float(dead[0]),
            "dead_after": float(dead[p.large_steps]),
            "dead_end": float(dead[-1]),
            "count_start": float(round(p.units * dead[0])),
            "count_after": float(round(p.units * dead[p.large_steps])),
            "count_end": float(round(p.units * dead[-1])),
            "count_alive": float(p.units - round(p.units * dead[-1])),
            "percent_start": float(100 * dead[0]),
            "percent_after": float(100 * dead[p.large_steps]),
            "percent_end": float(100 * dead[-1]),
            "loss_start": float(losses[0]),
            "loss_end": float(losses[-1]),
        },
        tables={"steps": {"step": np.arange(len(dead)), "dead": dead, "loss": losses}},
    )


SIMULATION = Simulation(
    "A learning rate that kills units",
    Parameters,
    run,
    {
        "dead_start": "Dead units at the start (share)",
        "dead_after": "Dead units after the large steps (share)",
        "dead_end": "Dead units at the end (share)",
        "count_start": "Dead units at the start",
        "count_after": "Dead units after the large steps",
        "count_end": "Dead units at the end",
        "count_alive": "Other units at the end",
        "percent_start": "Dead units at the start (%)",
        "percent_after": "Dead units after the large steps (%)",
        "percent_end": "Dead units at the end (%)",
        "loss_start": "Loss at the start",
        "loss_end": "Loss at the end",
    },
)
