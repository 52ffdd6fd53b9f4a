r"""What standardizing a feature changes, and what it leaves: z = (x - mean) / std.

It is a straight line in x. So mean and deviation become 0 and 1, but the order of the values and
the shape of their distribution stay. In particular the share of z below 0 is that of x below its
mean, which is one half only where the distribution is symmetric:

    u, u^3 (u normal), uniform: 1/2     u^2: P(|u| < 1)     |u|: erf(sqrt(1 / pi))
    e^(s u): Phi(s / 2), -e^(s u): Phi(-s / 2)     exponential: 1 - 1/e
    1 with probability p, else 0: 1 - p

Values come with exactly the mean and the deviation asked for (deviations divide by n, as batch
normalization's do). LeCun et al. (1998), section 4.3, is the classic reason to do it.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from engine.simulations.kit.base import Outcome, Simulation, parameter

Floats = NDArray[np.float64]

SHAPES: Mapping[str, Mapping[str, str]] = {
    "normal": {"en": "normal", "ko": "정규 분포"},
    "cube": {"en": "cubes of normal values", "ko": "정규 분포 값의 세제곱"},
    "square": {"en": "squares of normal values", "ko": "정규 분포 값의 제곱"},
    "absolute": {"en": "normal values without their sign", "ko": "정규 분포 값의 절댓값"},
    "lognormal": {"en": "lognormal (long right tail)", "ko": "로그 정규 분포(오른쪽으로 긴 꼬리)"},
    "left_tail": {"en": "long left tail", "ko": "왼쪽으로 긴 꼬리"},
    "uniform": {"en": "uniform", "ko": "균등 분포"},
    "exponential": {"en": "exponential", "ko": "지수 분포"},
    "zero_one": {"en": "zeros and ones", "ko": "0과 1"},
}
METHODS: Mapping[str, Mapping[str, str]] = {
    "standardize": {"en": "standardize", "ko": "표준화"},
    "center": {"en": "subtract the mean", "ko": "평균만 뺌"},
    "min_max": {"en": "scale to 0 … 1", "ko": "0~1로 조정"},
    "mirror": {"en": "standardize and mirror", "ko": "표준화한 뒤 뒤집음"},
}
BINS = 40
GRID = 121


def standardized(x: Floats) -> Floats:
    """Minus the mean, divided by the deviation (of n, not n - 1), over the last axis."""
    return np.asarray((x - x.mean(axis=-1, keepdims=True)) / x.std(axis=-1, keepdims=True))


def skewness(x: Floats) -> float:
    """The mean cube of the standardized values: 0 if symmetric, above 0 for a long right tail."""
    return float((standardized(x) ** 3).mean())


def below_mean(shape: str, log_std: float, p: float) -> float:
    """The share of a distribution that lies below its mean."""
    shares = {
        "square": math.erf(math.sqrt(0.5)),
        "absolute": math.erf(math.sqrt(1 / math.pi)),
        "lognormal": 0.5 * math.erfc(-log_std / math.sqrt(8)),
        "left_tail": 0.5 * math.erfc(log_std / math.sqrt(8)),
        "exponential": 1 - math.exp(-1),
        "zero_one": 1 - p,
    }
    return shares.get(shape, 0.5)


@dataclass(frozen=True)
class Parameters:
    shape: str = parameter(
        "lognormal", en="Distribution of the values", ko="값의 분포", choices=SHAPES
    )
    method: str = parameter("standardize", en="What is done", ko="변환 방법", choices=METHODS)
    mean: float = parameter(60.0, en="Mean of the values", ko="값의 평균", low=-1000, high=1000)
    std: float = parameter(
        20.0, en="Deviation of the values", ko="값의 표준편차", low=0.01, high=1000, log=True
    )
    log_std: float = parameter(
        0.8,
        en="Long tails: deviation of the logarithm",
        ko="긴 꼬리: 로그의 표준편차",
        low=0.1,
        high=2.0,
    )
    p: float = parameter(
        0.2, en="Zeros and ones: share of ones", ko="0과 1: 1의 비율", low=0.02, high=0.98
    )
    n: int = parameter(2000, en="Values", ko="값의 수", low=100, high=20_000, log=True)


def run(parameters: Parameters, rng: np.random.Generator) -> Outcome:
    """Draws n values, gives them the mean and the deviation, and transforms them."""
    p = parameters
    x = _drawn(p, rng)
    if p.shape != "zero_one":  # whose mean and deviation are its own
        x = p.mean + p.std * standardized(x)
    y = _transformed(p.method, x)
    below = float((y < 0).mean())
    edges = _edges(y)
    low, high = float(edges[0]), float(edges[-1])
    counts, _ = np.histogram(y, bins=edges)
    at = np.linspace(low, high, GRID)
    center, spread = float(y.mean()), float(y.std())
    return Outcome(
        scalars={
            "mean": float(x.mean()),
            "std": float(x.std()),
            "skew": skewness(x),
            "lowest": float(x.min()),
            "highest": float(x.max()),
            "new_mean": center + 0.0,
            "new_std": spread,
            "new_skew": skewness(y),
            "new_lowest": float(y.min()),
            "new_highest": float(y.max()),
            "largest_stays": float(np.argmax(x) == np.argmax(y)),
            "below": below,
            "below_se": math.sqrt(max(below * (1 - below), 1 / p.n) / p.n),
            "below_expected": below_mean(p.shape, p.log_std, p.p),
        },
        tables={
            "histogram": {
                "left": edges[:-1],
                "right": edges[1:],
                "share": counts / p.n,
            },
            "bell": {
                "at": at,
                "share": (edges[1] - edges[0]) * _bell(at, center, spread),
            },
            "below": {
                "at": at,
                "share": np.searchsorted(np.sort(y), at) / p.n,
                "bell": np.array([_below_bell(v, center, spread) for v in at]),
            },
        },
    )


def _drawn(p: Parameters, rng: np.random.Generator) -> Floats:
    if p.shape == "uniform":
        return rng.random(p.n)
    if p.shape == "exponential":
        return rng.exponential(size=p.n)
    if p.shape == "zero_one":  # exactly the share p of ones
        return (np.arange(p.n) < round(p.p * p.n)).astype(np.float64)
    u = rng.standard_normal(p.n)
    if p.shape == "cube":  # so dense at 0 that a mean off by chance would move many below it
        half = u[: p.n // 2] ** 3
        return np.concatenate([half, -half, np.zeros(p.n % 2)])
    made = {
        "square": u**2,
        "absolute": np.abs(u),
        "lognormal": np.exp(p.log_std * u),
        "left_tail": -np.exp(p.log_std * u),
    }
    return np.asarray(made.get(p.shape, u))


def _transformed(method: str, x: Floats) -> Floats:
    if method == "center":
        return np.asarray(x - x.mean())
    if method == "min_max":
        return np.asarray((x - x.min()) / (x.max() - x.min()))
    z = standardized(x)
    return -z if method == "mirror" else z


def _edges(y: Floats) -> Floats:
    """Of bars over nearly all values, one of them at 0: long tails must not squash the rest."""
    low, high = (float(v) for v in np.quantile(y, [0.01, 0.99]))
    low, high = min(low, -0.5 * float(y.std())), max(high, 0.5 * float(y.std()))
    width = 1.08 * (high - low) / BINS
    first, last = math.floor(low / width) - 1, math.ceil(high / width) + 1
    return np.asarray(width * np.arange(first, last + 1), dtype=np.float64)


def _bell(at: Floats, center: float, spread: float) -> Floats:
    z = (at - center) / spread
    return np.asarray(np.exp(-(z**2) / 2) / (spread * math.sqrt(2 * math.pi)))


def _below_bell(at: float, center: float, spread: float) -> float:
    return 0.5 * math.erfc(-(at - center) / spread / math.sqrt(2))


SIMULATION = Simulation(
    name="standardization",
    title={"en": "Standardizing a feature", "ko": "특징의 표준화"},
    parameters=Parameters,
    run=run,
    scalars={
        "mean": {"en": "Mean before", "ko": "변환 전 평균"},
        "std": {"en": "Deviation before", "ko": "변환 전 표준편차"},
        "skew": {"en": "Skewness before", "ko": "변환 전 왜도"},
        "lowest": {"en": "Smallest value before", "ko": "변환 전 최솟값"},
        "highest": {"en": "Largest value before", "ko": "변환 전 최댓값"},
        "new_mean": {"en": "Mean after", "ko": "변환 후 평균"},
        "new_std": {"en": "Deviation after", "ko": "변환 후 표준편차"},
        "new_skew": {"en": "Skewness after", "ko": "변환 후 왜도"},
        "new_lowest": {"en": "Smallest value after", "ko": "변환 후 최솟값"},
        "new_highest": {"en": "Largest value after", "ko": "변환 후 최댓값"},
        "largest_stays": {
            "en": "The largest value is still the largest (1: yes)",
            "ko": "가장 큰 값이 여전히 가장 큰지(1이면 예)",
        },
        "below": {"en": "Share below 0 after", "ko": "변환 후 0보다 작은 비율"},
        "below_se": {"en": "Standard error of it", "ko": "그 값의 표준오차"},
        "below_expected": {
            "en": "Share below the mean by the formula",
            "ko": "공식으로 구한 평균 아래 비율",
        },
    },
)
