r"""Histograms of the activations of a random network, layer by layer.

The picture of Glorot & Bengio (2010, figures 2 and 6): with sigma sqrt(n) far below 1 the values
of a tanh network gather at 0, near 1 they keep their spread for long, far above 1 they lie at both
ends, where the slope is flat. Those of a sigmoid network lie around 0.5 or at 0 and 1.

    z_l = a_{l-1} W_l,   W ~ N(0, spread^2 / n),   a_l = phi(z_l),   a_0 ~ N(0, 1)
"""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from engine.simulations.gradients.sigmoid_saturation import value_and_slope
from engine.simulations.kit.base import Outcome, Simulation, parameter

Floats = NDArray[np.float64]

BATCH = 100
BINS = 40
LOWEST = {"tanh": -1.0, "sigmoid": 0.0}
STEEPEST = {"tanh": 1.0, "sigmoid": 0.25}
#: A unit is saturated where its slope is below this share of the steepest.
FLAT = 0.06


@dataclass(frozen=True)
class Parameters:
    activation: str = parameter("tanh", "Activation", choices=("tanh", "sigmoid"))
    spread: float = parameter(
        1.0, "Standard deviation of the weights × √n", low=0.1, high=30.0, log=True
    )
    depth: int = parameter(6, "Layers", low=2, high=10)
    width: int = parameter(256, "Units a layer", low=16, high=512, log=True)


def run(parameters: Parameters, rng: np.random.Generator) -> Outcome:
    """One random network and a batch of 100 inputs.

    Tables: `histogram` layer, left, right, share (of the layer's values), `layers` layer, std,
    saturated (share).
    """
    p = parameters
    edges = np.linspace(LOWEST[p.activation], 1.0, BINS + 1)
    a = rng.standard_normal((BATCH, p.width))
    shares, deviations, saturated = [], [], []
    for _ in range(p.depth):
        weights = rng.standard_normal((p.width, p.width)) * (p.spread / math.sqrt(p.width))
        a, slope = value_and_slope(p.activation, a @ weights)
        shares.append(np.histogram(a, edges)[0] / a.size)
        deviations.append(float(a.std()))
        saturated.append(float((slope < FLAT * STEEPEST[p.activation]).mean()))
    layer = np.arange(1, p.depth + 1)
    histogram = {
        "layer": np.repeat(layer, BINS),
        "left": np.tile(edges[:-1], p.depth),
        "right": np.tile(edges[1:], p.depth),
        "share": np.concatenate(shares),
    }
    layers = {"layer": layer, "std": np.array(deviations), "saturated": np.array(saturated)}
    return Outcome(
        scalars={
            "std_first": deviations[0],
            "std_last": deviations[-1],
            "saturated_first": saturated[0],
            "saturated_last": saturated[-1],
        },
        tables={"histogram": histogram, "layers": layers},
    )


SIMULATION = Simulation(
    "Histograms of activations by layer",
    Parameters,
    run,
    {
        "std_first": "Standard deviation in the first layer",
        "std_last": "Standard deviation in the last layer",
        "saturated_first": "Saturated in the first layer (share)",
        "saturated_last": "Saturated in the last layer (share)",
    },
    columns={"saturated": "saturated (share)"},
)
