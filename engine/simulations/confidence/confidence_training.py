r"""How confidence outgrows accuracy in training, and how L2 holds it back or overdoes it.

Logistic regression, few samples and many features, by full-batch gradient descent from zero:

    w <- w - rate (X^T (sigmoid(X w) - y) / n + l2 w)

Inputs are normal, and labels are drawn with probability sigmoid(x . w_true) where w_true has
length `signal`. Nothing can be fitted better than that, so what training still gains on its own
samples later on, it gains by making |w|, and with it the confidence, larger.

It is the phenomenon of Guo, Pleiss, Sun & Weinberger (2017), section 3, in its smallest model.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from engine.simulations.kit.base import Outcome, Simulation, parameter

Floats = NDArray[np.float64]

RATE = 1.0  # the loss's curvature is below 2 here, so that steps of 1 always go downhill
TEST = 4000  # test samples: enough to see a gap of 0.02
CHECKPOINTS = 24  # about evenly spaced in log(step)
#: The L2 strengths compared, by the name of their scalar `gap_<name>`.
SWEEP = {"none": 0.0, "tiny": 0.003, "weak": 0.01, "light": 0.03, "medium": 0.1, "firm": 0.3}
SWEEP |= {"strong": 1.0}


@dataclass(frozen=True)
class Parameters:
    samples: int = parameter(200, "Training samples", low=50, high=1000, log=True)
    features: int = parameter(40, "Features", low=2, high=50)
    signal: float = parameter(2.0, "Length of the true weights", low=0.5, high=4.0)
    l2: float = parameter(0.0, "L2 strength λ", low=0.0, high=1.0)
    steps: int = parameter(600, "Training steps", low=2, high=1000, log=True)
    early: int = parameter(10, "An earlier step to compare with", low=1, high=1000, log=True)


def sigmoid(logits: Floats) -> Floats:
    """1 / (1 + exp(-logits)), without overflow."""
    return 0.5 * (1 + np.tanh(0.5 * logits))


def loss(logits: Floats, labels: Floats) -> Floats:
    """Mean cross-entropy in nats, a column of logits each: (n, m) and (n, 1) -> (m,)."""
    means: Floats = np.logaddexp(0, np.where(labels > 0.5, -logits, logits)).mean(axis=0)
    return means


def gradient(weights: Floats, x: Floats, y: Floats, l2: Floats) -> Floats:
    """d(loss + l2/2 |w|^2)/dw, a column a model: (d, m) from x (n, d), y (n, 1), l2 (m,)."""
    slope: Floats = x.T @ (sigmoid(x @ weights) - y) / len(x) + l2 * weights
    return slope


def run(parameters: Parameters, rng: np.random.Generator) -> Outcome:
    """Trains one model for each strength of the sweep and one with `l2`, all on the same samples.

    Table `steps`: the model with `l2` at about 24 steps, on its training samples and on 4000 new
    ones. Table `sweep`: test accuracy, confidence, gap and loss after all steps, by strength.
    `l2_balanced` is where the gap crosses zero, interpolated in log(l2), held to the sweep's ends.
    """
    p = parameters
    true = rng.standard_normal((p.features, 1))
    true *= p.signal / np.linalg.norm(true)
    (x, y), (x_test, y_test) = (_sample(true, n, rng) for n in (p.samples, TEST))
    strengths = np.array([p.l2, *SWEEP.values()])
    weights = np.zeros((p.features, len(strengths)))
    early = min(p.early, p.steps)
    kept: dict[int, Floats] = {}
    wanted = {early, *np.round(np.geomspace(1, p.steps, CHECKPOINTS)).astype(int).tolist()}
    for step in range(1, p.steps + 1):
        weights = weights - RATE * gradient(weights, x, y, strengths)
        if step in wanted:
            kept[step] = weights[:, :1]
    steps = {"step": np.array(list(kept))} | _measured(
        np.hstack(list(kept.values())), x_test, y_test
    )
    steps["train_loss"] = loss(x @ np.hstack(list(kept.values())), y)
    sweep = {"l2": strengths[1:]} | _measured(weights[:, 1:], x_test, y_test)
    return Outcome(_scalars(steps, sweep, early), {"steps": steps, "sweep": sweep})


def _sample(true: Floats, n: int, rng: np.random.Generator) -> tuple[Floats, Floats]:
    x = rng.standard_normal((n, len(true)))
    return x, (rng.random((n, 1)) < sigmoid(x @ true)).astype(np.float64)


def _measured(weights: Floats, x: Floats, y: Floats) -> dict[str, Floats]:
    """Columns accuracy, confidence, gap and loss, a row a model, on the samples given."""
    logits = x @ weights
    accuracy = ((logits > 0) == (y > 0.5)).mean(axis=0)
    confidence = sigmoid(np.abs(logits)).mean(axis=0)
    return {
        "accuracy": accuracy,
        "confidence": confidence,
        "gap": confidence - accuracy,
        "test_loss": loss(logits, y),
    }


def _scalars(steps: dict[str, Floats], sweep: dict[str, Floats], early: int) -> dict[str, float]:
    row = int(np.flatnonzero(steps["step"] == early)[0])
    scalars: dict[str, float] = {}
    for name in ("accuracy", "confidence", "gap", "test_loss", "train_loss"):
        scalars[name] = float(steps[name][-1])
        scalars[f"early_{name}"] = float(steps[name][row])
    # What 4000 test labels leave open; gaps at two steps share their samples, so it is generous.
    scalars["gap_se"] = math.sqrt(scalars["accuracy"] * (1 - scalars["accuracy"]) / TEST)
    scalars["best_step"] = float(steps["step"][np.argmin(steps["test_loss"])])
    for name, gap in zip(SWEEP, sweep["gap"], strict=True):
        scalars[f"gap_{name}"] = float(gap)
    scalars["l2_balanced"] = _crossing(sweep["l2"], sweep["gap"])
    return scalars


def _crossing(strengths: Floats, gaps: Floats) -> float:
    """Where the gap first falls to zero among the strengths above 0, in log(strength)."""
    below = np.flatnonzero(gaps[1:] <= 0) + 1
    if not len(below):
        return float(strengths[-1])
    after = int(below[0])
    if after == 1:
        return float(strengths[1])
    share = gaps[after - 1] / (gaps[after - 1] - gaps[after])
    low, high = math.log(strengths[after - 1]), math.log(strengths[after])
    return math.exp(low + share * (high - low))


SIMULATION = Simulation(
    "Confidence while training",
    Parameters,
    run,
    {
        "accuracy": "Test accuracy at the end",
        "confidence": "Mean test confidence at the end",
        "gap": "Gap at the end: confidence − accuracy",
        "gap_se": "Standard error of the gap",
        "test_loss": "Test loss at the end (nats)",
        "train_loss": "Training loss at the end (nats)",
        "early_accuracy": "Test accuracy at the earlier step",
        "early_confidence": "Mean test confidence at the earlier step",
        "early_gap": "Gap at the earlier step",
        "early_test_loss": "Test loss at the earlier step (nats)",
        "early_train_loss": "Training loss at the earlier step (nats)",
        "best_step": "Step with the lowest test loss",
        **{f"gap_{name}": f"Gap at λ = {strength:g}" for name, strength in SWEEP.items()},
        "l2_balanced": "λ at which the gap is zero",
    },
)
