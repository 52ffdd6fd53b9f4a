r"""How fast running statistics forget, when `momentum` means opposite things.

PyTorch's momentum is the weight of the new batch, Keras's and Flax's that of the old value. After
t batches the share of the old value that is left is (1 - m)^t in PyTorch and m^t in Keras and Flax.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from engine.simulations.kit.base import Outcome, Simulation, parameter
from engine.simulations.normalization.batchnorm_inference import CONVENTIONS
from engine.simulations.normalization.moving_average import fading_steps


@dataclass(frozen=True)
class Parameters:
    pytorch_momentum: float = parameter(0.1, "momentum in PyTorch", low=0.01, high=0.99)
    keras_momentum: float = parameter(0.99, "momentum in Keras", low=0.01, high=0.99)
    flax_momentum: float = parameter(0.9, "momentum in Flax", low=0.01, high=0.99)
    steps: int = parameter(20, "Training batches", low=1, high=300, log=True)


def run(parameters: Parameters, rng: np.random.Generator) -> Outcome:  # noqa: ARG001
    """Follows what is left of the old value in each framework; nothing in it is random."""
    p = parameters
    momenta = {
        "PyTorch": p.pytorch_momentum,
        "Keras": p.keras_momentum,
        "Flax": p.flax_momentum,
    }
    keeps = {name: CONVENTIONS[name].keep(value, 1) for name, value in momenta.items()}
    batch = np.arange(p.steps + 1)
    return Outcome(
        scalars={
            **{f"{name.lower()}_left": keep**p.steps for name, keep in keeps.items()},
            **{f"{name.lower()}_half_life": fading_steps(0.5, k) for name, k in keeps.items()},
        },
        tables={
            "memory": {
                "framework": np.repeat(np.array(list(keeps)), len(batch)),
                "momentum": np.repeat(np.array(list(momenta.values())), len(batch)),
                "batch": np.tile(batch, len(keeps)),
                "left": np.concatenate([keep**batch for keep in keeps.values()]),
            }
        },
    )


SIMULATION = Simulation(
    "What momentum means",
    Parameters,
    run,
    {
        "pytorch_left": "Old value left in PyTorch",
        "keras_left": "Old value left in Keras",
        "flax_left": "Old value left in Flax",
        "pytorch_half_life": "Half-life in PyTorch",
        "keras_half_life": "Half-life in Keras",
        "flax_half_life": "Half-life in Flax",
    },
    columns={"left": "share left"},
)
