r"""Which steps a limit on the gradient's norm changes, and how far the updates then go.

The norms of the steps are drawn lognormal, a few of them large: with median m and deviation s of
the logarithm, a step lies above the limit c with probability Phi(-ln(c / m) / s). Such a step goes
learning rate * c, the others learning rate * |g|.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np

from engine.simulations.kit.base import Outcome, Simulation, parameter

SHOWN = 200
GRID = 121


@dataclass(frozen=True)
class Parameters:
    median: float = parameter(1.0, "Median norm", low=0.01, high=100.0, log=True)
    spread: float = parameter(1.0, "Deviation of the norm's logarithm", low=0.1, high=3.0)
    limit: float = parameter(2.0, "Limit c", low=0.001, high=1000.0, log=True)
    steps: int = parameter(2000, "Steps", low=10, high=20_000, log=True)


def share_above(limit: float, median: float, spread: float) -> float:
    """The probability that a lognormal norm lies above the limit."""
    return 0.5 * math.erfc(math.log(limit / median) / spread / math.sqrt(2))


def run(parameters: Parameters, rng: np.random.Generator) -> Outcome:
    """Draws the norm of each step and clips it."""
    p = parameters
    norms = p.median * np.exp(p.spread * rng.standard_normal(p.steps))
    clipped = np.minimum(norms, p.limit)
    share = float((norms > p.limit).mean())
    limits = p.median * np.exp(p.spread * np.linspace(-3, 3, GRID))
    return Outcome(
        scalars={
            "share_expected": share_above(p.limit, p.median, p.spread),
            "share": share,
            "share_se": math.sqrt(max(share * (1 - share), 1 / p.steps) / p.steps),
            "largest": float(norms.max()),
            "largest_clipped": float(clipped.max()),
            "path_left": float(clipped.sum() / norms.sum()),
        },
        tables={
            "trace": {
                "step": np.arange(1, min(p.steps, SHOWN) + 1),
                "norm": norms[:SHOWN],
                "clipped": clipped[:SHOWN],
            },
            "by_limit": {
                "limit": limits,
                "share": np.array([share_above(c, p.median, p.spread) for c in limits]),
            },
        },
    )


SIMULATION = Simulation(
    "Clipped steps of a training",
    Parameters,
    run,
    {
        "share_expected": "Share of the steps that are clipped, by the formula",
        "share": "The same, as drawn",
        "share_se": "Standard error of it",
        "largest": "Largest norm",
        "largest_clipped": "Largest norm after clipping",
        "path_left": "All updates together, as a share of the unclipped",
    },
)
