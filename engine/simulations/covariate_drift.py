r"""Internal covariate shift, measured in two ways that do not agree.

Ioffe & Szegedy (2015) call it the change in the distribution of a layer's inputs while the network
trains. Measured so, it is how far the mean of an input moves in ten steps, in its deviations:

    drift = |mean now - mean ten steps ago| / deviation ten steps ago

(here the mean over the inputs of the first, over the mean of the second). Santurkar, Tsipras, Ilyas
& Madry (2018, Definition 2.1) ask what such a change does to the layer: how far its gradient turns
when only the layers *before* it take their step,

    cos(G, G'),  G = dL/dW_l(W_1, ..., W_k),  G' = dL/dW_l(W_1', ..., W_{l-1}', W_l, ..., W_k)

A cosine of 1 means that the layer does not notice. Batch normalization makes the drift smaller,
and the cosine no better.

A tanh network with Xavier's initialization learns whether two of its inputs have the same sign, by
full-batch descent. Some networks are trained side by side, with other starts.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from engine.simulations import mlp
from engine.simulations.base import Outcome, Simulation, parameter, report
from engine.simulations.mlp import Floats, Labels, Layer, Network

FEATURES = 10
EVERY = 10  # steps between two measurements of the mean, and from one cosine to the next
COMPARED = {"none": "none", "bn": "batch"}


@dataclass(frozen=True)
class Parameters:
    rate: float = parameter(0.1, en="Learning rate", ko="학습률", low=0.01, high=0.5, log=True)
    layer: int = parameter(
        5, en="Layer whose inputs are watched", ko="입력을 살펴볼 층", low=2, high=10
    )
    depth: int = parameter(10, en="Layers", ko="층 수", low=3, high=12)
    width: int = parameter(32, en="Units a layer", ko="층의 너비", low=8, high=64, log=True)
    samples: int = parameter(200, en="Samples", ko="표본 수", low=32, high=256, log=True)
    steps: int = parameter(100, en="Steps", ko="스텝 수", low=20, high=200)
    networks: int = parameter(5, en="Networks", ko="신경망 수", low=2, high=10)


def run(parameters: Parameters, rng: np.random.Generator) -> Outcome:
    """Both measures, without and with batch normalization, from the same starts and samples.

    A layer number beyond the last is the last. Table `steps` has a row for every ten steps:
    `drift_*` over those ten, and `cosine_*` at the last of them, means over the networks. The
    scalars are means over the steps too, `*_se` their standard errors over networks.
    """
    p = parameters
    x = rng.standard_normal((p.samples, FEATURES))
    y = (x[:, 0] * x[:, 1] > 0).astype(np.int64)
    seed = int(rng.integers(2**32))
    scalars: dict[str, float] = {}
    table: dict[str, Floats] = {"step": np.arange(1.0, p.steps // EVERY + 1) * EVERY}
    for number, (name, norm) in enumerate(COMPARED.items()):
        starts = np.random.default_rng(seed)
        network = mlp.side_by_side(
            [
                mlp.build(_sizes(p), "tanh", norm, starts, initialization="xavier")
                for _ in range(p.networks)
            ]
        )
        drifts, cosines, losses = _measure(p, network, x, y, number)
        table |= {
            f"drift_{name}": drifts.mean(1),
            f"cosine_{name}": cosines.mean(1),
            f"loss_{name}": losses.mean(1),
        }
        for measure, values in (("drift", drifts), ("cosine", cosines)):
            each = values.mean(0)  # of a network, over its steps
            scalars[f"{measure}_{name}"] = float(each.mean())
            scalars[f"{measure}_{name}_se"] = float(each.std(ddof=1) / np.sqrt(p.networks))
        scalars[f"loss_{name}"] = float(losses[-1].mean())
    return Outcome(scalars, {"steps": table})


def _sizes(p: Parameters) -> list[int]:
    return [FEATURES, *[p.width] * (p.depth - 1), 2]


def _measure(
    p: Parameters, network: Network, x: Floats, y: Labels, number: int
) -> tuple[Floats, Floats, Floats]:
    """Trains, and returns drift, cosine and loss, each (p.steps // EVERY, networks)."""
    watched = min(p.layer, p.depth) - 1  # counted from 0
    drifts, cosines, losses = [], [], []
    logits, trace = mlp.forward(network, x)
    mean, deviation = moments(trace.inputs[watched])
    for step in range(1, p.steps // EVERY * EVERY + 1):
        _, upstream = mlp.cross_entropy(logits, y)
        gradients = mlp.backward(network, trace, upstream).layers
        measuring = step % EVERY == 0
        if measuring:
            cosines.append(turn(network, gradients, p.rate, watched, x, y))
        mlp.step(network, gradients, p.rate)
        logits, trace = mlp.forward(network, x)
        if measuring:
            now, spread = moments(trace.inputs[watched])
            drifts.append(np.abs(now - mean).mean(-1) / deviation.mean(-1))
            mean, deviation = now, spread
            losses.append(mlp.cross_entropy(logits, y)[0])
            report((number + step / p.steps) / len(COMPARED))
    return np.array(drifts), np.array(cosines), np.array(losses)


def turn(
    network: Network, gradients: Sequence[Layer], rate: float, layer: int, x: Floats, y: Labels
) -> Floats:
    """The cosine of a layer's gradient with what it is once the layers before it took their step.

    layer: counted from 0. The network is left as it is.
    """
    earlier = Network(mlp.copied(network.layers[:layer]), network.activation, network.norm)
    mlp.step(earlier, gradients[:layer], rate)
    halfway = Network([*earlier.layers, *network.layers[layer:]], network.activation, network.norm)
    return cosine(gradients[layer].weight, gradient_of(halfway, layer, x, y))


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


SIMULATION = Simulation(
    name="covariate_drift",
    title={"en": "Internal covariate shift, two ways", "ko": "두 가지로 잰 내부 공변량 변화"},
    parameters=Parameters,
    run=run,
    scalars={
        "drift_none": {
            "en": "Drift of the inputs in 10 steps, without BN",
            "ko": "10스텝 동안 입력 평균의 이동(배치 정규화 없음)",
        },
        "drift_none_se": {"en": "Standard error of it", "ko": "그 값의 표준오차"},
        "cosine_none": {
            "en": "Cosine of the gradients, without BN",
            "ko": "기울기의 코사인(배치 정규화 없음)",
        },
        "cosine_none_se": {"en": "Standard error of it", "ko": "그 값의 표준오차"},
        "loss_none": {"en": "Last loss without BN", "ko": "마지막 손실(배치 정규화 없음)"},
        "drift_bn": {
            "en": "Drift of the inputs in 10 steps, with BN",
            "ko": "10스텝 동안 입력 평균의 이동(배치 정규화 있음)",
        },
        "drift_bn_se": {"en": "Standard error of it", "ko": "그 값의 표준오차"},
        "cosine_bn": {
            "en": "Cosine of the gradients, with BN",
            "ko": "기울기의 코사인(배치 정규화 있음)",
        },
        "cosine_bn_se": {"en": "Standard error of it", "ko": "그 값의 표준오차"},
        "loss_bn": {"en": "Last loss with BN", "ko": "마지막 손실(배치 정규화 있음)"},
    },
)
