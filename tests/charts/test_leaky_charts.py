"""Charts of leaky ReLU."""

from __future__ import annotations

import pytest

from engine.charts import CHARTS, Mark
from engine.charts.kit import theme
from tests.charts.reading import charts_of, lab_of, layers_of, rows_of

OWN = charts_of("leaky_relu")
LAB = lab_of("leaky_relu")


def test_every_chart_is_there_by_name_and_in_the_lab():
    assert set(OWN) - {"leaky_count"} == set(LAB["leaky_relu"]) < set(CHARTS)


def test_the_shape_has_the_slope_below_zero_and_is_relu_above(picture_of):
    chart = CHARTS["leaky_shape"](picture_of("leaky_relu", {"slope": 0.3, "x": -2.5}))
    (line,) = layers_of(chart, "line")
    rows = rows_of(chart, line)
    leaky = {row["at"]: row["value"] for row in rows if row["series"].startswith("leaky")}
    relu = {row["at"]: row["value"] for row in rows if row["series"] == "ReLU"}
    assert leaky[-3] == pytest.approx(-0.9)
    assert relu[-3] == 0
    assert leaky[3] == relu[3] == 3
    dashes = line["encoding"]["strokeDash"]["scale"]["range"]
    assert dashes[0] != dashes[1]


def test_the_point_lies_on_the_curve_of_the_gain(picture_of):
    picture = picture_of("leaky_relu", {"slope": 0.2, "n_in": 100})
    chart = CHARTS["leaky_gain"](picture)
    (point,) = layers_of(chart, "point")
    (here,) = rows_of(chart, point)
    assert here["value"] == pytest.approx(picture.outcome.scalars["sigma"])
    curve = {row["at"]: row["value"] for row in rows_of(chart, layers_of(chart, "line")[0])}
    assert curve[0.2] == pytest.approx(here["value"])


def test_the_path_starts_whole_on_a_log_axis_and_has_a_gap_where_nothing_is_left(picture_of):
    chart = CHARTS["leaky_path"](picture_of("leaky_relu", {"slope": 0.1, "units": 3}))
    (line,) = layers_of(chart, "line")
    assert line["encoding"]["y"]["scale"]["type"] == "log"
    assert [row["value"] for row in rows_of(chart, line)] == pytest.approx([1, 0.1, 0.01, 0.001])
    relu = CHARTS["leaky_path"](picture_of("leaky_relu", {"slope": 0.0, "units": 2}))
    assert [row["value"] for row in rows_of(relu, layers_of(relu, "line")[0])] == [1, None, None]


@pytest.mark.parametrize("name", LAB["leaky_relu"])
def test_answers_are_level_rules(picture_of, name):
    marks = (Mark("key", 0.08, "answer"), Mark("yours", 0.07, "your answer"))
    chart = CHARTS[name](picture_of("leaky_relu", {}, *marks))
    found = [r for r in layers_of(chart, "rule") if "datum" in r["encoding"].get("y", {})]
    assert [r["encoding"]["y"]["datum"] for r in found] == [0.08, 0.07]
    assert found[1]["mark"]["color"] == theme.YOURS


def test_a_network_with_leaky_relu_names_it(picture_of):
    settings = {"activation": "leaky_relu", "slope": 0.5, "depth": 5, "width": 64}
    for name in ("signal_forward", "signal_schemes"):
        title = CHARTS[name](picture_of("signal_propagation", settings)).to_dict()["title"]
        assert "leaky ReLU" in " ".join(title["subtitle"])


@pytest.mark.parametrize("name", OWN)
def test_no_chart_minds_an_outcome_without_rows(name, picture_of, emptied, drawn):
    drawn(CHARTS[name](emptied(picture_of("leaky_relu"))), "light")


EXTREMES = [
    {"slope": 0.0, "units": 20, "x": -10.0},
    {"slope": 1.0, "units": 1, "x": 10.0},
    {"slope": 0.01, "units": 20, "n_in": 1024},
]


@pytest.mark.parametrize("name", OWN)
@pytest.mark.parametrize("settings", EXTREMES)
@pytest.mark.parametrize(("mode", "language"), [("dark", "ko")])
def test_every_chart_of_leaky_relu_is_drawn(picture_of, drawn, name, settings, mode, language):
    marks = (Mark("key", 0.3, "answer"), Mark("yours", -1e9, "your answer"))
    picture = picture_of("leaky_relu", settings, *marks, accepted=(0.2, 0.4), language=language)
    image = drawn(CHARTS[name](picture), mode)
    assert len(image.getcolors(10_000_000)) > 20
    assert image.width <= 340
