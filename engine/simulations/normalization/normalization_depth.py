r"""What normalization does to the gradient of a deep network before any training.

The same weights, once plain, once with batch and once with layer normalization before each
activation: how large is dL/dz at the first layer compared with the last? Batch normalization
keeps the signal alive in any case, but in ReLU networks each layer multiplies the gradient by

    sqrt(pi / (pi - 1)) = 1.21

on its way back (for wide layers and large batches), so that deep ones explode; Yang, Pennington,
Rao, Sohl-Dickstein & Schoenholz (2019) show that this holds for every batch-normalized network
without skip connections. The factor: behind the normalization z is standard normal; ReLU lets the
gradient of half the units pass, and the next layer's variance, Var ReLU(z) = (1 - 1/pi) / 2 times
n Var(w), is divided out again, so the square grows by (1/2) / ((1 - 1/pi) / 2) = pi / (pi - 1).
The first layer is another matter: its inputs come through no ReLU and have variance 1, so its
factor is sqrt(1/2). From the last layer of L to the first that makes 1.21^(L-2) / sqrt(2).
"""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np

from engine.simulations.kit import mlp
from engine.simulations.kit.base import Outcome, Simulation, parameter, report
from engine.simulations.kit.mlp import Floats, Layer, Network

#: name in the outcome -> how its layers are normalized
COMPARED = {"none": "none", "bn": "batch", "ln": "layer"}
LOG10_OF_ZERO = -324.0
RELU_GROWTH = math.sqrt(math.pi / (math.pi - 1))


@dataclass(frozen=True)
class Parameters:
    activation: str = parameter(
        "relu", en="Activation", ko="활성화 함수", choices=("linear", "tanh", "sigmoid", "relu")
    )
    initialization: str = parameter(
        "he", en="Initialization", ko="초기화 방법", choices=mlp.INITIALIZATIONS
    )
    scale: float = parameter(
        1.0, en="All weights times", ko="모든 가중치에 곱하는 수", low=0.1, high=10.0, log=True
    )
    depth: int = parameter(50, en="Layers", ko="층 수", low=2, high=60)
    width: int = parameter(128, en="Units a layer", ko="층의 너비", low=8, high=256, log=True)
    batch: int = parameter(128, en="Batch size", ko="배치 크기", low=4, high=256, log=True)


def run(parameters: Parameters, rng: np.random.Generator) -> Outcome:
    """One pass forward and one back through the three networks.

    `ratio_*` is the norm of dL/dz at the first layer over that at the last, `log10_*` its log10
    (-324 for 0), `growth_*` the factor a layer. Table `layers`: delta_*, the norms, each relative
    to the last layer's.
    """
    p = parameters
    sizes = [p.width] * (p.depth + 1)
    start = mlp.build([*sizes, 1], p.activation, "none", rng, initialization=p.initialization)
    for layer in start.layers:
        layer.weight *= p.scale
    x = rng.standard_normal((p.batch, p.width))
    upstream = rng.standard_normal((p.batch, p.width)) / p.batch
    scalars: dict[str, float] = {}
    table: dict[str, Floats] = {"layer": np.arange(1.0, p.depth + 1)}
    for number, (name, norm) in enumerate(COMPARED.items()):
        network = normalized(start, norm)
        _, trace = mlp.forward(network, x)
        deltas = np.array(mlp.hidden_backward(network, trace, upstream.copy()).deltas)
        shares = deltas / deltas[-1] if deltas[-1] > 0 else deltas
        ratio = float(shares[0])
        log10 = math.log10(ratio) if ratio > 0 else LOG10_OF_ZERO
        table[f"delta_{name}"] = shares
        scalars |= {
            f"ratio_{name}": ratio,
            f"log10_{name}": log10,
            f"growth_{name}": 10 ** (log10 / (p.depth - 1)),
        }
        report((number + 1) / len(COMPARED))
    scalars["bn_relu_growth"] = RELU_GROWTH
    scalars["bn_relu_ratio"] = RELU_GROWTH ** (p.depth - 2) / math.sqrt(2)
    return Outcome(scalars, {"layers": table})


def normalized(network: Network, norm: str) -> Network:
    """The network with the same weights and this normalization before each activation."""
    if norm == "none":
        return network
    layers = [
        Layer(each.weight, gamma=np.ones_like(each.bias), beta=np.zeros_like(each.bias))
        for each in network.layers[:-1]
        if each.bias is not None
    ]
    return Network([*layers, network.layers[-1]], network.activation, norm)


SIMULATION = Simulation(
    name="normalization_depth",
    title={"en": "Normalization and depth", "ko": "정규화와 깊이"},
    parameters=Parameters,
    run=run,
    scalars={
        "ratio_none": {
            "en": "Gradient, first layer over last, without normalization",
            "ko": "기울기의 비(첫 층 ÷ 마지막 층, 정규화 없음)",
        },
        "ratio_bn": {
            "en": "Gradient, first layer over last, with BN",
            "ko": "기울기의 비(첫 층 ÷ 마지막 층, 배치 정규화)",
        },
        "ratio_ln": {
            "en": "Gradient, first layer over last, with LN",
            "ko": "기울기의 비(첫 층 ÷ 마지막 층, 층 정규화)",
        },
        "log10_none": {
            "en": "log10 of the ratio without normalization",
            "ko": "정규화 없는 비의 log10",
        },
        "log10_bn": {"en": "log10 of the ratio with BN", "ko": "배치 정규화의 비의 log10"},
        "log10_ln": {"en": "log10 of the ratio with LN", "ko": "층 정규화의 비의 log10"},
        "growth_none": {
            "en": "Factor a layer without normalization",
            "ko": "층마다의 배율(정규화 없음)",
        },
        "growth_bn": {"en": "Factor a layer with BN", "ko": "층마다의 배율(배치 정규화)"},
        "growth_ln": {"en": "Factor a layer with LN", "ko": "층마다의 배율(층 정규화)"},
        "bn_relu_growth": {
            "en": "Predicted factor a layer, BN and ReLU",
            "ko": "배치 정규화와 ReLU의 층마다의 배율(이론값)",
        },
        "bn_relu_ratio": {
            "en": "Predicted ratio, BN and ReLU",
            "ko": "배치 정규화와 ReLU의 비(이론값)",
        },
    },
)
