r"""Blocks x_l = x_{l-1} + a F(x_{l-1}) beside plain layers x_l = F(x_{l-1}), with the same weights.

Backward, dx_l/dx_{l-1} = I + a J_F: the identity is a path on which nothing is lost (He et al.
2016). Forward, the branch adds its variance in every block. A branch that ends linear,
F(x) = relu(x) W with He weights, has the variance of x itself and is uncorrelated with it, so that

    Var(x_L) = (1 + a^2)^L Var(x_0),

which is 2^L for a = 1 and at most e for a = 1 / sqrt(L) (Hanin & Rolnick 2018). With batch
normalization first in the branch its variance is the same in every block, and Var(x_L) = 1 + a^2 L
(De & Smith 2020).
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from engine.simulations.kit.base import Outcome, Simulation, parameter

Floats = NDArray[np.float64]

EPSILON = 1e-5
VARIANTS = ("plain", "skip", "scaled", "bn")
LOG10_OF_ZERO = -324.0


def normalize(x: Floats) -> tuple[Floats, Floats]:
    """(batch-normalized x, the deviation of each unit); x: (batch, n)."""
    deviation = np.sqrt(x.var(axis=0) + EPSILON)
    return (x - x.mean(axis=0)) / deviation, deviation


def normalize_backward(gradient: Floats, normal: Floats, deviation: Floats) -> Floats:
    """The gradient before a batch normalization, through its mean and its deviation."""
    mean, along = gradient.mean(axis=0), (gradient * normal).mean(axis=0)
    return np.asarray((gradient - mean - normal * along) / deviation)


@dataclass(frozen=True)
class Blocks:
    """How the blocks of a network are made: x + a F(x), or F(x) alone without `skip`."""

    branch: str = "linear_last"
    skip: bool = True
    scale: float = 1.0
    normalized: bool = False


def propagate(
    weights: Sequence[Floats], x: Floats, upstream: Floats, blocks: Blocks
) -> tuple[list[Floats], list[Floats]]:
    """(x_1 … x_L, dL/dx_1 … dL/dx_L) for the upstream gradient dL/dx_L; all (batch, n)."""
    signals, kept = [], []
    for w in weights:
        f, cache = _forward(x, w, blocks)
        x = x + blocks.scale * f if blocks.skip else f
        signals.append(x)
        kept.append(cache)
    gradient, gradients = upstream, [upstream]
    for w, cache in zip(weights[:0:-1], kept[:0:-1], strict=True):
        through = _backward(gradient, w, cache, blocks)
        gradient = gradient + blocks.scale * through if blocks.skip else through
        gradients.append(gradient)
    return signals, gradients[::-1]


Cache = tuple[Floats, Floats, Floats]  # where ReLU is open, the normalized signal, its deviation


def _forward(x: Floats, w: Floats, blocks: Blocks) -> tuple[Floats, Cache]:
    z = x if blocks.branch == "linear_last" else x @ w
    normal, deviation = normalize(z) if blocks.normalized else (z, np.ones(1))
    open_ = (normal > 0).astype(np.float64)  # the slope of ReLU at exactly 0 is 0
    a = normal * open_
    return (a @ w if blocks.branch == "linear_last" else a), (open_, normal, deviation)


def _backward(gradient: Floats, w: Floats, cache: Cache, blocks: Blocks) -> Floats:
    open_, normal, deviation = cache
    if blocks.branch == "linear_last":
        gradient = gradient @ w.T
    gradient = gradient * open_
    if blocks.normalized:
        gradient = normalize_backward(gradient, normal, deviation)
    return gradient if blocks.branch == "linear_last" else np.asarray(gradient @ w.T)


@dataclass(frozen=True)
class Parameters:
    branch: str = parameter(
        "linear_last",
        "What a branch computes",
        choices={
            "linear_last": "ReLU(x) W",
            "relu_last": "ReLU(x W)",
        },
    )
    gain: float = parameter(1.0, "Weights, as a multiple of He's", low=0.05, high=3.0, log=True)
    branch_scale: float = parameter(1.0, "Branch multiplied by a", low=0.0, high=2.0)
    depth: int = parameter(20, "Blocks", low=1, high=60)
    width: int = parameter(128, "Units a layer", low=8, high=256, log=True)
    batch: int = parameter(64, "Batch size", low=4, high=256, log=True)


def run(parameters: Parameters, rng: np.random.Generator) -> Outcome:
    """Four networks with the same weights and inputs, forward and backward.

    Table `blocks`: block and, for plain, skip (branch × `branch_scale`), scaled (branch × 1/√L) and
    bn (normalized branch), `_std`, the pooled deviation of x_l, and `_gradient`, the norm of
    dL/dx_l over that at the last block.
    """
    p = parameters
    sigma = p.gain * math.sqrt(2 / p.width)
    weights = [sigma * rng.standard_normal((p.width, p.width)) for _ in range(p.depth)]
    x = rng.standard_normal((p.batch, p.width))
    upstream = rng.standard_normal((p.batch, p.width)) / p.batch
    made = {
        "plain": Blocks(p.branch, skip=False),
        "skip": Blocks(p.branch, scale=p.branch_scale),
        "scaled": Blocks(p.branch, scale=1 / math.sqrt(p.depth)),
        "bn": Blocks(p.branch, normalized=True),
    }
    table: dict[str, NDArray[np.generic]] = {"block": np.arange(1, p.depth + 1)}
    scalars: dict[str, float] = {}
    for name, blocks in made.items():
        signals, gradients = propagate(weights, x, upstream, blocks)
        stds = np.array([float(signal.std()) for signal in signals])
        norms = np.array([float(np.linalg.norm(gradient)) for gradient in gradients])
        table[f"{name}_std"] = stds
        table[f"{name}_gradient"] = norms / norms[-1]
        scalars[f"{name}_std"] = float(stds[-1])
        scalars[f"{name}_gradient"] = float(norms[0] / norms[-1])
        scalars[f"log10_{name}_gradient"] = _log10(scalars[f"{name}_gradient"])
    scalars["expected_std"] = (1 + (p.branch_scale * p.gain) ** 2) ** (p.depth / 2)
    return Outcome(scalars, {"blocks": table})


def _log10(value: float) -> float:
    return math.log10(value) if value > 0 else LOG10_OF_ZERO


def _labels() -> Mapping[str, str]:
    names = {
        "plain": "No skip",
        "skip": "Skip",
        "scaled": "Branch × 1/√L",
        "bn": "Branch with BN",
    }
    labels = {}
    for name, variant in names.items():
        labels[f"{name}_std"] = f"{variant}: standard deviation at the end"
        labels[f"{name}_gradient"] = f"{variant}: gradient, first block over last"
        labels[f"log10_{name}_gradient"] = f"{variant}: log10 of that ratio"
    labels["expected_std"] = "Skip: standard deviation expected (branch ends linear)"
    return labels


SIMULATION = Simulation(
    "Skip connections",
    Parameters,
    run,
    _labels(),
)
