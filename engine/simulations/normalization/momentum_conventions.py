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
    pytorch_momentum: float = parameter(
        0.1, en="momentum in PyTorch", ko="PyTorch의 momentum", low=0.01, high=0.99
    )
    keras_momentum: float = parameter(
        0.99, en="momentum in Keras", ko="Keras의 momentum", low=0.01, high=0.99
    )
    flax_momentum: float = parameter(
        0.9, en="momentum in Flax", ko="Flax의 momentum", low=0.01, high=0.99
    )
    steps: int = parameter(20, en="Training batches", ko="학습 배치 수", low=1, high=300, log=True)


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
    name="momentum_conventions",
    title={"en": "What momentum means", "ko": "momentum의 뜻"},
    parameters=Parameters,
    run=run,
    scalars={
        "pytorch_left": {"en": "Old value left in PyTorch", "ko": "PyTorch에 남은 옛 값의 비율"},
        "keras_left": {"en": "Old value left in Keras", "ko": "Keras에 남은 옛 값의 비율"},
        "flax_left": {"en": "Old value left in Flax", "ko": "Flax에 남은 옛 값의 비율"},
        "pytorch_half_life": {"en": "Half-life in PyTorch", "ko": "PyTorch의 반감기"},
        "keras_half_life": {"en": "Half-life in Keras", "ko": "Keras의 반감기"},
        "flax_half_life": {"en": "Half-life in Flax", "ko": "Flax의 반감기"},
    },
)
