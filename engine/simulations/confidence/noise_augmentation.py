r"""Adding noise to the inputs is ridge regression.

Least squares on inputs with independent noise of deviation sigma, on average over the noise:

    E ||y - (X + noise) w||^2 = ||y - X w||^2 + n sigma^2 ||w||^2

(Bishop 1995, for small noise and any smooth loss; exact for a linear model and squared error).
So many noisy copies of n samples lead to the ridge solution with lambda = n sigma^2, and a
coefficient whose feature has variance v and no correlation with others shrinks by v/(v + sigma^2).
"""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from engine.simulations.kit.base import Outcome, Simulation, parameter

Floats = NDArray[np.float64]

POINTS = 61
WORK = 2_000_000  # noisy inputs drawn in all, about


def ridge(x: Floats, y: Floats, penalty: float) -> Floats:
    """argmin ||y - x w||^2 + penalty ||w||^2, x (n, features), without an intercept."""
    return np.asarray(np.linalg.solve(x.T @ x + penalty * np.eye(x.shape[1]), x.T @ y))


def augmented(x: Floats, y: Floats, sigma: float, copies: int, rng: np.random.Generator) -> Floats:
    """Least squares on `copies` noisy copies of the samples."""
    noisy = x + sigma * rng.standard_normal((copies, *x.shape))
    gram = np.einsum("knf,kng->fg", noisy, noisy)
    return np.asarray(np.linalg.solve(gram, np.einsum("knf,n->f", noisy, y)))


def samples(
    n: int, std: float, correlation: float, slopes: Floats, noise: float, rng: np.random.Generator
) -> tuple[Floats, Floats]:
    """Two features of exactly this deviation and correlation; least squares finds `slopes`."""
    z = rng.standard_normal((n, 3))
    z -= z.mean(axis=0)
    z = np.linalg.qr(z)[0] * math.sqrt(n)  # orthogonal, mean 0, variance 1
    second = correlation * z[:, 0] + math.sqrt(1 - correlation**2) * z[:, 1]
    x = std * np.stack([z[:, 0], second], axis=1)
    return x, x @ slopes + noise * z[:, 2]


@dataclass(frozen=True)
class Parameters:
    n: int = parameter(50, "Samples", low=5, high=1000, log=True)
    sigma: float = parameter(0.5, "Deviation σ of the added noise", low=0.0, high=5.0)
    copies: int = parameter(300, "Noisy copies", low=1, high=1000, log=True)
    std: float = parameter(1.0, "Deviation of the features", low=0.1, high=10.0, log=True)
    correlation: float = parameter(0.0, "Correlation of the features", low=-0.95, high=0.95)
    slope_1: float = parameter(2.0, "Slope of feature 1", low=-20.0, high=20.0)
    slope_2: float = parameter(-1.0, "Slope of feature 2", low=-20.0, high=20.0)
    noise: float = parameter(0.5, "Deviation of the noise in y", low=0.0, high=5.0)


def run(parameters: Parameters, rng: np.random.Generator) -> Outcome:
    """Fits the samples plainly, with ridge, and with noisy copies of them, several times."""
    p = parameters
    slopes = np.array([p.slope_1, p.slope_2])
    x, y = samples(p.n, p.std, p.correlation, slopes, p.noise, rng)
    penalty = p.n * p.sigma**2
    fitted = ridge(x, y, penalty)
    repeats = min(max(WORK // (2 * p.n * p.copies), 5), 20)
    noisy = np.array([augmented(x, y, p.sigma, p.copies, rng) for _ in range(repeats)])
    plain = ridge(x, y, 0.0)
    return Outcome(
        scalars={
            "penalty": penalty,
            "plain_1": float(plain[0]),
            "plain_2": float(plain[1]),
            "ridge_1": float(fitted[0]),
            "ridge_2": float(fitted[1]),
            "augmented_1": float(noisy[:, 0].mean()),
            "augmented_1_se": float(noisy[:, 0].std(ddof=1)) / math.sqrt(repeats),
            "augmented_2": float(noisy[:, 1].mean()),
            "shrinkage": p.std**2 / (p.std**2 + p.sigma**2),
        },
        tables={"path": _path(x, y, p), "augmented": _measured(x, y, p, rng)},
    )


def _path(x: Floats, y: Floats, p: Parameters) -> dict[str, NDArray[np.generic]]:
    """The ridge solution by the noise that stands for it."""
    sigma = np.linspace(0.0, max(2 * p.sigma, 2 * p.std), POINTS)
    found = np.array([ridge(x, y, p.n * s**2) for s in sigma])
    return {"sigma": sigma, "slope_1": found[:, 0], "slope_2": found[:, 1]}


def _measured(
    x: Floats, y: Floats, p: Parameters, rng: np.random.Generator
) -> dict[str, NDArray[np.generic]]:
    """Fits of noisy copies at a few deviations of the noise, that of the parameters among them."""
    sigma = np.unique([0.0, p.sigma, *np.linspace(0.0, max(2 * p.sigma, 2 * p.std), 6)])
    copies = min(p.copies, max(WORK // (20 * p.n), 1))
    found = np.array([augmented(x, y, s, copies, rng) for s in sigma])
    return {"sigma": sigma, "slope_1": found[:, 0], "slope_2": found[:, 1]}


SIMULATION = Simulation(
    "Noise augmentation is ridge",
    Parameters,
    run,
    {
        "penalty": "Equivalent penalty λ = nσ²",
        "plain_1": "Slope 1 without noise",
        "plain_2": "Slope 2 without noise",
        "ridge_1": "Slope 1 of ridge",
        "ridge_2": "Slope 2 of ridge",
        "augmented_1": "Slope 1 of noisy copies",
        "augmented_1_se": "Standard error of it",
        "augmented_2": "Slope 2 of noisy copies",
        "shrinkage": "v/(v + σ²)",
    },
)
