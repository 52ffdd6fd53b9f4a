"""The lab: settings as an address has them, an outcome's numbers, and a prediction of them."""

from __future__ import annotations

import csv
import io
import math
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Literal

import numpy as np

from engine.content import Finding
from engine.course import Experiment
from engine.questions import Axis
from engine.simulations import Outcome

Way = Literal["down", "same", "up"]
#: Less than this share of the larger value, or two standard errors, is "about the same".
SAME = 0.05


def read_settings(simulation: str, texts: Mapping[str, str]) -> dict[str, object]:
    """Parameters as an address or a form has them, each as the type that it is.

    Raises LabError for an unknown simulation. What cannot be read stays text, so that
    `Experiment.of` says what was expected.
    """
    ranges = Experiment.of(simulation, {}, 0).values
    return {name: _typed(text, ranges.get(name)) for name, text in texts.items()}


def _typed(text: str, like: object) -> object:
    if isinstance(like, bool):
        return {"true": True, "false": False}.get(text, text)
    if isinstance(like, (int, float)) and len(text) <= 40:
        try:
            return float(text)
        except ValueError:
            return text
    return text


def experiments_of(finding: Finding) -> tuple[Experiment, Experiment | None]:
    """What a finding shows, and what beside it. Raises LabError for one that cannot be shown."""
    first = Experiment.of(finding.simulation, finding.settings, finding.seed)
    if finding.against is None:
        return first, None
    return first, Experiment.of(finding.simulation, finding.against, finding.seed)


def table_csv(table: Mapping[str, Any]) -> str:
    """A table of an outcome as CSV, its columns named as in the simulation."""
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(table)
    writer.writerows(zip(*(np.asarray(column).tolist() for column in table.values()), strict=True))
    return text.getvalue()


@dataclass(frozen=True)
class Prediction:
    """What somebody expects of one scalar when going from one setting to another."""

    scalar: str
    way: Way
    value: float | None = None


def prediction_axis(before: float, label: str) -> Axis:
    """What to point at: powers of ten around a value above 0, else evenly around it."""
    if before > 1e-300:
        middle = round(math.log10(before))
        low, high = (max(min(middle + step, 307), -307) for step in (-4, 4))
        return Axis(10.0**low, 10.0**high, "log", label)
    reach = max(2 * abs(before), 1.0)
    power = 10.0 ** math.floor(math.log10(reach))
    reach = math.ceil(reach / power) * power
    return Axis(-reach, reach, "linear", label)


@dataclass(frozen=True)
class Comparison:
    """What came of a prediction. factor: how many times off the number was (None: no number,
    or one whose ratio says nothing)."""

    before: float
    after: float
    way: Way
    right: bool
    factor: float | None


def judge(prediction: Prediction, before: Outcome, after: Outcome) -> Comparison:
    """Compares a prediction with both runs. Raises KeyError for a scalar they do not have."""
    first, second = before.scalars[prediction.scalar], after.scalars[prediction.scalar]
    errors = (run.scalars.get(f"{prediction.scalar}_se", 0.0) for run in (before, after))
    room = max(SAME * max(abs(first), abs(second)), 2 * math.hypot(*errors))
    way: Way = "same" if abs(second - first) <= room else "up" if second > first else "down"
    guess = prediction.value
    factor = None
    if guess is not None and guess * second > 0:
        ratio = guess / second
        factor = max(ratio, 1 / ratio)
    return Comparison(first, second, way, way == prediction.way, factor)
