r"""A normal distribution whose tails are cut off, as initializers draw from it.

N(0, s^2), redrawn beyond +-t, with c = t / s, has the standard deviation

    s sqrt(1 - 2 c phi(c) / (2 Phi(c) - 1))

(Johnson, Kotz & Balakrishnan 1994, section 13.10). What t is differs:

    Keras, JAX/Flax   t = 2 s, and s = sigma / 0.8796…, so that sigma comes out
    PyTorch           trunc_normal_(std=s) has a = -2 and b = 2: t = 2, an absolute number,
                      and s is not corrected
"""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from engine.simulations.kit.base import Outcome, Simulation, parameter

Floats = NDArray[np.float64]

DRAWN = 20_000
BINS = 40
POINTS = 201
#: Most normal values drawn at once while the tails are redrawn.
AT_ONCE = 500_000


def truncated_std(c: float) -> float:
    """Standard deviation of N(0, 1) cut at ±c; 0.8796… for c = 2."""
    return math.sqrt(max(1 - 2 * c * _density(c), 0.0))


def fourth_moment(c: float) -> float:
    """E[z^4] of N(0, 1) cut at ±c."""
    return 3 - 2 * (c**3 + 3 * c) * _density(c)


def draw(c: float, count: int, rng: np.random.Generator) -> Floats:
    """N(0, 1), drawn again beyond ±c until `count` values are within."""
    kept = np.empty(0)
    inside = math.erf(c / math.sqrt(2))
    while len(kept) < count:
        wanted = min(int(1.1 * (count - len(kept)) / inside) + 100, AT_ONCE)
        fresh = rng.standard_normal(wanted)
        kept = np.concatenate([kept, fresh[np.abs(fresh) <= c]])
    return kept[:count]


def _density(c: float) -> float:
    """phi(c) / P(|z| <= c)."""
    return math.exp(-c * c / 2) / math.sqrt(2 * math.pi) / math.erf(c / math.sqrt(2))


@dataclass(frozen=True)
class Parameters:
    scale: float = parameter(1.0, "Deviation s before the cut", low=0.001, high=10.0, log=True)
    rule: str = parameter(
        "relative",
        "The cut is",
        choices={
            "relative": "a multiple of s",
            "absolute": "a number by itself",
        },
    )
    cut: float = parameter(2.0, "Cut", low=0.5, high=5.0)


def run(parameters: Parameters, rng: np.random.Generator) -> Outcome:
    """Draws weights, and compares them with the formula."""
    p = parameters
    c = p.cut if p.rule == "relative" else p.cut / p.scale
    weights = p.scale * draw(c, DRAWN, rng)
    ratio = truncated_std(c)
    surplus = max(fourth_moment(c) - ratio**4, 0.0)
    return Outcome(
        scalars={
            "std": float(weights.std()),
            "std_se": p.scale * math.sqrt(surplus / DRAWN) / (2 * ratio),
            "expected_std": p.scale * ratio,
            "ratio": ratio,
            "limit": p.scale * c,
            "largest": float(np.abs(weights).max()),
            "cut_share": math.erfc(c / math.sqrt(2)),
        },
        tables={"histogram": _histogram(weights), "density": _curves(p.scale, c)},
    )


def _histogram(weights: Floats) -> dict[str, NDArray[np.generic]]:
    edge = float(np.abs(weights).max())
    density, edges = np.histogram(weights, bins=BINS, range=(-edge, edge), density=True)
    return {"left": edges[:-1], "right": edges[1:], "density": density}


def _curves(scale: float, c: float) -> dict[str, NDArray[np.generic]]:
    """The bell before the cut, out to where it is flat."""
    reach = max(3.2, min(c, 5.0) * 1.05)
    z = np.linspace(-reach, reach, POINTS)
    return {"x": scale * z, "normal": np.exp(-(z**2) / 2) / math.sqrt(2 * math.pi) / scale}


SIMULATION = Simulation(
    "Truncated normal weights",
    Parameters,
    run,
    {
        "std": "Standard deviation of the drawn weights",
        "std_se": "Standard error of it",
        "expected_std": "Standard deviation by the formula",
        "ratio": "Share of s that is left",
        "limit": "Largest possible magnitude",
        "largest": "Largest drawn magnitude",
        "cut_share": "Share of the bell that is cut off",
    },
)
