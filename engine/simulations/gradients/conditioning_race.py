r"""Three regressions that are hard for three reasons: unequal scales, correlation, an offset.

Each is descended at its own fastest rate, so that a step leaves (kappa - 1) / (kappa + 1) of the
error; see `conditioning`.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from engine.simulations.gradients.conditioning import POINTS, Bowl, features, hessian, steps_until
from engine.simulations.kit.base import Outcome, Simulation, parameter

TIMES = 1000.0


@dataclass(frozen=True)
class Parameters:
    scale: float = parameter(
        3.0,
        en="Ratio of the deviations (first data set)",
        ko="표준편차의 비(첫째 자료)",
        low=1.0,
        high=100.0,
        log=True,
    )
    correlation: float = parameter(
        0.9, en="Correlation (second data set)", ko="상관계수(둘째 자료)", low=0.0, high=0.99
    )
    mean: float = parameter(
        2.0,
        en="Mean, with an intercept (third data set)",
        ko="평균, 절편 있음(셋째 자료)",
        low=0,
        high=30,
    )


def run(parameters: Parameters, rng: np.random.Generator) -> Outcome:
    """Descends all three until the error is TIMES smaller."""
    p = parameters
    plain, correlated = features(0.0, rng), features(p.correlation, rng)
    data = {
        "scales": plain * np.array([1.0, p.scale]),
        "correlated": correlated,
        "offset": np.column_stack([np.ones(len(plain)), p.mean + plain[:, 0]]),
    }
    bowls = {name: Bowl.of(hessian(x)) for name, x in data.items()}
    needed = {name: steps_until(TIMES, bowl.factor(bowl.best_rate)) for name, bowl in bowls.items()}
    steps = np.unique(np.round(np.geomspace(1, max(*needed.values(), 20), POINTS)))
    return Outcome(
        scalars={
            **{f"{name}_kappa": bowl.kappa for name, bowl in bowls.items()},
            **{f"{name}_steps": found for name, found in needed.items()},
        },
        tables={
            "race": {
                "step": steps,
                **{name: bowl.errors(bowl.best_rate, steps) for name, bowl in bowls.items()},
            }
        },
    )


SIMULATION = Simulation(
    name="conditioning_race",
    title={"en": "Three badly conditioned data sets", "ko": "조건수가 나쁜 자료 세 벌"},
    parameters=Parameters,
    run=run,
    scalars={
        "scales_kappa": {"en": "κ, unequal scales", "ko": "κ, 스케일이 다를 때"},
        "correlated_kappa": {"en": "κ, correlated", "ko": "κ, 상관이 있을 때"},
        "offset_kappa": {"en": "κ, offset", "ko": "κ, 중심이 0이 아닐 때"},
        "scales_steps": {"en": "Steps, unequal scales", "ko": "스텝 수, 스케일이 다를 때"},
        "correlated_steps": {"en": "Steps, correlated", "ko": "스텝 수, 상관이 있을 때"},
        "offset_steps": {"en": "Steps, offset", "ko": "스텝 수, 중심이 0이 아닐 때"},
    },
)
