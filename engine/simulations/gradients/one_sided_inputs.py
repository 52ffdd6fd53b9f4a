r"""Inputs that are never negative tie the steps of a unit's weights together.

A linear unit with two weights learns y = a_1 - a_2 from one sample a step:

    w <- w - eta delta a,   delta = w . a - y

Where a_1 and a_2 are both positive, as a sigmoid gives them out, both weights move the same way,
by the sign of delta; to raise one and lower the other takes a zigzag (LeCun et al. 1998, section
4.3). The same samples moved to a mean of 0 have no such tie. Each of the two uses the rate
1 / max ||a||^2, with which no sample can overshoot.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from engine.simulations.kit.base import Outcome, Simulation, parameter

Floats = NDArray[np.float64]

WANTED = np.array([1.0, -1.0])
HALF = 0.5  # the inputs are uniform, so far to each side of their mean


@dataclass(frozen=True)
class Parameters:
    mean: float = parameter(0.5, "Mean of the inputs", low=0.0, high=2.0)
    steps: int = parameter(30, "Steps", low=1, high=200)


def safe_rate(mean: float) -> float:
    """1 / max ||a||^2 of two inputs that are uniform in mean ± HALF."""
    return 1 / (2 * (abs(mean) + HALF) ** 2)


def walk(inputs: Floats, rate: float) -> Floats:
    """The weights (T + 1, 2) after each of the samples `inputs` (T, 2), from 0."""
    w = np.zeros(2)
    path = [w]
    for a in inputs:
        w = w - rate * ((w - WANTED) @ a) * a
        path.append(w)
    return np.array(path)


def together(path: Floats) -> float:
    """The share of the steps that move both weights the same way."""
    steps = np.diff(path, axis=0)
    return float((steps[:, 0] * steps[:, 1] > 0).mean())


def run(parameters: Parameters, rng: np.random.Generator) -> Outcome:
    """Table `path`: step, w_1, w_2 with this mean, c_1, c_2 with the mean 0."""
    p = parameters
    around = rng.uniform(-HALF, HALF, (p.steps, 2))
    path = walk(around + p.mean, safe_rate(p.mean))
    centered = walk(around, safe_rate(0.0))
    distance = float(np.linalg.norm(WANTED))
    return Outcome(
        scalars={
            "left": float(np.linalg.norm(path[-1] - WANTED)) / distance,
            "left_centered": float(np.linalg.norm(centered[-1] - WANTED)) / distance,
            "together": together(path),
            "together_centered": together(centered),
            "rate": safe_rate(p.mean),
            "rate_centered": safe_rate(0.0),
        },
        tables={
            "path": {
                "step": np.arange(p.steps + 1),
                "w_1": path[:, 0],
                "w_2": path[:, 1],
                "c_1": centered[:, 0],
                "c_2": centered[:, 1],
            }
        },
    )


SIMULATION = Simulation(
    "Inputs that are never negative",
    Parameters,
    run,
    {
        "left": "Distance left, share of the first",
        "left_centered": "The same with inputs around 0",
        "together": "Steps that move both weights the same way (share)",
        "together_centered": "Such steps with inputs around 0 (share)",
        "rate": "Learning rate",
        "rate_centered": "Learning rate with inputs around 0",
    },
    columns={
        "w_1": "weight 1",
        "w_2": "weight 2",
        "c_1": "weight 1, inputs around 0",
        "c_2": "weight 2, inputs around 0",
    },
)
