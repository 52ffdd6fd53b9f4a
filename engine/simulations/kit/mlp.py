r"""A small network that is trained: forward, backward, descent, with batch or layer normalization.

A hidden layer is a_l = phi(y_l), where without normalization y_l = a_{l-1} W_l + b_l, and with it

    z_l = a_{l-1} W_l,    x_l = (z_l - mu) / sqrt(var + eps),    y_l = gamma_l x_l + beta_l

mu and var (divided by n) are those of a unit over the batch (Ioffe & Szegedy 2015) or of a sample
over the units (Ba, Kiros & Hinton 2016). They depend on z_l, so the gradient flows through them:

    dL/dz = (g - mean(g) - x mean(g x)) / sqrt(var + eps),    g = gamma dL/dy

with the means over the same axis. Leaving the last two terms out still trains, and is wrong. The
output layer is a_L W + b, its loss the mean cross-entropy of a softmax.

Every array may have leading axes of models trained side by side: weights (..., n_in, n_out),
activations (..., batch, units).
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from engine.simulations.kit.network import ACTIVATIONS

Floats = NDArray[np.float64]
Labels = NDArray[np.int64]

EPS = 1e-5
#: What mean and variance are taken over: batch normalization samples, layer normalization units.
AXES = {"batch": -2, "layer": -1}
NORMS = ("none", *AXES)


@dataclass(eq=False)
class Layer:
    """weight (..., n_in, n_out); bias, gamma, beta (..., 1, n_out).

    A normalized layer has gamma and beta and no bias, any other one the other way round.
    """

    weight: Floats
    bias: Floats | None = None
    gamma: Floats | None = None
    beta: Floats | None = None

    def arrays(self) -> Iterator[Floats]:
        """What is trained of it, in a fixed order."""
        every = (self.weight, self.bias, self.gamma, self.beta)
        return (array for array in every if array is not None)


@dataclass(eq=False)
class Network:
    """Hidden layers and the output layer, which is linear."""

    layers: list[Layer]
    activation: str
    norm: str = "none"


@dataclass(frozen=True, eq=False)
class Statistics:
    """The mean and the variance of a layer's z, with a kept axis of length 1."""

    mean: Floats
    variance: Floats


@dataclass(frozen=True, eq=False)
class Disturbance:
    """What a hidden layer's y_l becomes: scale * y_l + shift, each (..., batch or 1, units)."""

    scale: Floats
    shift: Floats


@dataclass(frozen=True, eq=False)
class Trace:
    """What a forward pass leaves for the backward pass, one entry a hidden layer.

    inputs: of every layer, the output layer's too. normalized: x_l. roots: 1 / sqrt(var + eps).
    scales: those of the disturbances, if there were any.
    """

    inputs: list[Floats]
    normalized: list[Floats]
    roots: list[Floats]
    statistics: list[Statistics]
    scales: list[Floats] = field(default_factory=list)


@dataclass(frozen=True, eq=False)
class Gradients:
    """dL/d(parameters), a `Layer` for each layer, and the norm of dL/dz_l of each hidden layer."""

    layers: list[Layer]
    deltas: list[Floats]


#: How the weights of a layer are drawn, besides "pytorch": gain, for W ~ N(0, gain^2 / n_in).
GAINS = {"he": 2**0.5, "xavier": 1.0}
INITIALIZATIONS = (*GAINS, "pytorch")


def build(
    sizes: Sequence[int],
    activation: str,
    norm: str,
    rng: np.random.Generator,
    *,
    initialization: str,
) -> Network:
    """A network of widths `sizes`; gamma is 1, beta 0.

    `he` and `xavier` have gain sqrt(2) and 1 and no biases; the output layer, which no ReLU
    follows, always has gain 1. `pytorch` is the default of torch.nn.Linear: weights and biases
    of every layer from U(-1/sqrt(n_in), 1/sqrt(n_in)), a third of the variance of gain 1.
    """
    layers = []
    for number, (n_in, n_out) in enumerate(pairwise(sizes), 2):
        hidden = number < len(sizes)
        bias: Floats = np.zeros((1, n_out))
        if initialization == "pytorch":
            bound = n_in**-0.5
            weight = rng.uniform(-bound, bound, (n_in, n_out))
            bias = rng.uniform(-bound, bound, (1, n_out))
        else:
            gain = GAINS[initialization] if hidden else 1.0
            weight = gain * n_in**-0.5 * rng.standard_normal((n_in, n_out))
        if hidden and norm != "none":
            layers.append(Layer(weight, gamma=np.ones((1, n_out)), beta=np.zeros((1, n_out))))
        else:
            layers.append(Layer(weight, bias=bias))
    return Network(layers, activation, norm)


def copies(network: Network, count: int) -> Network:
    """`count` models with the same parameters, along a new first axis."""
    return side_by_side([network] * count)


def keep(network: Network, models: NDArray[np.bool_]) -> Network:
    """Those of the models side by side that `models` says."""
    layers = joined([[layer] for layer in network.layers], lambda arrays: arrays[0][models])
    return Network(layers, network.activation, network.norm)


def copied(layers: Sequence[Layer]) -> list[Layer]:
    """Layers with arrays of their own."""
    return joined([[layer] for layer in layers], lambda arrays: arrays[0].copy())


def side_by_side(networks: Sequence[Network]) -> Network:
    """One network whose arrays have those of the given ones along their first axis."""
    layers = list(zip(*(network.layers for network in networks), strict=True))
    return Network(joined(layers, np.stack), networks[0].activation, networks[0].norm)


