r"""How far the gradient can be trusted: the loss and the gradient along one step, at equal loss.

At the weights w with gradient g, a step of length eta changes the loss by

    L(w - eta g) - L(w),    to first order    -eta |g|^2

and the gradient by |g(w - eta g) - g| / |g|, 0 for a straight slope. Santurkar, Tsipras, Ilyas &
Madry (2018, figure 4) find that with batch normalization both change less along the step, so that
longer steps can be taken. Networks that have come unequally far differ in this without any
normalization, so each is measured when it first reaches the same loss, and the change of the
gradient is told relative to its own length.

ReLU networks with He's initialization learn whether two of their inputs have the same sign, by
full-batch descent. Some networks are trained side by side, with other starts.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from engine.simulations.kit import mlp
from engine.simulations.kit.base import Outcome, Simulation, parameter, report
from engine.simulations.kit.mlp import Floats, Labels, Layer, Network
from engine.simulations.normalization.covariate_drift import FEATURES, starts, task

#: The lengths of step that are tried, besides the one looked at.
LENGTHS = np.logspace(-2, 1, 13)
COMPARED = {"none": "none", "bn": "batch"}
#: What a loss is said to be that is no number or greater.
LOST = 1e6


@dataclass(frozen=True)
class Parameters:
    length: float = parameter(0.5, "Length of the step η", low=0.01, high=10.0, log=True)
    loss: float = parameter(0.35, "Loss at which to look", low=0.1, high=0.6)
    rate: float = parameter(0.1, "Learning rate until then", low=0.03, high=0.3, log=True)
    depth: int = parameter(6, "Layers", low=3, high=12)
    width: int = parameter(32, "Units a layer", low=8, high=64, log=True)
    samples: int = parameter(128, "Samples", low=32, high=256, log=True)
    steps: int = parameter(400, "Steps at most", low=20, high=500)
    networks: int = parameter(5, "Networks", low=1, high=9)


def run(parameters: Parameters, rng: np.random.Generator) -> Outcome:
    """Without and with batch normalization, from the same starts and samples.

    Table `lengths` has a row for each of `LENGTHS` and `length`: `after_*` is the loss after such
    a step, `change_*` the relative change of the gradient, medians over the networks that reach
    the loss. The scalars are those of `length`; `start_*` is the loss before the step, `longest_*`
    the longest of `LENGTHS` up to which every one lowers the loss, 0 if none does; `reached_*` the
    share of networks that reach the loss. If none does, all else is 0.
    """
    p = parameters
    x, y = task(p.samples, rng)
    seed = int(rng.integers(2**32))
    lengths = np.unique([*LENGTHS, p.length])
    scalars: dict[str, float] = {}
    table: dict[str, Floats] = {"length": lengths}
    for number, (name, norm) in enumerate(COMPARED.items()):
        sizes = [FEATURES, *[p.width] * (p.depth - 1), 2]
        network = starts(sizes, "relu", norm, p.networks, seed)
        reached, share = _trained(p, network, x, y, number)
        scalars[f"reached_{name}"] = share
        if share > 0:
            start, after, change = along(reached, lengths, x, y)
        else:
            start, after, change = np.zeros(1), *np.zeros((2, len(lengths), 1))
        table |= {f"after_{name}": np.median(after, 1), f"change_{name}": np.median(change, 1)}
        at = int(np.flatnonzero(lengths == p.length)[0])
        scalars |= {
            f"start_{name}": float(np.median(start)),
            f"after_{name}": float(table[f"after_{name}"][at]),
            f"change_{name}": float(table[f"change_{name}"][at]),
            f"longest_{name}": _longest(float(np.median(start)), table[f"after_{name}"], lengths),
        }
    return Outcome(scalars, {"lengths": table})


def _longest(start: float, after: Floats, lengths: Floats) -> float:
    tried = np.isin(lengths, LENGTHS)
    lowered = np.append(after[tried] < start, False)
    number = int(lowered.argmin())  # of the first that does not
    return float(lengths[tried][number - 1]) if number > 0 else 0.0


def _trained(
    p: Parameters, network: Network, x: Floats, y: Labels, number: int
) -> tuple[Network, float]:
    """Each network as it was when its loss first was at most `loss`; the share that got there."""
    found = mlp.Network(mlp.copied(network.layers), network.activation, network.norm)
    there = np.zeros(p.networks, dtype=bool)
    with np.errstate(over="ignore", invalid="ignore"):
        for step in range(p.steps + 1):
            logits, trace = mlp.forward(network, x)
            loss, upstream = mlp.cross_entropy(logits, y)
            new = (loss <= p.loss) & ~there
            if new.any():
                _copy(network, found, new)
                there |= new
            if step % 20 == 0:
                report((number + step / p.steps) / len(COMPARED))
            if there.all() or not np.isfinite(loss).any():
                break
            mlp.step(network, mlp.backward(network, trace, upstream).layers, p.rate)
    report((number + 1) / len(COMPARED))
    return mlp.keep(found, there), float(there.mean())


def _copy(
    source: Network, target: Network, models: np.ndarray[tuple[int], np.dtype[np.bool_]]
) -> None:
    for mine, theirs in zip(source.layers, target.layers, strict=True):
        for a, b in zip(mine.arrays(), theirs.arrays(), strict=True):
            b[models] = a[models]


def along(network: Network, lengths: Floats, x: Floats, y: Labels) -> tuple[Floats, Floats, Floats]:
    """The loss of each model (models,), and for each length of a step along the negative gradient
    the loss after it and the relative change of the gradient, (lengths, models).
    """
    start, gradients = _gradients(network, x, y)
    size = _length(gradients)
    after, change = [], []
    with np.errstate(over="ignore", invalid="ignore"):
        for length in lengths:
            moved = Network(mlp.copied(network.layers), network.activation, network.norm)
            mlp.step(moved, gradients, float(length))
            loss, turned = _gradients(moved, x, y)
            difference = mlp.joined([*zip(turned, gradients, strict=True)], lambda a: a[0] - a[1])
            after.append(loss)
            change.append(_length(difference) / np.where(size > 0, size, 1.0))
    return start, _finite(after), _finite(change)


def _gradients(network: Network, x: Floats, y: Labels) -> tuple[Floats, list[Layer]]:
    logits, trace = mlp.forward(network, x)
    loss, upstream = mlp.cross_entropy(logits, y)
    return loss, mlp.backward(network, trace, upstream).layers


def _length(layers: list[Layer]) -> Floats:
    """Of all that is trained, as one vector for each model."""
    squares = [np.square(array).sum((-2, -1)) for layer in layers for array in layer.arrays()]
    return np.asarray(np.sqrt(np.sum(squares, axis=0)))


def _finite(values: list[Floats]) -> Floats:
    return np.minimum(np.nan_to_num(np.array(values), nan=LOST, posinf=LOST), LOST)


def _scalars() -> dict[str, str]:
    named = {
        "none": "without BN",
        "bn": "with BN",
    }
    found: dict[str, str] = {}
    for name, network in named.items():
        found |= {
            f"start_{name}": f"Loss before the step, {network}",
            f"after_{name}": f"Loss after the step, {network}",
            f"change_{name}": f"Change of the gradient ÷ its length, {network}",
            f"longest_{name}": f"Longest step that lowers the loss, {network}",
            f"reached_{name}": f"Share of networks that reach the loss, {network}",
        }
    return found


SIMULATION = Simulation(
    "The loss along one step",
    Parameters,
    run,
    _scalars(),
)
