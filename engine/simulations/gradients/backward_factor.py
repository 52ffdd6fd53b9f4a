r"""By what a step back multiplies the gradient of a deep network, for any size of the weights.

In a wide network whose weights have the deviation sigma, a step back multiplies its norm by

    r = sigma sqrt(n) sqrt(E[phi'(s g)^2]),   s the rms of z deep in the network, g ~ N(0, 1)

(Poole et al. 2016; Schoenholz et al. 2017). Below 1 the gradient vanishes, above it explodes; so
sigma sqrt(n) is the number to look at first, and each activation crosses 1 somewhere else.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from engine.simulations.kit.base import Outcome, Simulation, parameter
from engine.simulations.kit.mean_field import moments

LAYERS = 100  # at most, until the signal has settled
SETTLED = 1e-6
SPREADS = np.geomspace(0.1, 30.0, 41)
SHOWN = ("linear", "relu", "tanh", "sigmoid")


def factor(activation: str, spread: float) -> float:
    """r deep in a wide network with sigma sqrt(n) = spread, whose inputs have rms 1."""
    if activation in ("linear", "relu"):  # their slopes do not depend on the signal
        return spread * moments(activation, 1.0)[1]
    s = spread
    for _ in range(LAYERS):
        following = spread * moments(activation, s)[0]
        settled = abs(following - s) < SETTLED
        s = following
        if settled:
            break
    return spread * moments(activation, s)[1]


@dataclass(frozen=True)
class Parameters:
    spread: float = parameter(
        1.0, "Standard deviation of the weights × √n", low=0.1, high=30.0, log=True
    )
    steps: int = parameter(30, "Steps back", low=1, high=100)


def run(parameters: Parameters, _rng: np.random.Generator) -> Outcome:
    """Computes it from theory; nothing is drawn by chance.

    Table `factors`: spread and, by activation, r.
    """
    p = parameters
    scalars: dict[str, float] = {}
    table = {"spread": SPREADS}
    for activation in SHOWN:
        table[activation] = np.array([factor(activation, spread) for spread in SPREADS])
        here = factor(activation, p.spread)
        scalars |= {activation: here, f"log10_{activation}": p.steps * float(np.log10(here))}
    return Outcome(scalars, {"factors": table})


SIMULATION = Simulation(
    "The factor of one step back",
    Parameters,
    run,
    {
        "linear": "Linear: factor of a step back",
        "log10_linear": "Linear: log10 of the factor of all steps",
        "relu": "ReLU: factor of a step back",
        "log10_relu": "ReLU: log10 of the factor of all steps",
        "tanh": "tanh: factor of a step back",
        "log10_tanh": "tanh: log10 of the factor of all steps",
        "sigmoid": "Sigmoid: factor of a step back",
        "log10_sigmoid": "Sigmoid: log10 of the factor of all steps",
    },
    tables={"factors": "by size of the weights"},
    columns={"spread": "σ√n"},
)
