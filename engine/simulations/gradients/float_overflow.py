r"""A ReLU network whose signal grows at every layer, until the numbers no longer hold it.

With normal weights of deviation sigma the rms of one input is multiplied at each layer by about
sigma sqrt(n / 2) (He et al. 2015). A format ends at its largest number,

    float16 65504 ≈ 10^4.82,   bfloat16 3.39e38,   float32 3.40e38 ≈ 10^38.53,

and what is larger is inf; inf - inf and 0 · inf are nan. Anything that squares first, such as a
standard deviation or a norm, ends after half as many powers of ten.

Given the activations a of one input, the pre-activations of the next layer are independent and
normal with deviation sigma ||a||, so that no weights need to be drawn.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from engine.simulations.kit.base import Outcome, Simulation, parameter

#: Largest finite number of each format.
LARGEST: Mapping[str, float] = {
    "float16": 65504.0,
    "bfloat16": (2 - 2**-7) * 2.0**127,
    "float32": (2 - 2**-23) * 2.0**127,
}


@dataclass(frozen=True)
class Parameters:
    format: str = parameter("float32", "Number format", choices=tuple(LARGEST))
    width: int = parameter(256, "Units a layer", low=2, high=1024, log=True)
    std: float = parameter(1.0, "Standard deviation of the weights", low=0.01, high=4.0, log=True)
    depth: int = parameter(60, "Layers", low=1, high=150)


def run(parameters: Parameters, rng: np.random.Generator) -> Outcome:
    """Follows one input of rms 1, in float64.

    Table `layers`: layer, rms, largest (entry), predicted (rms). A layer of -1 is never reached.
    """
    p = parameters
    factor = p.std * math.sqrt(p.width / 2)
    rms, largest = np.zeros(p.depth), np.zeros(p.depth)
    before = 1.0
    for layer in range(p.depth):
        a = np.maximum(rng.standard_normal(p.width), 0.0)
        rms[layer] = before * p.std * math.sqrt(float(a @ a))
        largest[layer] = before * p.std * math.sqrt(p.width) * float(a.max())
        before = rms[layer]
    predicted = factor ** np.arange(1, p.depth + 1)
    limit = LARGEST[p.format]
    return Outcome(
        scalars={
            "factor": factor,
            "log10_limit": math.log10(limit),
            "predicted_layer": _formula(math.log10(limit), factor),
            "predicted_square_layer": _formula(math.log10(limit) / 2, factor),
            "rms_layer": _first(rms > limit),
            "entry_layer": _first(largest > limit),
            "square_layer": _first(rms > math.sqrt(limit)),
        },
        tables={
            "layers": {
                "layer": np.arange(1, p.depth + 1),
                "rms": rms,
                "largest": largest,
                "predicted": predicted,
            }
        },
    )


def _formula(decades: float, factor: float) -> float:
    """The first layer whose predicted rms is above 10^decades; -1 if none is."""
    return float(math.floor(decades / math.log10(factor)) + 1) if factor > 1 else -1.0


def _first(beyond: np.ndarray[tuple[int], np.dtype[np.bool_]]) -> float:
    return float(np.argmax(beyond) + 1) if beyond.any() else -1.0


SIMULATION = Simulation(
    "Numbers that overflow",
    Parameters,
    run,
    {
        "factor": "Factor of one layer",
        "log10_limit": "log10 of the format's largest number",
        "predicted_layer": "Layer whose predicted rms is too large (−1: none)",
        "predicted_square_layer": "Layer whose predicted mean square is too large",
        "rms_layer": "Layer whose rms is too large",
        "entry_layer": "Layer with a first entry that is too large",
        "square_layer": "Layer whose mean square is too large",
    },
)
