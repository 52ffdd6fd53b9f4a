"""The numbers that a convolution and the batch normalization behind it hold.

A k × k convolution from c channels to f filters has k²·c·f weights and f biases. Batch
normalization learns γ and β for each filter and stores a running mean and variance for each:
Keras counts 4f parameters, of which 2f are trainable.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from engine.simulations.kit.base import Outcome, Simulation, parameter


@dataclass(frozen=True)
class Parameters:
    kernel: int = parameter(3, "Kernel k", low=1, high=11)
    channels: int = parameter(3, "Channels in c", low=1, high=512, log=True)
    filters: int = parameter(32, "Filters f", low=1, high=512, log=True)
    bias: bool = parameter(True, "The convolution has a bias")


def run(parameters: Parameters, rng: np.random.Generator) -> Outcome:  # noqa: ARG001
    """Counts; nothing is drawn."""
    p = parameters
    parts = {
        "weights": p.kernel**2 * p.channels * p.filters,
        "biases": p.filters if p.bias else 0,
        "affine": 2 * p.filters,
        "running": 2 * p.filters,
    }
    total = sum(parts.values())
    ends = np.cumsum(list(parts.values()))
    return Outcome(
        scalars={
            **{name: float(count) for name, count in parts.items()},
            "total": float(total),
            "trainable": float(total - parts["running"]),
        },
        tables={
            "parts": {
                "part": np.array(list(parts)),
                "count": np.array(list(parts.values())),
                "start": ends - np.array(list(parts.values())),
                "end": ends,
            }
        },
    )


SIMULATION = Simulation(
    "Parameters of a convolution with BN",
    Parameters,
    run,
    {
        "weights": "Weights of the convolution",
        "biases": "Biases of the convolution",
        "affine": "γ and β",
        "running": "Running means and variances",
        "total": "All of them",
        "trainable": "Trainable ones",
    },
)
