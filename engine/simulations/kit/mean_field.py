"""What theory says of a signal in a random network whose layers are wide.

Poole et al. (2016) and Schoenholz et al. (2017): with independent weights of variance sigma^2, a
pre-activation of a wide layer is normal, so that only its root mean square s has to be followed,

    s_l = sigma_l sqrt(n_{l-1}) r_{l-1},   r_l^2 = E[phi(s_l g)^2],   g ~ N(0, 1),

and the norm of a gradient going back is multiplied by sqrt(chi_l) at each layer,
chi_l = n_l sigma_{l+1}^2 E[phi'(s_l g)^2].
"""

from __future__ import annotations

import math
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]

_G = np.linspace(-8.0, 8.0, 4001)
_WEIGHT = np.exp(-(_G**2) / 2)
_WEIGHT /= _WEIGHT.sum()


def moments(activation: str, s: float, negative_slope: float = 0.01) -> tuple[float, float]:
    """(rms of phi(s g), rms of phi'(s g)) for g ~ N(0, 1); closed for linear and (leaky) ReLU.

    The others are sums over a grid of g with steps of 0.004, good to 1e-6 while s < 200.
    """
    if activation == "linear":
        return s, 1.0
    if activation == "relu":
        return s / math.sqrt(2), 1 / math.sqrt(2)
    if activation == "leaky_relu":  # half of the square passes whole, half times the slope squared
        kept = math.sqrt((1 + negative_slope**2) / 2)
        return s * kept, kept
    if activation == "tanh":
        a = np.tanh(s * _G)
        slope = 1 - a**2
    else:
        a = 0.5 + 0.5 * np.tanh(s * _G / 2)
        slope = a * (1 - a)
    return math.sqrt(_WEIGHT @ a**2), math.sqrt(_WEIGHT @ slope**2)


def predict(
    activation: str,
    widths: Sequence[int],
    sigmas: Sequence[float],
    negative_slope: float = 0.01,
) -> tuple[Floats, Floats]:
    """(rms of a_l, ||delta_l|| / ||delta_L||), one value a layer, for inputs of rms 1.

    widths: n_0 … n_L. sigmas: sigma_1 … sigma_L.
    """
    depth = len(sigmas)
    rms, slopes, delta = np.empty(depth), np.empty(depth), np.ones(depth)
    before = 1.0
    for layer, sigma in enumerate(sigmas):
        s = sigma * math.sqrt(widths[layer]) * before
        before, slopes[layer] = moments(activation, s, negative_slope)
        rms[layer] = before
    for layer in range(depth - 2, -1, -1):
        # a norm adds up the n_l units of a layer, hence n_l and not the n_{l+1} of a single unit
        delta[layer] = (
            delta[layer + 1] * sigmas[layer + 1] * math.sqrt(widths[layer + 1]) * slopes[layer]
        )
    return rms, delta
