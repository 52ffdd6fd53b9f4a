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
    before_1: float = parameter(
        3.0, en="Before: first weight", ko="갱신 전: 첫째 가중치", low=-20, high=20
    )
    before_2: float = parameter(
        4.0, en="Before: second weight", ko="갱신 전: 둘째 가중치", low=-20, high=20
    )
    after_1: float = parameter(
        4.0, en="After: first weight", ko="갱신 후: 첫째 가중치", low=-20, high=20
    )
    after_2: float = parameter(
        -3.0, en="After: second weight", ko="갱신 후: 둘째 가중치", low=-20, high=20
    )


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
    name="gradient_turn",
    title={"en": "A gradient that turns", "ko": "방향이 바뀌는 기울기"},
    parameters=Parameters,
    run=run,
    scalars={
        "cosine": {"en": "Cosine of the angle", "ko": "각의 코사인"},
        "angle": {"en": "Angle in degrees", "ko": "각(도)"},
        "distance": {"en": "Distance of the two", "ko": "두 기울기의 거리"},
        "length_before": {"en": "Length before", "ko": "갱신 전의 길이"},
        "length_after": {"en": "Length after", "ko": "갱신 후의 길이"},
    },
)
