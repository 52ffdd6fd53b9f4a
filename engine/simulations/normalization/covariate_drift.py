r"""Internal covariate shift, measured in two ways, each network where it has got equally far.

Ioffe & Szegedy (2015) call it the change in the distribution of a layer's inputs while the network
trains. Measured so, it is how far the mean of an input moves in a step, in its deviations:

    drift = |mean after the step - mean before| / deviation before

(here the mean over the inputs of the first, over the mean of the second). Santurkar, Tsipras, Ilyas
& Madry (2018, Definition 2.1) ask what such a change does to the layer: how far its gradient turns
when only the layers *before* it take their step,

    cos(G, G'),  G = dL/dW_l(W_1, ..., W_k),  G' = dL/dW_l(W_1', ..., W_{l-1}', W_l, ..., W_k)

A cosine of 1 means that the layer does not notice. Both depend on how far a network has come: one
that has hardly begun to learn moves little and turns little, with batch normalization or without.
So each is measured when it first reaches the losses of `LOSSES`, not at equal steps. And both
depend on the layer: in a ReLU network batch normalization makes the gradients of the first layers
turn more and those of the last less.

A network learns whether two of its inputs have the same sign, by full-batch descent. Some networks
are trained side by side, with other starts.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from engine.simulations.kit import mlp
from engine.simulations.kit.base import Outcome, Simulation, parameter, report
from engine.simulations.kit.mlp import Floats, Labels, Layer, Network

FEATURES = 10
#: Where the networks are compared: below the loss of guessing, ln 2 = 0.69.
LOSSES = (0.6, 0.5, 0.4, 0.3, 0.2, 0.1)
COMPARED = {"none": "none", "bn": "batch", "ln": "layer"}
#: What is noted of each layer, and of each network, when it reaches a loss.
OF_LAYERS, OF_NETWORKS = ("drift", "cosine"), ("step", "loss")
STARTS = {"tanh": "xavier", "relu": "he"}


@dataclass(frozen=True)
class Parameters:
    rate: float = parameter(0.1, "Learning rate", low=0.03, high=0.5, log=True)
    layer: int = parameter(5, "Layer whose inputs are watched", low=2, high=10)
    activation: str = parameter("relu", "Activation", choices=tuple(STARTS))
    depth: int = parameter(10, "Layers", low=3, high=12)
    width: int = parameter(32, "Units a layer", low=8, high=64, log=True)
    samples: int = parameter(64, "Samples", low=32, high=256, log=True)
    steps: int = parameter(400, "Steps at most", low=20, high=500)
    networks: int = parameter(3, "Networks", low=2, high=10)


def run(parameters: Parameters, rng: np.random.Generator) -> Outcome:
    """Both measures without, with batch and with layer normalization, at equal loss.

    From the same starts and samples. Only networks are counted that reach the loss with all
    three; `compared` is their share. Table `layers` has a row for each layer from the second on,
    means over `LOSSES` and networks, and table `losses` a row for each loss, of `layer` (or the
    last, if there are fewer). The scalars are means of `layer` over losses and networks, `*_se`
    their standard errors over networks. Where nothing is counted the tables have NaN, the
    scalars 0.
    """
    p = parameters
    x, y = task(p.samples, rng)
    seed = int(rng.integers(2**32))
    sizes = [FEATURES, *[p.width] * (p.depth - 1), 2]
    found = {}
    for number, (name, norm) in enumerate(COMPARED.items()):
        network = starts(sizes, p.activation, norm, p.networks, seed)
        found[name] = _measure(p, network, x, y, number)
    counted = np.all([np.isfinite(each["loss"]) for each in found.values()], axis=0)
    scalars = {"compared": float(counted.mean())}
    losses: dict[str, Floats] = {"loss": np.array(LOSSES)}
    layers: dict[str, Floats] = {"layer": np.arange(2.0, p.depth + 1)}
    watched = min(p.layer, p.depth) - 2
    for name, noted in found.items():
        for measure in OF_LAYERS:
            values = np.where(counted, noted[measure], np.nan)  # (layers, losses, networks)
            layers[f"{measure}_{name}"] = _means(_means(values, 2), 1)
            losses[f"{measure}_{name}"] = _means(values[watched], 1)
            mean, error = _over_networks(values[watched])
            scalars |= {f"{measure}_{name}": mean, f"{measure}_{name}_se": error}
        for measure in OF_NETWORKS:
            values = np.where(counted, noted[measure], np.nan)  # (losses, networks)
            losses[f"{measure}_{name}"] = _means(values, 1)
            scalars[f"{measure}_{name}"] = _over_networks(values)[0]
    return Outcome(scalars, {"layers": layers, "losses": losses})


def task(samples: int, rng: np.random.Generator) -> tuple[Floats, Labels]:
    """Normal inputs, and whether the first two have the same sign: something to be learned."""
    x = rng.standard_normal((samples, FEATURES))
    return x, (x[:, 0] * x[:, 1] > 0).astype(np.int64)


def starts(sizes: Sequence[int], activation: str, norm: str, count: int, seed: int) -> Network:
    """`count` networks side by side, with the initialization that fits their activation."""
    rng = np.random.default_rng(seed)
    return mlp.side_by_side(
        [
            mlp.build(sizes, activation, norm, rng, initialization=STARTS[activation])
            for _ in range(count)
        ]
    )


def _means(values: Floats, axis: int) -> Floats:
    """The means of what is finite; NaN where nothing is."""
    finite = np.isfinite(values)
    number = finite.sum(axis)
    total = np.where(finite, values, 0.0).sum(axis)
    return np.where(number > 0, total / np.maximum(number, 1), np.nan)


def _over_networks(values: Floats) -> tuple[float, float]:
    """The mean of (losses, networks), and its standard error over networks; 0 for nothing."""
    each = _means(values, 0)
    each = each[np.isfinite(each)]
    if len(each) == 0:
        return 0.0, 0.0
    error = float(each.std(ddof=1)) / len(each) ** 0.5 if len(each) > 1 else 0.0
    return float(each.mean()), error


def _measure(
    p: Parameters, network: Network, x: Floats, y: Labels, number: int
) -> dict[str, Floats]:
    """Trains until all have reached the last loss; what was noted when each reached each.

    `OF_LAYERS` are (layers from the second on, losses, networks), `OF_NETWORKS` without layers.
    """
    levels = np.array(LOSSES)[:, None]
    shape = (len(LOSSES), p.networks)
    noted = {name: np.full((p.depth - 1, *shape), np.nan) for name in OF_LAYERS}
    noted |= {name: np.full(shape, np.nan) for name in OF_NETWORKS}
    with np.errstate(over="ignore", invalid="ignore"):
        for step in range(p.steps + 1):
            logits, trace = mlp.forward(network, x)
            loss, upstream = mlp.cross_entropy(logits, y)
            gradients = mlp.backward(network, trace, upstream).layers
            reached = (loss <= levels) & np.isnan(noted["loss"])
            if reached.any():
                now = {"step": np.full_like(loss, step), "loss": loss}
                now |= _shifts(network, gradients, p.rate, x, y)
                for name, values in now.items():
                    noted[name] = np.where(reached, values[..., None, :], noted[name])
            mlp.step(network, gradients, p.rate)
            if step % 20 == 0:
                report((number + step / p.steps) / len(COMPARED))
            if np.isfinite(noted["loss"][-1]).all() or not np.isfinite(loss).any():
                break
    report((number + 1) / len(COMPARED))
    return noted


def _shifts(
    network: Network, gradients: Sequence[Layer], rate: float, x: Floats, y: Labels
) -> dict[str, Floats]:
    """Drift and cosine of the next step, (layers from the second on, networks)."""
    after = Network(mlp.copied(network.layers), network.activation, network.norm)
    mlp.step(after, gradients, rate)
    then, now = (mlp.forward(each, x)[1].inputs[1:] for each in (network, after))
    moved = [drift(a, b) for a, b in zip(then, now, strict=True)]
    turned = [turn(network, gradients, n, now[n - 1], y) for n in range(1, len(network.layers))]
    return {"drift": np.array(moved), "cosine": np.array(turned)}


def drift(then: Floats, now: Floats) -> Floats:
    """How far the means of a layer's inputs moved, in the deviations that they had."""
    mean, deviation = moments(then)
    return np.asarray(np.abs(moments(now)[0] - mean).mean(-1) / _positive(deviation.mean(-1)))


