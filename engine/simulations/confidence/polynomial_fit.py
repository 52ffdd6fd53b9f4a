r"""A gap between training and test error without any shift: polynomials fitted to few points.

Inputs are uniform on [-1, 1] and y = 4 x^3 - 3 x + noise of deviation s, in training and in the
test alike. A least-squares fit with p coefficients follows the noise of its n points. At the very
same inputs with new noise its error is larger than in training by

    2 s^2 p / n        on average (Mallows 1973; Efron 1986: the optimism of the training error)

At new inputs it is larger still, with tails so heavy that only medians mean something.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from engine.simulations.kit.base import Outcome, Simulation, parameter

Floats = NDArray[np.float64]

DATA_SETS = 800
TEST_POINTS = 100
CURVE = 121
WORK = 600_000  # entries of the design matrices, about


def truth(x: Floats) -> Floats:
    """The curve behind the data: Chebyshev's third polynomial, between -1 and 1."""
    return 4 * x**3 - 3 * x


def design(x: Floats, degree: int) -> Floats:
    """Legendre polynomials 0 … degree at x (…, n): (…, n, degree + 1)."""
    return np.asarray(np.polynomial.legendre.legvander(x, degree), dtype=np.float64)


def fits(x: Floats, y: Floats, degree: int) -> Floats:
    """Coefficients (sets, degree + 1) of least squares for x and y (sets, n).

    With fewer points than coefficients, the smallest that go through all points.
    """
    basis = design(x, degree)
    if x.shape[1] <= degree + 1:
        return np.asarray(np.einsum("spn,sn->sp", np.linalg.pinv(basis), y))
    q, r = np.linalg.qr(basis)
    return np.asarray(np.linalg.solve(r, np.einsum("snp,sn->sp", q, y)[..., None])[..., 0])


@dataclass(frozen=True)
class Errors:
    """Mean squared errors of each of many data sets: (sets,) each."""

    train: Floats
    same_inputs: Floats  # the training inputs, with new noise
    test: Floats  # new inputs, with new noise


def errors(degree: int, n: int, noise: float, sets: int, rng: np.random.Generator) -> Errors:
    """Fits `sets` data sets and measures them."""
    x, fresh = rng.uniform(-1, 1, (sets, n)), rng.uniform(-1, 1, (sets, TEST_POINTS))
    y = truth(x) + noise * rng.standard_normal(x.shape)
    again = truth(x) + noise * rng.standard_normal(x.shape)
    test = truth(fresh) + noise * rng.standard_normal(fresh.shape)
    coefficients = fits(x, y, degree)
    fitted = np.einsum("snp,sp->sn", design(x, degree), coefficients)
    predicted = np.einsum("snp,sp->sn", design(fresh, degree), coefficients)
    return Errors(
        ((y - fitted) ** 2).mean(axis=1),
        ((again - fitted) ** 2).mean(axis=1),
        ((test - predicted) ** 2).mean(axis=1),
    )


def data_sets(degree: int, n: int, most: int = DATA_SETS, work: int = WORK) -> int:
    """How many to fit, so that a run takes a moment: about `work` entries of design matrices."""
    return min(max(work // (n * (degree + 1)), 50), most)


@dataclass(frozen=True)
class Parameters:
    degree: int = parameter(9, "Degree of the polynomial", low=1, high=12)
    n: int = parameter(15, "Training points", low=5, high=1000, log=True)
    noise: float = parameter(0.2, "Deviation of the noise in y", low=0.01, high=2.0)


def run(parameters: Parameters, rng: np.random.Generator) -> Outcome:
    """Fits many data sets of one distribution; the first of them is drawn."""
    p = parameters
    x = np.sort(rng.uniform(-1, 1, (1, p.n)))
    y = truth(x) + p.noise * rng.standard_normal(x.shape)
    curve = np.linspace(-1, 1, CURVE)
    found = errors(p.degree, p.n, p.noise, data_sets(p.degree, p.n), rng)
    gaps = found.same_inputs - found.train
    shown = min(p.n, 200)
    train, test = float(np.median(found.train)), float(np.median(found.test))
    return Outcome(
        scalars={
            "train": train,
            "test": test,
            "ratio": test / max(train, 1e-300) if train > 1e-20 else 1e20,
            "train_mean": float(found.train.mean()),
            "same_inputs_mean": float(found.same_inputs.mean()),
            "gap": float(gaps.mean()),
            "gap_se": float(gaps.std(ddof=1)) / math.sqrt(len(gaps)),
            "expected_gap": 2 * p.noise**2 * min(p.degree + 1, p.n) / p.n,
            "noise_variance": p.noise**2,
        },
        tables={
            "points": {"x": x[0, :shown], "y": y[0, :shown]},
            "curve": {
                "x": curve,
                "truth": truth(curve),
                "fit": design(curve, p.degree) @ fits(x, y, p.degree)[0],
            },
        },
    )


SIMULATION = Simulation(
    "A polynomial fitted to few points",
    Parameters,
    run,
    {
        "train": "Training error (median)",
        "test": "Test error at new inputs (median)",
        "ratio": "Test error by training error",
        "train_mean": "Training error (mean)",
        "same_inputs_mean": "Error at the same inputs with new noise (mean)",
        "gap": "Difference of the two",
        "gap_se": "Standard error of it",
        "expected_gap": "That difference by the formula",
        "noise_variance": "Variance of the noise",
    },
    columns={"fit": "fitted polynomial"},
)
