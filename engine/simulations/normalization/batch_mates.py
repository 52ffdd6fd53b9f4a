r"""One input to batch normalization in different company: training mode against inference mode.

In training mode a value x is normalized by the statistics of the batch it came in, so its output
depends on its batch mates. In inference mode it is normalized by the stored running statistics,
and its mates make no difference. (Ioffe & Szegedy 2015, section 3.1: at inference the output
should depend only on the input.)
"""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from engine.simulations.kit.base import Outcome, Simulation, parameter
from engine.simulations.normalization.batchnorm_inference import normalize

OTHER_BATCHES = 200
SHOWN = 24
EPS = 1e-5  # PyTorch's and Flax's


@dataclass(frozen=True)
class Parameters:
    x: float = parameter(1.0, "The input x", low=-20.0, high=20.0)
    mate_1: float = parameter(0.0, "First batch mate", low=-20.0, high=20.0)
    mate_2: float = parameter(2.0, "Second batch mate", low=-20.0, high=20.0)
    mate_3: float = parameter(5.0, "Third batch mate", low=-20.0, high=20.0)
    running_mean: float = parameter(0.0, "Stored mean", low=-20.0, high=20.0)
    running_var: float = parameter(1.0, "Stored variance", low=0.01, high=100.0)
    gamma: float = parameter(1.0, "γ (scale)", low=-5.0, high=5.0)
    beta: float = parameter(0.0, "β (shift)", low=-5.0, high=5.0)


def run(parameters: Parameters, rng: np.random.Generator) -> Outcome:
    """x with the given mates, and with OTHER_BATCHES drawn from the stored distribution."""
    p = parameters
    values = np.array([p.x, p.mate_1, p.mate_2, p.mate_3])
    spread = math.sqrt(p.running_var)
    others = p.running_mean + spread * rng.standard_normal((OTHER_BATCHES, len(values)))
    others[:, 0] = p.x
    trained = np.array([_in_training(batch, p) for batch in others])
    scale = {"eps": EPS, "gamma": p.gamma, "beta": p.beta}
    frozen = normalize(values, p.running_mean, p.running_var, **scale)
    own = normalize(values, values.mean(), values.var(), **scale)
    return Outcome(
        scalars={
            "eval_output": float(frozen[0]),
            "train_output": float(own[0]),
            "batch_mean": float(values.mean()),
            "batch_var": float(values.var()),
            "lowest_output": float(trained.min()),
            "highest_output": float(trained.max()),
            "output_std": float(trained.std(ddof=1)),
        },
        tables={
            "batch": {
                "member": np.arange(len(values)),  # 0 is x
                "value": values,
                "train_output": own,
                "eval_output": frozen,
            },
            "others": {"batch": np.arange(1, SHOWN + 1), "train_output": trained[:SHOWN]},
        },
    )


def _in_training(batch: NDArray[np.float64], p: Parameters) -> float:
    return float(normalize(batch, batch.mean(), batch.var(), EPS, p.gamma, p.beta)[0])


SIMULATION = Simulation(
    "One input in different batches",
    Parameters,
    run,
    {
        "eval_output": "Output of x at inference",
        "train_output": "Output of x in training",
        "batch_mean": "Mean of the batch",
        "batch_var": "Variance of the batch (biased)",
        "lowest_output": "Lowest output of x in training, with other mates",
        "highest_output": "Highest output of x in training, with other mates",
        "output_std": "Deviation of those outputs",
    },
)
