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
    shown: int = parameter(default, en=f"Fit {fit}: degree", ko=f"모델 {fit}: 차수", low=1, high=12)
    return shown


def _points(fit: int, default: int) -> int:
    shown: int = parameter(
        default,
        en=f"Fit {fit}: training points",
        ko=f"모델 {fit}: 학습 점의 수",
        low=13,
        high=500,
        log=True,
    )
    return shown


@dataclass(frozen=True)
class Parameters:
    degree_1: int = _degree(1, 9)
    n_1: int = _points(1, 20)
    degree_2: int = _degree(2, 3)
    n_2: int = _points(2, 20)
    degree_3: int = _degree(3, 9)
    n_3: int = _points(3, 200)
    noise: float = parameter(
        0.2, en="Deviation of the noise in y", ko="y의 잡음의 표준편차", low=0.01, high=2.0
    )


def run(parameters: Parameters, rng: np.random.Generator) -> Outcome:
    """Measures the three gaps, each over many data sets."""
    p = parameters
    scalars: dict[str, float] = {}
    rows = []
    for fit in FITS:
        degree, n = getattr(p, f"degree_{fit}"), getattr(p, f"n_{fit}")
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
    name="fit_gaps",
    title={"en": "Three fits and their gaps", "ko": "세 모델의 오차 차이"},
    parameters=Parameters,
    run=run,
    scalars={
        name: words
        for fit in FITS
        for name, words in {
            f"gap_{fit}": {
                "en": f"Fit {fit}: test error less training error",
                "ko": f"모델 {fit}: 테스트 오차 − 학습 오차",
            },
            f"gap_{fit}_se": {
                "en": f"Fit {fit}: standard error of it",
                "ko": f"모델 {fit}: 그 값의 표준오차",
            },
            f"expected_{fit}": {
                "en": f"Fit {fit}: that difference by the formula",
                "ko": f"모델 {fit}: 공식에 따른 그 차",
            },
        }.items()
    },
)
