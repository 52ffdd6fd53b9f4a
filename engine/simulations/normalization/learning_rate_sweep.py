"""One deep network, many learning rates: which of them train it, with batch norm and without.

Too small a rate has not got anywhere after `steps` steps; too large a one makes the loss jump
about or overflow. Batch normalization widens the range between the two upward, because growing
weights make its gradients smaller (van Laarhoven 2017; Bjorck, Gomes, Selman & Weinberger 2018).
It does not make every rate work.

A ReLU network with He's initialization, full-batch descent, labels at random. All rates start
from the same weights and are trained side by side.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np

from engine.simulations.kit import mlp
from engine.simulations.kit.base import Outcome, Simulation, parameter, report
from engine.simulations.kit.mlp import Floats, Labels

FEATURES = 10
RATES = (0.003, 0.01, 0.03, 0.1, 0.3, 1.0, 3.0, 10.0)
COMPARED = {"none": "none", "bn": "batch"}
#: A rate works when it has at least halved the loss of a coin toss, ln 2.
WORKS = math.log(2) / 2
#: What a loss that is no number is said to be.
LOST = 1e6


@dataclass(frozen=True)
class Parameters:
    rate: float = parameter(1.0, "A learning rate to look at", low=0.001, high=100.0, log=True)
    depth: int = parameter(10, "Layers", low=2, high=20)
    width: int = parameter(32, "Units a layer", low=8, high=64, log=True)
    samples: int = parameter(128, "Samples", low=16, high=256, log=True)
    steps: int = parameter(200, "Steps", low=10, high=300)


def run(parameters: Parameters, rng: np.random.Generator) -> Outcome:
    """The loss after the last step by rate, for `RATES` and for `rate`.

    Table `rates`: rate, loss_none, loss_bn; a loss that is no longer a number is NaN. `lowest_*`
    and `highest_*` are the ends of the rates of `RATES` that work, 0 if none does, and `decades_*`
    is the distance between them; `loss_*` belongs to `rate` and is at most a million.
    """
    p = parameters
    x = rng.standard_normal((p.samples, FEATURES))
    y = rng.permutation(np.arange(p.samples) % 2)
    seed = int(rng.integers(2**32))
    rates = np.array([*RATES, p.rate])
    losses: dict[str, Floats] = {}
    for number, (name, norm) in enumerate(COMPARED.items()):
        losses[name] = _train(p, norm, rates, x, y, np.random.default_rng(seed), number)
    scalars: dict[str, float] = {}
    for name, found in losses.items():
        working = rates[:-1][found[:-1] < WORKS]
        low, high = (working.min(), working.max()) if len(working) else (0.0, 0.0)
        scalars |= {
            f"loss_{name}": min(float(np.nan_to_num(found[-1], nan=LOST)), LOST),
            f"diverged_{name}": float(np.isnan(found[-1])),
            f"lowest_{name}": float(low),
            f"highest_{name}": float(high),
            f"decades_{name}": math.log10(high / low) if low > 0 else 0.0,
            f"best_{name}": float(np.nan_to_num(found[:-1], nan=LOST).min()),
        }
    order = np.argsort(rates, kind="stable")
    _, first = np.unique(rates[order], return_index=True)
    rows = order[first]
    table = {"rate": rates[rows], **{f"loss_{name}": f[rows] for name, f in losses.items()}}
    return Outcome(scalars, {"rates": table})


def _train(
    p: Parameters,
    norm: str,
    rates: Floats,
    x: Floats,
    y: Labels,
    rng: np.random.Generator,
    number: int,
) -> Floats:
    """The loss of each rate after the last step; NaN from the step on at which it is none."""
    sizes = [FEATURES, *[p.width] * (p.depth - 1), 2]
    start = mlp.build(sizes, "relu", norm, rng, initialization="he")
    models = mlp.copies(start, len(rates))
    losses = np.full(len(rates), np.nan)
    alive = np.arange(len(rates))
    with np.errstate(over="ignore", invalid="ignore"):
        for step in range(p.steps):
            loss = mlp.descend(models, x, y, rates[alive][:, None, None])
            if not (finite := np.isfinite(loss)).all():
                alive, models = alive[finite], mlp.keep(models, finite)
            if step % 10 == 0:
                report((number + step / p.steps) / len(COMPARED))
        logits, _ = mlp.forward(models, x)
        loss, _ = mlp.cross_entropy(logits, y)
    losses[alive] = np.where(np.isfinite(loss), loss, np.nan)
    return losses


SIMULATION = Simulation(
    "Which learning rates train",
    Parameters,
    run,
    {
        "loss_none": "Loss at the rate looked at, without BN",
        "loss_bn": "Loss at the rate looked at, with BN",
        "diverged_none": "Diverged at that rate, without BN (1: yes)",
        "diverged_bn": "Diverged at that rate, with BN (1: yes)",
        "lowest_none": "Lowest rate that works, without BN",
        "lowest_bn": "Lowest rate that works, with BN",
        "highest_none": "Highest rate that works, without BN",
        "highest_bn": "Highest rate that works, with BN",
        "decades_none": "Powers of ten that work, without BN",
        "decades_bn": "Powers of ten that work, with BN",
        "best_none": "Lowest loss, without BN",
        "best_bn": "Lowest loss, with BN",
    },
)
