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

SHAPES: Mapping[str, str] = {
    "normal": "normal",
    "cube": "cubes of normal values",
    "square": "squares of normal values",
    "absolute": "normal values without their sign",
    "lognormal": "lognormal (long right tail)",
    "left_tail": "long left tail",
    "uniform": "uniform",
    "exponential": "exponential",
    "zero_one": "zeros and ones",
}
METHODS: Mapping[str, str] = {
    "standardize": "standardize",
    "center": "subtract the mean",
    "min_max": "scale to 0 … 1",
    "mirror": "standardize and mirror",
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
    shape: str = parameter("lognormal", "Distribution of the values", choices=SHAPES)
    method: str = parameter("standardize", "What is done", choices=METHODS)
    mean: float = parameter(60.0, "Mean of the values", low=-1000, high=1000)
    std: float = parameter(20.0, "Deviation of the values", low=0.01, high=1000, log=True)
    log_std: float = parameter(0.8, "Long tails: deviation of the logarithm", low=0.1, high=2.0)
    p: float = parameter(0.2, "Zeros and ones: share of ones", low=0.02, high=0.98)
    n: int = parameter(2000, "Values", low=100, high=20_000, log=True)


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
    "Standardizing a feature",
    Parameters,
    run,
    {
        "mean": "Mean before",
        "std": "Deviation before",
        "skew": "Skewness before",
        "lowest": "Smallest value before",
        "highest": "Largest value before",
        "new_mean": "Mean after",
        "new_std": "Deviation after",
        "new_skew": "Skewness after",
        "new_lowest": "Smallest value after",
        "new_highest": "Largest value after",
        "largest_stays": "The largest value is still the largest (1: yes)",
        "below": "Share below 0 after",
        "below_se": "Standard error of it",
        "below_expected": "Share below the mean by the formula",
    },
)
