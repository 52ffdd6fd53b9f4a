r"""The running statistics of batch normalization, as three frameworks keep them.

In training a batch of n values is normalized by its own mean and its own biased variance v. On the
side, running statistics r (mean from 0, variance from 1) are moved towards the batch's:

    r <- keep r + (1 - keep) batch

              momentum    keep        variance stored   epsilon   read in
    PyTorch   0.1         1 - m       v n / (n - 1)     1e-5      torch.nn BatchNorm1d, 2.13
    Keras     0.99        m           v                 1e-3      keras BatchNormalization, 3.15
    Flax      0.99        m           v                 1e-5      flax.linen BatchNorm, 0.12

`PyTorch None` is PyTorch with momentum=None: keep = 1 - 1/t, the plain average of all batches. It
averages the variances within batches, so it misses how the batches' means differ from one another.
At inference the running statistics are constants:

    y = gamma (x - r_mean) / sqrt(r_var + eps) + beta
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from engine.simulations.kit.base import Outcome, Simulation, parameter

Floats = NDArray[np.float64]

TEST_VALUES = 4000
BINS = 40


@dataclass(frozen=True)
class Convention:
    """What a framework means by momentum, and which variance it stores."""

    momentum_of_new: bool
    unbiased: bool
    momentum: float  # its default
    eps: float  # its default
    cumulative: bool = False

    def keep(self, momentum: float, t: int) -> float:
        """The share of the old running value that survives batch number t (from 1)."""
        if self.cumulative:
            return 1 - 1 / t
        return 1 - momentum if self.momentum_of_new else momentum

    def stored(self, variance: float, n: int) -> float:
        """What is averaged when a batch of n values has this biased variance."""
        return variance * n / (n - 1) if self.unbiased else variance


CONVENTIONS: Mapping[str, Convention] = {
    "PyTorch": Convention(momentum_of_new=True, unbiased=True, momentum=0.1, eps=1e-5),
    "PyTorch None": Convention(
        momentum_of_new=True, unbiased=True, momentum=0.1, eps=1e-5, cumulative=True
    ),
    "Keras": Convention(momentum_of_new=False, unbiased=False, momentum=0.99, eps=1e-3),
    "Flax": Convention(momentum_of_new=False, unbiased=False, momentum=0.99, eps=1e-5),
}
FRAMEWORKS = {name: name for name in CONVENTIONS} | {"PyTorch None": "PyTorch, momentum=None"}


def running(
    batches: Floats, convention: Convention, momentum: float, start: float = 0.0
) -> tuple[Floats, Floats]:
    """Running mean (from `start`) and variance (from 1) after each batch of (T, n): two (T,)."""
    count, n = batches.shape
    mean, variance = start, 1.0
    means, variances = np.empty(count), np.empty(count)
    own = batches.mean(axis=1), batches.var(axis=1)  # biased
    for t, (batch_mean, batch_variance) in enumerate(zip(*own, strict=True)):
        keep = convention.keep(momentum, t + 1)
        mean = keep * mean + (1 - keep) * float(batch_mean)
        variance = keep * variance + (1 - keep) * convention.stored(float(batch_variance), n)
        means[t], variances[t] = mean, variance
    return means, variances


def normalize(
    x: Floats, mean: float, variance: float, eps: float, gamma: float = 1.0, beta: float = 0.0
) -> Floats:
    """gamma (x - mean) / sqrt(variance + eps) + beta."""
    return np.asarray(gamma * (x - mean) / math.sqrt(variance + eps) + beta)


@dataclass(frozen=True)
class Parameters:
    framework: str = parameter("PyTorch", "Framework", choices=FRAMEWORKS)
    momentum: float = parameter(0.1, "momentum, as that framework means it", low=0.01, high=0.99)
    batch_size: int = parameter(32, "Batch size", low=2, high=256, log=True)
    steps: int = parameter(50, "Training batches", low=1, high=500, log=True)
    start: float = parameter(0.0, "Running mean before the first batch", low=-20.0, high=20.0)
    mean: float = parameter(5.0, "Mean of the training values", low=-20.0, high=20.0)
    std: float = parameter(2.0, "Deviation of the training values", low=0.1, high=10.0)
    batches: str = parameter(
        "random",
        "Mean and variance of a batch",
        choices={
            "random": "random",
            "exact": "exactly those of all values",
        },
    )
    shift: float = parameter(0.0, "Shift of the test values", low=-20.0, high=20.0)
    gamma: float = parameter(1.0, "γ (scale)", low=-5.0, high=5.0)
    beta: float = parameter(0.0, "β (shift)", low=-5.0, high=5.0)


def run(parameters: Parameters, rng: np.random.Generator) -> Outcome:
    """Trains one unit's running statistics, then normalizes test values with them."""
    p = parameters
    convention = CONVENTIONS[p.framework]
    data = _batches(p, rng)
    means, variances = running(data, convention, p.momentum, p.start)
    left = math.prod(convention.keep(p.momentum, t) for t in range(1, p.steps + 1))
    batch_variance = p.std**2 * (1 if p.batches == "exact" else (p.batch_size - 1) / p.batch_size)
    test = p.mean + p.shift + p.std * rng.standard_normal(TEST_VALUES)
    frozen = normalize(test, means[-1], variances[-1], convention.eps, p.gamma, p.beta)
    own = normalize(test, test.mean(), test.var(), convention.eps, p.gamma, p.beta)
    return Outcome(
        scalars={
            "running_mean": float(means[-1]),
            "running_var": float(variances[-1]),
            "expected_mean": left * p.start + (1 - left) * p.mean,
            "expected_var": left + (1 - left) * convention.stored(batch_variance, p.batch_size),
            "old_left": left,
            "stored_var": convention.stored(float(data[-1].var()), p.batch_size),
            "eval_mean": float(frozen.mean()),
            "eval_mean_se": float(frozen.std(ddof=1)) / math.sqrt(TEST_VALUES),
            "eval_std": float(frozen.std()),
            "own_mean": float(own.mean()),
        },
        tables={
            "trace": _trace(p, data, (means, variances)),
            "conventions": _conventions(p, data),
            "test": _histograms({"own": own, "frozen": frozen}),
        },
    )


