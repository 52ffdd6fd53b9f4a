"""Charts of where batch normalization stands."""

from __future__ import annotations

import pytest

from engine.charts import CHARTS, Mark
from engine.charts.kit import theme
from engine.simulations import SIMULATIONS
from tests.charts.reading import charts_of, lab_of, layers_of, rows_of, title_of

OWN = charts_of("redundant_bias", "relu_bn_order", "layer_parameters")
LAB = lab_of("redundant_bias", "relu_bn_order", "layer_parameters")

SIMULATION_OF = {chart: name for name, charts in LAB.items() for chart in charts}


def test_the_charts_are_there_by_name_and_every_simulation_has_one():
    names = {"bias_gradients", "relu_bn_outputs", "relu_bn_means", "parameter_parts"}
    assert set(OWN) == set(SIMULATION_OF) == names
    assert names < set(CHARTS)
    assert set(LAB) < set(SIMULATIONS)


def test_a_bias_without_gradient_has_no_bar_but_a_zero(picture_of):
    chart = CHARTS["bias_gradients"](picture_of("redundant_bias"))
    (bars,) = layers_of(chart, "bar")
    shown = {row["name"] for row in rows_of(chart, bars)}
    texts = {row["name"]: row["text"] for row in rows_of(chart, layers_of(chart, "text")[0])}
    assert len(shown) == 7
    assert {name for name in texts if name not in shown} == {
        "Linear → BN → ReLU",
        "Linear → Linear → BN → ReLU",
        "Linear → BN → tanh",
        "Linear → BN → LN",
    }
    assert texts["Linear → BN → ReLU"] == "0"
    assert all(texts[name] != "0" for name in shown)
    assert bars["encoding"]["x"]["scale"]["type"] == "log"
    assert "no gradient" in title_of(chart)


def test_a_bias_with_gradient_has_it_in_the_title(picture_of):
    settings = {"pipeline": "Linear → ReLU → BN"}
    picture = picture_of("redundant_bias", settings)
    size = picture.outcome.scalars["bias_gradient"]
    assert f"rms {size:.2g}" in title_of(CHARTS["bias_gradients"](picture))


def test_answers_in_words_stand_above_the_bars(picture_of):
    yours = Mark("yours", "true", "your answer")
    picture = picture_of("redundant_bias", {}, yours, options={"true": "True"})
    texts = [s["mark"].get("text") for s in layers_of(CHARTS["bias_gradients"](picture), "text")]
    assert "your answer: True" in texts


def test_both_orders_are_drawn_over_the_same_bins_and_answers_are_upright(picture_of):
    marks = (Mark("key", -0.683, "answer"), Mark("yours", 0.0, "your answer"))
    chart = CHARTS["relu_bn_outputs"](picture_of("relu_bn_order", {}, *marks))
    (bars,) = layers_of(chart, "rect")
    rows = rows_of(chart, bars)
    sums, lowest = {}, {}
    for row in rows:
        sums[row["series"]] = sums.get(row["series"], 0) + row["percent"]
        lowest[row["series"]] = min(lowest.get(row["series"], 9), row["left"])
    assert sums == pytest.approx({"BN → ReLU": 100, "ReLU → BN": 100})
    assert lowest["ReLU → BN"] == pytest.approx(-0.683, abs=5e-4)
    assert lowest["BN → ReLU"] > -0.1
    rules = [r for r in layers_of(chart, "rule") if "datum" in r["encoding"].get("x", {})]
    assert [r["encoding"]["x"]["datum"] for r in rules] == [-0.683, 0]
    assert rules[1]["mark"]["color"] == theme.YOURS


def test_means_are_bars_from_zero_named_with_their_places(picture_of):
    ranks = [Mark("key", o, "answer") for o in ("plain", "after", "before", "relu")]
    settings = {"beta_plain": -0.5, "beta_after": 0.1, "gamma_before": 2.0, "std": 3.0}
    chart = CHARTS["relu_bn_means"](picture_of("relu_bn_order", settings, *ranks))
    (bars,) = layers_of(chart, "bar")
    rows = {row["name"]: row["mean"] for row in rows_of(chart, bars)}
    assert rows["BN (answer: 1)"] == -0.5
    assert rows["ReLU → BN (answer: 2)"] == 0.1
    assert rows["BN → ReLU (answer: 3)"] == pytest.approx(0.798, abs=5e-4)
    assert rows["ReLU (answer: 4)"] == pytest.approx(1.197, abs=5e-4)
    assert bars["encoding"]["x2"]["datum"] == 0


def test_the_parts_lie_end_to_end(picture_of):
    chart = CHARTS["parameter_parts"](picture_of("layer_parameters", {"filters": 16}))
    (bars,) = layers_of(chart, "rect")
    rows = rows_of(chart, bars)
    assert rows[0]["start"] == 0
    assert [row["end"] for row in rows[:-1]] == [row["start"] for row in rows[1:]]
    assert rows[-1]["end"] == 9 * 3 * 16 + 5 * 16
    assert "512 numbers, of which 480 are trained" in title_of(chart)


@pytest.mark.parametrize("name", OWN)
def test_no_chart_of_placement_minds_an_outcome_without_rows(name, picture_of, emptied, drawn):
    drawn(CHARTS[name](emptied(picture_of(SIMULATION_OF[name]))), "light")


EXTREMES = [
    ("bias_gradients", {"batch": 2, "units": 2, "inputs": 1}),
    ("bias_gradients", {"batch": 256, "units": 64, "pipeline": "Linear → LN → ReLU"}),
    ("relu_bn_outputs", {"gamma_before": 5.0, "gamma_after": 0.1, "beta_after": -3.0}),
    ("relu_bn_outputs", {"mean": -1.0, "std": 0.5, "beta_before": -3.0, "gamma_before": 0.1}),
    ("relu_bn_means", {"beta_after": -3.0, "beta_plain": 3.0, "std": 10.0}),
    ("relu_bn_means", {"gamma_before": 0.1, "beta_before": -3.0, "std": 0.5, "mean": -1.0}),
    ("parameter_parts", {"kernel": 1, "channels": 1, "filters": 1, "bias": False}),
    ("parameter_parts", {"kernel": 11, "channels": 512, "filters": 512}),
]


@pytest.mark.parametrize(("name", "settings"), EXTREMES)
@pytest.mark.parametrize(("mode", "language"), [("dark", "ko")])
def test_every_chart_of_placement_is_drawn(picture_of, drawn, name, settings, mode, language):
    marks = (Mark("key", 0.7, "answer"), Mark("yours", -1e9, "your answer"))
    picture = picture_of(
        SIMULATION_OF[name], settings, *marks, accepted=(0.69, 0.71), language=language
    )
    chart = CHARTS[name](picture)
    assert sum(len(rows) for rows in chart.to_dict()["datasets"].values()) < 500
    image = drawn(chart, mode)
    assert len(image.getcolors(10_000_000)) > 20
    assert image.width <= 340
