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
    initialization: str = parameter("xavier_normal", "Initialization", choices=(*SCHEMES, FIXED))
    std: float = parameter(0.1, "Fixed deviation of the weights", low=0.001, high=2.0, log=True)
    depth: int = parameter(30, "Layers", low=2, high=100)
    width: int = parameter(128, "Units a layer", low=16, high=512, log=True)
    batch: int = parameter(32, "Batch size", low=2, high=256, log=True)


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
    "Gradients under four activations",
    Parameters,
    run,
    {
        "sigma_w": "Standard deviation of a weight times √n",
        "linear": "Linear: gradient, first over last",
        "log10_linear": "Linear: log10 of the ratio",
        "log10_linear_weights": "Linear: log10 of the weight-gradient ratio",
        "log10_linear_predicted": "Linear: log10 predicted",
        "tanh": "tanh: gradient, first over last",
        "log10_tanh": "tanh: log10 of the ratio",
        "log10_tanh_weights": "tanh: log10 of the weight-gradient ratio",
        "log10_tanh_predicted": "tanh: log10 predicted",
        "sigmoid": "Sigmoid: gradient, first over last",
        "log10_sigmoid": "Sigmoid: log10 of the ratio",
        "log10_sigmoid_weights": "Sigmoid: log10 of the weight-gradient ratio",
        "log10_sigmoid_predicted": "Sigmoid: log10 predicted",
        "relu": "ReLU: gradient, first over last",
        "log10_relu": "ReLU: log10 of the ratio",
        "log10_relu_weights": "ReLU: log10 of the weight-gradient ratio",
        "log10_relu_predicted": "ReLU: log10 predicted",
    },
)
