r"""Degradation: a deeper plain network has the higher training loss, one with skip connections not.

A hidden layer is a_l = F(a_{l-1}) or, with skip connections, a_l = a_{l-1} + F(a_{l-1}), where

    F(a) = relu(BN(a W))

The first layer changes the width and has no skip; the output layer gets BN(a_L), so that its logits
are of the same size whatever the depth. He, Zhang, Ren & Sun (2016) see it on images:
56 plain layers end with a higher training error than 20, which 56 layers could copy. Their plain
networks have batch normalization, and so do these.

The networks of one depth begin with the same weights. They learn whether two of their inputs have
the same sign, by full-batch descent with He's initialization.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from engine.simulations.kit import mlp
from engine.simulations.kit.base import Outcome, Simulation, parameter, report
from engine.simulations.kit.mlp import EPS, Floats, Labels, Layer, Network
from engine.simulations.normalization.covariate_drift import FEATURES, starts, task

#: What a loss is said to be that is no number or greater.
LOST = 1e6
DEPTHS = ("shallow", "deep")
KINDS = {"plain": False, "skip": True}


@dataclass(frozen=True)
class Parameters:
    shallow: int = parameter(8, "Layers of the shallower network", low=2, high=40)
    deep: int = parameter(24, "Layers of the deeper network", low=2, high=60)
    rate: float = parameter(0.1, "Learning rate", low=0.01, high=0.3, log=True)
    width: int = parameter(32, "Units a layer", low=8, high=64, log=True)
    samples: int = parameter(128, "Samples", low=32, high=256, log=True)
    steps: int = parameter(100, "Steps", low=10, high=200)
    networks: int = parameter(2, "Networks", low=1, high=5)


@dataclass(frozen=True, eq=False)
class Block:
    """What a hidden layer's forward pass leaves for the backward pass."""

    before: Floats
    normalized: Floats
    root: Floats
    opened: Floats


@dataclass(frozen=True, eq=False)
class Passed:
    """The normalized outputs of the last hidden layer, and what each hidden layer leaves."""

    last: Floats
    root: Floats
    blocks: list[Block]


def run(parameters: Parameters, rng: np.random.Generator) -> Outcome:
    """Four kinds of network, shallow and deep, without skip connections and with them.

    Table `steps`: step and the training loss of each kind, the mean over its networks. `loss_*` is
    that after the last step, `gradient_*` the gradient of the second layer's weights over that of
    the last hidden layer's, before training (geometric mean over the networks).
    """
    p = parameters
    x, y = task(p.samples, rng)
    seed = int(rng.integers(2**32))
    table: dict[str, Floats] = {"step": np.arange(float(p.steps + 1))}
    scalars: dict[str, float] = {}
    for number, (kind, depth) in enumerate((k, d) for k in KINDS for d in DEPTHS):
        layers = p.shallow if depth == "shallow" else p.deep
        sizes = [FEATURES, *[p.width] * layers, 2]
        network = starts(sizes, "relu", "batch", p.networks, seed)
        name = f"{kind}_{depth}"
        losses, ratio = _train(p, network, KINDS[kind], (x, y), number)
        table[name] = losses
        scalars |= {f"loss_{name}": float(losses[-1]), f"gradient_{name}": ratio}
    return Outcome(scalars, {"steps": table})


def _train(
    p: Parameters, network: Network, skip: bool, known: tuple[Floats, Labels], number: int
) -> tuple[Floats, float]:
    """The mean loss before each step and after the last; the ratio of gradients before training."""
    x, y = known
    losses, ratio = [], 1.0
    with np.errstate(over="ignore", invalid="ignore"):
        for step in range(p.steps + 1):
            logits, passed = forward(network, x, skip=skip)
            loss, upstream = mlp.cross_entropy(logits, y)
            finite = np.nan_to_num(loss, nan=LOST, posinf=LOST)
            losses.append(float(np.minimum(finite, LOST).mean()))
            gradients = backward(network, passed, upstream, skip=skip)
            if step == 0:
                ratio = _ratio(gradients)
            mlp.step(network, gradients, p.rate)
            if step % 10 == 0:
                report((number + step / p.steps) / (len(KINDS) * len(DEPTHS)))
    return np.array(losses), ratio


