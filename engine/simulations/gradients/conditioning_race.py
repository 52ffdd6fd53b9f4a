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
        3.0, "Ratio of the deviations (first data set)", low=1.0, high=100.0, log=True
    )
    correlation: float = parameter(0.9, "Correlation (second data set)", low=0.0, high=0.99)
    mean: float = parameter(2.0, "Mean, with an intercept (third data set)", low=0, high=30)


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
    "Three badly conditioned data sets",
    Parameters,
    run,
    {
        "scales_kappa": "κ, unequal scales",
        "correlated_kappa": "κ, correlated",
        "offset_kappa": "κ, offset",
        "scales_steps": "Steps, unequal scales",
        "correlated_steps": "Steps, correlated",
        "offset_steps": "Steps, offset",
    },
)
