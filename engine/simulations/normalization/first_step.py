r"""The first step of training: what the loss should be before it, and how large it is.

Before training a classifier knows nothing, so its loss should be that of guessing, ln K. Logits
that are spread out at the start make it confidently wrong: for logits N(0, s^2),

    E[loss] = E[ln sum_k exp(z_k)] - E[z_y] = ln K + s^2 / 2  for small s, and less for large s.

And one step of gradient descent should change the weights by about a thousandth of their size:
log10(std(rate * gradient) / std(weights)) near -3 (a rule of thumb of Karpathy's makemore, 2022).
A tanh network with Xavier's initialization, normal inputs, labels at random.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np

from engine.simulations.kit import mlp
from engine.simulations.kit.base import Outcome, Simulation, parameter
from engine.simulations.kit.mlp import Floats

DRAWN = 2000  # samples behind a mean loss
SPREADS = (0.01, 0.03, 0.1, 0.3, 1.0, 3.0, 10.0)
FEATURES = 30


@dataclass(frozen=True)
class Parameters:
    classes: int = parameter(27, "Classes", low=2, high=100)
    spread: float = parameter(1.0, "Deviation of the logits", low=0.01, high=10.0, log=True)
    rate: float = parameter(0.01, "Learning rate", low=1e-4, high=10.0, log=True)
    layers: int = parameter(4, "Layers", low=2, high=8)
    width: int = parameter(100, "Units a layer", low=16, high=256, log=True)
    batch: int = parameter(32, "Batch size", low=8, high=256, log=True)


def run(parameters: Parameters, rng: np.random.Generator) -> Outcome:
    """Table `spreads`: the loss by the logits' deviation. Table `layers`: each layer's update.

    `update` is the mean of log10(update / weights) over the layers.
    """
    p = parameters
    loss, error = start_loss(p.classes, p.spread, rng)
    sizes = [FEATURES, *[p.width] * (p.layers - 1), p.classes]
    network = mlp.build(sizes, "tanh", "none", rng, initialization="xavier")
    x, y = rng.standard_normal((p.batch, FEATURES)), rng.integers(0, p.classes, p.batch)
    logits, trace = mlp.forward(network, x)
    _, upstream = mlp.cross_entropy(logits, y)
    gradients = mlp.backward(network, trace, upstream).layers
    pairs = zip(network.layers, gradients, strict=True)
    updates = np.log10([p.rate * g.weight.std() / layer.weight.std() for layer, g in pairs])
    spreads = np.unique([*SPREADS, p.spread])
    losses = [start_loss(p.classes, float(s), rng)[0] for s in spreads]
    return Outcome(
        {
            "loss": loss,
            "loss_se": error,
            "guess": math.log(p.classes),
            "update": float(updates.mean()),
            "smallest_update": float(updates.min()),
            "largest_update": float(updates.max()),
        },
        {
            "spreads": {"spread": spreads, "loss": np.array(losses)},
            "layers": {"layer": np.arange(1, p.layers + 1), "update": updates},
        },
    )


def start_loss(classes: int, spread: float, rng: np.random.Generator) -> tuple[float, float]:
    """Mean cross-entropy of N(0, spread^2) logits and any labels, and its standard error."""
    logits: Floats = spread * rng.standard_normal((DRAWN, classes))
    top = logits.max(1)
    losses = np.log(np.exp(logits - top[:, None]).sum(1)) + top - logits[:, 0]
    return float(losses.mean()), float(losses.std(ddof=1) / math.sqrt(DRAWN))


SIMULATION = Simulation(
    "The first step of training",
    Parameters,
    run,
    {
        "loss": "Loss before training",
        "loss_se": "Standard error of it",
        "guess": "Loss of guessing, ln K",
        "update": "log10 of update over weights, mean of layers",
        "smallest_update": "The smallest of a layer",
        "largest_update": "The largest of a layer",
    },
)
