"""The gap between training and test error of three polynomial fits, without any shift.

The test is at the same inputs with new noise, so that the gap is 2 s^2 p / n for p coefficients
and n points: see `polynomial_fit`.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np

from engine.simulations.confidence.polynomial_fit import data_sets, errors
from engine.simulations.kit.base import Outcome, Simulation, parameter

FITS = (1, 2, 3)
DATA_SETS = 600
WORK = 600_000


def _degree(fit: int, default: int) -> int:
    return parameter(default, f"Fit {fit}: degree", low=1, high=12)


def _points(fit: int, default: int) -> int:
    return parameter(default, f"Fit {fit}: training points", low=13, high=500, log=True)


@dataclass(frozen=True)
class Parameters:
    degree_1: int = _degree(1, 9)
    n_1: int = _points(1, 20)
    degree_2: int = _degree(2, 3)
    n_2: int = _points(2, 20)
    degree_3: int = _degree(3, 9)
    n_3: int = _points(3, 200)
    noise: float = parameter(0.2, "Deviation of the noise in y", low=0.01, high=2.0)


def run(parameters: Parameters, rng: np.random.Generator) -> Outcome:
    """Measures the three gaps, each over many data sets."""
    p = parameters
    scalars: dict[str, float] = {}
    rows = []
    fits = ((p.degree_1, p.n_1), (p.degree_2, p.n_2), (p.degree_3, p.n_3))
    for fit, (degree, n) in zip(FITS, fits, strict=True):
        found = errors(degree, n, p.noise, data_sets(degree, n, DATA_SETS, WORK), rng)
        gaps = found.same_inputs - found.train
        scalars[f"gap_{fit}"] = float(gaps.mean())
        scalars[f"gap_{fit}_se"] = float(gaps.std(ddof=1)) / math.sqrt(len(gaps))
        scalars[f"expected_{fit}"] = 2 * p.noise**2 * (degree + 1) / n
        rows.append((fit, degree, n, gaps.mean()))
    columns = {
        name: np.array([row[place] for row in rows])
        for place, name in enumerate(("fit", "degree", "n", "gap"))
    }
    return Outcome(scalars=scalars, tables={"fits": columns})


SIMULATION = Simulation(
    "Three fits and their gaps",
    Parameters,
    run,
    {
        name: label
        for fit in FITS
        for name, label in {
            f"gap_{fit}": f"Fit {fit}: test error less training error",
            f"gap_{fit}_se": f"Fit {fit}: standard error of it",
            f"expected_{fit}": f"Fit {fit}: that difference by the formula",
        }.items()
    },
)
