"""How far confidence is from accuracy, measured: reliability bins, ECE, MCE, Wilson's interval.

Bins are (low, high] of equal width over (0, 1], so a confidence of 1 is in the last, and one
exactly on an edge is in the lower of the two bins.

    ECE = sum_b n_b / N |acc_b - conf_b|        Naeini, Cooper & Hauskrecht (2015)
    MCE = max_b |acc_b - conf_b|                the same
"""

from __future__ import annotations

import math
from collections.abc import Mapping

import numpy as np
from numpy.typing import ArrayLike, NDArray

Floats = NDArray[np.float64]

TWO_SIDED_95 = 1.959963984540054  # normal quantile at 0.975


def reliability_bins(conf: ArrayLike, correct: ArrayLike, bins: int = 15) -> dict[str, Floats]:
    """Predictions gathered by confidence into `bins` bins (low, high] of equal width.

    conf: (n,) from 0 to 1; correct: (n,) of 0 and 1 (or of shares right). Columns, one row a bin:
    low, high, count, confidence and accuracy (means; NaN in an empty bin), gap = confidence -
    accuracy. A confidence of exactly 0 is in the first bin. Raises ValueError for confidences
    outside [0, 1], arrays that differ in length and fewer than one bin.
    """
    p, right = np.asarray(conf, dtype=np.float64), np.asarray(correct, dtype=np.float64)
    if p.shape != right.shape or p.ndim != 1:
        raise ValueError(f"conf and correct: expected two (n,), found {p.shape}, {right.shape}")
    if bins < 1:
        raise ValueError(f"bins = {bins}: expected at least 1")
    if not np.all((p >= 0) & (p <= 1)):
        raise ValueError("conf: expected from 0 to 1")
    edges = np.arange(bins + 1) / bins  # i / bins is the number a person would write
    index = np.maximum(np.searchsorted(edges, p, side="left") - 1, 0)
    count = np.bincount(index, minlength=bins).astype(np.float64)
    with np.errstate(invalid="ignore"):  # 0 / 0 in an empty bin
        confidence = np.bincount(index, p, bins) / count
        accuracy = np.bincount(index, right, bins) / count
    return {
        "low": edges[:-1],
        "high": edges[1:],
        "count": count,
        "confidence": confidence,
        "accuracy": accuracy,
        "gap": confidence - accuracy,
    }


def expected_calibration_error(conf: ArrayLike, correct: ArrayLike, bins: int = 15) -> float:
    """The mean gap |accuracy - confidence| over bins, weighted by how many predictions each has.

    Arguments and errors as for `reliability_bins`; 0 without predictions.
    """
    return weighted_gap(reliability_bins(conf, correct, bins))


def weighted_gap(table: Mapping[str, ArrayLike]) -> float:
    """ECE of a table of bins (its columns count and gap); 0 when all are empty."""
    count, gap = (np.asarray(table[name], dtype=np.float64) for name in ("count", "gap"))
    filled = count > 0
    total = count[filled].sum()
    return float(count[filled] @ np.abs(gap[filled]) / total) if total else 0.0


def largest_gap(table: Mapping[str, ArrayLike]) -> float:
    """Maximum calibration error of a table of bins; 0 when all are empty."""
    count, gap = (np.asarray(table[name], dtype=np.float64) for name in ("count", "gap"))
    return float(np.abs(gap[count > 0]).max(initial=0.0))


def wilson_interval(right: float, n: float) -> tuple[float, float]:
    """The 95% interval of a share of which `right` of `n` were seen; (0, 1) when n is 0.

    Wilson (1927). Unlike share ± 2 se it stays in [0, 1] and is not empty at 0 of 3 or 3 of 3.
    Raises ValueError unless 0 <= right <= n.
    """
    if not 0 <= right <= n:
        raise ValueError(f"right = {right}, n = {n}: expected 0 <= right <= n")
    if n == 0:
        return 0.0, 1.0
    z2 = TWO_SIDED_95**2 / n
    share = right / n
    centre = (share + z2 / 2) / (1 + z2)
    half = math.sqrt(share * (1 - share) * z2 + z2**2 / 4) / (1 + z2)
    return max(0.0, centre - half), min(1.0, centre + half)
