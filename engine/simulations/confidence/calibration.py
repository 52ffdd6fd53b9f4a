r"""Confidence against accuracy: reliability bins, ECE, and temperature scaling.

The simulated model knows the truth too loudly or too softly. Logits z are normal with standard
deviation `spread`, labels are drawn with probability softmax(z), so z itself is calibrated; what
the model says are the logits k z. With two classes the logits are (0, z), z ~ N(0, spread²); with
more, every class has its own. Dividing by T = k undoes it.

    ECE = sum_b n_b / N |acc_b - conf_b|        Naeini, Cooper & Hauskrecht (2015)
    T*  = argmin_T NLL(logits / T)              Guo, Pleiss, Sun & Weinberger (2017)

The measures themselves are in `reliability`, and are importable from here too.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from engine.simulations.confidence.reliability import (
    expected_calibration_error,
    largest_gap,
    reliability_bins,
    weighted_gap,
    wilson_interval,
)
from engine.simulations.kit.base import Outcome, Simulation, parameter

__all__ = [
    "SIMULATION",
    "Parameters",
    "expected_calibration_error",
    "largest_gap",
    "negative_log_likelihood",
    "reliability_bins",
    "run",
    "softmax",
    "temperature",
    "weighted_gap",
    "wilson_interval",
]

Floats = NDArray[np.float64]
Table = dict[str, NDArray[np.generic]]

COLDEST, HOTTEST = 0.01, 100.0  # where T* is looked for
STEPS = 60  # Newton takes 5 to 10; bisection, its fallback, halves 30 times to rounding error
CURVE = 33  # temperatures at which the loss is drawn, from a fifth to five times the right one
HISTOGRAM_BINS = 20


def softmax(logits: Floats) -> Floats:
    """Probabilities of the classes, (n, K) from (n, K)."""
    shifted: Floats = np.exp(logits - logits.max(axis=1, keepdims=True))
    shifted /= shifted.sum(axis=1, keepdims=True)
    return shifted


def negative_log_likelihood(logits: Floats, labels: NDArray[np.intp]) -> float:
    """Mean cross-entropy in nats of (n, K) logits against the (n,) labels."""
    return float(_losses(logits, labels).mean())


def temperature(logits: Floats, labels: NDArray[np.intp]) -> float:
    """T* = argmin_T NLL(logits / T), between 0.01 and 100.

    The NLL is convex in 1/T, with derivative E[sum_j p_j z_j - z_y] and second derivative
    E[Var_p z]: Newton, with bisection whenever a step leaves what still brackets the minimum.
    """
    lowest, highest = 1 / HOTTEST, 1 / COLDEST
    inverse = 1.0
    for _ in range(STEPS):
        slope, curvature, _ = _slope(logits, labels, inverse)
        lowest, highest = (lowest, inverse) if slope > 0 else (inverse, highest)
        following = inverse - slope / curvature if curvature > 0 else math.inf
        if not lowest <= following <= highest:
            following = math.sqrt(lowest * highest)
        if abs(following - inverse) <= 1e-13 * inverse:
            break
        inverse = following
    return 1 / inverse


def temperature_error(logits: Floats, labels: NDArray[np.intp], at: float) -> float:
    """The standard error of T* found to be `at`, whatever the labels' true distribution.

    An M-estimator's: sd(score) / (sqrt(n) E[curvature]), carried from 1/T to T.
    """
    _, curvature, scores = _slope(logits, labels, 1 / at)
    spread = float(scores.std()) / math.sqrt(len(scores))
    return at**2 * spread / curvature if curvature > 0 else HOTTEST


def _slope(logits: Floats, labels: NDArray[np.intp], inverse: float) -> tuple[float, float, Floats]:
    """d NLL / d(1/T), its derivative, and each sample's part of the first."""
    p = softmax(inverse * logits)
    weighted = p * logits
    mean = weighted.sum(axis=1)
    variance = (weighted * logits).sum(axis=1) - mean**2
    scores = mean - logits[np.arange(len(labels)), labels]
    return float(scores.mean()), float(variance.mean()), scores


def _losses(logits: Floats, labels: NDArray[np.intp]) -> Floats:
    top = logits.max(axis=1)
    total: Floats = np.log(np.exp(logits - top[:, None]).sum(axis=1)) + top
    return total - logits[np.arange(len(labels)), labels]


def draw(
    classes: int, spread: float, samples: int, rng: np.random.Generator
) -> tuple[Floats, NDArray[np.intp]]:
    """Calibrated logits (n, K) and labels (n,) drawn from their softmax.

    A class is a column, stored in one piece: with few classes that is several times faster.
    """
    if classes == 2:
        logits = np.zeros((2, samples)).T
        logits[:, 1] = spread * rng.standard_normal(samples)
    else:
        logits = spread * rng.standard_normal((classes, samples)).T
    passed = softmax(logits).cumsum(axis=1) < rng.random((samples, 1))
    return logits, np.minimum(passed.sum(axis=1), classes - 1)


