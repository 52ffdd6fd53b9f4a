r"""Two batches, each standardized by its own mean and deviation: z = (x - mean) / std.

Within a batch the order of the values stays. Between batches it need not: a large value among
larger ones can get a lower z than a small value among smaller ones.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from engine.simulations.gradients.standardization import standardized
from engine.simulations.kit.base import Outcome, Simulation, parameter

Floats = NDArray[np.float64]

SIZE = 30
WATCHED = ("first", "second", "third", "fourth")


def batch_with(
    watched: tuple[float, float], mean: float, std: float, rng: np.random.Generator
) -> Floats:
    """SIZE values, the watched ones first, with exactly this mean and deviation (of n).

    Where the watched ones lie too far out for that, the others are all alike and come as near
    as they can.
    """
    others = standardized(rng.standard_normal(SIZE - 2))
    away = np.asarray(watched) - mean
    shift = -float(away.sum()) / (SIZE - 2)
    left = SIZE * std**2 - float((away**2).sum()) - (SIZE - 2) * shift**2
    spread = math.sqrt(max(left, 0.0) / (SIZE - 2))
    return np.concatenate([watched, mean + shift + spread * others])


@dataclass(frozen=True)
class Parameters:
    mean_1: float = parameter(60.0, "Mean of batch 1", low=10, high=300)
    std_1: float = parameter(15.0, "Deviation of batch 1", low=2, high=80)
    mean_2: float = parameter(190.0, "Mean of batch 2", low=10, high=300)
    std_2: float = parameter(40.0, "Deviation of batch 2", low=2, high=80)
    first: float = parameter(90.0, "A house of batch 1", low=1, high=500)
    second: float = parameter(54.0, "Another of batch 1", low=1, high=500)
    third: float = parameter(150.0, "A house of batch 2", low=1, high=500)
    fourth: float = parameter(210.0, "Another of batch 2", low=1, high=500)


def run(parameters: Parameters, rng: np.random.Generator) -> Outcome:
    """Standardizes both batches; z by the batch as it is, which is as asked where it can be."""
    p = parameters
    batches = [
        batch_with((p.first, p.second), p.mean_1, p.std_1, rng),
        batch_with((p.third, p.fourth), p.mean_2, p.std_2, rng),
    ]
    scores = [standardized(batch) if batch.std() > 0 else np.zeros(SIZE) for batch in batches]
    watched = np.concatenate([batch[:2] for batch in scores])
    return Outcome(
        scalars={
            **{f"{name}_z": float(z) for name, z in zip(WATCHED, watched, strict=True)},
            "mean_1": float(batches[0].mean()),
            "std_1": float(batches[0].std()),
            "mean_2": float(batches[1].mean()),
            "std_2": float(batches[1].std()),
        },
        tables={
            "batches": {
                "batch": np.repeat([1, 2], SIZE),
                "value": np.concatenate(batches),
                "z": np.concatenate(scores),
                "watched": np.tile(np.arange(SIZE) < 2, 2),
            }
        },
    )


SIMULATION = Simulation(
    "Two batches, standardized",
    Parameters,
    run,
    {
        "first_z": "z of the house of batch 1",
        "second_z": "z of the other of batch 1",
        "third_z": "z of the house of batch 2",
        "fourth_z": "z of the other of batch 2",
        "mean_1": "Mean of batch 1",
        "std_1": "Deviation of batch 1",
        "mean_2": "Mean of batch 2",
        "std_2": "Deviation of batch 2",
    },
)
