r"""A polynomial fitted where the training inputs lie, judged where the test inputs lie.

The toy of Shimodaira (2000), section 5, made a little more general: y = -x + x^p + noise, training
inputs from one normal distribution, test inputs from another. Under covariate shift p(x) moves and
p(y|x) stays. Least squares is fitted plainly, and with every sample weighted by

    w(x) = p_test(x) / p_train(x)

so that the weighted training loss is, on average, the test loss. The weights cost samples: n of
them count like n_eff = (sum w)^2 / sum w^2 (Kong 1992), which for normal distributions tends to
n / E[w^2] with

    E[w^2] = s^2 / (t sqrt(2 s^2 - t^2)) exp(d^2 / (2 s^2 - t^2))

for a training deviation s, a test deviation t < sqrt(2) s and means d apart.

Errors are mean squared distances to the true curve over the test distribution, integrated exactly,
so the noise of single answers, which no model can predict, is left out.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from engine.simulations.kit.base import Outcome, Simulation, parameter

Floats = NDArray[np.float64]

REPEATS = 200
SHOWN = 150  # points of the one data set that is drawn
#: Gauss-Hermite nodes for N(0, 1): exact for polynomials up to degree 31.
_NODES, _MASS = np.polynomial.hermite_e.hermegauss(16)
_MASS = _MASS / _MASS.sum()


def truth(x: Floats, power: int) -> Floats:
    """The true curve."""
    return x**power - x


def density(x: Floats, mean: float, std: float) -> Floats:
    """The normal density at `x`."""
    scaled = (x - mean) / std
    return np.exp(-(scaled**2) / 2) / (std * math.sqrt(2 * math.pi))


def fit(x: Floats, y: Floats, degree: int, weights: Floats | None = None) -> Floats:
    """Coefficients, lowest power first, that minimize sum w (y - polynomial)^2.

    x, y, weights: (..., n), the leading axes being separate fits; weights None: all 1.
    Returns (..., degree + 1).
    """
    design = _powers(x, degree)
    if weights is None:
        weights = np.ones_like(x)
    root = np.sqrt(weights)  # |root (y - X c)|^2 is the sum above
    solved = np.linalg.pinv(root[..., None] * design) @ (root * y)[..., None]
    return np.asarray(solved[..., 0])


def evaluate(coefficients: Floats, x: Floats) -> Floats:
    """Polynomials (..., degree + 1) at the points x (m,): (..., m)."""
    return np.asarray(coefficients @ _powers(x, coefficients.shape[-1] - 1).T)


def effective_share(distance: float, train_std: float, test_std: float) -> float:
    """n_eff / n for many samples; 0 where the weights have no variance (t >= sqrt(2) s)."""
    room = 2 * train_std**2 - test_std**2
    if room <= 0:
        return 0.0
    return test_std * math.sqrt(room) / train_std**2 * math.exp(-(distance**2) / room)


@dataclass(frozen=True)
class Parameters:
    power: int = parameter(3, "Power p of the true curve y = −x + xᵖ", low=2, high=4)
    degree: int = parameter(1, "Degree of the fitted polynomial", low=1, high=5)
    n: int = parameter(100, "Training samples", low=20, high=1000, log=True)
    noise: float = parameter(0.3, "Standard deviation of the noise", low=0.05, high=1.0)
    train_mean: float = parameter(0.5, "Mean of the training inputs", low=-1.5, high=1.5)
    train_std: float = parameter(0.5, "Deviation of the training inputs", low=0.3, high=1.0)
    test_mean: float = parameter(0.0, "Mean of the test inputs", low=-1.5, high=1.5)
    test_std: float = parameter(0.3, "Deviation of the test inputs", low=0.1, high=0.6)
    rule_shift: float = parameter(
        0.0, "How far the rule itself moves at test time (concept shift)", low=-1.0, high=1.0
    )


def run(parameters: Parameters, rng: np.random.Generator) -> Outcome:
    """Fits REPEATS data sets plainly and weighted; the first of them is the one in the tables."""
    p = parameters
    x = p.train_mean + p.train_std * rng.standard_normal((REPEATS, p.n))
    y = truth(x, p.power) + p.noise * rng.standard_normal((REPEATS, p.n))
    weights = density(x, p.test_mean, p.test_std) / density(x, p.train_mean, p.train_std)
    plain, weighted = fit(x, y, p.degree), fit(x, y, p.degree, weights)
    scalars: dict[str, float] = {}
    for name, fitted in (("plain", plain), ("weighted", weighted)):
        for what, found in (("mse", _test_error(fitted, p)), ("slope", _slope(fitted, p))):
            scalars[f"{name}_{what}"] = float(found.mean())
            scalars[f"{name}_{what}_se"] = float(found.std(ddof=1)) / math.sqrt(REPEATS)
        scalars[f"{name}_slope_limit"] = float(_slope(limit(p, name == "weighted"), p))
        scalars[f"{name}_mse_limit"] = float(_test_error(limit(p, name == "weighted"), p))
    scalars["ratio"] = scalars["weighted_mse"] / scalars["plain_mse"]
    effective = weights.sum(axis=1) ** 2 / np.maximum((weights**2).sum(axis=1), 1e-300)
    scalars["effective"] = float(effective.mean())
    scalars["effective_se"] = float(effective.std(ddof=1)) / math.sqrt(REPEATS)
    distance = p.test_mean - p.train_mean
    scalars["effective_limit"] = p.n * effective_share(distance, p.train_std, p.test_std)
    return Outcome(
        scalars=scalars,
        tables={
            "data": {"x": x[0, :SHOWN], "y": y[0, :SHOWN], "weight": weights[0, :SHOWN]},
            "curve": _curve(p, plain[0], weighted[0]),
        },
    )


def limit(p: Parameters, weighted: bool) -> Floats:
    """The coefficients that infinitely many samples lead to: the best fit to the true curve.

    Weighted, the training inputs stand for the test inputs: it is the best fit over those.
    """
    mean, std = (p.test_mean, p.test_std) if weighted else (p.train_mean, p.train_std)
    x = mean + std * _NODES
    return fit(x, truth(x, p.power), p.degree, _MASS)


def _powers(x: Floats, degree: int) -> Floats:
    return x[..., None] ** np.arange(degree + 1)


def _test_error(coefficients: Floats, p: Parameters) -> Floats:
    x = p.test_mean + p.test_std * _NODES
    gap = evaluate(coefficients, x) - (truth(x, p.power) + p.rule_shift)
    return np.asarray(gap**2 @ _MASS)


def _slope(coefficients: Floats, p: Parameters) -> Floats:
    """The slope of the fitted curve at the mean of the test inputs."""
    powers = np.arange(1, coefficients.shape[-1])
    return np.asarray(coefficients[..., 1:] @ (powers * p.test_mean ** (powers - 1.0)))


def _curve(p: Parameters, plain: Floats, weighted: Floats) -> dict[str, Floats]:
    reaches = ((p.train_mean, p.train_std), (p.test_mean, p.test_std))
    low = min(mean - 2.5 * std for mean, std in reaches)
    high = max(mean + 2.5 * std for mean, std in reaches)
    x = np.linspace(low, high, 81)
    return {
        "x": x,
        "true": truth(x, p.power),
        "true_test": truth(x, p.power) + p.rule_shift,
        "plain": evaluate(plain, x),
        "weighted": evaluate(weighted, x),
        "train_density": density(x, p.train_mean, p.train_std),
        "test_density": density(x, p.test_mean, p.test_std),
    }


SIMULATION = Simulation(
    "Covariate shift and importance weights",
    Parameters,
    run,
    {
        "plain_mse": "Test error, plain fit",
        "plain_mse_se": "Standard error of it",
        "plain_mse_limit": "Test error, plain fit to endless data",
        "plain_slope": "Slope of the plain fit at the test mean",
        "plain_slope_se": "Standard error of it",
        "plain_slope_limit": "Slope of the plain fit to endless data",
        "weighted_mse": "Test error, weighted fit",
        "weighted_mse_se": "Standard error of it",
        "weighted_mse_limit": "Test error, weighted fit to endless data",
        "weighted_slope": "Slope of the weighted fit at the test mean",
        "weighted_slope_se": "Standard error of it",
        "weighted_slope_limit": "Slope of the weighted fit to endless data",
        "ratio": "Test error with weights, divided by that without",
        "effective": "Effective sample size",
        "effective_se": "Standard error of it",
        "effective_limit": "Effective sample size by the formula",
    },
    columns={"plain": "fit without weights"},
)
