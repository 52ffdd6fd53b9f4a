r"""How the scale, the correlation and the mean of the inputs decide how fast descent can be.

Linear regression by gradient descent on half the mean squared error has the Hessian
H = X^T X / n. Its eigenvalues are the curvatures: the rate must stay below 2 / lambda_max, and at
the fastest rate, 2 / (lambda_max + lambda_min), a step leaves (kappa - 1) / (kappa + 1) of the
error, where kappa = lambda_max / lambda_min (LeCun et al. 1998, sections 4.3 and 5).

    two centered features, deviations 1 and s, uncorrelated     kappa = max(s, 1/s)^2
    two standardized features, correlation rho                  kappa = (1 + |rho|) / (1 - |rho|)
    intercept and a feature of deviation 1 and mean m           lambda_max + lambda_min = 2 + m^2,
                                                                lambda_max * lambda_min = 1
"""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from engine.simulations.gradients.standardization import standardized
from engine.simulations.kit.base import Outcome, Simulation, parameter

Floats = NDArray[np.float64]

N = 200  # samples; their mean, deviation and correlation are exactly those asked for
PATH = 60
POINTS = 120
MOST_STEPS = 1e12  # more are not told apart
LEVELS = (1.0, 0.3, 0.1, 0.03)  # of the loss, as shares of the first


def features(correlation: float, rng: np.random.Generator) -> Floats:
    """Two columns (N, 2) of mean 0, deviation 1 and exactly this correlation."""
    one, other = (standardized(rng.standard_normal(N)) for _ in range(2))
    other = standardized(other - (one @ other / N) * one)
    return np.column_stack([one, correlation * one + math.sqrt(1 - correlation**2) * other])


def hessian(x: Floats) -> Floats:
    """X^T X / n, of half the mean squared error; x (n, features)."""
    return np.asarray(x.T @ x / len(x))


def steps_until(times: float, factor: float) -> float:
    """Steps until an error that each multiplies by `factor` is `times` smaller; 0: never."""
    if factor >= 1:
        return 0.0
    if factor <= 0:
        return 1.0
    return min(math.ceil(math.log(times) / -math.log(factor) - 1e-9), MOST_STEPS)


@dataclass(frozen=True)
class Bowl:
    """A Hessian's eigenvalues, rising, its eigenvectors, and the rates that suit it."""

    values: Floats
    vectors: Floats

    @classmethod
    def of(cls, h: Floats) -> Bowl:
        """The bowl of a Hessian (2, 2)."""
        values, vectors = np.linalg.eigh(h)
        return cls(values, vectors)

    @property
    def kappa(self) -> float:
        return float(self.values[-1] / self.values[0])

    @property
    def best_rate(self) -> float:
        return float(2 / (self.values[0] + self.values[-1]))

    def factor(self, rate: float) -> float:
        """What a step leaves of the error in the slower of the two directions."""
        return float(np.abs(1 - rate * self.values).max())

    def errors(self, rate: float, steps: Floats) -> Floats:
        """The distance from the best weights after each number of steps, 1 at the start."""
        start = self.vectors.T @ np.full(2, math.sqrt(0.5))
        factors = np.abs(1 - rate * self.values)
        with np.errstate(over="ignore"):
            left = factors ** steps[:, None] * start
            return np.asarray(np.minimum(np.hypot(left[:, 0], left[:, 1]), 1e9))


@dataclass(frozen=True)
class Parameters:
    model: str = parameter(
        "two_features",
        "Model",
        choices={
            "two_features": "two features",
            "feature_and_intercept": "a feature and an intercept",
        },
    )
    scale: float = parameter(
        10.0, "Deviation of the (second) feature", low=0.01, high=100.0, log=True
    )
    correlation: float = parameter(0.0, "Correlation of two features", low=-0.99, high=0.99)
    mean: float = parameter(0.0, "Mean of the feature (intercept)", low=-100, high=100)
    standardize: bool = parameter(False, "Standardize first")
    learning_rate: float = parameter(0.0, "Learning rate (0: the fastest)", low=0.0, high=10.0)
    times: float = parameter(
        1e6, "Wait until the error is so many times smaller", low=2.0, high=1e6, log=True
    )


