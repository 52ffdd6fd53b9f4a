r"""The ECE that chance alone makes: a perfectly calibrated model, tested on few examples.

In every bin the share that is right misses the confidence by chance, and ECE adds up the misses
without their sign. So it is above zero for every finite test set, and falls as 1/sqrt(n):

    E[ECE] ≈ sqrt(2 / (pi n)) sum_b sqrt(E[c (1 - c); c in b])

which is the mean of |N(0, v_b)|, v_b the variance of bin b's sum of (confidence - right). With
`scale` other than 1 the model is off for certain as well, and |N(m_b, v_b)| takes over. Binary
predictions with logits `scale` z, z ~ N(0, spread²), as in `calibration`. On this bias of ECE:
Kumar, Liang & Ma (2019), Verified Uncertainty Calibration.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from engine.simulations.kit.base import Outcome, Simulation, parameter

Floats = NDArray[np.float64]

REFERENCE = 10_000  # a test set of usual size, to compare with
SIZES = (100, 300, 1000, 3000, 10_000)
MOST = 1_000_000  # predictions drawn in all: fewer test sets if they are large
BUDGET = 200_000  # the same, for each size compared
GRID = 20_001  # points of the quadrature over z
QUANTILES = {"low": 0.05, "quarter": 0.25, "median": 0.5, "three_quarters": 0.75, "high": 0.95}


@dataclass(frozen=True)
class Parameters:
    samples: int = parameter(100, "Test examples", low=20, high=10_000, log=True)
    bins: int = parameter(15, "Bins", low=2, high=50)
    spread: float = parameter(2.0, "σ: spread of the calibrated logits", low=0.2, high=6.0)
    scale: float = parameter(
        1.0,
        "k: how many times too large the logits are (1 is perfect)",
        low=0.1,
        high=8.0,
        log=True,
    )
    repeats: int = parameter(400, "Test sets drawn", low=20, high=1000)


def sigmoid(logits: Floats) -> Floats:
    """1 / (1 + exp(-logits)), without overflow."""
    return 0.5 * (1 + np.tanh(0.5 * logits))


def draw_ece(
    samples: int, bins: int, spread: float, scale: float, repeats: int, rng: np.random.Generator
) -> Floats:
    """ECE of `repeats` test sets of `samples` predictions each, (repeats,).

    One pass over all of them: bin b of set r is cell r * bins + b, and ECE is the sum over bins
    of |sum (confidence - right)| / n.
    """
    margin = np.abs(spread * rng.standard_normal((repeats, samples)))
    confidence = sigmoid(scale * margin)
    excess = confidence - (rng.random(margin.shape) < sigmoid(margin))
    # (low, high] again; drawn confidences below 1 are never exactly on an edge, and 1 stays inside.
    index = np.ceil(confidence * bins).astype(np.intp) - 1
    index += bins * np.arange(repeats)[:, None]
    sums = np.bincount(index.ravel(), excess.ravel(), repeats * bins)
    spreads: Floats = np.abs(sums.reshape(repeats, bins)).sum(axis=1) / samples
    return spreads


def expected_ece(samples: int, bins: int, spread: float, scale: float = 1.0) -> float:
    """E[ECE] by quadrature, each bin's sum taken for normal: 4% high at 100 examples."""
    z = np.linspace(0, 8 * spread, GRID)
    weight = np.exp(-((z / spread) ** 2) / 2)
    weight /= weight.sum()
    confidence, accuracy = sigmoid(scale * z), sigmoid(z)
    index = np.searchsorted(np.arange(bins + 1) / bins, confidence, side="left") - 1
    mean = np.bincount(index, weight * (confidence - accuracy), bins)
    square = accuracy * (1 - accuracy) + (confidence - accuracy) ** 2
    variance = np.bincount(index, weight * square, bins) - mean**2
    deviation = np.sqrt(np.maximum(variance, 1e-300) / samples)
    ratio = mean / (deviation * math.sqrt(2))
    folded = deviation * math.sqrt(2 / math.pi) * np.exp(-(ratio**2)) + mean * _erf(ratio)
    return float(folded.sum())


def _erf(values: Floats) -> Floats:
    return np.array([math.erf(value) for value in values])


def run(parameters: Parameters, rng: np.random.Generator) -> Outcome:
    """Draws test sets and their ECE.

    Tables: `histogram` of ECE over the test sets asked for; `sizes`, quantiles of ECE for test
    sets of 100 to 10 000, with the expected value.
    """
    p = parameters
    repeats = min(p.repeats, MOST // p.samples)
    found = draw_ece(p.samples, p.bins, p.spread, p.scale, repeats, rng)
    scalars = {
        "ece": float(found.mean()),
        "ece_se": float(found.std()) / math.sqrt(repeats),
        "ece_sd": float(found.std()),
        "ece_low": float(np.quantile(found, QUANTILES["low"])),
        "ece_high": float(np.quantile(found, QUANTILES["high"])),
        "expected": expected_ece(p.samples, p.bins, p.spread, p.scale),
        "reference": expected_ece(REFERENCE, p.bins, p.spread, p.scale),
    }
    counts, edges = np.histogram(found, bins=20)
    histogram = {"low": edges[:-1], "high": edges[1:], "share": counts / repeats}
    return Outcome(scalars, {"histogram": histogram, "sizes": _sizes(p, rng)})


def _sizes(p: Parameters, rng: np.random.Generator) -> dict[str, Floats]:
    rows = []
    for size in SIZES:
        found = draw_ece(size, p.bins, p.spread, p.scale, min(400, BUDGET // size), rng)
        quantiles = np.quantile(found, list(QUANTILES.values()))
        rows.append([size, expected_ece(size, p.bins, p.spread, p.scale), *quantiles])
    columns = np.array(rows).T
    return dict(zip(("samples", "expected", *QUANTILES), columns, strict=True))


SIMULATION = Simulation(
    "ECE by chance",
    Parameters,
    run,
    {
        "ece": "Mean ECE over the test sets",
        "ece_se": "Standard error of that mean",
        "ece_sd": "Standard deviation of ECE",
        "ece_low": "ECE that 5% of test sets are below",
        "ece_high": "ECE that 5% of test sets are above",
        "expected": "Expected ECE by theory",
        "reference": "Expected ECE with 10,000 examples",
    },
    columns={"sizes.high": "95% are below", "sizes.low": "5% are below"},
)
