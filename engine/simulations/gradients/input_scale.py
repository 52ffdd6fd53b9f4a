r"""One unit, a = sigma(w x), and inputs of ever larger scale: how large is da/dw?

    da/dw = x sigma'(w x),      x ~ N(0, s^2)

A linear unit has da/dw = x, so that its gradient grows with the inputs. A sigmoid's is at first
s / 4 too, but large inputs drive it where it is flat: then only the few inputs near 0 count, and
with a weight that stays the same the root mean square falls as

    sqrt( c / (sqrt(2 pi) |w|^3 s) ),    c = integral of u^2 sigma'(u)^2 du = pi^2 / 18 - 1/3.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from engine.simulations.gradients.sigmoid_saturation import value_and_slope
from engine.simulations.kit.base import Outcome, Simulation, parameter

Floats = NDArray[np.float64]

C = math.pi**2 / 18 - 1 / 3
DRAWN = 20_000
SCALES = np.geomspace(0.01, 1000.0, 101)
# A sigmoid's slope is below 1e-17 beyond 40, so that this grid of u = w x holds all of it.
_U = np.linspace(-40.0, 40.0, 8001)
_SQUARE = (_U * value_and_slope("sigmoid", _U)[1]) ** 2


def sigmoid_rms(scale: float, weight: float) -> float:
    """Root mean square of x sigma'(w x) for x ~ N(0, scale^2), by quadrature over u = w x."""
    spread = abs(weight) * scale
    if spread < 0.05:  # narrower than the grid can hold: the slope's Taylor series instead
        return scale / 4 * math.sqrt(1 - 1.5 * spread**2)
    density = np.exp(-((_U / spread) ** 2) / 2) / (spread * math.sqrt(2 * math.pi))
    return math.sqrt(float(_SQUARE @ density) * float(_U[1] - _U[0])) / abs(weight)


@dataclass(frozen=True)
class Parameters:
    scale: float = parameter(1.0, "Standard deviation of the inputs", low=0.01, high=10.0, log=True)
    factor: float = parameter(30.0, "Then multiplied by", low=1.0, high=100.0, log=True)
    weight: float = parameter(1.0, "Weight w", low=0.2, high=5.0, log=True)


def run(parameters: Parameters, rng: np.random.Generator) -> Outcome:
    """The gradient at one scale of the inputs and at another, `factor` times as large.

    Table `scales`: scale, sigmoid and linear, the root mean squares of da/dw.
    """
    p = parameters
    measured, error = _measured(p.scale * p.factor, p.weight, rng)
    return Outcome(
        scalars={
            "gradient": sigmoid_rms(p.scale, p.weight),
            "gradient_scaled": sigmoid_rms(p.scale * p.factor, p.weight),
            "gradient_scaled_measured": measured,
            "gradient_scaled_measured_se": error,
            "linear": p.scale,
            "linear_scaled": p.scale * p.factor,
            "scaled": p.scale * p.factor,
        },
        tables={
            "scales": {
                "scale": SCALES,
                "sigmoid": np.array([sigmoid_rms(float(s), p.weight) for s in SCALES]),
                "linear": SCALES,
            }
        },
    )


def _measured(scale: float, weight: float, rng: np.random.Generator) -> tuple[float, float]:
    """The root mean square over drawn inputs, and its standard error."""
    x = scale * rng.standard_normal(DRAWN)
    squares = (x * value_and_slope("sigmoid", weight * x)[1]) ** 2
    rms = math.sqrt(float(squares.mean()))
    return rms, float(squares.std()) / math.sqrt(DRAWN) / (2 * rms) if rms > 0 else 0.0


SIMULATION = Simulation(
    "Scale of the inputs and the gradient",
    Parameters,
    run,
    {
        "gradient": "Sigmoid: rms of ∂a/∂w at the first scale",
        "gradient_scaled": "Sigmoid: rms of ∂a/∂w with larger inputs",
        "gradient_scaled_measured": "The same, measured",
        "gradient_scaled_measured_se": "Standard error of it",
        "linear": "Linear unit: rms of ∂a/∂w at the first scale",
        "linear_scaled": "Linear unit: rms of ∂a/∂w with larger inputs",
        "scaled": "Larger standard deviation of the inputs",
    },
)
