r"""A plain network without biases: one pass forward, one pass back, and what it measured.

z_l = a_{l-1} W_l and a_l = phi(z_l) going forward; going back, from an upstream dL/da_L,

    delta_l = dL/dz_l = (delta_{l+1} W_{l+1}^T) * phi'(z_l),     dL/dW_l = a_{l-1}^T delta_l

(Rumelhart, Hinton & Williams 1986). Written for speed: no slower than PyTorch on a CPU.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]

# Each activation overwrites z with phi(z). Each slope multiplies a gradient, in place, by phi'(z),
# which is found from a = phi(z) alone; `scratch` has the shape of a.


def _linear(z: Floats) -> None:
    pass


def _linear_slope(gradient: Floats, a: Floats, scratch: Floats) -> None:
    pass


def _tanh(z: Floats) -> None:
    np.tanh(z, out=z)


def _tanh_slope(gradient: Floats, a: Floats, scratch: Floats) -> None:
    np.multiply(a, a, out=scratch)
    np.subtract(1.0, scratch, out=scratch)
    gradient *= scratch


def _sigmoid(z: Floats) -> None:
    np.negative(z, out=z)
    np.exp(z, out=z)
    z += 1.0
    np.reciprocal(z, out=z)


def _sigmoid_slope(gradient: Floats, a: Floats, scratch: Floats) -> None:
    np.subtract(1.0, a, out=scratch)
    scratch *= a
    gradient *= scratch


def _relu(z: Floats) -> None:
    np.maximum(z, 0.0, out=z)


def _relu_slope(gradient: Floats, a: Floats, scratch: Floats) -> None:
    np.greater(a, 0.0, out=scratch, casting="unsafe")  # the slope at exactly 0 is 0, as in PyTorch
    gradient *= scratch


def _leaky(negative_slope: float, z: Floats) -> None:
    np.maximum(z, negative_slope * z, out=z)


def _leaky_slope(negative_slope: float, gradient: Floats, a: Floats, scratch: Floats) -> None:
    np.greater(a, 0.0, out=scratch, casting="unsafe")
    scratch *= 1.0 - negative_slope  # at exactly 0 the slope is that below 0, as in PyTorch
    scratch += negative_slope
    gradient *= scratch


Activation = tuple[Callable[[Floats], None], Callable[[Floats, Floats, Floats], None]]

LEAKY = "leaky_relu"
ACTIVATIONS: Mapping[str, Activation] = {
    "linear": (_linear, _linear_slope),
    "tanh": (_tanh, _tanh_slope),
    "sigmoid": (_sigmoid, _sigmoid_slope),
    "relu": (_relu, _relu_slope),
}


def leaky_relu(negative_slope: float) -> Activation:
    """Leaky ReLU, max(a z, z), for a slope a from 0 to 1 (Maas et al. 2013)."""
    return partial(_leaky, negative_slope), partial(_leaky_slope, negative_slope)


@dataclass(frozen=True, eq=False)
class Propagation:
    """What went through the network. All but the last two have one value a layer, first to last.

    rms, std: of all activations of a layer, pooled. across: the standard deviation of a unit over
    the batch, averaged over units. delta: ||dL/dz_l||; weight_gradient: ||dL/dW_l|| (Frobenius).
    output: a_L, (batch, n_L). first_delta: dL/dz_1, (batch, n_1).
    """

    rms: Floats
    std: Floats
    across: Floats
    delta: Floats
    weight_gradient: Floats
    output: Floats
    first_delta: Floats


def propagate(
    weights: Sequence[Floats],
    x: Floats,
    upstream: Floats,
    activation: str,
    negative_slope: float = 0.01,
) -> Propagation:
    """One forward and one backward pass.

    weights: W_l of shape (n_{l-1}, n_l), float64. x: (batch, n_0). upstream: dL/da_L, (batch, n_L).
    None of them is changed. `negative_slope` is that of "leaky_relu", 0 to 1.
    """
    phi, slope = leaky_relu(negative_slope) if activation == LEAKY else ACTIVATIONS[activation]
    batch, depth = len(x), len(weights)
    widths = [w.shape[1] for w in weights]
    memory = np.empty(batch * sum(widths))  # all activations, one allocation
    pieces = np.split(memory, np.cumsum(widths[:-1]) * batch)
    activations = [x, *(m.reshape(batch, n) for m, n in zip(pieces, widths, strict=True))]
    # What is needed for one layer only is written over and over: it stays in the cache.
    delta, scratch = (_Scratch(batch * max(widths)) for _ in range(2))
    gradient = _Scratch(max(w.size for w in weights))
    measured = np.empty((5, depth))

    with np.errstate(over="ignore", under="ignore"):
        for layer, w in enumerate(weights):
            a = np.matmul(activations[layer], w, out=activations[layer + 1])
            phi(a)
            measured[:3, layer] = _spread(a, scratch.shaped(a.shape))

        d = delta.shaped(upstream.shape)
        d[:] = upstream
        for layer in range(depth - 1, -1, -1):
            before, a = activations[layer], activations[layer + 1]
            slope(d, a, scratch.shaped(a.shape))
            measured[3, layer] = _norm(d)
            dw = np.matmul(before.T, d, out=gradient.shaped(weights[layer].shape))
            measured[4, layer] = _norm(dw)
            if layer > 0:
                delta, scratch = scratch, delta
                d = np.matmul(d, weights[layer].T, out=delta.shaped(before.shape))
    rms, std, across, norms, gradients = measured
    return Propagation(rms, std, across, norms, gradients, activations[-1], first_delta=d)


class _Scratch:
    """Memory lent out in the shape of the moment."""

    def __init__(self, size: int) -> None:
        self._memory: Floats = np.empty(size)

    def shaped(self, shape: tuple[int, ...]) -> Floats:
        return self._memory[: math.prod(shape)].reshape(shape)


def _spread(a: Floats, scratch: Floats) -> tuple[float, float, float]:
    """(rms, std, mean standard deviation across the batch) of activations (batch, units)."""
    batch, units = a.shape
    means = np.full(batch, 1 / batch)
    unit_means = means @ a
    np.subtract(a, unit_means, out=scratch)  # before squaring: a collapsed layer differs by 1e-15
    np.multiply(scratch, scratch, out=scratch)
    variances = means @ scratch
    mean = unit_means.mean()
    unit_means -= mean
    pooled = variances.mean() + unit_means @ unit_means / units
    if not 1e-280 < pooled + mean * mean < 1e280 and (scale := np.abs(a).max()) > 0:
        rms, std, across = _spread(a / scale, scratch)  # squares leave float64 before values do
        return rms * scale, std * scale, across * scale
    return math.sqrt(pooled + mean * mean), math.sqrt(pooled), np.sqrt(variances).mean()


def _norm(values: Floats) -> float:
    square = float(np.vdot(values, values))
    if not 1e-280 < square < 1e280 and (scale := np.abs(values).max()) > 0:
        return float(scale) * _norm(values / scale)
    return math.sqrt(square)
