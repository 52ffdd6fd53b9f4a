"""Charts of weights scaled in front of batch normalization."""

from __future__ import annotations

import pytest

from engine.charts import CHARTS, Mark
from engine.charts.kit import theme
from engine.simulations import SIMULATIONS
from tests.charts.reading import charts_of, lab_of, layers_of, rows_of, title_of

OWN = charts_of("scale_invariance", "effective_rate")
LAB = lab_of("scale_invariance", "effective_rate")

SIMULATION_OF = {chart: name for name, charts in LAB.items() for chart in charts}


def test_the_charts_are_there_by_name_and_every_simulation_has_one():
    assert set(OWN) == set(SIMULATION_OF)
    assert set(OWN) < set(CHARTS)
    assert set(LAB) < set(SIMULATIONS)


def test_the_gradient_falls_by_as_much_as_the_weights_grow(picture_of):
    settings = {"alpha": 5.0, "gradient": 0.8, "epsilon": 0.0}
    key = Mark("key", 0.16, "answer")
    chart = CHARTS["gradient_scaling"](picture_of("scale_invariance", settings, key))
    (line,) = layers_of(chart, "line")
    rows = rows_of(chart, line)
    assert [row["at"] * row["value"] for row in rows] == pytest.approx([0.8] * len(rows))
    assert line["encoding"]["x"]["scale"]["type"] == "log"
    assert line["encoding"]["y"]["scale"]["type"] == "log"
    (dots,) = layers_of(chart, "point")
    assert [row["at"] for row in rows_of(chart, dots)] == [1, 5]
    assert [row["value"] for row in rows_of(chart, dots)] == pytest.approx([0.8, 0.16])
    rules = [r for r in layers_of(chart, "rule") if "datum" in r["encoding"].get("y", {})]
    assert [r["encoding"]["y"]["datum"] for r in rules] == [0.16]
    assert "gradient times 0.2" in title_of(chart)


def test_the_step_stands_upright_on_the_weights_and_the_arc_ends_at_the_new_norm(picture_of):
    settings = {"norm": 3.0, "gradient": 8.0, "rate": 0.5, "epsilon": 0.0}
    yours = Mark("yours", 7.0, "your answer")
    chart = CHARTS["norm_step"](picture_of("scale_invariance", settings, yours))
    weights, step, after, arc = (rows_of(chart, layer) for layer in layers_of(chart, "line"))
    assert (weights[-1]["x"], weights[-1]["y"]) == pytest.approx((3, 0))
    assert (step[-1]["x"], step[-1]["y"]) == pytest.approx((3, 4))
    assert (after[-1]["x"], after[-1]["y"]) == pytest.approx((3, 4))
    assert (arc[0]["x"], arc[0]["y"]) == pytest.approx((5, 0))
    assert (arc[-1]["x"], arc[-1]["y"]) == pytest.approx((3, 4))
    rules = [r for r in layers_of(chart, "rule") if "datum" in r["encoding"].get("x", {})]
    assert rules[0]["encoding"]["x"]["datum"] == 7
    assert rules[0]["mark"]["color"] == theme.YOURS


def test_the_deviation_is_lost_where_the_variance_is_below_epsilon(picture_of):
    chart = CHARTS["scaled_std"](picture_of("scale_invariance", {"alpha": 0.001, "spread": 3.0}))
    (line,) = layers_of(chart, "line")
    values = [row["value"] for row in rows_of(chart, line)]
    assert values == sorted(values)
    assert values[0] < 0.01
    assert values[-1] == pytest.approx(1)
    (dot,) = layers_of(chart, "point")
    assert rows_of(chart, dot)[0]["value"] == pytest.approx(0.688, abs=5e-4)
    assert "0.688" in title_of(chart)


def test_a_verdict_is_named_above_the_plot(picture_of):
    mark = Mark("yours", "true", "your answer")
    picture = picture_of("scale_invariance", {}, mark, options={"true": "True"})
    texts = [s["mark"].get("text") for s in layers_of(CHARTS["scaled_std"](picture), "text")]
    assert texts == ["your answer: True"]


def test_norms_with_and_without_decay_start_together_and_differ_by_more_than_colour(picture_of):
    picture = picture_of("scale_invariance", {"norm": 10.0, "decay": 0.1})
    chart = CHARTS["norm_growth"](picture)
    (line,) = layers_of(chart, "line")
    starts = [row["value"] for row in rows_of(chart, line) if row["at"] == 0]
    assert starts == pytest.approx([10, 10])
    dashes = line["encoding"]["strokeDash"]["scale"]["range"]
    assert len({str(dash) for dash in dashes}) == 2


def test_units_are_named_with_their_numbers_and_their_places(picture_of):
    ranks = [Mark("key", option, "answer") for option in "cab"]
    chart = CHARTS["turned_angles"](picture_of("effective_rate", {}, *ranks))
    (bars,) = layers_of(chart, "bar")
    names = [row["name"] for row in rows_of(chart, bars)]
    assert names[0] == "A: η = 0.1, |W| = 1 (answer: 2)"
    turned = [row["turned"] for row in rows_of(chart, bars)]
    assert turned[2] > turned[0] > turned[1]


@pytest.mark.parametrize("name", OWN)
def test_no_chart_of_invariance_minds_an_outcome_without_rows(name, picture_of, emptied, drawn):
    drawn(CHARTS[name](emptied(picture_of(SIMULATION_OF[name]))), "light")


EXTREMES = [
    ("gradient_scaling", {"alpha": 1e-5, "epsilon": 0.01}),
    ("gradient_scaling", {"alpha": 100.0, "gradient": 100.0, "epsilon": 0.0}),
    ("norm_step", {"norm": 0.1, "gradient": 100.0, "rate": 10.0}),
    ("norm_step", {"norm": 100.0, "gradient": 0.01, "rate": 0.001, "decay": 0.1}),
    ("scaled_std", {"alpha": 1e-5, "spread": 0.1, "epsilon": 0.01}),
    ("scaled_std", {"epsilon": 0.0}),
    ("norm_growth", {"steps": 1}),
    ("norm_growth", {"steps": 300, "rate": 10.0, "decay": 0.1}),
    ("turned_angles", {"rate_a": 10.0, "norm_a": 0.1}),
    ("turned_angles", {"rate_a": 0.001, "norm_a": 100.0, "rate_b": 0.001, "norm_b": 100.0}),
]


@pytest.mark.parametrize(("name", "settings"), EXTREMES)
@pytest.mark.parametrize(("mode", "language"), [("dark", "ko")])
def test_every_chart_of_invariance_is_drawn(picture_of, drawn, name, settings, mode, language):
    marks = (Mark("key", 0.7, "answer"), Mark("yours", -1e9, "your answer"))
    picture = picture_of(
        SIMULATION_OF[name], settings, *marks, accepted=(0.69, 0.71), language=language
    )
    chart = CHARTS[name](picture)
    assert sum(len(rows) for rows in chart.to_dict()["datasets"].values()) < 1000
    image = drawn(chart, mode)
    assert len(image.getcolors(10_000_000)) > 20
    assert image.width <= 340
