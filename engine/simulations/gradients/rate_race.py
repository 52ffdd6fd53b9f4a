r"""Four learning rates on one bowl, to see which is fastest.

Each multiplies the error by 1 - eta lambda at every step. What counts is the size of that number:
rates at the same distance from 1 / lambda are equally fast, on either side of it.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from engine.simulations.gradients.gradient_descent import descend
from engine.simulations.kit.base import Outcome, Simulation, parameter

RUNNERS = ("first", "second", "third", "fourth")


@dataclass(frozen=True)
class Parameters:
    curvature: float = parameter(4.0, en="Curvature λ", ko="곡률 λ", low=0.01, high=100.0, log=True)
    first: float = parameter(
        0.02, en="First learning rate", ko="첫째 학습률", low=0.0001, high=10.0, log=True
    )
    second: float = parameter(
        0.1, en="Second learning rate", ko="둘째 학습률", low=0.0001, high=10.0, log=True
    )
    third: float = parameter(
        0.35, en="Third learning rate", ko="셋째 학습률", low=0.0001, high=10.0, log=True
    )
    fourth: float = parameter(
        0.45, en="Fourth learning rate", ko="넷째 학습률", low=0.0001, high=10.0, log=True
    )
    steps: int = parameter(20, en="Steps", ko="스텝 수", low=1, high=200, log=True)


def run(parameters: Parameters, _rng: np.random.Generator) -> Outcome:
    """Runs all four from an error of 1; nothing is drawn by chance."""
    p = parameters
    table = {"step": np.arange(p.steps + 1)}
    scalars = {}
    for name in RUNNERS:
        rate = float(getattr(p, name))
        error = np.full(p.steps + 1, np.nan)  # one that ran away has no more errors
        path = np.abs(descend((p.curvature,), (1.0,), rate, p.steps)[:, 0])
        error[: len(path)] = path
        table[name] = error
        scalars[f"{name}_factor"] = 1 - rate * p.curvature
        scalars[f"{name}_left"] = float(path[-1])
    return Outcome(scalars, {"race": table})


SIMULATION = Simulation(
    name="rate_race",
    title={"en": "A race of learning rates", "ko": "학습률 네 개의 경주"},
    parameters=Parameters,
    run=run,
    scalars={
        "first_factor": {"en": "First: factor of a step", "ko": "첫째: 한 스텝에 곱해지는 수"},
        "first_left": {"en": "First: error at the end", "ko": "첫째: 마지막 오차"},
        "second_factor": {"en": "Second: factor of a step", "ko": "둘째: 한 스텝에 곱해지는 수"},
        "second_left": {"en": "Second: error at the end", "ko": "둘째: 마지막 오차"},
        "third_factor": {"en": "Third: factor of a step", "ko": "셋째: 한 스텝에 곱해지는 수"},
        "third_left": {"en": "Third: error at the end", "ko": "셋째: 마지막 오차"},
        "fourth_factor": {"en": "Fourth: factor of a step", "ko": "넷째: 한 스텝에 곱해지는 수"},
        "fourth_left": {"en": "Fourth: error at the end", "ko": "넷째: 마지막 오차"},
    },
)
