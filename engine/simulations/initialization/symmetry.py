r"""Hidden units that start alike stay alike: one hidden layer, from several starts.

    z = x W1 + b1,  a = phi(z),  p = sigmoid(a W2 + b2),  loss = mean(log-loss)
    dL/dW2 = a^T e,  dL/db2 = sum(e),  e = (p - y) / N
    dL/dW1 = x^T (e W2^T * phi'(z)),  dL/db1 = sum(e W2^T * phi'(z))

Column j of dL/dW1 depends on unit j through its own weights alone. So equal units get equal
gradients, and full-batch descent, mini-batches, momentum or a larger step keep them equal
(Goodfellow, Bengio & Courville 2016, section 8.4). The sums here add in the same order for every
unit, so that equal means equal to the last bit. phi'(0) = 0 for ReLU, as in PyTorch.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from engine.simulations.kit.base import Outcome, Simulation, parameter

Floats = NDArray[np.float64]
Weights = tuple[Floats, Floats, Floats, Floats]  # W1 (d, H), b1 (H,), W2 (H,), b2 ()

FEATURES, SAMPLES = 6, 128  # a power of two: half of the labels cancel exactly
ACTIVATIONS = ("tanh", "relu", "sigmoid")
STARTS: Mapping[str, str] = {
    "zero": "at 0",
    "constant": "at one value",
    "random": "random",
}
SHOWN = 80  # steps in the tables


@dataclass(frozen=True)
class Parameters:
    initialization: str = parameter("constant", "All weights start", choices=STARTS)
    activation: str = parameter("tanh", "Activation", choices=ACTIVATIONS)
    hidden: int = parameter(8, "Hidden units", low=2, high=32)
    size: float = parameter(
        0.5, "That value, or the deviation of random ones", low=0.01, high=2.0, log=True
    )
    distinct: int = parameter(32, "Random start: units that differ", low=1, high=32)
    noise: float = parameter(0.0, "Deviation of noise added to W1", low=0.0, high=0.1)
    share: float = parameter(0.5, "Share of labels that are 1", low=0.05, high=0.95)
    learning_rate: float = parameter(0.5, "Learning rate", low=0.01, high=5.0, log=True)
    steps: int = parameter(300, "Steps", low=1, high=3000, log=True)


def data(share: float, rng: np.random.Generator) -> tuple[Floats, Floats]:
    """(inputs (N, d), labels (N,)): 1 where the product of two inputs is among the largest."""
    x = rng.standard_normal((SAMPLES, FEATURES))
    y = np.zeros(SAMPLES)
    y[np.argsort(x[:, 0] * x[:, 1])[SAMPLES - round(share * SAMPLES) :]] = 1.0
    return x, y


def start(
    initialization: str, hidden: int, size: float, distinct: int, rng: np.random.Generator
) -> Weights:
    """All weights by one rule, all biases 0. Of `distinct` random units the others are copies."""
    if initialization == "random":
        copies = np.arange(hidden) % min(distinct, hidden)
        w1 = size * rng.standard_normal((FEATURES, hidden))[:, copies]
        w2 = size * rng.standard_normal(hidden)[copies]
    else:
        value = size if initialization == "constant" else 0.0
        w1, w2 = np.full((FEATURES, hidden), value), np.full(hidden, value)
    return w1, np.zeros(hidden), w2, np.zeros(())


def gradients(
    x: Floats, y: Floats, weights: Weights, activation: str, kept: Floats | None = None
) -> tuple[float, Weights]:
    """(loss, gradients in the order of the weights).

    kept: what dropout multiplies the hidden activations (N, H) by, if anything.
    """
    w1, b1, w2, b2 = weights
    z = (x[:, :, None] * w1).sum(axis=1) + b1  # no matmul: see the module's last sentence
    if activation == "tanh":
        a = np.tanh(z)
        slope = 1 - a**2
    elif activation == "relu":
        a, slope = np.maximum(z, 0.0), (z > 0).astype(np.float64)
    else:
        a = 0.5 + 0.5 * np.tanh(z / 2)
        slope = a * (1 - a)
    if kept is not None:
        a, slope = a * kept, slope * kept
    logit = (a * w2).sum(axis=1) + b2
    loss = float((np.logaddexp(0.0, logit) - y * logit).mean())
    error = (0.5 + 0.5 * np.tanh(logit / 2) - y) / len(x)
    back = error[:, None] * w2 * slope
    dw1 = (x[:, :, None] * back[:, None, :]).sum(axis=0)
    return loss, (dw1, back.sum(axis=0), (a * error[:, None]).sum(axis=0), error.sum())


def stepped(weights: Weights, found: Weights, rate: float) -> Weights:
    """The weights after one step of gradient descent."""
    w1, b1, w2, b2 = (w - rate * g for w, g in zip(weights, found, strict=True))
    return w1, b1, w2, np.asarray(b2)


def apart(w1: Floats) -> float:
    """The largest difference between two hidden units' incoming weights."""
    return float(np.ptp(w1, axis=1).max())


