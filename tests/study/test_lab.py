"""The lab: experiments, their charts, predictions."""

from __future__ import annotations

import csv
import io
import math
from pathlib import Path

import pytest

from engine.charts import CHARTS, LAB
from engine.course import (
    Experiment,
    LabError,
    charts_of,
    experiment_chart,
    run_experiment,
)
from engine.simulations import SIMULATIONS, Outcome
from engine.study.lab import Prediction, judge, prediction_axis, read_settings, table_csv

CONTENT = Path(__file__).resolve().parents[2] / "content"


def test_every_simulation_has_a_chart_to_be_shown_with():
    assert set(LAB) == set(SIMULATIONS)
    for names in LAB.values():
        assert names
        assert len(set(names)) == len(names)
        assert set(names) <= set(CHARTS)


@pytest.mark.parametrize("name", sorted(SIMULATIONS))
def test_every_chart_of_a_simulation_is_drawn_from_its_settings_alone(name):
    for chart in charts_of(name):
        for language in ("en", "ko"):
            specification, description = experiment_chart(
                Experiment.of(name, {}, 0), chart, "light", language
            )
            assert specification["config"]
            assert len(description) > 40


@pytest.mark.parametrize("name", sorted(SIMULATIONS))
def test_every_number_a_simulation_measures_is_labelled_and_finite(name):
    outcome = run_experiment(Experiment.of(name, {}, 3))
    labels = SIMULATIONS[name].scalars
    assert set(outcome.scalars) == set(labels)
    assert all(math.isfinite(value) for value in outcome.scalars.values())


def test_the_same_seed_gives_the_same_outcome_and_another_seed_another():
    def measured(seed):
        run_experiment.cache_clear()
        return run_experiment(Experiment.of("signal_propagation", {}, seed)).scalars

    assert measured(1) == measured(1)
    assert measured(1) != measured(2)


def test_only_what_is_not_at_its_default_is_changed():
    made = Experiment.of("signal_propagation", {"depth": 20, "activation": "tanh"}, 0)
    assert made.changed() == {"depth": 20}


def test_texts_become_the_types_of_their_parameters():
    told = read_settings("signal_propagation", {"depth": "20", "std": "0.1", "activation": "relu"})
    made = Experiment.of("signal_propagation", told, 0)
    assert made.values["depth"] == 20
    assert made.values["std"] == 0.1
    assert made.values["activation"] == "relu"


@pytest.mark.parametrize(
    ("simulation", "texts", "said"),
    [
        ("nothing", {}, "There is no simulation"),
        ("signal_propagation", {"depth": "many"}, "expected a number"),
        ("signal_propagation", {"depth": "1e9"}, "at most 100"),
        ("signal_propagation", {"depth": "nan"}, "expected a number"),
        ("signal_propagation", {"depht": "3"}, "one of activation"),
        ("signal_propagation", {"activation": "gelu"}, "one of linear"),
        ("signal_propagation", {"depth": "9" * 5000}, "expected a number"),
    ],
)
def test_settings_that_are_not_there_are_refused_in_words(simulation, texts, said):
    with pytest.raises(LabError) as error:
        Experiment.of(simulation, read_settings(simulation, texts), 0)
    assert said in str(error.value)
    assert len(str(error.value)) < 2000


def test_a_chart_of_another_simulation_is_refused():
    with pytest.raises(LabError):
        experiment_chart(Experiment.of("ece_noise", {}, 0), "running_mean", "light", "en")


def test_a_table_as_csv_has_every_row_and_column():
    table = run_experiment(Experiment.of("signal_propagation", {"depth": 5}, 0)).tables["layers"]
    rows = list(csv.DictReader(io.StringIO(table_csv(table))))
    assert len(rows) == 5
    assert list(rows[0]) == list(table)
    assert float(rows[4]["rms"]) == table["rms"][4]


@pytest.mark.parametrize(
    ("way", "after", "right"),
    [
        ("up", 2.0, True),
        ("up", 1.02, False),
        ("same", 1.02, True),
        ("same", 0.5, False),
        ("down", 0.5, True),
        ("down", 2.0, False),
    ],
)
def test_a_prediction_is_judged_by_its_direction(way, after, right):
    found = judge(Prediction("x", way), Outcome({"x": 1.0}), Outcome({"x": after}))
    assert found.right is right


def test_a_change_within_two_standard_errors_is_about_the_same():
    before, after = Outcome({"x": 1.0, "x_se": 0.2}), Outcome({"x": 1.4, "x_se": 0.2})
    assert judge(Prediction("x", "same"), before, after).right


@pytest.mark.parametrize(
    ("guess", "factor"), [(2.0, 2.0), (8.0, 2.0), (-4.0, None), (0.0, None), (None, None)]
)
def test_a_number_is_judged_by_its_ratio(guess, factor):
    found = judge(Prediction("x", "up", guess), Outcome({"x": 1.0}), Outcome({"x": 4.0}))
    assert found.factor == factor


@pytest.mark.parametrize("before", [1e-320, 3e-31, 0.5, 1e60, 1e300, 0.0, -0.3, -1.2, 250.0, -1e5])
def test_what_is_predicted_from_lies_on_the_axis_with_room_on_both_sides(before):
    axis = prediction_axis(before, "x")
    assert axis.low < axis.high
    assert 0.1 < axis.place(before) < 0.98
    assert math.isfinite(axis.high)
