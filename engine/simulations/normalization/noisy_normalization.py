r"""Batch normalization whose work is undone by noise, and which still trains.

Santurkar, Tsipras, Ilyas & Madry (2018, section 2.1 and appendix): if batch normalization helps
because it keeps the distributions of the layers' inputs stable, then making them unstable again
must cost what it gained. After each normalization every unit j of sample i becomes

    s_ij y_ij + m_ij,    m_ij ~ U(mu_j - r, mu_j + r),    s_ij ~ N(sigma_j, r^2)

and the mean mu_j ~ U(-n, n) and the scale sigma_j ~ U(1, 1 + n / 2) are drawn anew at every step.
Here n = noise / 2 and r = noise / 10, so that noise 1 has the values they give, n = 0.5, scales up
to 1.25 and r = 0.1.

Three networks are trained from the same starts: plain, with batch normalization, and with it and
the noise. How far the means of a layer's inputs move in a step is averaged until each network has
reached half the loss of guessing, so that all are watched over the same progress. Losses are those
of the disturbed network.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np

from engine.simulations.kit import mlp
from engine.simulations.kit.base import Outcome, Simulation, parameter, report
from engine.simulations.kit.mlp import Disturbance, Floats, Labels, Network
from engine.simulations.normalization.covariate_drift import FEATURES, STARTS, moments, starts, task

#: The loss to be reached, half of what guessing gives.
HALF = math.log(2) / 2
COMPARED = {"none": "none", "bn": "batch", "noisy": "batch"}


@dataclass(frozen=True)
class Parameters:
    noise: float = parameter(
        1.0, en="Noise (1: as in the paper)", ko="잡음(1: 논문의 값)", low=0.0, high=8.0
    )
    rate: float = parameter(0.1, en="Learning rate", ko="학습률", low=0.03, high=0.5, log=True)
    layer: int = parameter(
        5, en="Layer whose inputs are watched", ko="입력을 살펴볼 층", low=2, high=10
    )
    activation: str = parameter("tanh", en="Activation", ko="활성화 함수", choices=tuple(STARTS))
    depth: int = parameter(10, en="Layers", ko="층 수", low=3, high=12)
    width: int = parameter(32, en="Units a layer", ko="층의 너비", low=8, high=64, log=True)
    samples: int = parameter(64, en="Samples", ko="표본 수", low=32, high=256, log=True)
    steps: int = parameter(120, en="Steps", ko="스텝 수", low=20, high=300)
    networks: int = parameter(3, en="Networks", ko="신경망 수", low=2, high=10)


def run(parameters: Parameters, rng: np.random.Generator) -> Outcome:
    """Table `steps` has a row a step with the mean losses; one that has diverged is NaN.

    `steps_*` is the median step at which half the loss of guessing is reached, `steps` for a
    network that never does; `reached_*` the share that does. `drift_*`: how far the means of the
    watched inputs move in a step until then, in deviations.
    """
    p = parameters
    x, y = task(p.samples, rng)
    seed, noise_seed = (int(s) for s in rng.integers(2**32, size=2))
    scalars: dict[str, float] = {}
    table: dict[str, Floats] = {"step": np.arange(float(p.steps + 1))}
    for number, (name, norm) in enumerate(COMPARED.items()):
        network = starts(
            [FEATURES, *[p.width] * (p.depth - 1), 2], p.activation, norm, p.networks, seed
        )
        drawn = np.random.default_rng(noise_seed)
        size = p.noise if name == "noisy" else 0.0
        losses, drifts = _train(p, network, (x, y), size, drawn, number)
        below = losses <= HALF
        first = np.where(below.any(0), below.argmax(0), p.steps)
        scalars |= {
            f"steps_{name}": float(np.median(first)),
            f"reached_{name}": float(below.any(0).mean()),
            f"drift_{name}": _until(drifts, first),
        }
        table[f"loss_{name}"] = losses.mean(1)
    return Outcome(scalars, {"steps": table})


def _until(drifts: Floats, first: Floats) -> float:
    """The mean over the networks of the mean drift before each one's step `first`, at least 1."""
    means = [
        drifts[: max(int(step), 1), model][np.isfinite(drifts[: max(int(step), 1), model])]
        for model, step in enumerate(first)
    ]
    return float(np.mean([each.mean() if len(each) else 0.0 for each in means]))


def _train(
    p: Parameters,
    network: Network,
    known: tuple[Floats, Labels],
    size: float,
    rng: np.random.Generator,
    number: int,
) -> tuple[Floats, Floats]:
    """The losses (steps + 1, networks), and the drift over each step (steps, networks)."""
    x, y = known
    watched = min(p.layer, p.depth) - 1  # counted from 0
    losses, drifts = [], []
    before: tuple[Floats, Floats] | None = None
    with np.errstate(over="ignore", invalid="ignore"):
        for step in range(p.steps + 1):
            noise = disturbances(network, len(x), size, rng) if size > 0 else ()
            logits, trace = mlp.forward(network, x, disturbances=noise)
            loss, upstream = mlp.cross_entropy(logits, y)
            losses.append(loss)
            now = moments(trace.inputs[watched])
            if before is not None:
                drifts.append(np.abs(now[0] - before[0]).mean(-1) / before[1].mean(-1))
            before = now
            mlp.step(network, mlp.backward(network, trace, upstream).layers, p.rate)
            if step % 10 == 0:
                report((number + step / p.steps) / len(COMPARED))
    return np.array(losses), np.array(drifts)


def disturbances(
    network: Network, samples: int, size: float, rng: np.random.Generator
) -> list[Disturbance]:
    """The noise of one step: for each hidden layer of each model its own."""
    found = []
    for layer in network.layers[:-1]:
        models, units = layer.weight.shape[0], layer.weight.shape[-1]
        each, every = (models, 1, units), (models, samples, units)
        mean = rng.uniform(-0.5 * size, 0.5 * size, each)
        scale = rng.uniform(1.0, 1.0 + 0.25 * size, each)
        found.append(
            Disturbance(
                scale + 0.1 * size * rng.standard_normal(every),
                mean + 0.1 * size * rng.uniform(-1.0, 1.0, every),
            )
        )
    return found


def _scalars() -> dict[str, dict[str, str]]:
    named = {
        "none": ("without BN", "배치 정규화 없음"),
        "bn": ("with BN", "배치 정규화 있음"),
        "noisy": ("with BN and noise", "배치 정규화와 잡음"),
    }
    found: dict[str, dict[str, str]] = {}
    for name, (en, ko) in named.items():
        found |= {
            f"steps_{name}": {
                "en": f"Steps to half the loss of guessing, {en}",
                "ko": f"추측의 손실이 절반이 될 때까지의 스텝({ko})",
            },
            f"reached_{name}": {
                "en": f"Share of networks that get there, {en}",
                "ko": f"거기까지 간 신경망의 비율({ko})",
            },
            f"drift_{name}": {
                "en": f"Drift of the inputs in a step, {en}",
                "ko": f"한 스텝 동안 입력 평균의 이동({ko})",
            },
        }
    return found


SIMULATION = Simulation(
    name="noisy_normalization",
    title={"en": "Batch normalization with noise", "ko": "잡음을 더한 배치 정규화"},
    parameters=Parameters,
    run=run,
    scalars=_scalars(),
)
