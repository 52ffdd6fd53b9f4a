r"""What a table of both measures of internal covariate shift says about two networks.

Less shift is a smaller drift of the means, and a cosine of the gradients nearer to 1 (Santurkar,
Tsipras, Ilyas & Madry 2018, Definition 2.1). Either only tells normalization from the lack of it
if both networks were measured at about the same loss. Nothing is simulated: it is the arithmetic.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np

from engine.simulations.kit.base import Outcome, Simulation, parameter


@dataclass(frozen=True)
class Parameters:
    loss_plain: float = parameter(0.35, "Loss without BN", low=0.001, high=1.0)
    loss_with: float = parameter(0.35, "Loss with BN", low=0.001, high=1.0)
    drift_plain: float = parameter(0.05, "Drift without BN", low=0.0001, high=1.0, log=True)
    drift_with: float = parameter(0.01, "Drift with BN", low=0.0001, high=1.0, log=True)
    cosine_plain: float = parameter(0.5, "Cosine without BN", low=-1.0, high=1.0)
    cosine_with: float = parameter(0.7, "Cosine with BN", low=-1.0, high=1.0)


def run(parameters: Parameters, rng: np.random.Generator) -> Outcome:
    """`*_times` is with over without: of the drift, of the angle and of the loss."""
    del rng
    p = parameters
    plain, normalized = (
        math.degrees(math.acos(cosine)) for cosine in (p.cosine_plain, p.cosine_with)
    )
    return Outcome(
        {
            "drift_times": p.drift_with / p.drift_plain,
            "loss_times": p.loss_with / p.loss_plain,
            "angle_plain": plain,
            "angle_with": normalized,
        },
        {
            "rows": {
                "network": np.array(["plain", "with"]),
                "loss": np.array([p.loss_plain, p.loss_with]),
                "drift": np.array([p.drift_plain, p.drift_with]),
                "cosine": np.array([p.cosine_plain, p.cosine_with]),
            }
        },
    )


SIMULATION = Simulation(
    "Two networks, two measures",
    Parameters,
    run,
    {
        "drift_times": "Drift, with BN ÷ without",
        "loss_times": "Loss, with BN ÷ without",
        "angle_plain": "Turn in degrees, without BN",
        "angle_with": "Turn in degrees, with BN",
    },
    tables={"rows": "the two networks"},
)
