"""Charts of covariate shift."""

from __future__ import annotations

import math

import pytest

from engine.charts import CHARTS, Mark
from engine.charts.kit import theme
from tests.charts.reading import charts_of, layers_of, rows_of, title_of

OWN = charts_of("covariate_shift", "importance_weights") | {"shift_inputs": CHARTS["shift_inputs"]}

OPTIONS = {"falls": "It falls.", "rises": "It rises."}


def told(chart):
    """Every word that is drawn as a text or a title."""
    spec = chart.to_dict()
    texts = [s["mark"].get("text") for s in layers_of(chart, "text")]
    title = spec["title"]
    return [t for t in texts if t] + list(title["text"]) + list(title.get("subtitle", []))


def names_of(chart):
    """The words of the legend."""
    for layer in layers_of(chart, "line"):
        if "color" in layer["encoding"]:
            return layer["encoding"]["color"]["scale"]["domain"]
    return []


def test_the_charts_are_there_by_name():
    assert set(OWN) == {
        "shift_fit",
        "shift_slope",
        "shift_diagnosis",
        "shift_inputs",
        "effective_sample_size",
        "importance_weight",
    }
    assert set(OWN) < set(CHARTS)


def test_the_fit_draws_points_by_weight_both_fits_and_both_densities(picture_of):
    picture = picture_of("covariate_shift", {"n": 80})
    chart = CHARTS["shift_fit"](picture)
    (points,) = layers_of(chart, "point")
    assert points["encoding"]["size"]["field"] == "weight"
    assert len(rows_of(chart, points)) == 80
    assert len(layers_of(chart, "area")) == 2
    assert len(names_of(chart)) == 3
    assert {"training inputs", "test inputs"} <= set(told(chart))


@pytest.mark.parametrize(
    ("settings", "word"),
    [
        ({"degree": 1}, "lower"),
        ({"degree": 3}, "raise"),
        ({"test_mean": 0.5, "test_std": 0.5}, "stays"),
    ],
)
def test_the_title_of_the_fit_says_what_the_weights_did(picture_of, settings, word):
    title = CHARTS["shift_fit"](picture_of("covariate_shift", settings)).to_dict()["title"]
    assert word in " ".join(title["text"])


def test_the_fit_says_which_option_is_right_and_which_was_picked(picture_of):
    marks = (Mark("key", "falls", "answer"), Mark("yours", "rises", "your answer"))
    chart = CHARTS["shift_fit"](picture_of("covariate_shift", {}, *marks, options=OPTIONS))
    assert {"answer: It falls.", "your answer: It rises."} <= set(told(chart))


def test_a_slope_is_drawn_as_a_line_of_that_slope(picture_of):
    picture = picture_of("covariate_shift", {}, Mark("yours", 0.5, "your answer"))
    chart = CHARTS["shift_slope"](picture)
    (mine,) = [s for s in layers_of(chart, "line") if s["mark"].get("color") == theme.YOURS]
    assert mine["mark"]["strokeDash"] == theme.DASHES["yours"]
    first, last = rows_of(chart, mine)
    slope = (last["value"] - first["value"]) / (last["at"] - first["at"])
    assert slope == pytest.approx(0.5)


@pytest.mark.parametrize(
    ("settings", "words"),
    [
        ({"train_mean": 0.0, "test_mean": 0.5}, "covariate shift"),
        ({"train_mean": 0.5, "test_mean": 0.5, "rule_shift": 0.4}, "concept shift"),
        ({"train_mean": 0.0, "test_mean": 0.5, "rule_shift": 0.4}, "Both"),
        ({"train_mean": 0.5, "test_mean": 0.5}, "no shift"),
    ],
)
def test_the_diagnosis_names_what_moved(picture_of, settings, words):
    chart = CHARTS["shift_diagnosis"](picture_of("covariate_shift", settings))
    assert words in " ".join(chart.to_dict()["title"]["text"])
    assert names_of(chart) == ["rule in the test", "rule in training"]


def test_the_effective_size_falls_by_the_formula_with_the_measured_point_on_it(picture_of):
    picture = picture_of("importance_weights", {"shift": 0.8, "n": 2000})
    chart = CHARTS["effective_sample_size"](picture)
    (line,) = layers_of(chart, "line")
    for row in rows_of(chart, line):
        assert row["value"] == pytest.approx(2000 * math.exp(-(row["at"] ** 2)))
    (point,) = layers_of(chart, "point")
    (measured,) = rows_of(chart, point)
    assert measured["at"] == 0.8
    assert measured["value"] == picture.outcome.scalars["effective"]


