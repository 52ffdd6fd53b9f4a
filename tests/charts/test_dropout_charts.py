"""Charts of dropout in front of batch normalization."""

from __future__ import annotations

import pytest

from engine.charts import CHARTS, Mark
from engine.charts.kit import theme
from engine.simulations import SIMULATIONS
from tests.charts.reading import charts_of, lab_of, layers_of, rows_of, title_of

OWN = charts_of("dropout_shift", "dropout_order")
LAB = lab_of("dropout_shift", "dropout_order")

SIMULATION_OF = {chart: name for name, charts in LAB.items() for chart in charts}


def test_the_charts_are_there_by_name_and_every_simulation_has_one():
    assert set(OWN) == set(SIMULATION_OF)
    assert set(OWN) < set(CHARTS)
    assert set(LAB) < set(SIMULATIONS)


def test_the_outputs_of_training_spread_wider_than_those_of_the_test(picture_of):
    chart = CHARTS["dropout_outputs"](picture_of("dropout_shift", {"mean": 2.0, "drop": 0.3}))
    (bars,) = layers_of(chart, "rect")
    moments = {}
    for row in rows_of(chart, bars):
        middle = (row["left"] + row["right"]) / 2
        share = row["percent"] / 100
        total, square = moments.get(row["series"], (0, 0))
        moments[row["series"]] = (total + share, square + share * middle**2)
    assert [total for total, _ in moments.values()] == pytest.approx([1, 1])
    train, test = (square**0.5 for _, square in moments.values())
    assert train == pytest.approx(1, abs=0.03)
    assert test == pytest.approx(0.564, abs=0.03)
    assert "0.564 at test" in title_of(chart)


@pytest.mark.parametrize(
    ("name", "at_zero", "here"), [("dropout_ratio", 1, 3.143), ("dropout_test_std", 1, 0.564)]
)
def test_the_curve_starts_without_a_shift_and_the_point_lies_on_it(picture_of, name, at_zero, here):
    key = Mark("key", here, "answer")
    picture = picture_of("dropout_shift", {"mean": 2.0, "drop": 0.3}, key)
    chart = CHARTS[name](picture)
    (line,) = layers_of(chart, "line")
    assert rows_of(chart, line)[0]["value"] == pytest.approx(at_zero)
    (dot,) = layers_of(chart, "point")
    assert rows_of(chart, dot)[0]["at"] == 0.3
    assert rows_of(chart, dot)[0]["value"] == pytest.approx(here, abs=1e-3)
    rules = [r for r in layers_of(chart, "rule") if "datum" in r["encoding"].get("y", {})]
    assert [r["encoding"]["y"]["datum"] for r in rules] == [here]
    assert rules[0]["mark"]["color"] == theme.KEY


def test_an_estimate_has_its_accepted_band(picture_of):
    picture = picture_of("dropout_shift", accepted=(0.68, 0.79))
    bands = layers_of(CHARTS["dropout_test_std"](picture), "rect")
    assert bands[0]["encoding"]["y"]["datum"] == 0.68
    assert bands[0]["encoding"]["y2"]["datum"] == 0.79


def test_every_order_has_a_bar_and_only_some_fall_short_of_one(picture_of):
    chart = CHARTS["dropout_orders"](picture_of("dropout_order", {"drop": 0.5}))
    (bars,) = layers_of(chart, "bar")
    short = {row["name"] for row in rows_of(chart, bars) if row["std"] < 0.95}
    assert short == {
        "Dropout → BN",
        "Dropout → Linear → BN",
        "BN → ReLU → Dropout → Linear → BN",
    }
    (line,) = [r for r in layers_of(chart, "rule") if "datum" in r["encoding"].get("x", {})]
    assert line["encoding"]["x"]["datum"] == 1
    assert "deviation 0." in title_of(chart)


def test_an_order_without_a_shift_says_so_and_names_the_answers(picture_of):
    mark = Mark("yours", "true", "your answer")
    settings = {"order": "Dropout → LN"}
    picture = picture_of("dropout_order", settings, mark, options={"true": "True"})
    chart = CHARTS["dropout_orders"](picture)
    assert "at test as in training" in title_of(chart)
    texts = [s["mark"].get("text") for s in layers_of(chart, "text")]
    assert "your answer: True" in texts


@pytest.mark.parametrize("name", OWN)
def test_no_chart_of_dropout_minds_an_outcome_without_rows(name, picture_of, emptied, drawn):
    drawn(CHARTS[name](emptied(picture_of(SIMULATION_OF[name]))), "light")


EXTREMES = [
    ("dropout_outputs", {"drop": 0.0}),
    ("dropout_outputs", {"values": "rectified", "mean": -1.0, "std": 0.5, "drop": 0.9}),
    ("dropout_ratio", {"drop": 0.9, "mean": 5.0, "std": 0.5}),
    ("dropout_ratio", {"drop": 0.0, "mean": 0.0}),
    ("dropout_test_std", {"drop": 0.9, "mean": 5.0, "std": 0.5}),
    ("dropout_test_std", {"values": "rectified", "drop": 0.0}),
    ("dropout_orders", {"drop": 0.0, "units": 2}),
    ("dropout_orders", {"drop": 0.9, "units": 64, "order": "Dropout → LN", "mean": -2.0}),
]


@pytest.mark.parametrize(("name", "settings"), EXTREMES)
@pytest.mark.parametrize(("mode", "language"), [("dark", "ko")])
def test_every_chart_of_dropout_is_drawn(picture_of, drawn, name, settings, mode, language):
    marks = (Mark("key", 0.7, "answer"), Mark("yours", -1e9, "your answer"))
    picture = picture_of(
        SIMULATION_OF[name], settings, *marks, accepted=(0.69, 0.71), language=language
    )
    chart = CHARTS[name](picture)
    assert sum(len(rows) for rows in chart.to_dict()["datasets"].values()) < 500
    image = drawn(chart, mode)
    assert len(image.getcolors(10_000_000)) > 20
    assert image.width <= 340
