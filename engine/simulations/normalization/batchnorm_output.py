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
        en="Shape of the distribution",
        ko="분포의 모양",
        choices={
            "normal": {"en": "normal", "ko": "정규 분포"},
            "uniform": {"en": "uniform", "ko": "균등 분포"},
            "exponential": {"en": "exponential", "ko": "지수 분포"},
        },
    )
    mean: float = parameter(3.0, en="Mean of the values", ko="값의 평균", low=-20.0, high=20.0)
    std: float = parameter(
        2.0, en="Deviation of the values", ko="값의 표준편차", low=1e-4, high=10.0, log=True
    )
    gamma: float = parameter(1.0, en="γ (scale)", ko="γ(배율)", low=-5.0, high=5.0)
    beta: float = parameter(0.5, en="β (shift)", ko="β(이동)", low=-5.0, high=5.0)
    eps: float = parameter(1e-5, en="ε", ko="ε", low=1e-12, high=1.0, log=True)


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
    name="batchnorm_output",
    title={"en": "What batch normalization puts out", "ko": "배치 정규화의 출력 분포"},
    parameters=Parameters,
    run=run,
    scalars={
        "y_mean": {"en": "Mean of the outputs", "ko": "출력의 평균"},
        "y_std": {"en": "Deviation of the outputs", "ko": "출력의 표준편차"},
        "y_variance": {"en": "Variance of the outputs", "ko": "출력의 분산"},
        "expected_std": {
            "en": "Deviation of the outputs by the formula",
            "ko": "공식에 따른 출력의 표준편차",
        },
        "kept_std": {
            "en": "Deviation of the normalized values by the formula",
            "ko": "공식에 따른 정규화 값의 표준편차",
        },
        "x_hat_std": {
            "en": "Deviation of the normalized values",
            "ko": "정규화한 값의 표준편차",
        },
        "negative_x_hat": {
            "en": "Share of normalized values below 0",
            "ko": "정규화한 값 중 0보다 작은 비율",
        },
        "zeros": {"en": "Share that ReLU sets to zero", "ko": "ReLU가 0으로 만드는 비율"},
        "zeros_se": {"en": "Standard error of it", "ko": "그 값의 표준오차"},
        "expected_zeros": {
            "en": "That share by the formula",
            "ko": "공식에 따른 그 비율",
        },
    },
)
