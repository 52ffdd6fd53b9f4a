r"""One ReLU unit and one small batch: how many of its n values are positive?

With pre-activations z ~ N(mu, s^2), independent over the batch, the number of positive ones is
binomial with P(z > 0) = Phi(mu / s). So all n are zero after ReLU with probability

    Phi(-mu / s)^n,

and then this batch sends no gradient through the unit at all. All n are positive with probability
Phi(mu / s)^n; then the unit is linear on this batch.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np

from engine.simulations.kit.base import Outcome, Simulation, parameter
from engine.simulations.kit.normal import above

BATCHES = 20_000


@dataclass(frozen=True)
class Parameters:
    batch: int = parameter(5, "Batch size n", low=1, high=50)
    mean: float = parameter(0.0, "Mean of the unit's z", low=-6.0, high=6.0)
    std: float = parameter(1.0, "Deviation of the unit's z", low=0.1, high=5.0)


def run(parameters: Parameters, rng: np.random.Generator) -> Outcome:
    """Draws many batches and counts. Table `counts`: positives, expected and measured shares."""
    n = parameters.batch
    z = parameters.mean + parameters.std * rng.standard_normal((BATCHES, n))
    positives = (z > 0).sum(axis=1)
    measured = np.bincount(positives, minlength=n + 1) / BATCHES
    fires = float(above(-parameters.mean / parameters.std)[0])
    silent = float(above(parameters.mean / parameters.std)[0])
    k = np.arange(n + 1)
    expected = np.array([math.comb(n, int(i)) for i in k]) * fires**k * silent ** (n - k)
    none, every = float(expected[0]), float(expected[-1])
    return Outcome(
        scalars={
            "negative": silent,
            "none": none,
            "none_measured": float(measured[0]),
            "none_measured_se": math.sqrt(none * (1 - none) / BATCHES),
            "every": every,
            "every_measured": float(measured[-1]),
            "mixed": max(1 - none - every, 0.0),
            "batches": float(BATCHES),
        },
        tables={"counts": {"positive": k, "expected": expected, "measured": measured}},
    )


SIMULATION = Simulation(
    "One ReLU unit in a small batch",
    Parameters,
    run,
    {
        "negative": "Probability of a negative z",
        "none": "Probability that all outputs are 0",
        "none_measured": "The same, measured",
        "none_measured_se": "Standard error of it",
        "every": "Probability that all are positive",
        "every_measured": "The same, measured (positive)",
        "mixed": "Probability of some of both",
        "batches": "Batches drawn",
    },
)
