"""What a chart is headed by, with its simulation's settings at their ends."""

from __future__ import annotations

import re

import pytest

from engine import charts, simulations
from engine.course import Experiment, LabError, experiment_chart

THINGS = "layer|step|batche|mean|value|weight|parameter|unit|block|sample|bin|epoch"
WRONG = re.compile(rf"(?<![\d.,×:−])\b1 ({THINGS})s\b")


def with_one_of_something(name):
    """The defaults, and each whole number that can be 1 at 1."""
    yield Experiment.of(name, {}, 0)
    for parameter, allowed in simulations.SIMULATIONS[name].ranges().items():
        if type(Experiment.of(name, {}, 0).values[parameter]) is not int:
            continue
        if allowed.low is not None and allowed.low <= 1:
            try:
                yield Experiment.of(name, {parameter: 1}, 0)
            except LabError:  # not together with the others
                continue


@pytest.mark.parametrize("name", sorted(charts.LAB))
def test_one_is_not_many_and_a_sentence_ends_once(name):
    found = []
    for experiment in with_one_of_something(name):
        for chart in charts.LAB[name]:
            description = experiment_chart(experiment, chart, "light", "en")[1]
            if WRONG.search(description) or ".. " in description:
                found.append((chart, experiment.changed(), description[:200]))
    assert found == []


def test_what_rounding_leaves_is_no_error():
    settings = {"scale": 3.0, "correlation": 0.0, "standardize": True}
    experiment = Experiment.of("conditioning", settings, 0)
    description = experiment_chart(experiment, "valley_path", "light", "en")[1]
    assert "leaves no error" in description
