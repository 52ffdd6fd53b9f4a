r"""What importance weights cost: training inputs N(0, 1), test inputs N(d, 1).

The weight of a training input is w(x) = p_test(x) / p_train(x) = exp(d x - d^2 / 2). Its mean over
the training inputs is 1, its mean square exp(d^2), so n samples count like

    n_eff = (sum w)^2 / sum w^2  ->  n exp(-d^2)

(the effective sample size of Kong 1992). Beyond d = 1.5 the mean square hangs on so few samples
that even many repeats measure it badly, which is why the shift is capped there.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from engine.simulations.kit.base import Outcome, Simulation, parameter

Floats = NDArray[np.float64]

REPEATS = 100
SHOWN = 200
LARGEST_SHIFT = 1.5


def weight(x: Floats, shift: float) -> Floats:
    """p_test(x) / p_train(x)."""
    return np.exp(shift * x - shift**2 / 2)


def effective_size(weights: Floats) -> Floats:
    """(sum w)^2 / sum w^2 over the last axis: n for equal weights, 1 when one outweighs all."""
    return np.asarray(weights.sum(axis=-1) ** 2 / (weights**2).sum(axis=-1))


@dataclass(frozen=True)
class Parameters:
    shift: float = parameter(
        1.0, "Shift d of the test inputs", low=0.0, high=LARGEST_SHIFT, unit="σ"
    )
    n: int = parameter(1000, "Training samples", low=50, high=10_000, log=True)
    x: float = parameter(1.0, "One training input", low=-3.0, high=3.0, unit="σ")


def run(parameters: Parameters, rng: np.random.Generator) -> Outcome:
    """Draws n training inputs REPEATS times and weighs them."""
    d, n = parameters.shift, parameters.n
    x = rng.standard_normal((REPEATS, n))
    weights = weight(x, d)
    effective = effective_size(weights)
    means = weights.mean(axis=1)
    grid = np.linspace(-3.0, 3.0, 61)
    shifts = np.linspace(0.0, LARGEST_SHIFT, 61)
    return Outcome(
        scalars={
            "weight": float(weight(np.float64(parameters.x), d)),  # type: ignore[arg-type]
            "effective_expected": n * math.exp(-(d**2)),
            "effective": float(effective.mean()),
            "effective_se": float(effective.std(ddof=1)) / math.sqrt(REPEATS),
            "share_expected": math.exp(-(d**2)),
            "mean_weight": float(means.mean()),
            "mean_weight_se": float(means.std(ddof=1)) / math.sqrt(REPEATS),
            "largest_weight": float(weights[0].max()),
        },
        tables={
            "sample": {"x": x[0, :SHOWN], "weight": weights[0, :SHOWN]},
            "curve": {
                "x": grid,
                "weight": weight(grid, d),
                "train_density": np.exp(-(grid**2) / 2) / math.sqrt(2 * math.pi),
                "test_density": np.exp(-((grid - d) ** 2) / 2) / math.sqrt(2 * math.pi),
            },
            "decay": {"shift": shifts, "effective": n * np.exp(-(shifts**2))},
        },
    )


SIMULATION = Simulation(
    "The price of importance weights",
    Parameters,
    run,
    {
        "weight": "Weight of that input",
        "effective_expected": "Effective sample size by the formula",
        "effective": "Effective sample size, measured",
        "effective_se": "Standard error of it",
        "share_expected": "Share of the samples that is left",
        "mean_weight": "Mean weight, measured",
        "mean_weight_se": "Standard error of it",
        "largest_weight": "Largest weight in one data set",
    },
    columns={"effective": "effective samples"},
)