def forward(network: Network, x: Floats, *, skip: bool) -> tuple[Floats, Passed]:
    """The logits (models, batch, classes) and what is left for the backward pass."""
    a, blocks = x, list[Block]()
    for number, layer in enumerate(network.layers[:-1]):
        normalized, root = _normalize(a @ layer.weight)
        assert layer.gamma is not None
        assert layer.beta is not None
        y = layer.gamma * normalized + layer.beta
        opened = (y > 0).astype(np.float64)  # the slope of ReLU at exactly 0 is 0
        blocks.append(Block(a, normalized, root, opened))
        a = a + y * opened if skip and number > 0 else y * opened
    last = network.layers[-1]
    assert last.bias is not None
    normalized, root = _normalize(a)
    return normalized @ last.weight + last.bias, Passed(normalized, root, blocks)


def backward(network: Network, passed: Passed, upstream: Floats, *, skip: bool) -> list[Layer]:
    """dL/d(parameters), a layer for each of the network's, from dL/dlogits."""
    last = network.layers[-1]
    output = Layer(_turned(passed.last) @ upstream, upstream.sum(-2, keepdims=True))
    d = mlp.normalized_backward(upstream @ _turned(last.weight), passed.last, passed.root, -2)
    gradients = [output]
    for number in range(len(network.layers) - 2, -1, -1):
        layer, block = network.layers[number], passed.blocks[number]
        assert layer.gamma is not None
        dy = d * block.opened
        dz = mlp.normalized_backward(dy * layer.gamma, block.normalized, block.root, -2)
        gradients.append(
            Layer(
                _turned(block.before) @ dz,
                gamma=(dy * block.normalized).sum(-2, keepdims=True),
                beta=dy.sum(-2, keepdims=True),
            )
        )
        through = dz @ _turned(layer.weight)
        d = d + through if skip and number > 0 else through
    return gradients[::-1]


def _normalize(z: Floats) -> tuple[Floats, Floats]:
    """Each unit with mean 0 and variance 1 over the batch, and 1 / sqrt(var + eps)."""
    centred = z - z.mean(-2, keepdims=True)
    root = 1 / np.sqrt(np.square(centred).mean(-2, keepdims=True) + EPS)
    return centred * root, root


def _turned(matrix: Floats) -> Floats:
    return np.swapaxes(matrix, -1, -2)


def _ratio(gradients: list[Layer]) -> float:
    """The second layer's weight gradient over the last hidden one's."""
    first, last = (np.sqrt(np.square(gradients[number].weight).sum((-2, -1))) for number in (1, -2))
    with np.errstate(divide="ignore"):
        ratio = float(np.exp(np.log(first / last).mean()))
    return ratio if np.isfinite(ratio) else 0.0


def _scalars() -> dict[str, str]:
    kinds = {"plain": "without skips", "skip": "with skips"}
    found: dict[str, str] = {}
    for kind, said in kinds.items():
        for depth, size in {"shallow": "shallower", "deep": "deeper"}.items():
            found |= {
                f"loss_{kind}_{depth}": f"Training loss at the end, {size} network {said}",
                f"gradient_{kind}_{depth}": f"Gradient, layer 2 ÷ last, {size} network {said}",
            }
    return found


SIMULATION = Simulation(
    "Degradation",
    Parameters,
    run,
    _scalars(),
    columns={
        "plain_shallow": "shallower network without skips",
        "plain_deep": "deeper network without skips",
        "skip_shallow": "shallower network with skips",
        "skip_deep": "deeper network with skips",
    },
)
