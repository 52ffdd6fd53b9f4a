r"""ReLU and two relatives: PReLU, which learns its slope below 0, and GELU, which bends.

    ReLU(z) = max(z, 0),   PReLU(z) = max(a z, z)  (He et al. 2015),
    GELU(z) = z Phi(z),    GELU'(z) = Phi(z) + z phi(z)  (Hendrycks & Gimpel 2016)

where Phi and phi are the standard normal distribution function and density. At exactly 0 the slope
of ReLU is 0 and that of PReLU a, as in PyTorch.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from engine.simulations.kit.base import Outcome, Simulation, parameter
from engine.simulations.kit.normal import above

Floats = NDArray[np.float64]

REACH = 4.0
#: No 0 among them: two that close on each side of it show the jump of a slope.
Z = np.concatenate([np.linspace(-REACH, -1e-3, 81), np.linspace(1e-3, REACH, 81)])


def rectifiers(z: Floats, slope: float) -> dict[str, Floats]:
    """ReLU, PReLU with this slope below 0, and GELU of z."""
    return {"relu": np.maximum(z, 0), "prelu": np.where(z > 0, z, slope * z), "gelu": z * above(-z)}


def slopes(z: Floats, slope: float) -> dict[str, Floats]:
    """The slopes of the three."""
    density = np.exp(-(z**2) / 2) / np.sqrt(2 * np.pi)
    return {
        "relu": (z > 0).astype(np.float64),
        "prelu": np.where(z > 0, 1.0, slope),
        "gelu": above(-z) + z * density,
    }


@dataclass(frozen=True)
class Parameters:
    shown: str = parameter(
        "all", "Shown", choices={"all": "ReLU, PReLU and GELU", "relu": "ReLU alone"}
    )
    slope: float = parameter(0.25, "Slope a of PReLU below 0", low=0.0, high=1.0)
    z: float = parameter(-1.0, "Pre-activation z", low=-REACH, high=REACH)


def run(parameters: Parameters, _rng: np.random.Generator) -> Outcome:
    """Nothing is drawn by chance. Tables `values` and `slopes`: z and the three functions."""
    p = parameters
    here = np.array([p.z])
    values, steep = rectifiers(here, p.slope), slopes(here, p.slope)
    return Outcome(
        scalars={
            **{name: float(value[0]) + 0.0 for name, value in values.items()},  # not −0
            **{f"{name}_slope": float(value[0]) for name, value in steep.items()},
        },
        tables={
            "values": {"z": Z, **rectifiers(Z, p.slope)},
            "slopes": {"z": Z, **slopes(Z, p.slope)},
        },
    )


SIMULATION = Simulation(
    "ReLU, PReLU and GELU",
    Parameters,
    run,
    {
        "relu": "ReLU at z",
        "prelu": "PReLU at z",
        "gelu": "GELU at z",
        "relu_slope": "Slope of ReLU at z",
        "prelu_slope": "Slope of PReLU at z",
        "gelu_slope": "Slope of GELU at z",
    },
    tables={"values": "values", "slopes": "slopes"},
    columns={"prelu": "PReLU", "gelu": "GELU"},
)
