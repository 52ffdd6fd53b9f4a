r"""How many values a statistic of convolutional batch normalization is made of, and its noise.

On images, batch normalization takes one mean and one variance for each channel, over all images
of the batch and all their positions: N H W values (Ioffe & Szegedy 2015, section 3.2). If these
are independent with deviation 1, the mean of a batch has deviation 1 / sqrt(N H W). Neighbouring
positions of real images are alike, so that their statistics are noisier than this.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from engine.simulations.kit.base import Outcome, Simulation, parameter

LAYERS = (1, 2, 3)
WORK = 1_000_000  # values drawn for one layer, about


def _batch(layer: int, default: int) -> int:
    return parameter(default, f"Layer {layer}: images in a batch", low=1, high=128, log=True)


def _side(layer: int, default: int) -> int:
    return parameter(default, f"Layer {layer}: height and width", low=1, high=32, log=True)


@dataclass(frozen=True)
class Parameters:
    channels: int = parameter(6, "Channels", low=1, high=512, log=True)
    batch_1: int = _batch(1, 8)
    side_1: int = _side(1, 14)
    batch_2: int = _batch(2, 64)
    side_2: int = _side(2, 4)
    batch_3: int = _batch(3, 128)
    side_3: int = _side(3, 1)


def run(parameters: Parameters, rng: np.random.Generator) -> Outcome:
    """Draws many batches of each layer's values of one channel and watches their mean.

    A batch of one image of one position has a mean, too, but no variance.
    """
    p = parameters
    sizes = [(p.batch_1, p.side_1), (p.batch_2, p.side_2), (p.batch_3, p.side_3)]
    counts = [batch * side**2 for batch, side in sizes]
    noises, errors = [], []
    for count in counts:
        trials = min(max(WORK // count, 20), 2000)
        means = rng.standard_normal((trials, count)).mean(axis=1)
        noises.append(float(means.std(ddof=1)))
        errors.append(noises[-1] / math.sqrt(2 * (trials - 1)))
    scalars: dict[str, float] = {}
    for layer, count, noise, error in zip(LAYERS, counts, noises, errors, strict=True):
        scalars[f"count_{layer}"] = float(count)
        scalars[f"noise_{layer}"] = noise
        scalars[f"noise_{layer}_se"] = error
        scalars[f"expected_{layer}"] = 1 / math.sqrt(count)
    columns: dict[str, NDArray[np.generic]] = {
        "layer": np.array(LAYERS),
        "batch": np.array([batch for batch, _ in sizes]),
        "side": np.array([side for _, side in sizes]),
        "count": np.array(counts),
        "noise": np.array(noises),
    }
    return Outcome(scalars=scalars, tables={"layers": columns})


def _labels(layer: int) -> dict[str, str]:
    return {
        f"count_{layer}": f"Layer {layer}: values of a statistic",
        f"noise_{layer}": f"Layer {layer}: deviation of the batch mean",
        f"noise_{layer}_se": f"Layer {layer}: standard error of it",
        f"expected_{layer}": f"Layer {layer}: 1/√(values)",
    }


SIMULATION = Simulation(
    "Statistics of a channel",
    Parameters,
    run,
    {name: label for layer in LAYERS for name, label in _labels(layer).items()},
    columns={"batch": "images in a batch"},
)
