r"""One set of random weights, four activations: what is left of the gradient at every layer.

The weights are the same in all four networks, so that only phi differs. Ratios are of the norms of
dL/dz_l, first layer over last. In a wide network each step back multiplies the norm by

    sqrt(chi),   chi = n Var(w) E[phi'(z)^2]          Poole et al. (2016), Schoenholz et al. (2017)

so not the slope alone decides, and not the share of saturated units: large weights make up for
small slopes. The same ratio of the weight gradients is given beside it; it stays near 1 in linear
and ReLU networks whatever happens to the gradient (see `signal_propagation`).
"""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np

from engine.simulations.initialization.signal_propagation import FIXED, LOG10_OF_ZERO
from engine.simulations.initialization.weight_initialization import SCHEMES, draw
from engine.simulations.kit.base import Outcome, Simulation, parameter
from engine.simulations.kit.mean_field import predict
from engine.simulations.kit.network import ACTIVATIONS, propagate


@dataclass(frozen=True)
class Parameters:
    initialization: str = parameter(
        "xavier_normal", en="Initialization", ko="초기화 방법", choices=(*SCHEMES, FIXED)
    )
    std: float = parameter(
        0.1,
        en="Fixed deviation of the weights",
        ko="가중치의 고정 표준편차",
        low=0.001,
        high=2.0,
        log=True,
    )
    depth: int = parameter(30, en="Layers", ko="층 수", low=2, high=100)
    width: int = parameter(128, en="Units a layer", ko="층의 너비", low=16, high=512, log=True)
    batch: int = parameter(32, en="Batch size", ko="배치 크기", low=2, high=256, log=True)


def run(parameters: Parameters, rng: np.random.Generator) -> Outcome:
    """Four networks with the same weights, inputs and upstream gradient.

    Table `layers`: layer and, by activation, the norm of dL/dz_l over that of the last layer.
    """
    p = parameters
    n = p.width
    scheme = SCHEMES.get(p.initialization)
    sigma = scheme.sigma(n, n) if scheme else p.std
    distribution = scheme.distribution if scheme else "normal"
    weights = [draw(distribution, sigma, (n, n), rng) for _ in range(p.depth)]
    x = rng.standard_normal((p.batch, n))
    upstream = rng.standard_normal((p.batch, n)) / p.batch
    layers: dict[str, np.ndarray[tuple[int], np.dtype[np.generic]]] = {
        "layer": np.arange(1, p.depth + 1)
    }
    scalars = {"sigma_w": sigma * math.sqrt(n)}
    for activation in ACTIVATIONS:
        went = propagate(weights, x, upstream, activation)
        last = went.delta[-1]
        relative = went.delta / last if last > 0 else np.zeros(p.depth)
        layers[activation] = relative
        gradients = went.weight_gradient
        ratio = float(gradients[0] / gradients[-1]) if gradients[-1] > 0 else 0.0
        predicted = predict(activation, [n] * (p.depth + 1), [sigma] * p.depth)[1][0]
        scalars |= {
            activation: float(relative[0]),
            f"log10_{activation}": _log10(float(relative[0])),
            f"log10_{activation}_weights": _log10(ratio),
            f"log10_{activation}_predicted": _log10(float(predicted)),
        }
    return Outcome(scalars, {"layers": layers})


def _log10(value: float) -> float:
    return math.log10(value) if value > 0 else LOG10_OF_ZERO


SIMULATION = Simulation(
    name="gradient_activations",
    title={"en": "Gradients under four activations", "ko": "활성화 함수 네 가지와 기울기"},
    parameters=Parameters,
    run=run,
    scalars={
        "sigma_w": {
            "en": "Standard deviation of a weight times √n",
            "ko": "가중치의 표준편차 × √n",
        },
        "linear": {
            "en": "Linear: gradient, first over last",
            "ko": "선형: 기울기의 비(첫 층 ÷ 마지막 층)",
        },
        "log10_linear": {"en": "Linear: log10 of the ratio", "ko": "선형: 비의 log10"},
        "log10_linear_weights": {
            "en": "Linear: log10 of the weight-gradient ratio",
            "ko": "선형: 가중치 기울기 비의 log10",
        },
        "log10_linear_predicted": {"en": "Linear: log10 predicted", "ko": "선형: log10의 이론값"},
        "tanh": {
            "en": "tanh: gradient, first over last",
            "ko": "tanh: 기울기의 비(첫 층 ÷ 마지막 층)",
        },
        "log10_tanh": {"en": "tanh: log10 of the ratio", "ko": "tanh: 비의 log10"},
        "log10_tanh_weights": {
            "en": "tanh: log10 of the weight-gradient ratio",
            "ko": "tanh: 가중치 기울기 비의 log10",
        },
        "log10_tanh_predicted": {"en": "tanh: log10 predicted", "ko": "tanh: log10의 이론값"},
        "sigmoid": {
            "en": "Sigmoid: gradient, first over last",
            "ko": "시그모이드: 기울기의 비(첫 층 ÷ 마지막 층)",
        },
        "log10_sigmoid": {"en": "Sigmoid: log10 of the ratio", "ko": "시그모이드: 비의 log10"},
        "log10_sigmoid_weights": {
            "en": "Sigmoid: log10 of the weight-gradient ratio",
            "ko": "시그모이드: 가중치 기울기 비의 log10",
        },
        "log10_sigmoid_predicted": {
            "en": "Sigmoid: log10 predicted",
            "ko": "시그모이드: log10의 이론값",
        },
        "relu": {
            "en": "ReLU: gradient, first over last",
            "ko": "ReLU: 기울기의 비(첫 층 ÷ 마지막 층)",
        },
        "log10_relu": {"en": "ReLU: log10 of the ratio", "ko": "ReLU: 비의 log10"},
        "log10_relu_weights": {
            "en": "ReLU: log10 of the weight-gradient ratio",
            "ko": "ReLU: 가중치 기울기 비의 log10",
        },
        "log10_relu_predicted": {"en": "ReLU: log10 predicted", "ko": "ReLU: log10의 이론값"},
    },
)
