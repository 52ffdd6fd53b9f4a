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
    activation: str = parameter("relu", "Activation", choices=("linear", "tanh", "sigmoid", "relu"))
    initialization: str = parameter("he", "Initialization", choices=mlp.INITIALIZATIONS)
    scale: float = parameter(1.0, "All weights times", low=0.1, high=10.0, log=True)
    depth: int = parameter(50, "Layers", low=2, high=60)
    width: int = parameter(128, "Units a layer", low=8, high=256, log=True)
    batch: int = parameter(128, "Batch size", low=4, high=256, log=True)


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
    "Normalization and depth",
    Parameters,
    run,
    {
        "ratio_none": "Gradient, first layer over last, without normalization",
        "ratio_bn": "Gradient, first layer over last, with BN",
        "ratio_ln": "Gradient, first layer over last, with LN",
        "log10_none": "log10 of the ratio without normalization",
        "log10_bn": "log10 of the ratio with BN",
        "log10_ln": "log10 of the ratio with LN",
        "growth_none": "Factor a layer without normalization",
        "growth_bn": "Factor a layer with BN",
        "growth_ln": "Factor a layer with LN",
        "bn_relu_growth": "Predicted factor a layer, BN and ReLU",
        "bn_relu_ratio": "Predicted ratio, BN and ReLU",
    },
)
