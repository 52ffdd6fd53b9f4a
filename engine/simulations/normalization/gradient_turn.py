r"""Two gradients of one layer, before and after the earlier layers took their step.

    cos = G . G' / (|G| |G'|),      distance = |G - G'|

(Santurkar, Tsipras, Ilyas & Madry 2018, Definition 2.1: internal covariate shift is the distance,
and the cosine says what of it is a turn.) Gradients of two weights, so that they can be drawn.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np

from engine.simulations.kit.base import Outcome, Simulation, parameter


@dataclass(frozen=True)
class Parameters:
    before_1: float = parameter(3.0, "Before: first weight", low=-20, high=20)
    before_2: float = parameter(4.0, "Before: second weight", low=-20, high=20)
    after_1: float = parameter(4.0, "After: first weight", low=-20, high=20)
    after_2: float = parameter(-3.0, "After: second weight", low=-20, high=20)


def run(parameters: Parameters, rng: np.random.Generator) -> Outcome:
    """The cosine is 0 where a gradient is 0. Table `gradients`: a row each, before and after."""
    del rng
    p = parameters
    before, after = np.array([p.before_1, p.before_2]), np.array([p.after_1, p.after_2])
    lengths = math.hypot(*before), math.hypot(*after)
    product = lengths[0] * lengths[1]
    cosine = min(max(float(before @ after) / product, -1.0), 1.0) if product > 0 else 0.0
    return Outcome(
        {
            "cosine": cosine,
            "angle": math.degrees(math.acos(cosine)),
            "distance": math.hypot(*(after - before)),
            "length_before": lengths[0],
            "length_after": lengths[1],
        },
        {
            "gradients": {
                "when": np.array(["before", "after"]),
                "first": np.array([before[0], after[0]]),
                "second": np.array([before[1], after[1]]),
            }
        },
    )


SIMULATION = Simulation(
    "A gradient that turns",
    Parameters,
    run,
    {
        "cosine": "Cosine of the angle",
        "angle": "Angle in degrees",
        "distance": "Distance of the two",
        "length_before": "Length before",
        "length_after": "Length after",
    },
)
