r"""A slice through the loss of a normalized layer, and the same slice after scaling the weights.

Behind a batch normalization only the direction of the weights w counts: BN(X k w) = BN(X w). So
k w computes the same function, with the same loss. But along a direction d of fixed length,
L(k w + t d) = L(w + (t / k) d): the slice is k times as wide and its curvature k^2 times smaller.
A loss that looks flat need not be flat. Li et al. (2018) give d the length of w for this reason
("filter normalization"), and then both slices are the same.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from engine.simulations.kit.base import Outcome, Simulation, parameter

Floats = NDArray[np.float64]

SAMPLES, FEATURES = 200, 10
POINTS = 81
NOISE = 0.3
STEP = 1e-3  # of the difference quotients, as a share of the length of w
REACH = 1.5


def loss(x: Floats, y: Floats, w: Floats) -> float:
    """Mean squared error of BN(x w), where BN has neither gain nor bias nor epsilon."""
    z = x @ w
    normal = (z - z.mean()) / z.std()
    return float(((normal - y) ** 2).mean())


def curvature(x: Floats, y: Floats, w: Floats, d: Floats) -> float:
    """The second derivative of the loss at w along d, from a difference quotient."""
    step = STEP * float(np.linalg.norm(w)) / float(np.linalg.norm(d))
    ends = loss(x, y, w + step * d) + loss(x, y, w - step * d)
    return (ends - 2 * loss(x, y, w)) / step**2


@dataclass(frozen=True)
class Parameters:
    factor: float = parameter(10.0, "Weights multiplied by k", low=0.1, high=10.0, log=True)
    curvature: float = parameter(
        2.0, "Curvature before, along the direction", low=0.2, high=20.0, log=True
    )


def run(parameters: Parameters, rng: np.random.Generator) -> Outcome:
    """The loss around w and around k w, along the same direction and along one as long as w.

    Table `slices`: t, before, after (both along d), normalized (around k w, along k d).
    """
    p = parameters
    x = rng.standard_normal((SAMPLES, FEATURES))
    truth = rng.standard_normal(FEATURES)
    truth /= np.linalg.norm(truth)
    y = x @ truth + NOISE * rng.standard_normal(SAMPLES)
    y = (y - y.mean()) / y.std()
    w = np.linalg.lstsq(x - x.mean(axis=0), y, rcond=None)[0]  # where BN(x w) fits best
    w /= np.linalg.norm(w)
    d = rng.standard_normal(FEATURES)
    d -= (d @ w) * w
    d *= math.sqrt(p.curvature / curvature(x, y, w, d))
    t = np.linspace(-REACH, REACH, POINTS)
    k = p.factor
    before, after = curvature(x, y, w, d), curvature(x, y, k * w, d)
    return Outcome(
        scalars={
            "loss": loss(x, y, w),
            "loss_scaled": loss(x, y, k * w),
            "curvature": before,
            "curvature_scaled": after,
            "ratio": after / before,
            "curvature_normalized": curvature(x, y, k * w, k * d),
        },
        tables={
            "slices": {
                "t": t,
                "before": np.array([loss(x, y, w + at * d) for at in t]),
                "after": np.array([loss(x, y, k * w + at * d) for at in t]),
                "normalized": np.array([loss(x, y, k * (w + at * d)) for at in t]),
            }
        },
    )


SIMULATION = Simulation(
    "A slice of the loss under scaled weights",
    Parameters,
    run,
    {
        "loss": "Loss",
        "loss_scaled": "Loss with scaled weights",
        "curvature": "Curvature of the slice",
        "curvature_scaled": "Curvature with scaled weights",
        "ratio": "After over before",
        "curvature_normalized": "Curvature along a direction scaled likewise",
    },
)
