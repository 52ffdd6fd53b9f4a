r"""Batch normalization takes out the scale of the weights in front of it.

    BN(αWx) = BN(Wx) for α > 0,   ∇_{αW} L = ∇_W L / α,   W · ∇_W L = 0

(Ioffe & Szegedy, 2015, section 3.3; van Laarhoven, 2017; Arora, Li & Lyu, 2019). The gradient is
perpendicular to the weights, so a step of gradient descent with weight decay λ gives

    ‖W'‖² = (1 − ηλ)² ‖W‖² + η² ‖g‖²

and the direction of W turns as with the learning rate η / ‖W‖². All of it is exact without ε; with
it, pre-activations of variance v come out with deviation sqrt(α²v / (α²v + ε)).

One unit with weights w (inputs,), batch x (N, inputs), loss = scale · sum of outputs times numbers.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from engine.simulations.kit.base import Outcome, Simulation, parameter

Floats = NDArray[np.float64]

BATCH, INPUTS = 64, 10
ALPHAS = np.logspace(-5, 2, 71)


def batch_norm(z: Floats, epsilon: float) -> Floats:
    """z (N,) with mean 0 and, but for epsilon, variance 1."""
    return np.asarray((z - z.mean()) / np.sqrt(z.var() + epsilon))


def weight_gradient(w: Floats, x: Floats, upstream: Floats, epsilon: float) -> Floats:
    """∂/∂w of the sum of BN(xw) times upstream (N,)."""
    z = x @ w
    deviation = np.sqrt(z.var() + epsilon)
    y = (z - z.mean()) / deviation
    back = (upstream - upstream.mean() - y * (upstream * y).mean()) / deviation
    return np.asarray(back @ x)


@dataclass(frozen=True)
class Unit:
    """A unit at the start: its weights, its batch, and the numbers that make its loss."""

    w: Floats
    x: Floats
    upstream: Floats


def drawn_unit(rng: np.random.Generator, norm: float, spread: float, gradient: float) -> Unit:
    """A unit with the given norm of its weights, deviation of xw and norm of its gradient.

    The gradient's norm is exact for epsilon = 0.
    """
    w = rng.standard_normal(INPUTS)
    w *= norm / np.linalg.norm(w)
    x = rng.standard_normal((BATCH, INPUTS)) + 0.5
    x *= spread / (x @ w).std()
    upstream = rng.standard_normal(BATCH)
    upstream *= gradient / np.linalg.norm(weight_gradient(w, x, upstream, 0.0))
    return Unit(w, x, upstream)


@dataclass(frozen=True)
class Parameters:
    alpha: float = parameter(2.0, "Factor α on the weights", low=1e-5, high=100.0, log=True)
    epsilon: float = parameter(1e-5, "ε", low=0.0, high=0.01)
    spread: float = parameter(1.0, "Deviation of the pre-activations", low=0.1, high=10.0, log=True)
    norm: float = parameter(1.0, "Norm of the weights", low=0.1, high=100.0, log=True)
    gradient: float = parameter(1.0, "Norm of the gradient", low=0.01, high=100.0, log=True)
    rate: float = parameter(0.1, "Learning rate η", low=0.001, high=10.0, log=True)
    decay: float = parameter(0.0, "Weight decay λ", low=0.0, high=0.1)
    steps: int = parameter(100, "Steps", low=1, high=300, log=True)


def run(parameters: Parameters, rng: np.random.Generator) -> Outcome:
    """Scales the weights of a unit by α, and also trains it for some steps with noisy gradients."""
    p = parameters
    unit = drawn_unit(rng, p.norm, p.spread, p.gradient)
    scaled = p.alpha * unit.w
    out = batch_norm(unit.x @ unit.w, p.epsilon)
    scaled_out = batch_norm(unit.x @ scaled, p.epsilon)
    g = weight_gradient(unit.w, unit.x, unit.upstream, p.epsilon)
    scaled_g = weight_gradient(scaled, unit.x, unit.upstream, p.epsilon)
    after = (1 - p.rate * p.decay) * unit.w - p.rate * g
    size, scaled_size = float(np.linalg.norm(g)), float(np.linalg.norm(scaled_g))
    return Outcome(
        scalars={
            "output_difference": float(np.abs(scaled_out - out).max()),
            "output_std": float(scaled_out.std()),
            "output_std_expected": _expected_std(p, p.alpha),
            "gradient": size,
            "gradient_scaled": scaled_size,
            "gradient_ratio": scaled_size / size,
            "cosine": float(g @ unit.w) / (size * p.norm),
            "step": p.rate * size,
            "next_norm": float(np.linalg.norm(after)),
            "effective_rate": p.rate / p.norm**2,
            "angle": math.degrees(math.atan2(p.rate * size, (1 - p.rate * p.decay) * p.norm)),
        },
        tables={"scales": _scales(p, unit), "training": _training(p, unit, rng)},
    )


def _expected_std(p: Parameters, alpha: float) -> float:
    variance = (alpha * p.spread) ** 2
    return math.sqrt(variance / (variance + p.epsilon))


def _scales(p: Parameters, unit: Unit) -> dict[str, NDArray[np.generic]]:
    """The gradient's norm and the outputs' deviation for weights αw."""
    norms = [
        np.linalg.norm(weight_gradient(alpha * unit.w, unit.x, unit.upstream, p.epsilon))
        for alpha in ALPHAS
    ]
    return {
        "alpha": ALPHAS,
        "gradient": np.array(norms),
        "std": np.array([_expected_std(p, alpha) for alpha in ALPHAS]),
    }


def _training(p: Parameters, unit: Unit, rng: np.random.Generator) -> dict[str, Floats]:
    """‖w‖ after each step, without decay and with λ; every step has numbers of its own."""
    size = float(np.linalg.norm(unit.upstream))
    norms = np.empty((2, p.steps + 1))
    weights = [unit.w, unit.w]
    norms[:, 0] = p.norm
    for step in range(p.steps):
        upstream = rng.standard_normal(BATCH)
        upstream *= size / np.linalg.norm(upstream)
        for row, decay in enumerate((0.0, p.decay)):
            g = weight_gradient(weights[row], unit.x, upstream, p.epsilon)
            weights[row] = (1 - p.rate * decay) * weights[row] - p.rate * g
            norms[row, step + 1] = np.linalg.norm(weights[row])
    return {"step": np.arange(p.steps + 1.0), "plain": norms[0], "decayed": norms[1]}


SIMULATION = Simulation(
    "Scale invariance of batch normalization",
    Parameters,
    run,
    {
        "output_difference": "Largest change of an output when W becomes αW",
        "output_std": "Deviation of the outputs with αW",
        "output_std_expected": "The same by the formula",
        "gradient": "Norm of the gradient at W",
        "gradient_scaled": "Norm of the gradient at αW",
        "gradient_ratio": "Their ratio",
        "cosine": "Cosine between weights and gradient",
        "step": "Length η‖g‖ of a step",
        "next_norm": "Norm of the weights after a step",
        "effective_rate": "Effective rate η/‖W‖²",
        "angle": "Angle turned in a step (degrees)",
    },
    columns={"plain": "norm, without weight decay"},
)