def test_an_answer_lies_across_the_effective_size_with_its_interval(picture_of):
    key = Mark("key", 368.0, "answer")
    picture = picture_of("importance_weights", {}, key, accepted=(364.0, 372.0))
    chart = CHARTS["effective_sample_size"](picture)
    rules = [r for r in layers_of(chart, "rule") if "datum" in r["encoding"].get("y", {})]
    assert [r["encoding"]["y"]["datum"] for r in rules] == [368.0]
    assert [b["encoding"]["y"]["datum"] for b in layers_of(chart, "rect")] == [364.0]


def test_an_interval_around_the_start_of_the_curve_is_shown_to_both_its_ends(picture_of):
    key = Mark("key", 1000.0, "answer")
    picture = picture_of("importance_weights", {"n": 1000}, key, accepted=(790.0, 1270.0))
    chart = CHARTS["effective_sample_size"](picture)
    (rect,) = layers_of(chart, "rect")
    assert (rect["encoding"]["y"]["datum"], rect["encoding"]["y2"]["datum"]) == (790.0, 1270.0)
    assert rect["encoding"]["y"]["scale"]["domain"][1] > 1270.0


def test_weights_stand_on_a_log_axis_with_the_sample_marked(picture_of):
    chart = CHARTS["importance_weight"](picture_of("importance_weights", {"x": -1.5}))
    (line,) = layers_of(chart, "line")
    assert line["encoding"]["y"]["scale"]["type"] == "log"
    sample, watched = layers_of(chart, "point")
    assert len(rows_of(chart, sample)) <= 200
    (row,) = rows_of(chart, watched)
    assert row["value"] == pytest.approx(math.exp(-1.5 - 0.5))
    assert "x = −1.5" in " ".join(chart.to_dict()["title"]["text"])


OTHERS = {"effective_sample_size": "importance_weights", "importance_weight": "importance_weights"}


@pytest.mark.parametrize("name", OWN)
def test_no_chart_of_shift_minds_an_outcome_without_rows(name, picture_of, emptied, drawn):
    simulation = OTHERS.get(name, "covariate_shift")
    drawn(CHARTS[name](emptied(picture_of(simulation))), "light")


EXTREMES = [
    ("shift_fit", "covariate_shift", {"test_mean": -1.5, "test_std": 0.1, "n": 1000}),
    ("shift_fit", "covariate_shift", {"degree": 5, "n": 20, "train_mean": 1.5, "power": 4}),
    ("shift_slope", "covariate_shift", {"train_std": 1.0, "test_std": 0.6}),
    ("shift_diagnosis", "covariate_shift", {"rule_shift": -1.0}),
    ("effective_sample_size", "importance_weights", {"shift": 0.0, "n": 50}),
    ("importance_weight", "importance_weights", {"shift": 0.0}),
    ("importance_weight", "importance_weights", {"shift": 1.5, "x": 3.0}),
]


@pytest.mark.parametrize(("name", "simulation", "settings"), EXTREMES)
@pytest.mark.parametrize(("mode", "language"), [("dark", "ko")])
def test_every_chart_of_shift_is_drawn(
    picture_of, drawn, name, simulation, settings, mode, language
):
    marks = (Mark("key", 0.7, "answer"), Mark("yours", -1e9, "your answer"))
    picture = picture_of(simulation, settings, *marks, accepted=(0.69, 0.71), language=language)
    image = drawn(CHARTS[name](picture), mode)
    assert len(image.getcolors(10_000_000)) > 20
    assert image.width <= 340


@pytest.mark.parametrize(("name", "simulation", "settings"), EXTREMES)
def test_no_chart_of_shift_has_too_many_marks(picture_of, name, simulation, settings):
    spec = CHARTS[name](picture_of(simulation, settings)).to_dict()
    assert sum(len(rows) for rows in spec["datasets"].values()) < 2000


@pytest.mark.parametrize("moved", [0, -1, 0.5])
def test_the_inputs_of_a_network_are_two_bells_as_far_apart_as_the_question_says(moved, picture_of):
    picture = picture_of("signal_propagation", {"depth": 3}, numbers={"moved": moved})
    chart = CHARTS["shift_inputs"](picture)
    (line,) = layers_of(chart, "line")
    peaks = {}
    for row in rows_of(chart, line):
        if row["value"] > peaks.get(row["series"], (0, 0))[0]:
            peaks[row["series"]] = (row["value"], row["at"])
    assert peaks["training inputs"][1] == pytest.approx(0, abs=0.06)
    assert peaks["test inputs"][1] == pytest.approx(moved, abs=0.06)
    assert ("covariate shift" in title_of(chart)) == (moved != 0)
