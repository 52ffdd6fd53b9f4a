r"""What label smoothing teaches: the confidence that training stops at.

With smoothing e the target of the right class among K is 1 - e + e/K, and e/K of every other:
the one-hot label mixed with the uniform distribution (Szegedy et al., 2016, section 7; Müller,
Kornblith & Hinton, 2019). Cross-entropy is least where the softmax equals the target, so a
network that fits its labels says 1 - e + e/K even where it is always right. Against one-hot
labels no confidence is high enough, and the logits grow for ever.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from engine.simulations.kit.base import Outcome, Simulation, parameter

Floats = NDArray[np.float64]

RATE = 1.0
ROWS = 60  # steps kept, about evenly spaced in log(step)


@dataclass(frozen=True)
class Parameters:
    classes: int = parameter(10, "Classes K", low=2, high=1000, log=True)
    smoothing: float = parameter(0.1, "Label smoothing e", low=0.0, high=0.5)
    steps: int = parameter(1000, "Training steps", low=10, high=2000, log=True)


def targets(classes: int, smoothing: float) -> Floats:
    """The smoothed label, (K,), the right class first; it sums to 1."""
    target = np.full(classes, smoothing / classes)
    target[0] += 1 - smoothing
    return target


def fit(target: Floats, steps: int) -> Floats:
    """Softmax confidence in the right class after 1 … `steps` steps of gradient descent, (steps,).

    One example, its K logits themselves the parameters, from zero: the gradient is p - target.
    """
    logits = np.zeros(len(target))
    found = np.empty(steps)
    for step in range(steps):
        p = np.exp(logits - logits.max())
        logits -= RATE * (p / p.sum() - target)
        p = np.exp(logits - logits.max())
        found[step] = p[0] / p.sum()
    return found


def run(parameters: Parameters, rng: np.random.Generator) -> Outcome:
    """Fits one example with smoothed labels and with one-hot labels. Nothing is random.

    Table `steps`: the confidence in the right class by step, `smoothed` and `one_hot`. `shortfall`
    is how far below 1 the target is: the gap, in size, of a network that is always right.
    """
    del rng
    p = parameters
    target = targets(p.classes, p.smoothing)
    smoothed = fit(target, p.steps)
    one_hot = fit(targets(p.classes, 0.0), p.steps)
    kept = np.unique(np.round(np.geomspace(1, p.steps, ROWS)).astype(int))
    scalars = {
        "target": float(target[0]),
        "target_other": float(target[1]),
        "shortfall": 1 - float(target[0]),
        "confidence": float(smoothed[-1]),
        "confidence_one_hot": float(one_hot[-1]),
        # The two logits differ by this at the optimum; 0 smoothing has none.
        "logit_gap": math.log(target[0] / target[1]) if target[1] > 0 else 0.0,
    }
    table = {"step": kept, "smoothed": smoothed[kept - 1], "one_hot": one_hot[kept - 1]}
    return Outcome(scalars, {"steps": table})


SIMULATION = Simulation(
    "Label smoothing",
    Parameters,
    run,
    {
        "target": "Target of the right class",
        "target_other": "Target of every other class",
        "shortfall": "How far the target is below 1",
        "confidence": "Confidence after training",
        "confidence_one_hot": "Confidence after training on one-hot labels",
        "logit_gap": "Difference of logits at the optimum (0 without smoothing)",
    },
)
