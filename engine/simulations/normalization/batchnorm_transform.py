r"""Batch normalization of a handful of values in training, and of what flows back through it.

Ioffe & Szegedy (2015), algorithm 1, for one unit and a batch of n values:

    mu = mean of x,   v = (1/n) sum of (x - mu)^2          biased, whatever is stored on the side
    x_hat = (x - mu) / sqrt(v + eps),   y = gamma x_hat + beta

mu and v are made of x, so a gradient flows back through them, too (ibid., section 3):

    dx = gamma / sqrt(v + eps) * (dy - mean(dy) - x_hat mean(dy x_hat))

which for one value's own output is dy_1/dx_1 = gamma / sqrt(v + eps) * (1 - 1/n - x_hat_1^2 / n).
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from engine.simulations.kit.base import Outcome, Simulation, parameter

Floats = NDArray[np.float64]

MOST = 6  # values in a batch
NUDGES = 61  # points of the curve of y_1 against x_1


def transform(
    x: Floats, gamma: float | Floats = 1.0, beta: float | Floats = 0.0, eps: float = 1e-5
) -> tuple[Floats, Floats]:
    """(y, x_hat) of a batch (n,) or (n, features), each feature by its own batch statistics."""
    x_hat = (x - x.mean(axis=0)) / np.sqrt(x.var(axis=0) + eps)
    return np.asarray(gamma * x_hat + beta), np.asarray(x_hat)


def backward(
    dy: Floats, x: Floats, gamma: float | Floats = 1.0, eps: float = 1e-5
) -> tuple[Floats, Floats, Floats]:
    """(dx, dgamma, dbeta) for a loss whose gradient at y is `dy`, shaped like x."""
    _, x_hat = transform(x, eps=eps)
    scale = gamma / np.sqrt(x.var(axis=0) + eps)
    dx = scale * (dy - dy.mean(axis=0) - x_hat * (dy * x_hat).mean(axis=0))
    return np.asarray(dx), np.asarray((dy * x_hat).sum(axis=0)), np.asarray(dy.sum(axis=0))


def _value(number: int, default: float) -> float:
    return parameter(default, f"Value {number}", low=-20.0, high=20.0)


@dataclass(frozen=True)
class Parameters:
    count: int = parameter(5, "Values in the batch", low=2, high=MOST)
    x_1: float = _value(1, 7.0)
    x_2: float = _value(2, 1.0)
    x_3: float = _value(3, 2.0)
    x_4: float = _value(4, 4.0)
    x_5: float = _value(5, 6.0)
    x_6: float = _value(6, 3.0)
    gamma: float = parameter(2.0, "γ (scale)", low=-5.0, high=5.0)
    beta: float = parameter(-1.0, "β (shift)", low=-5.0, high=5.0)
    eps: float = parameter(1e-5, "ε", low=1e-12, high=1.0, log=True)


def run(parameters: Parameters, rng: np.random.Generator) -> Outcome:  # noqa: ARG001
    """The batch x_1 … x_count, stage by stage; nothing in it is left to chance."""
    p = parameters
    x = np.array([p.x_1, p.x_2, p.x_3, p.x_4, p.x_5, p.x_6][: p.count])
    y, x_hat = transform(x, p.gamma, p.beta, p.eps)
    swapped = p.beta * x_hat + p.gamma
    first = np.zeros(p.count)
    first[0] = 1.0
    return Outcome(
        scalars={
            "mean": float(x.mean()),
            "variance": float(x.var()),
            "unbiased_variance": float(x.var(ddof=1)),
            "x_hat": float(x_hat[0]),
            "y": float(y[0]),
            "swapped": float(swapped[0]),
            "y_mean": float(y.mean()),
            "y_std": float(y.std()),
            "swapped_mean": float(swapped.mean()),
            "swapped_std": float(swapped.std()),
            "slope": float(backward(first, x, p.gamma, p.eps)[0][0]),
            "slope_constant": float(p.gamma / np.sqrt(x.var() + p.eps)),
        },
        tables={
            "batch": {
                "member": np.arange(1, p.count + 1),
                "x": x,
                "x_hat": x_hat,
                "y": y,
                "swapped": swapped,
            },
            "nudged": _nudged(x, p),
        },
    )


def _nudged(x: Floats, p: Parameters) -> dict[str, NDArray[np.generic]]:
    """y_1 as x_1 alone is moved, and what constant statistics would make of it."""
    width = 0.6 * float(np.sqrt(x.var() + p.eps))
    moved = x[0] + np.linspace(-width, width, NUDGES)
    batches = np.repeat(x[:, None], NUDGES, axis=1)
    batches[0] = moved
    constant = p.gamma * (moved - x.mean()) / np.sqrt(x.var() + p.eps) + p.beta
    return {"x": moved, "y": transform(batches, p.gamma, p.beta, p.eps)[0][0], "constant": constant}


SIMULATION = Simulation(
    "The batch-norm transform",
    Parameters,
    run,
    {
        "mean": "Mean of the batch",
        "variance": "Variance of the batch (biased)",
        "unbiased_variance": "Unbiased variance",
        "x_hat": "Value 1, normalized",
        "y": "Output for value 1",
        "swapped": "The same with γ and β swapped",
        "y_mean": "Mean of the outputs",
        "y_std": "Deviation of the outputs",
        "swapped_mean": "Mean of the outputs with γ and β swapped",
        "swapped_std": "Deviation of the outputs with γ and β swapped",
        "slope": "Slope of output 1 in value 1",
        "slope_constant": "That slope if μ and σ were constants",
    },
)
