r"""Gradient clipping: by the norm, which keeps the direction, and by value, which does not.

    by norm     g <- g min(1, c / |g|)             Pascanu, Mikolov & Bengio (2013), algorithm 1
    by value    g_i <- min(max(g_i, -c), c)

The norm is that of all gradients together. PyTorch divides by |g| + 1e-6 and returns |g| as it was
before; so does this module.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from engine.simulations.kit.base import Outcome, Simulation, parameter

Floats = NDArray[np.float64]

EPSILON = 1e-6  # of torch.nn.utils.clip_grad_norm_
ENTRIES = ("first", "second", "third", "fourth")


def norm_of(gradient: Floats) -> float:
    """The length of a gradient (entries,), of all parameters together."""
    return float(np.sqrt((gradient**2).sum()))


def clip_by_norm(gradient: Floats, limit: float) -> tuple[Floats, float]:
    """The clipped gradient, and its norm *before* clipping, which is what PyTorch returns."""
    before = norm_of(gradient)
    return gradient * min(1.0, limit / (before + EPSILON)), before


def clip_by_value(gradient: Floats, limit: float) -> Floats:
    """Every entry moved into -limit ... limit."""
    return np.asarray(np.clip(gradient, -limit, limit))


def cosine(one: Floats, other: Floats) -> float:
    """Of the angle between two gradients: 1 for the same direction; 1 if one is 0."""
    lengths = norm_of(one) * norm_of(other)
    return float(one @ other) / lengths if lengths > 0 else 1.0


@dataclass(frozen=True)
class Parameters:
    first: float = parameter(3.0, en="First entry", ko="첫째 성분", low=-100, high=100)
    second: float = parameter(-40.0, en="Second entry", ko="둘째 성분", low=-100, high=100)
    third: float = parameter(0.5, en="Third entry", ko="셋째 성분", low=-100, high=100)
    fourth: float = parameter(8.0, en="Fourth entry", ko="넷째 성분", low=-100, high=100)
    limit: float = parameter(5.0, en="Limit c", ko="한계 c", low=0.01, high=200.0, log=True)


def run(parameters: Parameters, _rng: np.random.Generator) -> Outcome:
    """Clips one gradient in both ways; nothing is drawn by chance."""
    p = parameters
    gradient = np.array([p.first, p.second, p.third, p.fourth], dtype=np.float64)
    by_norm, before = clip_by_norm(gradient, p.limit)
    by_value = clip_by_value(gradient, p.limit)
    return Outcome(
        scalars={
            "norm": before,
            "factor": min(1.0, p.limit / (before + EPSILON)),
            "norm_by_norm": norm_of(by_norm),
            "norm_by_value": norm_of(by_value),
            "cosine_by_norm": cosine(gradient, by_norm),
            "cosine_by_value": cosine(gradient, by_value),
            "angle_by_value": math.degrees(math.acos(min(cosine(gradient, by_value), 1.0))),
            "entries_changed": float((by_value != gradient).sum()),
            **{f"{name}_by_norm": float(v) for name, v in zip(ENTRIES, by_norm, strict=True)},
            **{f"{name}_by_value": float(v) for name, v in zip(ENTRIES, by_value, strict=True)},
        },
        tables={
            "entries": {
                "entry": np.arange(1, 5),
                "before": gradient,
                "by_norm": by_norm,
                "by_value": by_value,
            }
        },
    )


SIMULATION = Simulation(
    name="gradient_clipping",
    title={"en": "Gradient clipping", "ko": "기울기 클리핑"},
    parameters=Parameters,
    run=run,
    scalars={
        "norm": {"en": "Norm before clipping", "ko": "클리핑 전의 노름"},
        "factor": {"en": "Factor of clipping by norm", "ko": "노름 클리핑에서 곱하는 수"},
        "norm_by_norm": {"en": "Norm, clipped by norm", "ko": "노름 클리핑 뒤의 노름"},
        "norm_by_value": {"en": "Norm, clipped by value", "ko": "값 클리핑 뒤의 노름"},
        "cosine_by_norm": {
            "en": "Cosine with the gradient, by norm",
            "ko": "노름 클리핑 전후의 코사인",
        },
        "cosine_by_value": {
            "en": "Cosine with the gradient, by value",
            "ko": "값 클리핑 전후의 코사인",
        },
        "angle_by_value": {
            "en": "Angle turned by value (degrees)",
            "ko": "값 클리핑으로 돌아간 각도(도)",
        },
        "entries_changed": {
            "en": "Entries that clipping by value changed",
            "ko": "값 클리핑이 바꾼 성분의 수",
        },
        "first_by_norm": {"en": "First entry, by norm", "ko": "첫째 성분, 노름 클리핑"},
        "second_by_norm": {"en": "Second entry, by norm", "ko": "둘째 성분, 노름 클리핑"},
        "third_by_norm": {"en": "Third entry, by norm", "ko": "셋째 성분, 노름 클리핑"},
        "fourth_by_norm": {"en": "Fourth entry, by norm", "ko": "넷째 성분, 노름 클리핑"},
        "first_by_value": {"en": "First entry, by value", "ko": "첫째 성분, 값 클리핑"},
        "second_by_value": {"en": "Second entry, by value", "ko": "둘째 성분, 값 클리핑"},
        "third_by_value": {"en": "Third entry, by value", "ko": "셋째 성분, 값 클리핑"},
        "fourth_by_value": {"en": "Fourth entry, by value", "ko": "넷째 성분, 값 클리핑"},
    },
)
