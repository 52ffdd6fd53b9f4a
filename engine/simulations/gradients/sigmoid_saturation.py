r"""The slope of a sigmoid or a tanh, and how many units are where it is nearly flat.

    sigma'(z) = sigma(z) (1 - sigma(z)) <= 1/4,      tanh'(z) = 1 - tanh(z)^2 <= 1

A unit is said to be saturated when |z| is above a threshold. For z ~ N(0, s^2) the share of those
is 2 Phi(-threshold / s). The root mean square of the slopes over all units is what the gradient of
a wide network is multiplied by, beside the weights (Schoenholz et al. 2017): a few units near 0
keep it from falling as fast as the share of the others rises.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from engine.simulations.kit.base import Outcome, Simulation, parameter

Floats = NDArray[np.float64]

DRAWN = 4000
REACH = 10.0  # of the curve, to each side of 0
POINTS = 161
SPREADS = np.geomspace(0.1, 100.0, 121)


def value_and_slope(activation: str, z: Floats) -> tuple[Floats, Floats]:
    """phi(z) and phi'(z), element by element."""
    if activation == "tanh":
        a = np.tanh(z)
        return a, (1 - a) * (1 + a)
    a = 0.5 + 0.5 * np.tanh(z / 2)
    return a, a * (0.5 - 0.5 * np.tanh(z / 2))


def share_beyond(threshold: float, spread: float) -> float:
    """P(|z| > threshold) for z ~ N(0, spread^2)."""
    return math.erfc(threshold / (spread * math.sqrt(2)))


@dataclass(frozen=True)
class Parameters:
    activation: str = parameter("sigmoid", "Activation", choices=("sigmoid", "tanh"))
    z: float = parameter(2.0, "Pre-activation z", low=-10.0, high=10.0)
    spread: float = parameter(
        2.0, "Standard deviation of z over all units", low=0.1, high=100.0, log=True
    )
    threshold: float = parameter(4.0, "Saturated where |z| is above", low=0.5, high=10.0)


def run(parameters: Parameters, rng: np.random.Generator) -> Outcome:
    """One unit at z, and units drawn with z ~ N(0, spread^2).

    Tables: `curve` z, value, slope; `shares` spread, share (saturated), rms_slope (over the units
    of the same 4000 draws for every spread).
    """
    p = parameters
    z = np.linspace(-REACH, REACH, POINTS)
    value, slope = value_and_slope(p.activation, z)
    (at,), (slope_at,) = value_and_slope(p.activation, np.array([p.z]))
    units = rng.standard_normal(DRAWN)
    measured = float((np.abs(units) * p.spread > p.threshold).mean())
    expected = share_beyond(p.threshold, p.spread)
    return Outcome(
        scalars={
            "value": float(at),
            "slope": float(slope_at),
            "saturated_share": expected,
            "saturated_measured": measured,
            "saturated_measured_se": math.sqrt(expected * (1 - expected) / DRAWN),
            "rms_slope": _rms_slope(p.activation, units * p.spread),
            "slope_at_threshold": float(
                value_and_slope(p.activation, np.array([p.threshold]))[1][0]
            ),
        },
        tables={
            "curve": {"z": z, "value": value, "slope": slope},
            "shares": {
                "spread": SPREADS,
                "share": np.array([share_beyond(p.threshold, s) for s in SPREADS]),
                "rms_slope": np.array([_rms_slope(p.activation, units * s) for s in SPREADS]),
            },
        },
    )


def _rms_slope(activation: str, z: Floats) -> float:
    return math.sqrt(float((value_and_slope(activation, z)[1] ** 2).mean()))


SIMULATION = Simulation(
    "Slope and saturation",
    Parameters,
    run,
    {
        "value": "Value at z",
        "slope": "Slope at z",
        "saturated_share": "Share of saturated units",
        "saturated_measured": "The same, measured",
        "saturated_measured_se": "Standard error of it",
        "rms_slope": "Rms of the slopes of all units",
        "slope_at_threshold": "Slope where saturation begins",
    },
)