def run(parameters: Parameters, rng: np.random.Generator) -> Outcome:
    """Trains on the full batch, and looks at the gradients of the first step.

    Tables: `gradients` (weight, unit, size: that of the first step), `steps` (step, loss, apart),
    `units` (step, unit, weight: the first incoming weight of each).
    """
    p = parameters
    x, y = data(p.share, rng)
    weights = start(p.initialization, p.hidden, p.size, p.distinct, rng)
    if p.noise > 0:
        noisy = weights[0] + p.noise * rng.standard_normal(weights[0].shape)
        weights = (noisy, *weights[1:])
    first_weights = weights
    loss, first = gradients(x, y, weights, p.activation)
    seen = set(np.unique(np.round(np.linspace(0, p.steps, SHOWN)).astype(int)).tolist())
    rows = [(0, loss, weights[0])]
    found = first
    for step in range(1, p.steps + 1):
        weights = stepped(weights, found, p.learning_rate)
        loss, found = gradients(x, y, weights, p.activation)
        if step in seen:
            rows.append((step, loss, weights[0]))
    moved = max(float(np.abs(a - b).max()) for a, b in zip(weights, first_weights, strict=True))
    share = float(y.mean())
    return Outcome(
        scalars={
            "gradient_w1": float(np.linalg.norm(first[0])),
            "gradient_b1": float(np.linalg.norm(first[1])),
            "gradient_w2": float(np.linalg.norm(first[2])),
            "gradient_b2": float(abs(first[3])),
            "gradient_apart": apart(first[0]),
            "apart": apart(weights[0]),
            "rank": float(np.linalg.matrix_rank(weights[0])),
            "distinct": float(len(np.unique(weights[0].T, axis=0))),
            "moved": moved,
            "loss_start": rows[0][1],
            "loss_end": loss,
            "base_loss": -share * math.log(share) - (1 - share) * math.log(1 - share),
        },
        tables=_tables(rows, first),
    )


def _tables(
    rows: list[tuple[int, float, Floats]], first: Weights
) -> dict[str, dict[str, NDArray[np.generic]]]:
    hidden = rows[0][2].shape[1]
    by_weight = np.vstack([first[0], first[1], first[2]])  # (d + 2, H)
    names = [*(f"x{i + 1}" for i in range(FEATURES)), "b", "out"]
    unit = np.arange(1, hidden + 1)
    steps = np.array([step for step, _, _ in rows])
    return {
        "gradients": {
            "weight": np.repeat(names, hidden),
            "unit": np.tile(unit, len(names)),
            "size": np.abs(by_weight).ravel(),
        },
        "steps": {
            "step": steps,
            "loss": np.array([loss for _, loss, _ in rows]),
            "apart": np.array([apart(w1) for _, _, w1 in rows]),
        },
        "units": {
            "step": np.repeat(steps, hidden),
            "unit": np.tile(unit, len(rows)),
            "weight": np.concatenate([w1[0] for _, _, w1 in rows]),
        },
    }


SIMULATION = Simulation(
    "Hidden units that start alike",
    Parameters,
    run,
    {
        "gradient_w1": "First gradient of W1 (norm)",
        "gradient_b1": "First gradient of b1 (norm)",
        "gradient_w2": "First gradient of W2 (norm)",
        "gradient_b2": "First gradient of b2",
        "gradient_apart": "Largest difference between units' first gradients",
        "apart": "Largest difference between units at the end",
        "rank": "Rank of W1 at the end",
        "distinct": "Different units at the end",
        "moved": "Largest change of any parameter",
        "loss_start": "Loss at the start",
        "loss_end": "Loss at the end",
        "base_loss": "Loss of the best constant prediction",
    },
)