@dataclass(frozen=True)
class Parameters:
    scale: float = parameter(
        2.0, "k: how many times too large the logits are", low=0.1, high=8.0, log=True
    )
    spread: float = parameter(2.0, "σ: spread of the calibrated logits", low=0.2, high=6.0)
    classes: int = parameter(2, "Classes", low=2, high=20)
    samples: int = parameter(20_000, "Predictions", low=20, high=100_000, log=True)
    bins: int = parameter(15, "Bins", low=2, high=50)
    threshold: float = parameter(0.95, "What counts as sure", low=0.5, high=0.999)


def run(parameters: Parameters, rng: np.random.Generator) -> Outcome:
    """Draws predictions, measures how calibrated they are, and scales their temperature.

    Tables: `bins` and `bins_after` (scaled by T*) as of `reliability_bins`; `curve`, NLL against
    T; `histogram`, the share of predictions by confidence before and after.
    """
    truth, labels = draw(parameters.classes, parameters.spread, parameters.samples, rng)
    logits = parameters.scale * truth
    correct = (logits.argmax(axis=1) == labels).astype(np.float64)
    best = temperature(logits, labels)
    before, after = softmax(logits).max(axis=1), softmax(logits / best).max(axis=1)
    bins = reliability_bins(before, correct, parameters.bins)
    bins_after = reliability_bins(after, correct, parameters.bins)
    scalars = _measured(before, correct, parameters.threshold)
    losses = _losses(logits, labels)
    scalars |= {
        "ece": weighted_gap(bins),
        "mce": largest_gap(bins),
        "nll": float(losses.mean()),
        "nll_se": _error(losses),
        "temperature": best,
        "temperature_se": temperature_error(logits, labels, best),
        "ece_after": weighted_gap(bins_after),
        "nll_after": negative_log_likelihood(logits / best, labels),
        "confidence_after": float(after.mean()),
    }
    tables: dict[str, Table] = {
        "bins": dict(bins),
        "bins_after": dict(bins_after),
        "curve": _curve(logits, labels, parameters.scale),
        "histogram": _histogram(before, after, parameters.classes),
    }
    return Outcome(scalars, tables)


def _measured(confidence: Floats, correct: Floats, threshold: float) -> dict[str, float]:
    """Accuracy, confidence and gap of all predictions, and of those at least `threshold` sure."""
    sure = confidence >= threshold
    found = {"sure_share": float(sure.mean())}
    for name, chosen in (("", slice(None)), ("sure_", sure)):
        right, said = correct[chosen], confidence[chosen]
        for what, values in (("accuracy", right), ("confidence", said), ("gap", said - right)):
            found[name + what] = float(values.mean()) if len(values) else 0.0
            found[f"{name}{what}_se"] = _error(values)
    return found


def _error(values: Floats) -> float:
    """Standard error of a mean; 1, the widest a share can be off, of none."""
    return float(values.std()) / math.sqrt(len(values)) if len(values) else 1.0


def _curve(logits: Floats, labels: NDArray[np.intp], scale: float) -> Table:
    # T = 1, where nothing is divided, is always among them.
    temperatures = np.geomspace(min(scale / 5, 0.8), max(5 * scale, 1.25), CURVE)
    losses = [negative_log_likelihood(logits / t, labels) for t in temperatures]
    return {"temperature": temperatures, "nll": np.array(losses)}


def _histogram(before: Floats, after: Floats, classes: int) -> Table:
    edges = np.linspace(1 / classes, 1.0, HISTOGRAM_BINS + 1)
    shares = [
        np.histogram(np.clip(values, edges[0], 1.0), edges)[0] / len(values)
        for values in (before, after)
    ]
    return {"low": edges[:-1], "high": edges[1:], "share": shares[0], "share_after": shares[1]}


SIMULATION = Simulation(
    "Confidence and accuracy of a classifier",
    Parameters,
    run,
    {
        "accuracy": "Accuracy",
        "accuracy_se": "Standard error of the accuracy",
        "confidence": "Mean confidence",
        "confidence_se": "Standard error of the confidence",
        "gap": "Gap: confidence − accuracy",
        "gap_se": "Standard error of the gap",
        "ece": "Expected calibration error (ECE)",
        "mce": "Maximum calibration error (MCE)",
        "nll": "Negative log-likelihood (nats)",
        "nll_se": "Standard error of the NLL",
        "temperature": "Best temperature T*",
        "temperature_se": "Standard error of T*",
        "ece_after": "ECE after temperature scaling",
        "nll_after": "NLL after temperature scaling",
        "confidence_after": "Mean confidence after temperature scaling",
        "sure_share": "Share of sure predictions",
        "sure_accuracy": "Accuracy of sure predictions (0 if there are none)",
        "sure_accuracy_se": "Its standard error",
        "sure_confidence": "Mean confidence of sure predictions (0 if there are none)",
        "sure_confidence_se": "Its standard error",
        "sure_gap": "Gap of sure predictions",
        "sure_gap_se": "Its standard error",
    },
)
