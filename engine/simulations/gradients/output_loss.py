r"""A sigmoid at the output, under two losses: what gradient comes back where it is wrong.

    p = sigmoid(z),   squared error (p - y)^2 / 2       d/dz = (p - y) p (1 - p)
                      log loss -ln p, or -ln(1 - p)     d/dz = p - y

The logarithm cancels the flat ends of the sigmoid (Goodfellow et al. 2016, section 6.2.2.2).
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from engine.simulations.gradients.sigmoid_saturation import value_and_slope
from engine.simulations.kit.base import Outcome, Simulation, parameter

Floats = NDArray[np.float64]

Z = np.linspace(-8.0, 8.0, 161)


def losses(z: Floats, target: float) -> tuple[Floats, Floats]:
    """(squared error, log loss) of the answer sigmoid(z)."""
    p, _ = value_and_slope("sigmoid", z)
    return (p - target) ** 2 / 2, np.logaddexp(0.0, z) - target * z


def gradients(z: Floats, target: float) -> tuple[Floats, Floats]:
    """The slopes in z of both."""
    p, slope = value_and_slope("sigmoid", z)
    return (p - target) * slope, p - target


@dataclass(frozen=True)
class Parameters:
    z: float = parameter(-5.0, "Pre-activation z", low=-8.0, high=8.0)
    target: int = parameter(1, "True answer y", low=0, high=1)


def run(parameters: Parameters, _rng: np.random.Generator) -> Outcome:
    """Nothing is drawn by chance. Table `curve`: z, squared, log_loss (gradients in z)."""
    p = parameters
    squared, log_loss = gradients(Z, p.target)
    (squared_at,), (log_at,) = gradients(np.array([p.z]), p.target)
    return Outcome(
        scalars={
            "probability": float(value_and_slope("sigmoid", np.array([p.z]))[0][0]),
            "squared": float(squared_at),
            "log_loss": float(log_at),
            "ratio": float(log_at / squared_at),
        },
        tables={"curve": {"z": Z, "squared": squared, "log_loss": log_loss}},
    )


SIMULATION = Simulation(
    "A sigmoid at the output",
    Parameters,
    run,
    {
        "probability": "Probability p",
        "squared": "Gradient of the squared error",
        "log_loss": "Gradient of the log loss",
        "ratio": "Log loss over squared error",
    },
    columns={"squared": "squared error", "log_loss": "log loss"},
)
