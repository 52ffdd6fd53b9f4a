r"""Dropout in front of batch normalization: the variance it stores is not the one at inference.

Inverted dropout (Srivastava et al., 2014, section 10) keeps a value with probability p and divides
it by p. For values of mean m and variance v the mean stays m, and the variance becomes

    Var_train = (v + m²) / p − m²

Batch normalization stores that. At inference nothing is dropped, the variance is v, and outputs
that had deviation 1 have sqrt(v / Var_train): the variance shift of Li, Chen, Hu & Yang (2019).
"""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from engine.simulations.kit.base import Outcome, Simulation, parameter
from engine.simulations.normalization.relu_bn_order import rectified

Floats = NDArray[np.float64]
BINS = 60
DROPS = np.linspace(0.0, 0.9, 46)


def inverted_dropout(x: Floats, kept: NDArray[np.bool_], keep: float) -> Floats:
    """What is kept, divided by the probability of keeping it."""
    return np.where(kept, x / keep, 0.0)


def train_variance(mean: float, variance: float, keep: float) -> float:
    """The variance after inverted dropout of values with this mean and variance."""
    return (variance + mean**2) / keep - mean**2


@dataclass(frozen=True)
class Parameters:
    values: str = parameter(
        "normal",
        "Values",
        choices={
            "normal": "normal",
            "rectified": "normal, after a ReLU",
        },
    )
    mean: float = parameter(1.0, "Mean (before a ReLU)", low=-1.0, high=5.0)
    std: float = parameter(1.0, "Standard deviation (before a ReLU)", low=0.5, high=5.0, log=True)
    drop: float = parameter(0.3, "Probability of dropping", low=0.0, high=0.9)
    samples: int = parameter(20000, "Values drawn", low=1000, high=50000)


def run(parameters: Parameters, rng: np.random.Generator) -> Outcome:
    """Drops drawn values, stores their statistics, and normalizes with and without dropout."""
    p = parameters
    x = p.mean + p.std * rng.standard_normal(p.samples)
    mean, std = p.mean, p.std
    if p.values == "rectified":
        x = np.maximum(x, 0)
        mean, std = rectified(p.mean, p.std)
    keep, variance = 1 - p.drop, std**2
    dropped = inverted_dropout(x, rng.random(p.samples) < keep, keep)
    stored = train_variance(mean, variance, keep)
    train = (dropped - mean) / math.sqrt(stored)
    test = (x - mean) / math.sqrt(stored)
    test_std = float(test.std())
    ratios = np.array([train_variance(mean, variance, 1 - drop) / variance for drop in DROPS])
    return Outcome(
        scalars={
            "input_mean": mean,
            "input_variance": variance,
            "train_variance": stored,
            "ratio": stored / variance,
            "test_std": math.sqrt(variance / stored),
            "train_mean_measured": float(dropped.mean()),
            "train_mean_measured_se": float(dropped.std()) / math.sqrt(p.samples),
            "ratio_measured": float(dropped.var()) / variance,
            "ratio_measured_se": _variance_error(dropped) / variance,
            "test_std_measured": test_std,
            "test_std_measured_se": _variance_error(test) / (2 * test_std),
        },
        tables={
            "outputs": _histogram(train, test),
            "drops": {"drop": DROPS, "ratio": ratios, "test_std": 1 / np.sqrt(ratios)},
        },
    )


def _variance_error(values: Floats) -> float:
    """The standard error of a sample's variance, whatever its distribution."""
    squares = np.square(values - values.mean())
    return float(squares.std()) / math.sqrt(len(values))


def _histogram(train: Floats, test: Floats) -> dict[str, NDArray[np.generic]]:
    """Shares of the outputs by bin, over the same bins for both."""
    low, high = min(train.min(), test.min()), max(train.max(), test.max())
    edges = np.linspace(low, high + 1e-9, BINS + 1)
    return {
        "left": edges[:-1],
        "right": edges[1:],
        "train": np.histogram(train, edges)[0] / len(train),
        "test": np.histogram(test, edges)[0] / len(test),
    }


SIMULATION = Simulation(
    "Dropout in front of BN",
    Parameters,
    run,
    {
        "input_mean": "Mean before dropout",
        "input_variance": "Variance before dropout",
        "train_variance": "Variance in training",
        "ratio": "Variance in training / at test",
        "test_std": "Deviation of BN's outputs at test",
        "train_mean_measured": "Mean in training, drawn",
        "train_mean_measured_se": "Standard error of it",
        "ratio_measured": "Ratio of the variances, drawn",
        "ratio_measured_se": "Standard error of it",
        "test_std_measured": "Deviation at test, drawn",
        "test_std_measured_se": "Standard error of it",
    },
)
