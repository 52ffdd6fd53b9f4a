r"""How far three units turn in one step, when batch normalization follows them.

With BN only the direction of the weights counts. A step of gradient descent turns it by
arctan(η‖g‖ / ‖W‖), and ‖g‖ is proportional to 1 / ‖W‖, so the effective learning rate is
η / ‖W‖² (van Laarhoven, 2017, section 3). The units differ in η and ‖W‖ alone.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np

from engine.simulations.kit.base import Outcome, Simulation, parameter
from engine.simulations.normalization.scale_invariance import drawn_unit, weight_gradient

UNITS = ("a", "b", "c")
#: Of the gradient of weights of norm 1: small, so that angles are as good as proportional.
GRADIENT = 0.2


def _rate(unit: str, default: float) -> float:
    return parameter(default, f"η of unit {unit.upper()}", low=0.001, high=10.0, log=True)


def _norm(unit: str, default: float) -> float:
    return parameter(default, f"‖W‖ of unit {unit.upper()}", low=0.1, high=100.0, log=True)


@dataclass(frozen=True)
class Parameters:
    rate_a: float = _rate("a", 0.1)
    norm_a: float = _norm("a", 1.0)
    rate_b: float = _rate("b", 0.3)
    norm_b: float = _norm("b", 3.0)
    rate_c: float = _rate("c", 1.0)
    norm_c: float = _norm("c", 2.0)


def run(parameters: Parameters, rng: np.random.Generator) -> Outcome:
    """One step of each unit, from the same direction with the same batch and loss."""
    p = parameters
    unit = drawn_unit(rng, 1.0, 1.0, GRADIENT)
    rates = {"a": p.rate_a, "b": p.rate_b, "c": p.rate_c}
    norms = {"a": p.norm_a, "b": p.norm_b, "c": p.norm_c}
    scalars = {}
    for name in UNITS:
        w = norms[name] * unit.w
        after = w - rates[name] * weight_gradient(w, unit.x, unit.upstream, 0.0)
        cosine = float(w @ after) / (norms[name] * float(np.linalg.norm(after)))
        scalars[f"effective_{name}"] = rates[name] / norms[name] ** 2
        scalars[f"turned_{name}"] = math.degrees(math.acos(min(cosine, 1.0)))
    return Outcome(
        scalars,
        {
            "units": {
                "unit": np.array([name.upper() for name in UNITS]),
                "rate": np.array([rates[name] for name in UNITS]),
                "norm": np.array([norms[name] for name in UNITS]),
                "effective": np.array([scalars[f"effective_{name}"] for name in UNITS]),
                "turned": np.array([scalars[f"turned_{name}"] for name in UNITS]),
            }
        },
    )


SIMULATION = Simulation(
    "Effective learning rate under BN",
    Parameters,
    run,
    {
        "effective_a": "η/‖W‖² of unit A",
        "effective_b": "η/‖W‖² of unit B",
        "effective_c": "η/‖W‖² of unit C",
        "turned_a": "Angle turned by unit A (degrees)",
        "turned_b": "Angle turned by unit B (degrees)",
        "turned_c": "Angle turned by unit C (degrees)",
    },
    columns={"effective": "η ÷ ‖W‖²"},
)
