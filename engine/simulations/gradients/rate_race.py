r"""Four learning rates on one bowl, to see which is fastest.

Each multiplies the error by 1 - eta lambda at every step. What counts is the size of that number:
rates at the same distance from 1 / lambda are equally fast, on either side of it.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from engine.simulations.gradients.gradient_descent import descend
from engine.simulations.kit.base import Outcome, Simulation, parameter


@dataclass(frozen=True)
class Parameters:
    curvature: float = parameter(4.0, "Curvature λ", low=0.01, high=100.0, log=True)
    first: float = parameter(0.02, "First learning rate", low=0.0001, high=10.0, log=True)
    second: float = parameter(0.1, "Second learning rate", low=0.0001, high=10.0, log=True)
    third: float = parameter(0.35, "Third learning rate", low=0.0001, high=10.0, log=True)
    fourth: float = parameter(0.45, "Fourth learning rate", low=0.0001, high=10.0, log=True)
    steps: int = parameter(20, "Steps", low=1, high=200, log=True)


def run(parameters: Parameters, _rng: np.random.Generator) -> Outcome:
    """Runs all four from an error of 1; nothing is drawn by chance."""
    p = parameters
    table = {"step": np.arange(p.steps + 1)}
    scalars = {}
    rates = {"first": p.first, "second": p.second, "third": p.third, "fourth": p.fourth}
    for name, rate in rates.items():
        error = np.full(p.steps + 1, np.nan)  # one that ran away has no more errors
        path = np.abs(descend((p.curvature,), (1.0,), rate, p.steps)[:, 0])
        error[: len(path)] = path
        table[name] = error
        scalars[f"{name}_factor"] = 1 - rate * p.curvature
        scalars[f"{name}_left"] = float(path[-1])
    return Outcome(scalars, {"race": table})


SIMULATION = Simulation(
    "A race of learning rates",
    Parameters,
    run,
    {
        "first_factor": "First: factor of a step",
        "first_left": "First: error at the end",
        "second_factor": "Second: factor of a step",
        "second_left": "Second: error at the end",
        "third_factor": "Third: factor of a step",
        "third_left": "Third: error at the end",
        "fourth_factor": "Fourth: factor of a step",
        "fourth_left": "Fourth: error at the end",
    },
)
