r"""Leaky ReLU, phi(z) = max(a z, z): its shape, its gain, and the gradient it lets through.

For z ~ N(0, s^2) half of the mean square passes whole and half times a^2:

    E[phi(z)^2] = s^2 (1 + a^2) / 2,    so weights need the variance  gain^2 / n,
    gain = sqrt(2 / (1 + a^2))                                      (He et al. 2015, section 2.2)

With ReLU's gain sqrt(2), every layer multiplies the rms by sqrt(1 + a^2). And the gradient of a
path that is negative at k units is a^k, where ReLU's is 0 (Maas et al. 2013).
"""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np

from engine.simulations.kit.base import Outcome, Simulation, parameter
from engine.simulations.kit.network import LEAKY, propagate

SAMPLES, OUTPUTS = 128, 512


@dataclass(frozen=True)
class Parameters:
    slope: float = parameter(0.2, "Slope a below 0", low=0.0, high=1.0)
    n_in: int = parameter(256, "Inputs of a unit", low=16, high=1024, log=True)
    units: int = parameter(3, "Negative units on the path", low=1, high=20)
    x: float = parameter(-2.0, "Input x", low=-10.0, high=10.0)


def gain(slope: float) -> float:
    """By what a weight's deviation 1 / sqrt(n) has to be multiplied to keep the signal's rms."""
    return math.sqrt(2 / (1 + slope**2))


def path(slope: float, units: int) -> list[float]:
    """dL/dz at 1, 2, ... units before the end of a chain of weights 1 that starts at -1."""
    one = np.ones((1, 1))
    return [
        float(propagate([one] * k, -one, one, LEAKY, slope).first_delta[0, 0])
        for k in range(1, units + 1)
    ]


def run(parameters: Parameters, rng: np.random.Generator) -> Outcome:
    """Sends a batch of rms 1 through one layer with ReLU's gain, and a gradient down a path.

    Tables: `shape` (z, leaky, relu), `gain` (slope, gain), `path` (unit, left).
    """
    p = parameters
    w = rng.standard_normal((p.n_in, OUTPUTS)) * math.sqrt(2 / p.n_in)
    x = rng.standard_normal((SAMPLES, p.n_in))
    x /= np.sqrt((x**2).mean())
    measured = float(propagate([w], x, np.ones((SAMPLES, OUTPUTS)), LEAKY, p.slope).rms[0])
    left = path(p.slope, p.units)
    edge = max(3.0, 1.2 * abs(p.x))
    z = np.linspace(-edge, edge, 81)
    slopes = np.linspace(0, 1, 101)
    return Outcome(
        scalars={
            "gain": gain(p.slope),
            "sigma": gain(p.slope) / math.sqrt(p.n_in),
            "growth": math.sqrt(1 + p.slope**2),
            "growth_measured": measured,
            "growth_se": measured * math.sqrt(5 / (4 * OUTPUTS)),
            "kept": measured * gain(p.slope) / math.sqrt(2),
            "left": left[-1],
            "output": max(p.slope * p.x, p.x) + 0.0,  # not −0
        },
        tables={
            "shape": {"z": z, "leaky": np.maximum(p.slope * z, z), "relu": np.maximum(z, 0)},
            "gain": {"slope": slopes, "gain": np.sqrt(2 / (1 + slopes**2))},
            "path": {"unit": np.arange(1, p.units + 1), "left": np.array(left)},
        },
    )


SIMULATION = Simulation(
    "Leaky ReLU",
    Parameters,
    run,
    {
        "gain": "Gain that keeps the signal",
        "sigma": "Deviation of a weight with it",
        "growth": "Factor on the rms with ReLU's gain √2",
        "growth_measured": "The same, measured",
        "growth_se": "Standard error of it",
        "kept": "Factor on the rms with the right gain, measured",
        "left": "Gradient left after the negative units",
        "output": "Output for the input x",
    },
    columns={"left": "share left", "unit": "negative units passed"},
)
