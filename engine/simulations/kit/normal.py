"""The standard normal distribution, for arrays: NumPy has no error function of its own."""

from __future__ import annotations

import math

import numpy as np
from numpy.typing import ArrayLike, NDArray

Floats = NDArray[np.float64]


def above(x: ArrayLike) -> Floats:
    """P(Z > x), exact to the last digits far out where 1 - Phi(x) would be 0."""
    flat = np.atleast_1d(np.asarray(x, dtype=np.float64))
    return np.array([0.5 * math.erfc(value / math.sqrt(2)) for value in flat])
