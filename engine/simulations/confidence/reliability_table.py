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

ROWS = 4
REPEATS = 2000


@dataclass(frozen=True)
class Parameters:
    count_1: int = parameter(50, en="Predictions 1", ko="예측 수 1", low=0, high=100_000)
    confidence_1: float = parameter(
        0.60, en="Mean confidence 1", ko="평균 확신도 1", low=0.0, high=1.0
    )
    accuracy_1: float = parameter(0.56, en="Accuracy 1", ko="정확도 1", low=0.0, high=1.0)
    count_2: int = parameter(30, en="Predictions 2", ko="예측 수 2", low=0, high=100_000)
    confidence_2: float = parameter(
        0.80, en="Mean confidence 2", ko="평균 확신도 2", low=0.0, high=1.0
    )
    accuracy_2: float = parameter(0.70, en="Accuracy 2", ko="정확도 2", low=0.0, high=1.0)
    count_3: int = parameter(20, en="Predictions 3", ko="예측 수 3", low=0, high=100_000)
    confidence_3: float = parameter(
        0.95, en="Mean confidence 3", ko="평균 확신도 3", low=0.0, high=1.0
    )
    accuracy_3: float = parameter(0.80, en="Accuracy 3", ko="정확도 3", low=0.0, high=1.0)
    count_4: int = parameter(0, en="Predictions 4", ko="예측 수 4", low=0, high=100_000)
    confidence_4: float = parameter(
        0.99, en="Mean confidence 4", ko="평균 확신도 4", low=0.0, high=1.0
    )
    accuracy_4: float = parameter(0.90, en="Accuracy 4", ko="정확도 4", low=0.0, high=1.0)


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
    rows = []
    for row in range(1, ROWS + 1):
        count, said, right = (
            float(getattr(parameters, f"{column}_{row}"))
            for column in ("count", "confidence", "accuracy")
        )
        if count > 0:
            interval = wilson_interval(right * count, count)
            rows.append((row, count, said, right, said - right, *interval))
    names = ("row", "count", "confidence", "accuracy", "gap", "low", "high")
    columns = np.array(rows, dtype=np.float64).reshape(-1, len(names)).T
    return dict(zip(names, columns, strict=True))


SIMULATION = Simulation(
    name="reliability_table",
    title={"en": "A reliability table", "ko": "신뢰도 표"},
    parameters=Parameters,
    run=run,
    scalars={
        "total": {"en": "Predictions", "ko": "예측 수"},
        "ece": {"en": "Expected calibration error (ECE)", "ko": "기대 보정 오차(ECE)"},
        "mce": {"en": "Maximum calibration error (MCE)", "ko": "최대 보정 오차(MCE)"},
        "unweighted": {
            "en": "Mean gap, every bin counted alike",
            "ko": "구간마다 똑같이 센 평균 차이",
        },
        "signed": {
            "en": "Mean confidence − accuracy, with its sign",
            "ko": "부호를 살린 평균 차이(확신도 − 정확도)",
        },
        "chance_ece": {
            "en": "Mean ECE of a perfect model with these counts",
            "ko": "예측 수가 같은 완벽한 모델의 평균 ECE",
        },
        "chance_ece_se": {"en": "Its standard error", "ko": "그 표준오차"},
        "chance_share": {
            "en": "How often a perfect model shows at least this ECE",
            "ko": "완벽한 모델의 ECE가 이만큼 커지는 비율",
        },
    },
)