def joined(
    layers: Sequence[Sequence[Layer]], join: Callable[[Sequence[Floats]], Floats]
) -> list[Layer]:
    """A layer for each sequence of layers alike, each of its arrays made of theirs."""

    def of(arrays: Sequence[Floats | None]) -> Floats | None:
        there = [array for array in arrays if array is not None]
        return join(there) if there else None

    return [
        Layer(
            join([layer.weight for layer in alike]),
            of([layer.bias for layer in alike]),
            of([layer.gamma for layer in alike]),
            of([layer.beta for layer in alike]),
        )
        for alike in layers
    ]


def forward(
    network: Network,
    x: Floats,
    stored: Sequence[Statistics] | None = None,
    disturbances: Sequence[Disturbance] = (),
) -> tuple[Floats, Trace]:
    """The logits (..., batch, classes) and the trace.

    With `stored`, batch normalization takes these statistics, as at inference, instead of those
    of the batch; there is no backward pass through such a trace. `disturbances`: one for each
    hidden layer, or none.
    """
    phi, _ = ACTIVATIONS[network.activation]
    trace = Trace([x], [], [], [])
    a = x
    for number, layer in enumerate(network.layers[:-1]):
        y = a @ layer.weight
        if layer.gamma is not None and layer.beta is not None:
            y = _normalize(network.norm, y, trace, stored[number] if stored else None)
            y *= layer.gamma
            y += layer.beta
        elif layer.bias is not None:
            y += layer.bias
        if disturbances:
            y = y * disturbances[number].scale + disturbances[number].shift
            trace.scales.append(disturbances[number].scale)
        phi(y)
        trace.inputs.append(y)
        a = y
    last = network.layers[-1]
    logits = a @ last.weight
    return logits + last.bias if last.bias is not None else logits, trace


def _normalize(norm: str, z: Floats, trace: Trace, stored: Statistics | None) -> Floats:
    """A new array with the normalized z; z is overwritten with the same."""
    axis = AXES[norm]
    mean = z.mean(axis, keepdims=True) if stored is None or norm == "layer" else stored.mean
    z -= mean
    if stored is None or norm == "layer":
        variance = np.square(z).mean(axis, keepdims=True)
    else:
        variance = stored.variance
    root = 1 / np.sqrt(variance + EPS)
    z *= root
    trace.statistics.append(Statistics(mean, variance))
    trace.normalized.append(z)
    trace.roots.append(root)
    return z.copy()


def backward(network: Network, trace: Trace, upstream: Floats) -> Gradients:
    """All gradients, from dL/dlogits (..., batch, classes)."""
    last, a = network.layers[-1], trace.inputs[-1]
    output = Layer(_transposed(a) @ upstream, upstream.sum(-2, keepdims=True))
    hidden = hidden_backward(network, trace, upstream @ _transposed(last.weight))
    return Gradients([*hidden.layers, output], hidden.deltas)


def hidden_backward(network: Network, trace: Trace, d: Floats) -> Gradients:
    """The gradients of the hidden layers, from dL/da of the last of them, which is overwritten."""
    _, slope = ACTIVATIONS[network.activation]
    gradients: list[Layer] = []
    deltas: list[Floats] = []
    for number in range(len(network.layers) - 2, -1, -1):
        layer, a = network.layers[number], trace.inputs[number + 1]
        slope(d, a, np.empty_like(a))
        if trace.scales:
            d *= trace.scales[number]
        gradient = Layer(layer.weight)
        if layer.gamma is None:
            gradient.bias = d.sum(-2, keepdims=True)
        else:
            x, root = trace.normalized[number], trace.roots[number]
            gradient.gamma = (d * x).sum(-2, keepdims=True)
            gradient.beta = d.sum(-2, keepdims=True)
            d *= layer.gamma
            d = normalized_backward(d, x, root, AXES[network.norm])
        gradient.weight = _transposed(trace.inputs[number]) @ d
        gradients.append(gradient)
        deltas.append(np.sqrt(np.square(d).sum((-2, -1))))
        if number > 0:
            d = d @ _transposed(layer.weight)
    return Gradients(gradients[::-1], deltas[::-1])


def normalized_backward(g: Floats, x: Floats, root: Floats, axis: int) -> Floats:
    """dL/dz from g = dL/dx, where x = (z - mean) * root was normalized along `axis`."""
    through_variance = x * (g * x).mean(axis, keepdims=True)
    return np.asarray((g - g.mean(axis, keepdims=True) - through_variance) * root)


def cross_entropy(logits: Floats, labels: Labels) -> tuple[Floats, Floats]:
    """The mean loss of each model (...,) and its gradient over the logits."""
    shifted = logits - logits.max(-1, keepdims=True)
    shares = np.exp(shifted)
    total = shares.sum(-1, keepdims=True)
    rows = np.arange(len(labels))
    loss = (np.log(total[..., 0]) - shifted[..., rows, labels]).mean(-1)
    shares /= total
    shares[..., rows, labels] -= 1
    shares /= len(labels)
    return np.asarray(loss), shares


def step(network: Network, gradients: Sequence[Layer], rate: float | Floats) -> None:
    """One step of gradient descent, in place. rate: one for all, or (models, 1, 1)."""
    for layer, gradient in zip(network.layers, gradients, strict=True):
        for value, slope in zip(layer.arrays(), gradient.arrays(), strict=True):
            value -= rate * slope


def descend(network: Network, x: Floats, labels: Labels, rate: float | Floats) -> Floats:
    """One step on these samples, in place. The loss before it."""
    logits, trace = forward(network, x)
    loss, upstream = cross_entropy(logits, labels)
    step(network, backward(network, trace, upstream).layers, rate)
    return loss


def accuracy(logits: Floats, labels: Labels) -> Floats:
    """The share of samples whose greatest logit is the label's, for each model."""
    return np.asarray((logits.argmax(-1) == labels).mean(-1))


def _transposed(matrix: Floats) -> Floats:
    return np.swapaxes(matrix, -1, -2)
