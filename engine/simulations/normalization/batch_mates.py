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
    x: float = parameter(1.0, en="The input x", ko="입력 x", low=-20.0, high=20.0)
    mate_1: float = parameter(
        0.0, en="First batch mate", ko="함께 들어온 값 1", low=-20.0, high=20.0
    )
    mate_2: float = parameter(
        2.0, en="Second batch mate", ko="함께 들어온 값 2", low=-20.0, high=20.0
    )
    mate_3: float = parameter(
        5.0, en="Third batch mate", ko="함께 들어온 값 3", low=-20.0, high=20.0
    )
    running_mean: float = parameter(0.0, en="Stored mean", ko="저장된 평균", low=-20.0, high=20.0)
    running_var: float = parameter(
        1.0, en="Stored variance", ko="저장된 분산", low=0.01, high=100.0
    )
    gamma: float = parameter(1.0, en="γ (scale)", ko="γ(배율)", low=-5.0, high=5.0)
    beta: float = parameter(0.0, en="β (shift)", ko="β(이동)", low=-5.0, high=5.0)


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
    name="batch_mates",
    title={"en": "One input in different batches", "ko": "배치가 달라질 때 입력 하나의 출력"},
    parameters=Parameters,
    run=run,
    scalars={
        "eval_output": {"en": "Output of x at inference", "ko": "추론에서 x의 출력"},
        "train_output": {"en": "Output of x in training", "ko": "학습에서 x의 출력"},
        "batch_mean": {"en": "Mean of the batch", "ko": "배치의 평균"},
        "batch_var": {"en": "Variance of the batch (biased)", "ko": "배치의 분산(편향)"},
        "lowest_output": {
            "en": "Lowest output of x in training, with other mates",
            "ko": "다른 배치에서 x의 가장 작은 학습 출력",
        },
        "highest_output": {
            "en": "Highest output of x in training, with other mates",
            "ko": "다른 배치에서 x의 가장 큰 학습 출력",
        },
        "output_std": {
            "en": "Deviation of those outputs",
            "ko": "그 출력들의 표준편차",
        },
    },
)
