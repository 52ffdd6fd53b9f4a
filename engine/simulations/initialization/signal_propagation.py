r"""A signal going forward through a deep network, and its gradient coming back, layer by layer.

What to look at: the *delta* norms, delta_l = dL/dz_l. The ratio of the first to the last weight
gradient does not see a gradient vanish in linear and ReLU networks, because ||dL/dW_l|| goes as
||a_{l-1}|| ||delta_l|| and the two factors cancel. And the standard deviation over everything does
not see a signal collapse: the spread *across the batch* does.

The figures are those of Glorot & Bengio (2010); the predictions come from `mean_field`.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from engine.simulations.initialization.weight_initialization import SCHEMES, draw
from engine.simulations.kit.base import Outcome, Simulation, parameter
from engine.simulations.kit.mean_field import predict
from engine.simulations.kit.network import ACTIVATIONS, LEAKY, Propagation, propagate

__all__ = ["SIMULATION", "Parameters", "Propagation", "propagate", "run", "widths"]

Floats = NDArray[np.float64]

FIXED = "fixed_normal"
NARROWEST, WIDEST = 2, 512
LOG10_OF_ZERO = -324.0  # below the smallest float64: what a vanished ratio is said to be


@dataclass(frozen=True)
class Parameters:
    activation: str = parameter("tanh", "Activation", choices=(*ACTIVATIONS, LEAKY))
    initialization: str = parameter("xavier_normal", "Initialization", choices=(*SCHEMES, FIXED))
    std: float = parameter(0.01, "Fixed deviation of the weights", low=0.001, high=2.0, log=True)
    fan: str = parameter("fan_in", "Which fan He and LeCun count", choices=("fan_in", "fan_out"))
    depth: int = parameter(50, "Layers", low=1, high=100)
    width: int = parameter(256, "Inputs of the first layer", low=2, high=WIDEST, log=True)
    taper: float = parameter(
        1.0, "Each layer's width over the one before", low=0.5, high=2.0, log=True
    )
    batch: int = parameter(128, "Batch size", low=2, high=256, log=True)
    slope: float = parameter(0.01, "Leaky ReLU: slope below 0", low=0.0, high=1.0)


def widths(parameters: Parameters) -> list[int]:
    """n_0 … n_L: `width`, times `taper` at each layer, within 2 to 512."""
    exact = (parameters.width * parameters.taper**layer for layer in range(parameters.depth + 1))
    return [min(max(round(n), NARROWEST), WIDEST) for n in exact]


def run(parameters: Parameters, rng: np.random.Generator) -> Outcome:
    """One network, one batch, forward and backward.

    Table `layers` has a row a layer. `delta_*` are of dL/dz_l, whose upstream gradient is normal
    and divided by the batch size, as that of a mean loss. Ratios are of the first layer to the
    last: below 1, the gradient vanishes on its way back. A log10 of 0 is said to be -324.
    """
    n = widths(parameters)
    sigmas = []
    weights = []
    for n_in, n_out in pairwise(n):
        scheme = SCHEMES.get(parameters.initialization)
        sigmas.append(scheme.sigma(n_in, n_out, parameters.fan) if scheme else parameters.std)
        distribution = scheme.distribution if scheme else "normal"
        weights.append(draw(distribution, sigmas[-1], (n_in, n_out), rng))
    x = rng.standard_normal((parameters.batch, n[0]))
    upstream = rng.standard_normal((parameters.batch, n[-1])) / parameters.batch
    activation, slope = parameters.activation, parameters.slope
    went = propagate(weights, x, upstream, activation, slope)
    rms, delta = predict(activation, n, sigmas, slope)
    with np.errstate(over="ignore"):
        predicted_delta = delta * went.delta[-1]
    layers = {
        "layer": np.arange(1, parameters.depth + 1),
        "width": np.array(n[1:]),
        "rms": went.rms,
        "std": went.std,
        "across_sd": went.across,
        "delta_norm": went.delta,
        "delta_rms": went.delta / np.sqrt(parameters.batch * np.array(n[1:])),
        "weight_gradient_norm": went.weight_gradient,
        "predicted_rms": rms,
        "predicted_delta_norm": predicted_delta,
    }
    return Outcome(_scalars(parameters, went, layers, rms, delta), {"layers": layers})


def _scalars(
    parameters: Parameters,
    went: Propagation,
    layers: Mapping[str, NDArray[np.generic]],
    rms: Floats,
    delta: Floats,
) -> dict[str, float]:
    ratio = _ratio(went.delta)
    gradients = _ratio(went.weight_gradient)
    return {
        "final_rms": float(went.rms[-1]),
        "final_std": float(went.std[-1]),
        "final_across_sd": float(went.across[-1]),
        "log10_final_rms": _log10(went.rms[-1]),
        "log10_final_across_sd": _log10(went.across[-1]),
        "delta_ratio": ratio,
        "log10_delta_ratio": _log10(ratio),
        "delta_rms_ratio": _ratio(np.asarray(layers["delta_rms"], dtype=np.float64)),
        "weight_gradient_ratio": gradients,
        "log10_weight_gradient_ratio": _log10(gradients),
        "saturated_share": _saturated(went.output, parameters.activation),
        "predicted_final_rms": float(rms[-1]),
        "log10_predicted_final_rms": _log10(rms[-1]),
        "predicted_delta_ratio": float(delta[0]),
        "log10_predicted_delta_ratio": _log10(delta[0]),
    }


def _ratio(norms: Floats) -> float:
    """First over last; 0 where nothing comes back at all."""
    return float(norms[0] / norms[-1]) if norms[-1] > 0 else 0.0


def _log10(value: float) -> float:
    return math.log10(value) if value > 0 else LOG10_OF_ZERO


def _saturated(a: Floats, activation: str) -> float:
    """Share of activations where the slope is under 6% of its greatest: |tanh| > 0.97."""
    if activation in ("linear", LEAKY):
        return 0.0
    if activation == "relu":
        return float((a == 0).mean())
    centred = a if activation == "tanh" else 2 * a - 1  # 2 sigmoid(z) - 1 = tanh(z / 2)
    return float((np.abs(centred) > 0.97).mean())


SIMULATION = Simulation(
    "Signal propagation through a deep network",
    Parameters,
    run,
    {
        "final_rms": "Last layer: rms of activations",
        "final_std": "Last layer: standard deviation",
        "final_across_sd": "Last layer: standard deviation across the batch",
        "log10_final_rms": "log10 of that rms",
        "log10_final_across_sd": "log10 of the deviation across the batch",
        "delta_ratio": "Gradient norm, first layer over last",
        "log10_delta_ratio": "log10 of that ratio",
        "delta_rms_ratio": "Gradient rms a unit, first layer over last",
        "weight_gradient_ratio": "Weight-gradient norm, first layer over last",
        "log10_weight_gradient_ratio": "log10 of the weight-gradient ratio",
        "saturated_share": "Last layer: share with (almost) no slope",
        "predicted_final_rms": "Predicted rms, last layer",
        "log10_predicted_final_rms": "log10 of the predicted rms",
        "predicted_delta_ratio": "Predicted gradient ratio",
        "log10_predicted_delta_ratio": "log10 of the predicted gradient ratio",
    },
)
