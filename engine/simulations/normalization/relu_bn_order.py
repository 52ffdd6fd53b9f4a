r"""ReLU before or after batch normalization: what comes out of a normal pre-activation.

    z ~ N(μ, s²), r = max(z, 0):  E[r] = s φ(t) + μ Φ(t),  E[r²] = (μ² + s²) Φ(t) + μ s φ(t),
                                   t = μ / s

BN → ReLU rectifies N(β, γ²), whatever μ and s were. ReLU → BN has mean β and deviation |γ| again;
its zeros all come out at β − γ E[r] / sd(r), below β for γ > 0. Both orders of Ioffe & Szegedy
(2015) and of later code are compared by Mishkin, Sergievskiy & Matas (2017).
"""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from engine.simulations.kit.base import Outcome, Simulation, parameter

Floats = NDArray[np.float64]
BINS = 60


def rectified(mean: float, std: float) -> tuple[float, float]:
    """Mean and standard deviation of max(z, 0) for z ~ N(mean, std²), std > 0."""
    t = mean / std
    density = math.exp(-t * t / 2) / math.sqrt(2 * math.pi)
    below = 0.5 * math.erfc(-t / math.sqrt(2))
    first = std * density + mean * below
    second = (mean**2 + std**2) * below + mean * std * density
    return first, math.sqrt(max(second - first**2, 0.0))


def cumulative(x: float) -> float:
    """The standard normal's distribution function."""
    return 0.5 * math.erfc(-x / math.sqrt(2))


@dataclass(frozen=True)
class Parameters:
    mean: float = parameter(0.0, "Mean of the pre-activations", low=-1.0, high=2.0)
    std: float = parameter(1.0, "Their standard deviation", low=0.5, high=10.0, log=True)
    gamma_before: float = parameter(1.0, "γ of BN → ReLU", low=0.1, high=5.0)
    beta_before: float = parameter(0.0, "β of BN → ReLU", low=-3.0, high=3.0)
    gamma_after: float = parameter(1.0, "γ of ReLU → BN", low=0.1, high=5.0)
    beta_after: float = parameter(0.0, "β of ReLU → BN", low=-3.0, high=3.0)
    beta_plain: float = parameter(0.0, "β of BN alone", low=-3.0, high=3.0)
    samples: int = parameter(4000, "Values", low=100, high=20000, log=True)


def run(parameters: Parameters, rng: np.random.Generator) -> Outcome:
    """Sends drawn pre-activations through both orders, with the statistics of the distribution."""
    p = parameters
    z = p.mean + p.std * rng.standard_normal(p.samples)
    rectified_mean, rectified_std = rectified(p.mean, p.std)
    before = np.maximum(p.gamma_before * (z - p.mean) / p.std + p.beta_before, 0)
    scaled = p.gamma_after / rectified_std
    after = scaled * (np.maximum(z, 0) - rectified_mean) + p.beta_after
    before_mean, before_std = rectified(p.beta_before, p.gamma_before)
    floor = p.beta_after - scaled * rectified_mean
    # An output is negative while r < E[r] − β sd(r) / γ; r itself is never below 0.
    limit = rectified_mean - p.beta_after / scaled
    negative = cumulative((limit - p.mean) / p.std) if limit > 0 else 0.0
    plain = np.asarray((z - p.mean) / p.std + p.beta_plain)
    return Outcome(
        scalars={
            "before_mean": before_mean,
            "before_std": before_std,
            "before_zero": cumulative(-p.beta_before / p.gamma_before),
            "after_floor": floor,
            "after_at_floor": cumulative(-p.mean / p.std),
            "after_negative": negative,
            "relu_mean": rectified_mean,
            "relu_std": rectified_std,
            **_measured("before", before),
            **_measured("after", after),
            "after_negative_measured": float((after < 0).mean()),
            "after_negative_measured_se": _share_error(negative, p.samples),
        },
        tables={
            "outputs": _histogram(before, after),
            "means": {
                "layers": np.array(["BN → ReLU", "ReLU → BN", "BN", "ReLU"]),
                "mean": np.array([before_mean, p.beta_after, p.beta_plain, rectified_mean]),
                "measured": np.array(
                    [before.mean(), after.mean(), plain.mean(), np.maximum(z, 0).mean()]
                ),
            },
        },
    )


def _measured(name: str, values: Floats) -> dict[str, float]:
    std = float(values.std())
    return {
        f"{name}_mean_measured": float(values.mean()),
        f"{name}_mean_measured_se": std / math.sqrt(len(values)),
        f"{name}_std_measured": std,
    }


def _share_error(share: float, count: int) -> float:
    return math.sqrt(max(share * (1 - share), 1 / count) / count)


def _histogram(before: Floats, after: Floats) -> dict[str, NDArray[np.generic]]:
    """Shares of the values by bin, for both orders over the same bins."""
    low = min(before.min(), after.min())
    high = max(before.max(), after.max(), low + 1e-6)
    edges = np.linspace(low, high, BINS + 1)
    shares = {
        name: np.histogram(values, edges)[0] / len(values)
        for name, values in (("before", before), ("after", after))
    }
    return {"left": edges[:-1], "right": edges[1:], **shares}


SIMULATION = Simulation(
    "ReLU before or after BN",
    Parameters,
    run,
    {
        "before_mean": "Mean of BN → ReLU",
        "before_std": "Deviation of BN → ReLU",
        "before_zero": "Share of zeros of BN → ReLU",
        "before_mean_measured": "Mean of BN → ReLU, drawn",
        "before_mean_measured_se": "Standard error of it",
        "before_std_measured": "Deviation of BN → ReLU, drawn",
        "after_floor": "Lowest output of ReLU → BN",
        "after_at_floor": "Share of outputs at that lowest value",
        "after_negative": "Share of negative outputs of ReLU → BN",
        "after_negative_measured": "The same, drawn",
        "after_negative_measured_se": "Standard error of it",
        "after_mean_measured": "Mean of ReLU → BN, drawn",
        "after_mean_measured_se": "Standard error of it",
        "after_std_measured": "Deviation of ReLU → BN, drawn",
        "relu_mean": "Mean after ReLU alone",
        "relu_std": "Deviation after ReLU alone",
    },
    columns={"after": "ReLU → BN", "before": "BN → ReLU"},
)
