"""The lab: experiments, their charts, predictions, and the findings of lab.toml."""

from __future__ import annotations

import csv
import io
import math
from pathlib import Path

import pytest

from engine.charts import CHARTS, LAB
from engine.content import ContentReader
from engine.simulations import SIMULATIONS, Outcome
from engine.study.lab import (
    Experiment,
    LabError,
    Prediction,
    charts_of,
    experiment_chart,
    judge,
    prediction_axis,
    read_settings,
    run_experiment,
    table_csv,
)
from engine.study.presets import read_presets

CONTENT = Path(__file__).resolve().parents[2] / "content"


def test_every_simulation_has_a_chart_to_be_shown_with():
    assert set(LAB) == set(SIMULATIONS)
    for names in LAB.values():
        assert names
        assert len(set(names)) == len(names)
        assert set(names) <= set(CHARTS)


def test_a_finding_about_a_simulation_without_a_chart_is_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.delitem(LAB, "signal_propagation")  # type: ignore[arg-type]
    (tmp_path / "lab.toml").write_bytes((CONTENT / "lab.toml").read_bytes())
    presets, problems = read_presets(tmp_path, ("en", "ko"))
    assert all(preset.experiment.simulation != "signal_propagation" for preset in presets)
    assert problems
    assert {str(problem.expected) for problem in problems} == {"a simulation that has a chart"}


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


# -- lab.toml --------------------------------------------------------------------------------


def test_the_courses_findings_can_all_be_looked_at_in_both_languages():
    presets, problems = read_presets(CONTENT, ("en", "ko"))
    assert not problems
    assert len(presets) >= 7
    for preset in presets:
        assert set(preset.title) == set(preset.text) == {"en", "ko"}
        assert preset.text["en"].count(". ") >= 1, preset.id
        for experiment in filter(None, (preset.experiment, preset.against)):
            experiment_chart(experiment, preset.chart, "dark", "ko")


GOOD = """
[[preset]]
id = "one"
title.en = "One"
text.en = "First. Second."
simulation = "ece_noise"
chart = "ece_sizes"
"""


@pytest.mark.parametrize(
    ("text", "line", "said"),
    [
        (GOOD.replace('"ece_noise"', '"ece"'), 2, "There is no simulation"),
        (GOOD.replace('"ece_sizes"', '"running_mean"'), 2, "the chart “running_mean”"),
        (GOOD.replace("title.en", "title.ko"), 2, "title ="),
        (GOOD + "settings = {bins = 0}\n", 2, "bins = 0"),
        (GOOD + "settings = 3\n", 2, "settings that are no table"),
        (GOOD + "seed = -1\n", 2, "seed = -1"),
        (GOOD + "sed = 1\n", 2, "the property “sed”"),
        (GOOD + GOOD, 9, "a second time"),
        ("preset = 3", 1, "cannot be read"),
        ("[[preset", 1, "cannot be read"),
    ],
)
def test_a_finding_that_is_wrong_is_named_with_its_line_and_left_out(tmp_path, text, line, said):
    (tmp_path / "lab.toml").write_text(text, encoding="utf-8")
    presets, problems = read_presets(tmp_path, ("en",))
    assert len(presets) == (1 if "second" in said else 0)
    assert problems[0].place.line == line
    assert said in problems[0].describe(str)


def test_a_course_without_findings_has_none(tmp_path):
    assert read_presets(tmp_path, ("en", "ko")) == ((), ())


def test_a_broken_finding_does_not_take_the_cards_down():
    assert ContentReader(CONTENT).read().cards
