r"""What one layer makes of its inputs' mean and variance.

Inputs u ~ N(mu, s^2), independent; a = u or a = relu(u); z = sum of w_i a_i over n inputs, with
independent weights of mean 0 and variance sigma^2. Over weights and inputs z has mean 0 and

    Var(z) = n sigma^2 E[a^2] = n sigma^2 (Var(a) + E[a]^2)       (He et al. 2015, section 2.2)

and for ReLU, with r = mu / s, phi and Phi the standard normal's density and distribution,

    E[a] = mu Phi(r) + s phi(r),    E[a^2] = (mu^2 + s^2) Phi(r) + mu s phi(r).

For mu = 0: E[a] = s / sqrt(2 pi), E[a^2] = s^2 / 2, Var(a) = s^2 (1/2 - 1/(2 pi)).
"""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np

from engine.simulations.kit.base import Outcome, Simulation, parameter
from engine.simulations.kit.normal import above

INPUTS, UNITS, BINS = 200, 400, 40


@dataclass(frozen=True)
class Parameters:
    activation: str = parameter("relu", "Activation of the inputs", choices=("linear", "relu"))
    mean: float = parameter(0.0, "Mean μ before it", low=-5.0, high=5.0)
    std: float = parameter(1.0, "Deviation s before it", low=0.05, high=5.0)
    n: int = parameter(256, "Inputs of a unit", low=1, high=1024, log=True)
    sigma: float = parameter(0.0625, "Deviation σ of a weight", low=0.001, high=2.0, log=True)


def rectified(mean: float, std: float) -> tuple[float, float]:
    """(E[a], E[a^2]) of a = relu(u), u ~ N(mean, std^2)."""
    r = mean / std
    density = math.exp(-r * r / 2) / math.sqrt(2 * math.pi)
    fires = float(above(-r)[0])
    square = (mean**2 + std**2) * fires + mean * std * density
    # far below 0 the terms cancel: never less than what rounding leaves
    return max(mean * fires + std * density, 0.0), max(square, 0.0)


def run(parameters: Parameters, rng: np.random.Generator) -> Outcome:
    """Sends a batch through one layer. Table `density`: left, right, share (of activations)."""
    p = parameters
    u = p.mean + p.std * rng.standard_normal((INPUTS, p.n))
    if p.activation == "relu":
        a = np.maximum(u, 0.0)
        mean, square = rectified(p.mean, p.std)
    else:
        a, mean, square = u, p.mean, p.mean**2 + p.std**2
    z = a @ (p.sigma * rng.standard_normal((p.n, UNITS)))
    by_unit = (z**2).mean(axis=0)
    variance = max(square - mean**2, 0.0)
    scale = p.n * p.sigma**2
    low, high = p.mean - 3.5 * p.std, p.mean + 3.5 * p.std
    if p.activation == "relu":
        low, high = 0.0, max(high, 0.1)
    counts, edges = np.histogram(a, BINS, (low, high))
    return Outcome(
        scalars={
            "mean": mean,
            "variance": variance,
            "mean_square": square,
            "zero_share": float((a == 0).mean()),
            "mean_measured": float(a.mean()),
            "variance_measured": float(a.var()),
            "variance_z": scale * square,
            "part_variance": scale * variance,
            "part_mean": scale * mean**2,
            "variance_z_measured": float(by_unit.mean()),
            "variance_z_se": float(by_unit.std(ddof=1) / math.sqrt(UNITS)),
        },
        tables={
            "density": {"left": edges[:-1], "right": edges[1:], "share": counts / a.size},
        },
    )


SIMULATION = Simulation(
    "Mean and variance through one layer",
    Parameters,
    run,
    {
        "mean": "Mean of an activation",
        "variance": "Variance of an activation",
        "mean_square": "Mean square of an activation",
        "zero_share": "Share of activations that are 0",
        "mean_measured": "Mean, measured",
        "variance_measured": "Variance, measured",
        "variance_z": "Var(z) by the formula",
        "part_variance": "Part of it: nσ²Var(a)",
        "part_mean": "Part of it: nσ²E[a]²",
        "variance_z_measured": "Var(z), measured",
        "variance_z_se": "Standard error of it",
    },
)
