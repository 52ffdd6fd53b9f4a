r"""How alike are the gradients at inputs that lie side by side?

A network with one input and one output is followed along a line of inputs. Its gradient dy/dx at
each point is compared with that `lag` points further on. In a deep plain ReLU network with batch
normalization neighboring gradients are as unrelated as white noise; with skip connections and a
small branch they stay alike (Balduzzi et al. 2017, "The Shattered Gradients Problem").

The networks are x_l = x_{l-1} + b relu(BN(x_{l-1})) W_l, or without the first term. BN's mean and
deviation are those of the points of the line, and are held fixed when the gradient is taken, as at
inference: a single input hardly moves them.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from engine.simulations.kit.base import Outcome, Simulation, parameter

Floats = NDArray[np.float64]

LAG = 5
LAGS = 15
NETWORKS = 4  # whose autocorrelations are averaged; the first is drawn
REACH = 2.0
EPSILON = 1e-12


def gradients(
    first: Floats, bias: Floats, weights: Sequence[Floats], last: Floats, x: Floats, branch: float
) -> Floats:
    """dy/dx at every x; (points,).

    first, bias: (n,), x_0 = x first + bias. weights: (n, n) each. last: (n,). branch: b for
    x_l = x_{l-1} + b F(x_{l-1}), and 0 for the plain x_l = F(x_{l-1}).
    """
    h = x[:, None] * first + bias
    d = np.broadcast_to(first, h.shape)
    for w in weights:
        a, slope = _normal_relu(h, d)
        if branch:
            h, d = h + branch * (a @ w), d + branch * (slope @ w)
        else:
            h, d = a @ w, slope @ w
    return np.asarray(_normal_relu(h, d)[1] @ last)


def _normal_relu(h: Floats, d: Floats) -> tuple[Floats, Floats]:
    """relu(BN(h)) and its derivative by x, where d is that of h."""
    deviation = np.sqrt(h.var(axis=0) + EPSILON)
    normal = (h - h.mean(axis=0)) / deviation
    return np.maximum(normal, 0.0), (d / deviation) * (normal > 0)


def autocorrelation(values: Floats, lag: int) -> float:
    """Of values less their mean; 1 at lag 0."""
    centred = values - values.mean()
    square = float(centred @ centred)
    return float(centred[: len(centred) - lag] @ centred[lag:]) / square if square > 0 else 0.0


@dataclass(frozen=True)
class Parameters:
    depth: int = parameter(24, "Layers", low=1, high=50)
    width: int = parameter(100, "Units a layer", low=16, high=200, log=True)
    branch: float = parameter(0.1, "Branch multiplied by", low=0.01, high=1.0, log=True)
    points: int = parameter(200, "Inputs from −2 to 2", low=50, high=400)


def run(parameters: Parameters, rng: np.random.Generator) -> Outcome:
    """Four plain networks and four with skip connections, with the same weights.

    Tables: `line` x, plain, skip (dy/dx of the first network, divided by its deviation);
    `lags` lag, plain, skip (autocorrelations, averaged over the networks).
    """
    p = parameters
    x = np.linspace(-REACH, REACH, p.points)
    found: dict[str, list[Floats]] = {"plain": [], "skip": []}
    for _ in range(NETWORKS):
        n = p.width
        first, bias, last = rng.standard_normal((3, n))
        weights = [math.sqrt(2 / n) * rng.standard_normal((n, n)) for _ in range(p.depth)]
        for name, branch in (("plain", 0.0), ("skip", p.branch)):
            found[name].append(gradients(first, bias, weights, last, x, branch))
    lags: dict[str, NDArray[np.generic]] = {"lag": np.arange(LAGS + 1)}
    line: dict[str, NDArray[np.generic]] = {"x": x}
    scalars: dict[str, float] = {}
    for name, drawn in found.items():
        by_lag = np.array([[autocorrelation(g, lag) for lag in range(LAGS + 1)] for g in drawn])
        lags[name] = by_lag.mean(axis=0)
        deviation = float(drawn[0].std())
        line[name] = drawn[0] / deviation if deviation > 0 else drawn[0]
        scalars[f"{name}_lag5"] = float(by_lag[:, LAG].mean())
        scalars[f"{name}_lag5_se"] = float(by_lag[:, LAG].std(ddof=1)) / math.sqrt(NETWORKS)
    scalars["noise"] = 1 / math.sqrt(p.points * NETWORKS)
    return Outcome(scalars, {"line": line, "lags": lags})


SIMULATION = Simulation(
    "Shattered gradients",
    Parameters,
    run,
    {
        "plain_lag5": "No skip: autocorrelation 5 points apart",
        "plain_lag5_se": "Standard error of it",
        "skip_lag5": "Skip: autocorrelation 5 points apart",
        "skip_lag5_se": "Standard error of it",
        "noise": "Standard deviation of it for white noise",
    },
)
