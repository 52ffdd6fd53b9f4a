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
    noise: float = parameter(1.0, "Noise (1: as in the paper)", low=0.0, high=8.0)
    rate: float = parameter(0.1, "Learning rate", low=0.03, high=0.5, log=True)
    layer: int = parameter(5, "Layer whose inputs are watched", low=2, high=10)
    activation: str = parameter("tanh", "Activation", choices=tuple(STARTS))
    depth: int = parameter(10, "Layers", low=3, high=12)
    width: int = parameter(32, "Units a layer", low=8, high=64, log=True)
    samples: int = parameter(64, "Samples", low=32, high=256, log=True)
    steps: int = parameter(120, "Steps", low=20, high=300)
    networks: int = parameter(3, "Networks", low=2, high=10)


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


def _scalars() -> dict[str, str]:
    named = {
        "none": "without BN",
        "bn": "with BN",
        "noisy": "with BN and noise",
    }
    found: dict[str, str] = {}
    for name, network in named.items():
        found |= {
            f"steps_{name}": f"Steps to half the loss of guessing, {network}",
            f"reached_{name}": f"Share of networks that get there, {network}",
            f"drift_{name}": f"Drift of the inputs in a step, {network}",
        }
    return found


SIMULATION = Simulation(
    "Batch normalization with noise",
    Parameters,
    run,
    _scalars(),
)