def _batches(p: Parameters, rng: np.random.Generator) -> Floats:
    drawn = rng.standard_normal((p.steps, p.batch_size))
    if p.batches == "exact":
        drawn -= drawn.mean(axis=1, keepdims=True)
        drawn /= drawn.std(axis=1, keepdims=True)
    return p.mean + p.std * drawn


def _trace(
    p: Parameters, data: Floats, found: tuple[Floats, Floats]
) -> dict[str, NDArray[np.generic]]:
    """The run from before the first batch (batch 0) to after the last."""
    n, convention = data.shape[1], CONVENTIONS[p.framework]
    kept = [convention.keep(p.momentum, t + 1) for t in range(len(data))]
    stored = [convention.stored(float(v), n) for v in data.var(axis=1)]
    return {
        "batch": np.arange(len(data) + 1),
        "running_mean": np.concatenate([[p.start], found[0]]),
        "running_var": np.concatenate([[1.0], found[1]]),
        "batch_mean": np.concatenate([[np.nan], data.mean(axis=1)]),
        "batch_var": np.concatenate([[np.nan], stored]),
        "old_left": np.concatenate([[1.0], np.cumprod(kept)]),
    }


def _conventions(p: Parameters, data: Floats) -> dict[str, NDArray[np.generic]]:
    """The same batches and the same momentum in every framework."""
    rows = [(name, *running(data, rule, p.momentum, p.start)) for name, rule in CONVENTIONS.items()]
    steps = len(data)
    return {
        "framework": np.repeat(np.array([name for name, _, _ in rows]), steps + 1),
        "batch": np.tile(np.arange(steps + 1), len(rows)),
        "running_mean": np.concatenate([np.concatenate([[p.start], ms]) for _, ms, _ in rows]),
        "running_var": np.concatenate([np.concatenate([[1.0], vs]) for _, _, vs in rows]),
    }


def _histograms(values: Mapping[str, Floats]) -> dict[str, NDArray[np.generic]]:
    low = min(float(v.min()) for v in values.values())
    high = max(float(v.max()) for v in values.values())
    found = {name: np.histogram(v, BINS, (low, high), density=True) for name, v in values.items()}
    edges = next(iter(found.values()))[1]
    return {
        "left": edges[:-1],
        "right": edges[1:],
        **{name: heights for name, (heights, _) in found.items()},
    }


SIMULATION = Simulation(
    "Running statistics of batch normalization",
    Parameters,
    run,
    {
        "running_mean": "Running mean",
        "running_var": "Running variance",
        "expected_mean": "Running mean by the formula",
        "expected_var": "Running variance by the formula",
        "old_left": "Share of the initial value left",
        "stored_var": "Variance of the last batch, as stored",
        "eval_mean": "Mean of the test outputs",
        "eval_mean_se": "Standard error of it",
        "eval_std": "Deviation of the test outputs",
        "own_mean": "Mean, were the test batch to use its own statistics",
    },
)
