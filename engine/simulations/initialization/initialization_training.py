r"""The same deep network trained from four starts: zero, PyTorch's default, Xavier and He.

The comparison of He, Zhang, Ren & Sun (2015), figures 2 and 3, in small: a ReLU network, the same
samples, the same learning rate and full-batch descent, so that only the first weights differ. In
a deep network Xavier's start loses time that He's does not; one that is weaker still, or zero,
does not get away from ln 2, the loss of a coin toss.

The labels can be learned: they are 1 where the product of two inputs is above its median.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from engine.simulations.initialization.symmetry import FEATURES, data
from engine.simulations.kit import mlp
from engine.simulations.kit.base import Column, Outcome, Simulation, parameter, report
from engine.simulations.kit.mlp import Floats

#: By the ending of its scalars and of its column: what `mlp.build` calls it; zero is He's times 0.
STARTS = {"zero": "he", "default": "pytorch", "xavier": "xavier", "he": "he"}
#: A loss of half a coin toss's.
HALF = float(np.log(2) / 2)


@dataclass(frozen=True)
class Parameters:
    activation: str = parameter("relu", "Activation", choices=("relu", "tanh"))
    depth: int = parameter(8, "Hidden layers", low=1, high=12)
    width: int = parameter(32, "Units a layer", low=8, high=48, log=True)
    rate: float = parameter(0.05, "Learning rate", low=0.01, high=1.0, log=True)
    steps: int = parameter(400, "Steps", low=20, high=500)


def run(parameters: Parameters, rng: np.random.Generator) -> Outcome:
    """Trains all four side by side. The weights of Xavier and of He are the same draws, scaled.

    Table `losses`: step and the loss of each start, before the first step and after every one.
    `half_*`: the first step with at most half the loss of a coin toss, 0 if there is none. A loss
    that is no longer a number is the last one that was.
    """
    p = parameters
    x, y = data(0.5, rng)
    labels = y.astype(np.int64)
    seed = int(rng.integers(2**32))
    models = mlp.side_by_side([_start(p, name, seed) for name in STARTS])
    rows: list[Floats] = []
    with np.errstate(over="ignore", invalid="ignore"):
        for step in range(p.steps):
            rows.append(mlp.descend(models, x, labels, p.rate))
            if step % 20 == 0:
                report(step / p.steps)
        logits, _ = mlp.forward(models, x)
        rows.append(mlp.cross_entropy(logits, labels)[0])
    losses = np.array(rows)
    for row in range(1, len(losses)):
        losses[row] = np.where(np.isfinite(losses[row]), losses[row], losses[row - 1])
    table: dict[str, Column] = {"step": np.arange(p.steps + 1)}
    table |= {f"loss_{name}": losses[:, column] for column, name in enumerate(STARTS)}
    scalars: dict[str, float] = {}
    for column, name in enumerate(STARTS):
        scalars[f"loss_{name}"] = float(losses[-1, column])
        scalars[f"half_{name}"] = _first_below(losses[:, column])
    return Outcome(scalars, {"losses": table})


def _start(p: Parameters, name: str, seed: int) -> mlp.Network:
    sizes = [FEATURES, *[p.width] * p.depth, 2]
    rng = np.random.default_rng(seed)
    network = mlp.build(sizes, p.activation, "none", rng, initialization=STARTS[name])
    if name == "zero":
        for layer in network.layers:
            layer.weight[:] = 0.0
    return network


def _first_below(losses: Floats) -> float:
    below = np.flatnonzero(losses <= HALF)
    return float(below[0]) if len(below) else 0.0


SIMULATION = Simulation(
    "Training from four starts",
    Parameters,
    run,
    {
        "loss_zero": "Loss at the end, all weights 0 (nats)",
        "loss_default": "Loss at the end, PyTorch's default (nats)",
        "loss_xavier": "Loss at the end, Xavier (nats)",
        "loss_he": "Loss at the end, He (nats)",
        "half_zero": "Step at which the loss is halved, all weights 0 (0: never)",
        "half_default": "Step at which the loss is halved, PyTorch's default (0: never)",
        "half_xavier": "Step at which the loss is halved, Xavier (0: never)",
        "half_he": "Step at which the loss is halved, He (0: never)",
    },
    tables={"losses": "the loss by step"},
    columns={
        "loss_zero": "loss, all weights 0",
        "loss_default": "loss, PyTorch's default",
        "loss_xavier": "loss, Xavier",
        "loss_he": "loss, He",
    },
)
