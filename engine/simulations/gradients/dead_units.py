r"""ReLU units with He weights and one bias: which of them ever fire?

A unit with weights w and bias b gets z = w x + b, x ~ N(0, 1) in each of d features, so that
z ~ N(b, ||w||^2) and it fires on a share Phi(b / ||w||) of all inputs. It shows no sign of life in
k samples with probability Phi(-b / ||w||)^k. He et al. (2015) draw w with variance 2 / d, so that
||w||^2 = 2 chi^2_d / d: about 2, and different for every unit.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from engine.simulations.kit.base import Outcome, Simulation, parameter
from engine.simulations.kit.normal import above

Floats = NDArray[np.float64]

GRID = 400  # points of the integral over ||w||
POINTS = 60  # of the curve over samples
BINS = 20


@dataclass(frozen=True)
class Parameters:
    bias: float = parameter(-4.0, "Bias of every unit", low=-8, high=4)
    samples: int = parameter(1000, "Samples N", low=1, high=5000, log=True)
    units: int = parameter(1000, "Units", low=10, high=1000, log=True)
    features: int = parameter(100, "Inputs of a unit", low=2, high=500)
    equal_norms: bool = parameter(False, "Every unit's weights rescaled to length √2")


def weights(parameters: Parameters, rng: np.random.Generator) -> Floats:
    """He normal weights, (features, units)."""
    shape = (parameters.features, parameters.units)
    w = rng.standard_normal(shape) * math.sqrt(2 / parameters.features)
    return w * (math.sqrt(2) / np.linalg.norm(w, axis=0)) if parameters.equal_norms else w


def first_fired(x: Floats, w: Floats, bias: float) -> tuple[Floats, NDArray[np.int64]]:
    """(share of samples on which each unit is above 0, its first such sample from 1).

    x: (samples, features), w: (features, units). A unit that never fires has samples + 1.
    """
    fires = x @ w + bias > 0
    first = np.where(fires.any(axis=0), fires.argmax(axis=0) + 1, len(x) + 1)
    return fires.mean(axis=0), first


def silent(bias: float, samples: Floats, features: int, equal_norms: bool) -> Floats:
    """Expected share of units that did not fire on the first k of `samples`, for each k."""
    if equal_norms:
        norms, density = np.array([math.sqrt(2)]), np.array([1.0])
    else:
        norms, density = _lengths(features)
    return np.asarray(np.exp(np.outer(samples, _log_negative(bias, norms))) @ density)


def standard_error(share: float, bias: float, samples: int, features: int, units: int) -> float:
    """Of the share of silent units: by the units drawn, and by the samples that all of them see.

    A long input x raises the deviation sqrt(2 / d) ||x|| of *every* unit on it.
    """
    lengths, density = _lengths(features)
    log_negative = _log_negative(bias, lengths)
    variance = float(density @ (log_negative - density @ log_negative) ** 2)
    of_units = max(share * (1 - share), 0.0) / units
    return math.sqrt(of_units + share**2 * min(samples * variance, 1.0))


def _lengths(features: int) -> tuple[Floats, Floats]:
    """A grid of lengths of He weights, and how likely each is: ||w||^2 / 2 is chi^2_d / d."""
    reach = 9 * math.sqrt(2 / features)
    t = np.linspace(max(1 - reach, 1e-4), 1 + reach, GRID)
    log_density = (features / 2 - 1) * np.log(t) - features / 2 * t
    density = np.exp(log_density - log_density.max())
    return np.sqrt(2 * t), density / density.sum()


def _log_negative(bias: float, deviations: Floats) -> Floats:
    return np.asarray(np.log1p(-np.minimum(above(-bias / deviations), 1 - 1e-16)))


def run(parameters: Parameters, rng: np.random.Generator) -> Outcome:
    """Shows every unit the same samples.

    Table `silent`: samples seen, share of units without a sign of life, expected share. Table
    `rates`: left and right end of a bin of firing rates, share of units in it.
    """
    p = parameters
    w = weights(p, rng)
    rate, first = first_fired(rng.standard_normal((p.samples, p.features)), w, p.bias)
    seen = np.unique(np.round(np.geomspace(1, p.samples, POINTS))).astype(np.int64)
    share = (first > seen[:, None]).mean(axis=1)
    expected = silent(p.bias, seen.astype(np.float64), p.features, p.equal_norms)
    counts, edges = np.histogram(rate, BINS, (0, 1))
    dead = float(share[-1])
    return Outcome(
        scalars={
            "dead": dead,
            "dead_se": standard_error(float(expected[-1]), p.bias, p.samples, p.features, p.units),
            "predicted_dead": float(expected[-1]),
            "firing_rate": float(rate.mean()),
            "typical_rate": float(above(-p.bias / math.sqrt(2))[0]),
            "units": float(p.units),
            "dead_count": dead * p.units,
        },
        tables={
            "silent": {"samples": seen, "measured": share, "expected": expected},
            "rates": {"left": edges[:-1], "right": edges[1:], "share": counts / p.units},
        },
    )


SIMULATION = Simulation(
    "ReLU units that never fire",
    Parameters,
    run,
    {
        "dead": "Share of units that never fired",
        "dead_se": "Standard error of that",
        "predicted_dead": "The share by the formula",
        "firing_rate": "Mean firing rate",
        "typical_rate": "Firing rate of a unit with ‖w‖ = √2",
        "units": "Units",
        "dead_count": "Units that never fired",
    },
    tables={"rates": "how often units fire"},
)
