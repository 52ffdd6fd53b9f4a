r"""Which numbers of a padded block of sentences, (sample, token, feature), share a mean.

    LayerNorm               over the features of one token       Ba, Kiros & Hinton (2016)
    BatchNorm               over samples and tokens, for each feature
    BatchNorm, each place   over the samples, for each place in the sentence and feature

A Transformer has LayerNorm in every block, an RNN at every step; both take one token at a time, so
that neither the other sentences nor their lengths matter. Batch normalization in an RNN needs
statistics of its own for each place (Cooijmans et al. 2017), and towards the end of the longest
sentence hardly any sample is left to make them of. Padding belongs to no mean.

All divide by the root of the biased variance plus 1e-5 and have γ = 1, β = 0.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from engine.simulations.kit.base import Outcome, Simulation, parameter

Floats = NDArray[np.float64]
Mask = NDArray[np.bool_]

EPSILON = 1e-5
#: operation -> the axes of (sample, token, feature) that one mean runs over
OVER: dict[str, tuple[int, ...]] = {"layer": (2,), "batch": (0, 1), "place": (0,)}


@dataclass(frozen=True)
class Parameters:
    operation: str = parameter(
        "layer",
        "Normalization",
        choices={
            "layer": "LayerNorm",
            "batch": "BatchNorm",
            "place": "BatchNorm, each place by itself",
        },
    )
    samples: int = parameter(4, "Sentences", low=1, high=8)
    tokens: int = parameter(5, "Tokens of the longest sentence", low=1, high=8)
    shortest: int = parameter(2, "Tokens of the shortest sentence", low=1, high=8)
    features: int = parameter(4, "Features of a token", low=2, high=8)
    sample: int = parameter(1, "The sentence looked at", low=1, high=8)
    token: int = parameter(2, "The token looked at", low=1, high=8)


def run(parameters: Parameters, rng: np.random.Generator) -> Outcome:
    """Normalizes a drawn block, and again with all other sentences multiplied by 10.

    Table `cells`: sample, token, feature, each from 1; `there`: it is no padding; `together`: it
    shares its mean with the first feature of the token looked at (the last one that its sentence
    has, where it has not so many).
    """
    p = parameters
    there = words(p.samples, p.tokens, p.shortest)
    mask = np.repeat(there[:, :, None], p.features, axis=2)
    x = 1.0 + rng.standard_normal(mask.shape)
    row = min(p.sample, p.samples) - 1
    place = min(p.token, int(there[row].sum())) - 1
    others = np.arange(p.samples) != row
    before = normalize(x, mask, p.operation)
    after = normalize(np.where(others[:, None, None], 10 * x, x), mask, p.operation)
    counts = values(mask, p.operation)
    together = mask & shared(mask.shape, (row, place, 0), p.operation)
    moved = np.abs(after - before)[row][mask[row]]
    return Outcome(
        scalars={
            "means": float((counts > 0).sum()),
            "values_here": float(together.sum()),
            "fewest": float(counts[counts > 0].min()),
            "padding": float(1 - mask.mean()),
            "moved": float(moved.max()),
        },
        tables={"cells": _cells(mask, together)},
    )


def words(samples: int, tokens: int, shortest: int) -> Mask:
    """Where sentences have a token, (samples, tokens): lengths fall evenly, the longest first."""
    lengths = np.rint(np.linspace(tokens, min(shortest, tokens), samples)).astype(np.int64)
    return np.asarray(np.arange(tokens) < lengths[:, None])


def values(mask: Mask, operation: str) -> NDArray[np.int64]:
    """How many values each mean is made of; 0 where there is nothing but padding."""
    return np.asarray(mask.sum(axis=OVER[operation]))


def shared(shape: tuple[int, ...], cell: tuple[int, int, int], operation: str) -> NDArray[np.bool_]:
    """The cells that share their mean with `cell`, padding among them."""
    together = np.zeros(shape, dtype=bool)
    axes = OVER[operation]
    together[tuple(slice(None) if axis in axes else cell[axis] for axis in range(3))] = True
    return together


def normalize(x: Floats, mask: Mask, operation: str) -> Floats:
    """x with mean 0 and variance 1 in every group, padding left out of it and 0 in the result."""
    axes = OVER[operation]
    count = np.maximum(mask.sum(axis=axes, keepdims=True), 1)
    centred = np.where(mask, x - _sum(x, mask, axes) / count, 0.0)
    variance = _sum(np.square(centred), mask, axes) / count
    return np.asarray(centred / np.sqrt(variance + EPSILON))


def _sum(x: Floats, mask: Mask, axes: tuple[int, ...]) -> Floats:
    return np.asarray(np.where(mask, x, 0.0).sum(axis=axes, keepdims=True))


def _cells(mask: Mask, together: Mask) -> dict[str, NDArray[np.generic]]:
    sample, token, feature = (index.ravel() + 1 for index in np.indices(mask.shape))
    return {
        "sample": sample,
        "token": token,
        "feature": feature,
        "there": mask.ravel(),
        "together": together.ravel(),
    }


SIMULATION = Simulation(
    "Normalization of sentences",
    Parameters,
    run,
    {
        "means": "Number of means",
        "values_here": "Values in the mean of the token looked at",
        "fewest": "Values in the mean that has fewest",
        "padding": "Share of the block that is padding",
        "moved": "Largest change of the sentence, the others × 10",
    },
    tables={"cells": "the block's cells"},
    columns={
        "sample": "sentence",
        "token": "token",
        "feature": "feature",
        "there": "no padding",
        "together": "in the mean looked at",
    },
)
