r"""What batch normalization makes of a whole distribution: mean, spread, and the share below zero.

A batch with mean mu and variance v comes out with mean beta and deviation

    |gamma| sqrt(v / (v + eps))

whatever its shape (Ioffe & Szegedy 2015, algorithm 1). ReLU sets to zero what is below zero; of
normal values that is the share Phi(-beta / |gamma|), with sqrt((v + eps) / v) beside it where eps
counts. Normalizing moves and stretches, so other shapes keep their own share below the mean.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from engine.simulations.kit.base import Outcome, Simulation, parameter
from engine.simulations.normalization.batchnorm_transform import transform

Floats = NDArray[np.float64]

DRAWN = 4000
BINS = 40
LEVELS = 81  # points of the share below a level
FRAMEWORK_EPS = {"PyTorch": 1e-5, "Keras": 1e-3}


def draw(shape: str, size: int, rng: np.random.Generator) -> Floats:
    """Independent values of mean 0 and standard deviation 1."""
    if shape == "uniform":
        return rng.uniform(-math.sqrt(3), math.sqrt(3), size)
    if shape == "exponential":
        return rng.exponential(1.0, size) - 1.0
    return rng.standard_normal(size)


def below_zero(shape: str, gamma: float, beta: float) -> float:
    """P(gamma z + beta <= 0) for z of mean 0 and deviation 1 with this shape, gamma not 0."""
    at = -beta / gamma
    if shape == "uniform":
        share = min(max((at + math.sqrt(3)) / (2 * math.sqrt(3)), 0.0), 1.0)
    elif shape == "exponential":
        share = 1 - math.exp(-(at + 1)) if at > -1 else 0.0
    else:
        share = 0.5 * math.erfc(-at / math.sqrt(2))
    return share if gamma > 0 else 1 - share


@dataclass(frozen=True)
class Parameters:
    shape: str = parameter(
        "normal",
        "Shape of the distribution",
        choices={
            "normal": "normal",
            "uniform": "uniform",
            "exponential": "exponential",
        },
    )
    mean: float = parameter(3.0, "Mean of the values", low=-20.0, high=20.0)
    std: float = parameter(2.0, "Deviation of the values", low=1e-4, high=10.0, log=True)
    gamma: float = parameter(1.0, "γ (scale)", low=-5.0, high=5.0)
    beta: float = parameter(0.5, "β (shift)", low=-5.0, high=5.0)
    eps: float = parameter(1e-5, "ε", low=1e-12, high=1.0, log=True)


def run(parameters: Parameters, rng: np.random.Generator) -> Outcome:
    """Normalizes one batch of DRAWN values whose mean and deviation are exactly those asked for."""
    p = parameters
    z = draw(p.shape, DRAWN, rng)
    x = p.mean + p.std * (z - z.mean()) / z.std()
    y, x_hat = transform(x, p.gamma, p.beta, p.eps)
    kept = math.sqrt(p.std**2 / (p.std**2 + p.eps))
    zeros = float((y <= 0).mean())
    expected = below_zero(p.shape, p.gamma * kept, p.beta) if p.gamma else float(p.beta <= 0)
    return Outcome(
        scalars={
            "y_mean": round(float(y.mean()), 12),  # beta, whatever rounding leaves of it
            "y_std": float(y.std()),
            "y_variance": float(y.var()),
            "expected_std": abs(p.gamma) * kept,
            "kept_std": kept,
            "x_hat_std": float(x_hat.std()),
            "negative_x_hat": float((x_hat < 0).mean()),
            "zeros": zeros,
            "zeros_se": math.sqrt(max(expected * (1 - expected), 1 / DRAWN) / DRAWN),
            "expected_zeros": expected,
        },
        tables={
            "histograms": _histograms({"x": x, "x_hat": x_hat, "y": y}),
            "below": _below(y),
            "epsilon": _epsilon(),
        },
    )


def _histograms(values: dict[str, Floats]) -> dict[str, NDArray[np.generic]]:
    """Each stage in bins of its own."""
    parts = []
    for name, column in values.items():
        low, high = float(column.min()), float(column.max())
        if not high - low > 1e-12 * max(abs(high), 1.0):  # gamma = 0: all in one place
            low, high = low - 0.05, high + 0.05
        density, edges = np.histogram(column, bins=BINS, range=(low, high), density=True)
        parts.append((np.repeat(name, BINS), edges[:-1], edges[1:], density))
    names = ("stage", "left", "right", "density")
    columns = zip(*parts, strict=True)
    return {name: np.concatenate(part) for name, part in zip(names, columns, strict=True)}


def _below(y: Floats) -> dict[str, NDArray[np.generic]]:
    """The share of outputs at or below a level, from the lowest to the highest and past zero."""
    low, high = min(float(y.min()), -0.5), max(float(y.max()), 0.5)
    level = np.linspace(low, high, LEVELS)
    return {"level": level, "share": np.searchsorted(np.sort(y), level, side="right") / len(y)}


def _epsilon() -> dict[str, NDArray[np.generic]]:
    """The deviation of x_hat by the variance of its batch, with two frameworks' epsilon."""
    variance = np.logspace(-8, 1, 91)
    return {
        "variance": variance,
        **{name: np.sqrt(variance / (variance + eps)) for name, eps in FRAMEWORK_EPS.items()},
    }


SIMULATION = Simulation(
    "What batch normalization puts out",
    Parameters,
    run,
    {
        "y_mean": "Mean of the outputs",
        "y_std": "Deviation of the outputs",
        "y_variance": "Variance of the outputs",
        "expected_std": "Deviation of the outputs by the formula",
        "kept_std": "Deviation of the normalized values by the formula",
        "x_hat_std": "Deviation of the normalized values",
        "negative_x_hat": "Share of normalized values below 0",
        "zeros": "Share that ReLU sets to zero",
        "zeros_se": "Standard error of it",
        "expected_zeros": "That share by the formula",
    },
)
