r"""Batch normalization in batches of n: how far a value can go, and how its output trembles.

With the batch's own mean and its biased variance (Ioffe & Szegedy 2015, algorithm 1),

    sum of x_hat^2 = n and sum of x_hat = 0, so |x_hat| <= sqrt(n - 1)

with equality where one value stands apart from n - 1 equal ones. A fixed input x, among n - 1
random ones of mean 0 and variance 1, gets an output whose deviation from batch to batch is

    sqrt((1 + x^2 / 2) / n)                                     to first order in 1/n

by the delta method: the batch's mean has variance 1/n, its deviation 1/(2n), and x_hat moves by
-1 and by -x with them. The unbiased variance of a batch is n/(n - 1) times the biased one.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from engine.simulations.kit.base import Outcome, Simulation, parameter
from engine.simulations.normalization.batchnorm_transform import transform

Floats = NDArray[np.float64]

BATCHES = 1000
BINS = 40
LARGEST = 512
EPS = 1e-5  # PyTorch's and Flax's


def jitter(x: float, n: int, batches: int, rng: np.random.Generator) -> tuple[Floats, Floats]:
    """(x_hat of x, all drawn batches), shapes (batches,) and (n, batches); x stands first."""
    drawn = rng.standard_normal((n, batches))
    drawn[0] = x
    return transform(drawn, eps=EPS)[1][0], drawn


def expected_jitter(x: float, n: int) -> float:
    """The deviation of x_hat to first order; for n of about 16 and more."""
    return math.sqrt((1 + x * x / 2) / n)


@dataclass(frozen=True)
class Parameters:
    n: int = parameter(8, "Values in a batch", low=2, high=LARGEST, log=True)
    x: float = parameter(1.0, "The input that is watched", low=-5, high=5)
    outlier: float = parameter(
        100.0, "A value far from n − 1 equal ones", low=1.0, high=1e6, log=True
    )
    variance: float = parameter(
        4.0, "Variance of a batch (biased)", low=0.01, high=1000.0, log=True
    )


def run(parameters: Parameters, rng: np.random.Generator) -> Outcome:
    """x in BATCHES batches of n; beside it the outlier's batch and the two variances."""
    p, n = parameters, parameters.n
    outputs, drawn = jitter(p.x, n, BATCHES, rng)
    fresh = rng.standard_normal((n, BATCHES))
    normal = transform(fresh, eps=EPS)[1]
    spread = float(outputs.std(ddof=1))
    alone = np.zeros(n)
    alone[0] = p.outlier
    means = drawn[1:].sum(axis=0) / n  # of the random mates
    return Outcome(
        scalars={
            "jitter": spread,
            "jitter_se": _error(outputs, spread),
            "expected_jitter": expected_jitter(p.x, n),
            "mean_output": float(outputs.mean()),
            "lowest": float(np.quantile(outputs, 0.025)),
            "highest": float(np.quantile(outputs, 0.975)),
            "sign_flips": float((outputs * p.x < 0).mean()),
            "bound": math.sqrt(n - 1),
            "largest": float(np.abs(normal).max()),
            "outlier_output": float(transform(alone, eps=EPS)[1][0]),
            "mean_jitter": float(means.std(ddof=1)),
            "bessel": n / (n - 1),
            "unbiased": p.variance * n / (n - 1),
            "biased_mean": float(fresh.var(axis=0).mean()),
            "unbiased_mean": float(fresh.var(axis=0, ddof=1).mean()),
            "unbiased_mean_se": float(fresh.var(axis=0, ddof=1).std(ddof=1)) / math.sqrt(BATCHES),
        },
        tables={"outputs": _histogram(outputs), "sizes": _sizes(p)},
    )


def _error(values: Floats, spread: float) -> float:
    """The standard error of a measured deviation, whatever the shape of the values."""
    fourth = float(((values - values.mean()) ** 4).mean())
    surplus = max(fourth - spread**4, 0.0)
    return math.sqrt(surplus / len(values)) / (2 * spread) if spread > 0 else 0.0


def _histogram(outputs: Floats) -> dict[str, NDArray[np.generic]]:
    low, high = float(outputs.min()), float(outputs.max())
    if not high - low > 1e-9:
        low, high = low - 0.05, high + 0.05
    share, edges = np.histogram(outputs, bins=BINS, range=(low, high))
    return {"left": edges[:-1], "right": edges[1:], "share": share / len(outputs)}


def _sizes(p: Parameters) -> dict[str, NDArray[np.generic]]:
    """The bound, the jitter and the stored variance for batches of every size."""
    n = np.unique(np.round(np.geomspace(2, LARGEST, 80)).astype(np.int64))
    return {
        "n": n,
        "bound": np.sqrt(n - 1.0),
        "jitter": np.sqrt((1 + p.x**2 / 2) / n),
        "unbiased": p.variance * n / (n - 1.0),
    }


SIMULATION = Simulation(
    "Batch normalization and batch size",
    Parameters,
    run,
    {
        "jitter": "Deviation of the output from batch to batch",
        "jitter_se": "Standard error of it",
        "expected_jitter": "That deviation by the formula for large n",
        "mean_output": "Mean output",
        "lowest": "Output below which 2.5% lie",
        "highest": "Output above which 2.5% lie",
        "sign_flips": "Share of batches in which its sign flips",
        "bound": "Largest possible |x̂|, √(n − 1)",
        "largest": "Largest |x̂| seen",
        "outlier_output": "x̂ of the outlier",
        "mean_jitter": "Deviation of the batch mean",
        "bessel": "n/(n − 1)",
        "unbiased": "Unbiased variance of the batch",
        "biased_mean": "Mean biased variance where the truth is 1",
        "unbiased_mean": "Mean unbiased variance where the truth is 1",
        "unbiased_mean_se": "Standard error of that mean",
    },
)
