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
    format: str = parameter("float32", en="Number format", ko="수의 형식", choices=tuple(LARGEST))
    width: int = parameter(256, en="Units a layer", ko="층의 너비", low=2, high=1024, log=True)
    std: float = parameter(
        1.0,
        en="Standard deviation of the weights",
        ko="가중치의 표준편차",
        low=0.01,
        high=4.0,
        log=True,
    )
    depth: int = parameter(60, en="Layers", ko="층 수", low=1, high=150)


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
    name="float_overflow",
    title={"en": "Numbers that overflow", "ko": "넘쳐 버리는 수"},
    parameters=Parameters,
    run=run,
    scalars={
        "factor": {"en": "Factor of one layer", "ko": "한 층에서 곱해지는 수"},
        "log10_limit": {
            "en": "log10 of the format's largest number",
            "ko": "그 형식의 가장 큰 수의 log10",
        },
        "predicted_layer": {
            "en": "Layer whose predicted rms is too large (−1: none)",
            "ko": "RMS의 이론값이 넘치는 층(−1: 없음)",
        },
        "predicted_square_layer": {
            "en": "Layer whose predicted mean square is too large",
            "ko": "제곱평균의 이론값이 넘치는 층",
        },
        "rms_layer": {"en": "Layer whose rms is too large", "ko": "RMS가 넘치는 층"},
        "entry_layer": {
            "en": "Layer with a first entry that is too large",
            "ko": "처음으로 넘치는 성분이 나오는 층",
        },
        "square_layer": {
            "en": "Layer whose mean square is too large",
            "ko": "제곱평균이 넘치는 층",
        },
    },
)