def _positive(values: Floats) -> Floats:
    return np.where(values > 0, values, 1.0)


def turn(
    network: Network, gradients: Sequence[Layer], layer: int, inputs: Floats, y: Labels
) -> Floats:
    """The cosine of a layer's gradient with what it is with these inputs.

    layer: counted from 0. inputs: those it has once the layers before it took their step.
    """
    rest = Network(network.layers[layer:], network.activation, network.norm)
    return cosine(gradients[layer].weight, gradient_of(rest, 0, inputs, y))


def moments(inputs: Floats) -> tuple[Floats, Floats]:
    """Mean and standard deviation of each of a layer's inputs over the samples (..., units)."""
    return inputs.mean(-2), inputs.std(-2)


def gradient_of(network: Network, layer: int, x: Floats, y: Labels) -> Floats:
    """dL/dW of one layer, counted from 0, on these samples."""
    logits, trace = mlp.forward(network, x)
    _, upstream = mlp.cross_entropy(logits, y)
    return mlp.backward(network, trace, upstream).layers[layer].weight


def cosine(a: Floats, b: Floats) -> Floats:
    """Of the angle between two gradients (..., n_in, n_out); 0 where one of them is 0."""
    lengths = np.sqrt(np.square(a).sum((-2, -1)) * np.square(b).sum((-2, -1)))
    return np.asarray((a * b).sum((-2, -1)) / np.where(lengths > 0, lengths, 1.0))


def _scalars() -> dict[str, str]:
    named = {
        "none": "without normalization",
        "bn": "with BN",
        "ln": "with LN",
    }
    found = {"compared": "Share of networks and losses compared"}
    for name, network in named.items():
        found |= {
            f"drift_{name}": f"Drift of the inputs in a step, {network}",
            f"drift_{name}_se": "Standard error of it",
            f"cosine_{name}": f"Cosine of the gradients, {network}",
            f"cosine_{name}_se": "Standard error of it",
            f"step_{name}": f"Mean step of the measurements, {network}",
            f"loss_{name}": f"Mean loss at the measurements, {network}",
        }
    return found


SIMULATION = Simulation(
    "Internal covariate shift, two ways",
    Parameters,
    run,
    _scalars(),
    tables={"losses": "by loss reached"},
)
