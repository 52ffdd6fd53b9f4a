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
    kernel: int = parameter(3, en="Kernel k", ko="커널 크기 k", low=1, high=11)
    channels: int = parameter(3, en="Channels in c", ko="입력 채널 수 c", low=1, high=512, log=True)
    filters: int = parameter(32, en="Filters f", ko="필터 수 f", low=1, high=512, log=True)
    bias: bool = parameter(True, en="The convolution has a bias", ko="합성곱에 편향이 있음")


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
    name="layer_parameters",
    title={"en": "Parameters of a convolution with BN", "ko": "합성곱과 BN의 파라미터"},
    parameters=Parameters,
    run=run,
    scalars={
        "weights": {"en": "Weights of the convolution", "ko": "합성곱의 가중치"},
        "biases": {"en": "Biases of the convolution", "ko": "합성곱의 편향"},
        "affine": {"en": "γ and β", "ko": "γ와 β"},
        "running": {"en": "Running means and variances", "ko": "이동 평균과 이동 분산"},
        "total": {"en": "All of them", "ko": "모두"},
        "trainable": {"en": "Trainable ones", "ko": "학습하는 것"},
    },
)
