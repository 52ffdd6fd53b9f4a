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
    first: float = parameter(3.0, "First entry", low=-100, high=100)
    second: float = parameter(-40.0, "Second entry", low=-100, high=100)
    third: float = parameter(0.5, "Third entry", low=-100, high=100)
    fourth: float = parameter(8.0, "Fourth entry", low=-100, high=100)
    limit: float = parameter(5.0, "Limit c", low=0.01, high=200.0, log=True)


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
    "Gradient clipping",
    Parameters,
    run,
    {
        "norm": "Norm before clipping",
        "factor": "Factor of clipping by norm",
        "norm_by_norm": "Norm, clipped by norm",
        "norm_by_value": "Norm, clipped by value",
        "cosine_by_norm": "Cosine with the gradient, by norm",
        "cosine_by_value": "Cosine with the gradient, by value",
        "angle_by_value": "Angle turned by value (degrees)",
        "entries_changed": "Entries that clipping by value changed",
        "first_by_norm": "First entry, by norm",
        "second_by_norm": "Second entry, by norm",
        "third_by_norm": "Third entry, by norm",
        "fourth_by_norm": "Fourth entry, by norm",
        "first_by_value": "First entry, by value",
        "second_by_value": "Second entry, by value",
        "third_by_value": "Third entry, by value",
        "fourth_by_value": "Fourth entry, by value",
    },
)
