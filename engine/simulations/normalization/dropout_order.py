r"""Orders of dropout and normalization: which of them are other at test than in training?

Every order is run once with dropout, where batch normalization (BN) stores its statistics, and
once without, where it uses them. What is measured is the deviation of the last normalization's
outputs: 1 in training, and at test 1 again unless dropout came before a BN (Li, Chen, Hu & Yang,
2019). Layer normalization (LN) takes its statistics from the sample at hand and stores none.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from engine.simulations.kit.base import Outcome, Simulation, parameter
from engine.simulations.normalization.dropout_shift import inverted_dropout

Floats = NDArray[np.float64]

EPSILON = 1e-5
SAMPLES = 2000
ORDERS: Mapping[str, tuple[str, ...]] = {
    "Dropout → BN": ("dropout", "bn"),
    "BN → Dropout": ("bn", "dropout"),
    "Dropout → Linear → BN": ("dropout", "linear", "bn"),
    "Dropout → Linear → LN": ("dropout", "linear", "ln"),
    "Dropout → LN": ("dropout", "ln"),
    "BN → ReLU → Dropout → Linear → BN": ("bn", "relu", "dropout", "linear", "bn"),
    "BN → ReLU → Dropout → Linear": ("bn", "relu", "dropout", "linear"),
}


@dataclass(frozen=True)
class Parameters:
    order: str = parameter("Dropout → BN", "Order", choices=tuple(ORDERS))
    drop: float = parameter(0.3, "Probability of dropping", low=0.0, high=0.9)
    units: int = parameter(16, "Units", low=2, high=64)
    mean: float = parameter(0.5, "Mean of the inputs", low=-2.0, high=2.0)


def run(parameters: Parameters, rng: np.random.Generator) -> Outcome:
    """The deviations of every order, with the same inputs, weights and dropped values."""
    p = parameters
    x = p.mean + rng.standard_normal((SAMPLES, p.units))
    weight = rng.standard_normal((p.units, p.units)) / np.sqrt(p.units)
    kept = rng.random((SAMPLES, p.units)) < 1 - p.drop
    rows = {
        name: deviations(stages, x, weight, kept, 1 - p.drop) for name, stages in ORDERS.items()
    }
    train, test = rows[p.order]
    return Outcome(
        scalars={"train_std": train, "test_std": test},
        tables={
            "orders": {
                "order": np.array(list(rows)),
                "train_std": np.array([row[0] for row in rows.values()]),
                "test_std": np.array([row[1] for row in rows.values()]),
            }
        },
    )


def deviations(
    stages: tuple[str, ...], x: Floats, weight: Floats, kept: NDArray[np.bool_], keep: float
) -> tuple[float, float]:
    """The deviation of what the last normalization puts out, in training and at test."""
    stored: list[tuple[Floats, Floats]] = []
    train = _passed(stages, x, weight, (kept, keep), stored, training=True)
    test = _passed(stages, x, weight, (kept, keep), stored, training=False)
    return float(train.std()), float(test.std())


def _passed(
    stages: tuple[str, ...],
    x: Floats,
    weight: Floats,
    dropout: tuple[NDArray[np.bool_], float],
    stored: list[tuple[Floats, Floats]],
    *,
    training: bool,
) -> Floats:
    """Outputs of the last normalization; in training BN's statistics are added to `stored`."""
    seen, normalized = 0, x
    for stage in stages:
        if stage == "dropout" and training:
            x = inverted_dropout(x, *dropout)
        elif stage == "linear":
            x = x @ weight
        elif stage == "relu":
            x = np.maximum(x, 0)
        elif stage == "ln":
            mean, variance = x.mean(axis=1, keepdims=True), x.var(axis=1, keepdims=True)
            normalized = x = (x - mean) / np.sqrt(variance + EPSILON)
        elif stage == "bn":
            if training:
                stored.append((x.mean(axis=0), x.var(axis=0)))
            mean, variance = stored[seen]
            normalized = x = (x - mean) / np.sqrt(variance + EPSILON)
            seen += 1
    return normalized


SIMULATION = Simulation(
    "Orders of dropout and normalization",
    Parameters,
    run,
    {
        "train_std": "Deviation after the last normalization, training",
        "test_std": "Deviation after the last normalization, test",
    },
)
