r"""Which values of a tensor share a mean, under five normalizations of (N, C, H, W).

    BatchNorm         over N, H, W for each channel        Ioffe & Szegedy (2015)
    LayerNorm         over C, H, W for each sample         Ba, Kiros & Hinton (2016)
    InstanceNorm      over H, W for each sample, channel   Ulyanov, Vedaldi & Lempitsky (2016)
    GroupNorm         over C/g, H, W for each sample and group of channels   Wu & He (2018)
    LayerNorm last    over C for each sample and pixel: the channels-last default of Keras, Flax

All divide by the root of the biased variance plus 1e-5 and have γ = 1, β = 0. BatchNorm is in
training mode; over a single value it gives 0, where PyTorch refuses.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from engine.simulations.kit.base import Outcome, Simulation, parameter

Floats = NDArray[np.float64]
Shape = tuple[int, int, int, int]

EPSILON = 1e-5
OPERATIONS = ("BatchNorm", "LayerNorm", "InstanceNorm", "GroupNorm", "LayerNorm last")
OPERATION_NAMES = {name: name for name in OPERATIONS} | {"LayerNorm last": "LayerNorm, last axis"}
SHOWN = (8, 12, 9)  # samples, channels and pixels of the table of cells


def divisor(channels: int, groups: int) -> int:
    """The number of groups: the largest that divides the channels and is at most `groups`."""
    return next(g for g in range(min(groups, channels), 0, -1) if channels % g == 0)


def grouped(shape: Shape, operation: str, groups: int) -> tuple[tuple[int, ...], tuple[int, ...]]:
    """A shape to view the tensor in, and the axes of it that one mean runs over."""
    n, c, h, w = shape
    if operation == "GroupNorm":
        g = divisor(c, groups)
        return (n, g, c // g, h, w), (2, 3, 4)
    axes = {
        "BatchNorm": (0, 2, 3),
        "LayerNorm": (1, 2, 3),
        "InstanceNorm": (2, 3),
        "LayerNorm last": (1,),
    }
    return shape, axes[operation]


def mean_count(shape: Shape, operation: str, groups: int) -> int:
    """How many means the operation takes."""
    view, axes = grouped(shape, operation, groups)
    return math.prod(size for axis, size in enumerate(view) if axis not in axes)


def parameter_count(shape: Shape, operation: str) -> int:
    """γ and β together, where the layer has them: one pair a channel, or one an entry of a sample.

    PyTorch's InstanceNorm has them with affine=True only.
    """
    _, c, h, w = shape
    return 2 * c * h * w if operation == "LayerNorm" else 2 * c


def normalize(x: Floats, operation: str, groups: int) -> Floats:
    """x (N, C, H, W) with mean 0 and variance 1 in every group of the operation."""
    view, axes = grouped(_shape(x), operation, groups)
    seen = x.reshape(view)
    mean = seen.mean(axis=axes, keepdims=True)
    variance = np.square(seen - mean).mean(axis=axes, keepdims=True)
    return np.asarray(((seen - mean) / np.sqrt(variance + EPSILON)).reshape(x.shape))


def _shape(x: Floats) -> Shape:
    n, c, h, w = x.shape
    return n, c, h, w


@dataclass(frozen=True)
class Parameters:
    operation: str = parameter("LayerNorm", "Normalization", choices=OPERATION_NAMES)
    samples: int = parameter(4, "Samples N", low=1, high=64)
    channels: int = parameter(6, "Channels C", low=1, high=64)
    height: int = parameter(2, "Height H", low=1, high=16)
    width: int = parameter(2, "Width W", low=1, high=16)
    groups: int = parameter(2, "Groups g (GroupNorm)", low=1, high=64)
    change: str = parameter(
        "sample",
        "What is multiplied",
        choices={
            "sample": "a whole sample",
            "channel": "a whole channel",
            "entry": "one sample's channel",
        },
    )
    row: int = parameter(1, "Its sample", low=1, high=64)
    column: int = parameter(1, "Its channel", low=1, high=64)
    factor: float = parameter(10.0, "Factor", low=0.01, high=100.0, log=True)


def run(parameters: Parameters, rng: np.random.Generator) -> Outcome:
    """Normalizes a drawn tensor before and after one part of it was multiplied."""
    p = parameters
    shape = (p.samples, p.channels, p.height, p.width)
    x = rng.standard_normal(shape) + 1.0
    touched = _touched(p)
    before = normalize(x, p.operation, p.groups)
    after = normalize(np.where(touched, p.factor * x, x), p.operation, p.groups)
    moved = np.abs(after - before)
    row, column = _place(p)
    own = np.zeros(shape, dtype=bool)
    own[row] = True
    line = np.zeros(shape, dtype=bool)
    line[:, column] = True
    means = mean_count(shape, p.operation, p.groups)
    return Outcome(
        scalars={
            "means": float(means),
            "values_per_mean": x.size / means,
            "learned": float(parameter_count(shape, p.operation)),
            "moved_here": _largest(moved[own & line]),
            "moved_sample": _largest(moved[own & ~line]),
            "moved_channel": _largest(moved[~own & line]),
            "moved_elsewhere": _largest(moved[~own & ~line]),
            "moved_most": _largest(moved),
        },
        tables={
            "cells": _cells(p, moved, touched),
            "operations": {
                "operation": np.array(OPERATIONS),
                "means": np.array([mean_count(shape, o, p.groups) for o in OPERATIONS]),
                "learned": np.array([parameter_count(shape, o) for o in OPERATIONS]),
            },
        },
    )


def _place(p: Parameters) -> tuple[int, int]:
    """The sample and the channel that are changed, from 0; the last one for a number too large."""
    return min(p.row, p.samples) - 1, min(p.column, p.channels) - 1


def _touched(p: Parameters) -> NDArray[np.bool_]:
    row, column = _place(p)
    touched = np.zeros((p.samples, p.channels, p.height, p.width), dtype=bool)
    if p.change == "sample":
        touched[row] = True
    elif p.change == "channel":
        touched[:, column] = True
    else:
        touched[row, column, 0, 0] = True
    return touched


def _largest(values: Floats) -> float:
    return float(values.max()) if values.size else 0.0


def _cells(
    p: Parameters, moved: Floats, touched: NDArray[np.bool_]
) -> dict[str, NDArray[np.generic]]:
    """The first entries of the tensor, by sample, channel and pixel, each from 1.

    together: whether the entry shares its mean with the first one.
    """
    view, axes = grouped(_shape(moved), p.operation, p.groups)
    first = np.ones(view, dtype=bool)
    for axis in range(len(view)):
        if axis not in axes:
            first &= (
                np.arange(view[axis]).reshape([-1 if a == axis else 1 for a in range(len(view))])
                == 0
            )
    pixels = p.height * p.width
    flat = (p.samples, p.channels, pixels)
    corner = tuple(slice(0, most) for most in SHOWN)
    sample, channel, pixel = (index[corner].ravel() + 1 for index in np.indices(flat))
    return {
        "sample": sample,
        "channel": channel,
        "pixel": pixel,
        "together": first.reshape(flat)[corner].ravel(),
        "moved": moved.reshape(flat)[corner].ravel(),
        "touched": touched.reshape(flat)[corner].ravel(),
    }


SIMULATION = Simulation(
    "Axes of normalization",
    Parameters,
    run,
    {
        "means": "Number of means",
        "values_per_mean": "Values in each mean",
        "learned": "Learned parameters γ and β",
        "moved_here": "Largest change in that channel of that sample",
        "moved_sample": "Largest change in the rest of the sample",
        "moved_channel": "Largest change in the rest of the channel",
        "moved_elsewhere": "Largest change anywhere else",
        "moved_most": "Largest change of an output",
    },
)
