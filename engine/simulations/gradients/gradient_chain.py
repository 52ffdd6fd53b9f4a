r"""A gradient on its way back through a chain of layers that all multiply it by the same number.

A chain of single units, z_l = w a_{l-1} and a_l = phi(z_l), multiplies the gradient by w phi'(z)
at every step back, so that over L layers there are L - 1 steps (Bengio, Simard & Frasconi 1994):

    dL/dz_l = f dL/dz_{l+1},   f = w phi'(z)     =>    |dL/dz_1| = |f|^(L-1) |dL/dz_L|

A skip connection adds the identity to each step, which then multiplies by 1 + f (He et al. 2016).
"""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from engine.simulations.kit.base import Outcome, Simulation, parameter

Floats = NDArray[np.float64]


def backward(factor: float, depth: int) -> Floats:
    """Sizes of the gradient at layers 1 … depth, where it is 1 at the last; (depth,)."""
    sizes = np.empty(depth)
    sizes[-1] = 1.0
    for layer in range(depth - 2, -1, -1):
        sizes[layer] = factor * sizes[layer + 1]
    return sizes


def steps_below(factor: float, limit: float) -> float:
    """Steps back after which the gradient is below `limit` for the first time.

    Exact where a power of `factor` equals `limit`: then one more step is needed. Infinite for a
    factor of 1 or more.
    """
    if factor >= 1:
        return math.inf
    return math.floor(math.log(limit) / math.log(factor) + 1e-9) + 1


@dataclass(frozen=True)
class Parameters:
    slope: float = parameter(0.25, "Slope of the activation", low=0.01, high=1.0)
    weight: float = parameter(1.0, "Weight", low=0.1, high=10.0, log=True)
    depth: int = parameter(20, "Layers", low=2, high=101)
    limit: float = parameter(
        1e-7, "Size that is too small to matter", low=1e-30, high=0.5, log=True
    )


def run(parameters: Parameters, rng: np.random.Generator) -> Outcome:  # noqa: ARG001
    """Goes back layer by layer; nothing is drawn by chance.

    Table `chain`: layer, back (steps from the last layer), plain, skip (1 + f a step) and linear,
    what would be left if each step took away as much as the first.
    """
    p = parameters
    factor = p.slope * p.weight
    plain, skip = backward(factor, p.depth), backward(1 + factor, p.depth)
    back = np.arange(p.depth - 1, -1, -1)
    needed = steps_below(factor, p.limit)
    chain = {
        "layer": np.arange(1, p.depth + 1),
        "back": back,
        "plain": plain,
        "skip": skip,
        "linear": 1 + (factor - 1) * back,
    }
    reached = [int(step) for step, size in zip(back, plain, strict=True) if size < p.limit]
    return Outcome(
        scalars={
            "factor": factor,
            "first": float(plain[0]),
            "log10_first": float(np.log10(plain[0])),
            "skip_first": float(skip[0]),
            "log10_skip_first": float(np.log10(skip[0])),
            "steps_below": float(needed) if math.isfinite(needed) else -1.0,
            "steps_below_seen": float(min(reached)) if reached else -1.0,
        },
        tables={"chain": chain},
    )


SIMULATION = Simulation(
    "A gradient going back through a chain",
    Parameters,
    run,
    {
        "factor": "Factor of one step back",
        "first": "Gradient at the first layer, last layer = 1",
        "log10_first": "log10 of it",
        "skip_first": "The same with skip connections",
        "log10_skip_first": "log10 of that, with skip connections",
        "steps_below": "Steps back until it is too small (−1: never)",
        "steps_below_seen": "The same, if the chain is long enough (−1: it is not)",
    },
    columns={"linear": "if it were subtracted"},
)
