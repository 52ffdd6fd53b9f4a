r"""A reliability table given by hand: up to four bins (or four models), and what chance could do.

From each row's count, mean confidence and accuracy come ECE and the numbers it is mistaken for.
Then the same counts are drawn again and again from a model that is right exactly as often as it
says, to see what ECE chance alone would show. That is the consistency resampling of Bröcker &
Smith (2007).
"""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np

from engine.simulations.confidence.reliability import (
    Floats,
    largest_gap,
    weighted_gap,
    wilson_interval,
)
from engine.simulations.kit.base import Outcome, Simulation, parameter

REPEATS = 2000


@dataclass(frozen=True)
class Parameters:
    count_1: int = parameter(50, "Predictions 1", low=0, high=100_000)
    confidence_1: float = parameter(0.60, "Mean confidence 1", low=0.0, high=1.0)
    accuracy_1: float = parameter(0.56, "Accuracy 1", low=0.0, high=1.0)
    count_2: int = parameter(30, "Predictions 2", low=0, high=100_000)
    confidence_2: float = parameter(0.80, "Mean confidence 2", low=0.0, high=1.0)
    accuracy_2: float = parameter(0.70, "Accuracy 2", low=0.0, high=1.0)
    count_3: int = parameter(20, "Predictions 3", low=0, high=100_000)
    confidence_3: float = parameter(0.95, "Mean confidence 3", low=0.0, high=1.0)
    accuracy_3: float = parameter(0.80, "Accuracy 3", low=0.0, high=1.0)
    count_4: int = parameter(0, "Predictions 4", low=0, high=100_000)
    confidence_4: float = parameter(0.99, "Mean confidence 4", low=0.0, high=1.0)
    accuracy_4: float = parameter(0.90, "Accuracy 4", low=0.0, high=1.0)


def run(parameters: Parameters, rng: np.random.Generator) -> Outcome:
    """Measures the table, and draws its counts 2000 times from a perfectly calibrated model.

    Table `bins`: a row for each count above 0, with columns row (1 to 4), count, confidence,
    accuracy, gap, and low and high (95 % interval of the accuracy, Wilson's). Table `chance`: a
    histogram of the ECE of the perfect model. `chance_share` is how often that ECE is at least
    the table's own: small when chance does not explain it.
    """
    table = _table(parameters)
    count, gap = table["count"], table["gap"]
    total = float(count.sum())
    ece = weighted_gap(table)
    right = rng.binomial(count.astype(np.int64), table["confidence"], (REPEATS, len(count)))
    chance = np.abs(right - count * table["confidence"]).sum(axis=1) / max(total, 1.0)
    counts, edges = np.histogram(chance, bins=20, range=(0.0, max(float(chance.max()), 1e-6)))
    scalars = {
        "total": total,
        "ece": ece,
        "mce": largest_gap(table),
        "unweighted": float(np.abs(gap).mean()) if len(gap) else 0.0,
        "signed": float(count @ gap) / total if total else 0.0,
        "chance_ece": float(chance.mean()),
        "chance_ece_se": float(chance.std()) / math.sqrt(REPEATS),
        # A rounding error must not make a table that fits exactly look unlikely.
        "chance_share": float((chance >= ece - 1e-12).mean()),
    }
    histogram = {"low": edges[:-1], "high": edges[1:], "share": counts / REPEATS}
    return Outcome(scalars, {"bins": table, "chance": histogram})


def _table(parameters: Parameters) -> dict[str, Floats]:
    p = parameters
    bins = (
        (p.count_1, p.confidence_1, p.accuracy_1),
        (p.count_2, p.confidence_2, p.accuracy_2),
        (p.count_3, p.confidence_3, p.accuracy_3),
        (p.count_4, p.confidence_4, p.accuracy_4),
    )
    rows = []
    for row, (count, said, right) in enumerate(bins, start=1):
        if count > 0:
            interval = wilson_interval(right * count, count)
            rows.append((row, count, said, right, said - right, *interval))
    names = ("row", "count", "confidence", "accuracy", "gap", "low", "high")
    columns = np.array(rows, dtype=np.float64).reshape(-1, len(names)).T
    return dict(zip(names, columns, strict=True))


SIMULATION = Simulation(
    "A reliability table",
    Parameters,
    run,
    {
        "total": "Predictions",
        "ece": "Expected calibration error (ECE)",
        "mce": "Maximum calibration error (MCE)",
        "unweighted": "Mean gap, every bin counted alike",
        "signed": "Mean confidence − accuracy, with its sign",
        "chance_ece": "Mean ECE of a perfect model with these counts",
        "chance_ece_se": "Its standard error",
        "chance_share": "How often a perfect model shows at least this ECE",
    },
)