def run(parameters: Parameters, rng: np.random.Generator) -> Outcome:
    """Descends from an error of 1 in both weights, and once more on standardized features."""
    p = parameters
    x = _inputs(p, rng)
    scaled = x.copy()
    moving = x.std(axis=0) > 0  # all but the intercept
    scaled[:, moving] = standardized(x[:, moving].T).T
    h = hessian(scaled if p.standardize else x)
    bowl, standard = Bowl.of(h), Bowl.of(hessian(scaled))
    rate = p.learning_rate or bowl.best_rate
    needed = steps_until(p.times, bowl.factor(rate))
    needed_standard = steps_until(p.times, standard.factor(standard.best_rate))
    longest = max(needed * 1.05, needed_standard * 2, 20)
    steps = np.unique(np.round(np.geomspace(1, longest, POINTS)))
    trace = {
        "step": steps,
        "raw": bowl.errors(rate, steps),
        "standardized": standard.errors(standard.best_rate, steps),
    }
    return Outcome(
        scalars={
            "kappa": bowl.kappa,
            "largest": float(bowl.values[-1]),
            "smallest": float(bowl.values[0]),
            "largest_rate": 2 / float(bowl.values[-1]),
            "best_rate": bowl.best_rate,
            "rate": rate,
            "factor": bowl.factor(rate),
            "steps_needed": needed,
            "kappa_standardized": standard.kappa,
            "largest_rate_standardized": 2 / float(standard.values[-1]),
            "steps_standardized": needed_standard,
        },
        tables={
            "trace": trace,
            "path": _path(h, rate),
            "contours": _contours(bowl, h),
            **_sweeps(p),
        },
    )


def _inputs(p: Parameters, rng: np.random.Generator) -> Floats:
    if p.model == "two_features":
        return np.asarray(features(p.correlation, rng) * np.array([1.0, p.scale]))
    feature = p.mean + p.scale * standardized(rng.standard_normal(N))
    return np.column_stack([np.ones(N), feature])


def _path(h: Floats, rate: float) -> dict[str, Floats]:
    error = np.ones(2)
    path = [error]
    for _ in range(PATH):
        error = error - rate * (h @ error)
        if np.abs(error).max() > 1e6:
            break
        path.append(error)
    found = np.array(path)
    return {"step": np.arange(len(found), dtype=np.float64), "w_1": found[:, 0], "w_2": found[:, 1]}


def _contours(bowl: Bowl, h: Floats) -> dict[str, Floats]:
    """Ellipses of equal loss; the outermost goes through the start."""
    first = float(np.ones(2) @ h @ np.ones(2))
    turn = np.linspace(0, 2 * math.pi, 73)
    circle = np.column_stack([np.cos(turn), np.sin(turn)])
    rings = []
    for level in LEVELS:
        ring = (circle * np.sqrt(level * first / bowl.values)) @ bowl.vectors.T
        rings.append(np.column_stack([np.full(len(turn), level), np.arange(len(turn)), ring]))
    level, order, w_1, w_2 = np.concatenate(rings).T
    return {"level": level, "order": order, "w_1": w_1, "w_2": w_2}


def _sweeps(p: Parameters) -> dict[str, dict[str, Floats]]:
    """kappa by scale and by correlation, and the largest rate by mean, from the closed forms."""
    scales = np.geomspace(0.01, 100, 61)
    correlations = np.linspace(-0.99, 0.99, 67)
    means = np.linspace(-100, 100, 401)
    trace = 1 + p.scale**2 + means**2
    largest = (trace + np.sqrt(trace**2 - 4 * p.scale**2)) / 2
    size = np.abs(correlations)
    return {
        "by_scale": {"scale": scales, "kappa": np.maximum(scales, 1 / scales) ** 2},
        "by_correlation": {"correlation": correlations, "kappa": (1 + size) / (1 - size)},
        "by_mean": {"mean": means, "largest_rate": 2 / largest},
    }


SIMULATION = Simulation(
    "Scale, correlation and mean of the inputs",
    Parameters,
    run,
    {
        "kappa": "Condition number κ",
        "largest": "Largest curvature",
        "smallest": "Smallest curvature",
        "largest_rate": "Largest stable rate",
        "best_rate": "Fastest rate",
        "rate": "Learning rate used",
        "factor": "Error left by a step, at worst",
        "steps_needed": "Steps needed (0: never)",
        "kappa_standardized": "κ, standardized",
        "largest_rate_standardized": "Largest stable rate, standardized",
        "steps_standardized": "Steps needed, standardized, fastest rate",
    },
)
