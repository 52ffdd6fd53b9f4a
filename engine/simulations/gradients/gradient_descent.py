r"""Gradient descent on a quadratic, the smallest loss that can oscillate and diverge.

    L(w) = (a w_1^2 + b w_2^2) / 2,     w <- w - eta grad L(w)

Each coordinate is multiplied by 1 - eta lambda at every step, where lambda is its curvature (a or
b), so it converges iff 0 < eta < 2 / lambda. One rate serves both, so the largest curvature sets
the limit 2 / max(a, b), and 2 / (a + b) makes the slower one fastest (LeCun et al. 1998,
section 5; Goh 2017). A start of 0 in the second coordinate leaves the one-dimensional case.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from engine.simulations.kit.base import Outcome, Simulation, parameter

Floats = NDArray[np.float64]

FARTHEST = 1e12  # starts: a path that came so far has diverged, and ends there
MOST_STEPS = 5000  # that are waited for until the error has shrunk
RATES = 121  # of the sweep
HIGHEST_LOSS = 1e6  # of the sweep, in losses at the start


def descend(curvatures: Sequence[float], start: Sequence[float], rate: float, steps: int) -> Floats:
    """w_0 ... w_T, shape (T + 1, coordinates); fewer rows where it runs away."""
    h, w = np.asarray(curvatures, dtype=np.float64), np.asarray(start, dtype=np.float64)
    limit = FARTHEST * max(float(np.abs(w).max()), 1.0)
    path = [w]
    for _ in range(steps):
        w = w - rate * (h * w)
        path.append(w)
        if np.abs(w).max() > limit:
            break
    return np.array(path)


def loss(curvatures: Sequence[float], path: Floats) -> Floats:
    """L at each row of a path (T, coordinates)."""
    return np.asarray((np.asarray(curvatures) * path**2).sum(axis=-1) / 2)


@dataclass(frozen=True)
class Parameters:
    learning_rate: float = parameter(0.6, "Learning rate η", low=0.0001, high=10.0, log=True)
    curvature: float = parameter(3.0, "Curvature λ", low=0.01, high=100.0, log=True)
    start: float = parameter(5.0, "First weight w₀", low=-20, high=20)
    curvature_2: float = parameter(
        1.0, "Curvature along the second weight", low=0.01, high=100.0, log=True
    )
    start_2: float = parameter(
        0.0, "Start of the second weight (0: one weight alone)", low=-20, high=20
    )
    steps: int = parameter(12, "Steps", low=1, high=2000, log=True)
    times: float = parameter(
        100.0, "Wait until the error is so many times smaller", low=2.0, high=1e6, log=True
    )


def run(parameters: Parameters, _rng: np.random.Generator) -> Outcome:
    """Follows the weights; nothing is drawn by chance."""
    p = parameters
    two = p.start_2 != 0
    h = (p.curvature, p.curvature_2) if two else (p.curvature,)
    start = (p.start, p.start_2) if two else (p.start,)
    path = descend(h, start, p.learning_rate, p.steps)
    losses = loss(h, path)
    rates = np.geomspace(0.02, 3.0, RATES) / max(h)
    return Outcome(
        scalars={
            "factor": 1 - p.learning_rate * p.curvature,
            "product": p.learning_rate * p.curvature,
            "first": float(path[1, 0]),
            "last": float(path[-1, 0]),
            "last_loss": float(losses[-1]),
            "first_loss": float(losses[0]),
            "next_loss": float(losses[1]),
            "steps_run": float(len(path) - 1),
            "largest_rate": 2 / max(h),
            "best_rate": 2 / (min(h) + max(h)),
            "condition_number": max(h) / min(h),
            "steps_needed": _waited(h, p.learning_rate, p.times),
        },
        tables={
            "trace": {
                "step": np.arange(len(path)),
                "weight": path[:, 0],
                "weight_2": path[:, 1] if two else np.zeros(len(path)),
                "error": np.abs(path).max(axis=1) / max(map(abs, (*start, 1e-300))),
                "loss": losses,
            },
            "sweep": {"rate": rates, "loss": _swept(h, rates, p.steps)},
        },
    )


def _waited(curvatures: Sequence[float], rate: float, times: float) -> float:
    """Steps until every coordinate is `times` smaller, tried out; 0 if it never comes to that."""
    factor = float(np.abs(1 - rate * np.asarray(curvatures)).max())
    error = 1.0
    for step in range(1, MOST_STEPS + 1):
        error *= factor
        if error * times <= 1 + 1e-12:
            return float(step)
        if error > FARTHEST:
            break
    return 0.0


def _swept(curvatures: Sequence[float], rates: Floats, steps: int) -> Floats:
    """Loss after the steps as a share of the first, from a start of 1 in each, for each rate."""
    h = np.asarray(curvatures)
    factor = np.abs(1 - rates[:, None] * h)
    with np.errstate(over="ignore"):  # far beyond HIGHEST_LOSS, where it is cut
        shares = (h * factor ** (2 * steps)).sum(axis=1) / h.sum()
    return np.asarray(np.minimum(shares, HIGHEST_LOSS))


SIMULATION = Simulation(
    "Gradient descent on a bowl",
    Parameters,
    run,
    {
        "factor": "Factor of one step, 1 − ηλ",
        "product": "ηλ",
        "first": "Weight after one step",
        "last": "Weight at the last step",
        "last_loss": "Loss at the last step",
        "first_loss": "Loss at the start",
        "next_loss": "Loss after one step",
        "steps_run": "Steps taken (fewer if it ran away)",
        "largest_rate": "Largest stable rate 2/λ",
        "best_rate": "Fastest rate 2/(a + b)",
        "condition_number": "Condition number κ",
        "steps_needed": "Steps until the error is that much smaller (0: never)",
    },
    tables={"sweep": "by learning rate"},
)
