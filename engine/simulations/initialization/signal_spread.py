"""Many networks of one recipe: how far the size of a signal strays from one to the next.

With normal weights of deviation sigma, and given the activations a of one input, the n
pre-activations of the next layer are independent and normal with deviation sigma ||a||. So a
network need not be built: the rms r_l of its activations is a chain of random factors,

    r_l^2 = mean over n units of phi(sigma sqrt(n) r_{l-1} g)^2,    g ~ N(0, 1),

and ln r_L has a standard deviation of about sqrt(L (k - 1) / (4 n)), where k is 6 for ReLU and 3
for a linear network (Hanin & Nica 2018 for the exact law; the first order in 1/n is used here).
"""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np

from engine.simulations.initialization.weight_initialization import SCHEMES
from engine.simulations.kit.base import Outcome, Simulation, parameter

#: E[phi^4] / E[phi^2]^2 for a normal input of mean 0.
KURTOSIS = {"relu": 6.0, "linear": 3.0}
NORMAL = tuple(name for name, scheme in SCHEMES.items() if scheme.distribution == "normal")
SHOWN = 12  # networks whose every layer is in the table
TWO_THIRDS = (15.87, 50.0, 84.13)  # per cent: one standard deviation to each side of the middle


@dataclass(frozen=True)
class Parameters:
    activation: str = parameter("relu", "Activation", choices=tuple(KURTOSIS))
    initialization: str = parameter("he_normal", "Initialization", choices=NORMAL)
    depth: int = parameter(50, "Layers", low=1, high=100)
    width: int = parameter(256, "Units a layer", low=16, high=512, log=True)
    networks: int = parameter(300, "Networks drawn", low=20, high=1000, log=True)


def run(parameters: Parameters, rng: np.random.Generator) -> Outcome:
    """Sends one input of rms 1 through every network.

    Table `quantiles`: layer, low, middle, high (rms; two thirds of the networks lie between low
    and high). Table `networks`: network, layer, rms, for a dozen of them.
    """
    n = parameters.width
    scale = SCHEMES[parameters.initialization].sigma(n, n) * math.sqrt(n)
    rms = np.empty((parameters.depth + 1, parameters.networks))
    rms[0] = 1.0
    g = np.empty((parameters.networks, n))
    for layer in range(1, parameters.depth + 1):
        rng.standard_normal(out=g)
        if parameters.activation == "relu":
            np.maximum(g, 0.0, out=g)
        rms[layer] = rms[layer - 1] * scale * np.sqrt(np.einsum("ij,ij->i", g, g) / n)
    rms = rms[1:]
    layers = np.arange(1, parameters.depth + 1)
    low, middle, high = np.percentile(rms, TWO_THIRDS, axis=1)
    sd = float(np.log(rms[-1]).std())
    predicted = math.sqrt(parameters.depth * (KURTOSIS[parameters.activation] - 1) / (4 * n))
    shown = min(SHOWN, parameters.networks)
    return Outcome(
        scalars={
            "networks": float(parameters.networks),
            "low": float(low[-1]),
            "middle": float(middle[-1]),
            "high": float(high[-1]),
            "sd_log": sd,
            "sd_log_se": sd / math.sqrt(2 * parameters.networks),
            "factor": math.exp(sd),
            "predicted_sd_log": predicted,
            "predicted_factor": math.exp(predicted),
            "mean_square": float((rms[-1] ** 2).mean()),
        },
        tables={
            "quantiles": {"layer": layers, "low": low, "middle": middle, "high": high},
            "networks": {
                "network": np.repeat(np.arange(shown), len(layers)),
                "layer": np.tile(layers, shown),
                "rms": rms[:, :shown].T.ravel(),
            },
        },
    )


SIMULATION = Simulation(
    "Spread of the signal over many networks",
    Parameters,
    run,
    {
        "networks": "Networks drawn",
        "low": "Last rms: low end of two thirds",
        "middle": "Last rms: median",
        "high": "Last rms: high end of two thirds",
        "sd_log": "Standard deviation of ln rms",
        "sd_log_se": "Standard error of that",
        "factor": "Typical factor from the middle",
        "predicted_sd_log": "Predicted deviation of ln rms",
        "predicted_factor": "Predicted factor",
        "mean_square": "Mean square over all networks",
    },
    columns={"high": "upper sixth", "low": "lower sixth"},
)
