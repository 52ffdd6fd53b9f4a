"""Charts of gradients going back."""

from __future__ import annotations

import pytest

from engine.charts import CHARTS, Mark
from engine.charts.kit import theme
from engine.simulations import SIMULATIONS
from tests.charts.reading import charts_of, lab_of, layers_of, rows_of, title_of

OWN = charts_of("gradient_chain", "gradient_activations", "float_overflow", "signal_propagation")
LAB = lab_of("gradient_chain", "gradient_activations", "float_overflow", "signal_propagation")

OF = {chart: simulation for simulation, charts in LAB.items() for chart in charts}
KEY, YOURS = Mark("key", 0.5, "Right answer"), Mark("yours", 2.0, "Your answer")


def test_every_chart_belongs_to_a_simulation_and_is_there_by_name():
    assert set(OF) < set(OWN) < set(CHARTS)
    assert set(LAB) < set(SIMULATIONS)


def test_the_chain_has_a_point_a_layer_and_the_answer_as_a_level_rule(picture_of):
    key = Mark("key", 0.5**9, "Right answer")
    chart = CHARTS["chain_sizes"](picture_of("gradient_chain", {"slope": 0.5, "depth": 10}, key))
    (lines,) = layers_of(chart, "line")
    sizes = [row["size"] for row in rows_of(chart, lines)]
    assert sizes == pytest.approx([0.5**step for step in range(9, -1, -1)])
    assert lines["encoding"]["y"]["scale"]["type"] == "log"
    rules = [r for r in layers_of(chart, "rule") if "datum" in r["encoding"].get("y", {})]
    assert [r["encoding"]["y"]["datum"] for r in rules] == [0.5**9]
    assert "0.002" in title_of(chart)


def test_skips_are_drawn_beside_the_chain_without(picture_of):
    chart = CHARTS["chain_skips"](picture_of("gradient_chain", {"slope": 0.3, "depth": 5}))
    (lines,) = layers_of(chart, "line")
    first = {row["series"]: row["size"] for row in rows_of(chart, lines) if row["layer"] == 1}
    assert sorted(first.values()) == pytest.approx([0.3**4, 1.3**4])


def test_the_chain_crosses_its_limit_where_the_title_says(picture_of):
    settings = {"slope": 0.4, "depth": 40, "limit": 1e-3}
    chart = CHARTS["chain_steps"](picture_of("gradient_chain", settings))
    (lines,) = layers_of(chart, "line")
    rows = [row for row in rows_of(chart, lines) if row["series"] == "multiplied at every step"]
    below = min(row["at"] for row in rows if row["value"] < 1e-3)
    assert f"{below:.0f} steps" in title_of(chart)
    assert below == 8


def test_four_activations_have_a_colour_and_a_dash_each_and_their_places(picture_of):
    marks = [Mark("key", name, "answer") for name in ("sigmoid", "relu", "tanh", "linear")]
    chart = CHARTS["activations_backward"](picture_of("gradient_activations", {}, *marks))
    (lines,) = layers_of(chart, "line")
    encoding = lines["encoding"]
    assert encoding["color"]["scale"]["domain"] == [
        "linear (answer: 4)",
        "tanh (answer: 3)",
        "sigmoid (answer: 1)",
        "ReLU (answer: 2)",
    ]
    assert len({str(dash) for dash in encoding["strokeDash"]["scale"]["range"]}) == 4
    assert theme.YOURS not in encoding["color"]["scale"]["range"]


def test_the_signal_crosses_the_largest_number_in_the_layer_of_the_title(picture_of):
    marks = (Mark("key", 37, "Right answer"), Mark("yours", 17, "Your answer"))
    chart = CHARTS["overflow_layers"](picture_of("float_overflow", {"width": 256}, *marks))
    (lines,) = layers_of(chart, "line")
    rows = [row for row in rows_of(chart, lines) if row["series"] == "rms of activations"]
    crossed = min(row["at"] for row in rows if row["value"] > 3.4028234e38)
    assert f"layer {crossed:.0f}" in title_of(chart)
    rules = [r for r in layers_of(chart, "rule") if "datum" in r["encoding"].get("x", {})]
    assert [r["encoding"]["x"]["datum"] for r in rules] == [37, 17]


def test_saturation_stands_beside_a_gradient_that_grows(picture_of):
    settings = {"activation": "tanh", "initialization": "fixed_normal", "std": 1.0}
    title = title_of(CHARTS["gradient_saturated"](picture_of("signal_propagation", settings)))
    assert "89.3% of the units are saturated" in title
    assert "×10²²" in title


EXTREMES = [
    ("float_overflow", {"width": 1024, "std": 4.0, "depth": 150}),
    ("float_overflow", {"width": 2, "std": 0.01, "format": "float16"}),
    ("float_overflow", {"depth": 1}),
    ("signal_propagation", {"activation": "relu", "initialization": "he_normal", "width": 2}),
    ("gradient_chain", {"slope": 0.01, "weight": 0.1, "depth": 101, "limit": 1e-30}),
    ("gradient_chain", {"slope": 1.0, "weight": 10.0, "depth": 101}),
    ("gradient_chain", {"slope": 1.0, "depth": 2, "limit": 0.5}),
    ("gradient_activations", {"initialization": "fixed_normal", "std": 2.0, "depth": 100}),
    ("gradient_activations", {"initialization": "fixed_normal", "std": 0.001, "depth": 2}),
]


@pytest.mark.parametrize(("simulation", "settings"), EXTREMES)
@pytest.mark.parametrize(("mode", "language"), [("dark", "ko")])
def test_every_chart_of_gradients_is_drawn(picture_of, drawn, simulation, settings, mode, language):
    for name in LAB[simulation]:
        for marks in ((), (KEY, YOURS)):
            picture = picture_of(simulation, settings, *marks, language=language)
            image = drawn(CHARTS[name](picture), mode)
            assert len(image.getcolors(1 << 24)) > 20
            assert image.width <= 345


@pytest.mark.parametrize("name", OF)
def test_no_chart_of_gradients_minds_an_outcome_without_rows(name, picture_of, emptied, drawn):
    drawn(CHARTS[name](emptied(picture_of(OF[name]))), "light")


def test_a_chain_alone_needs_no_legend_and_speaks_of_no_skips(picture_of):
    chart = CHARTS["chain_sizes"](picture_of("gradient_chain", {"slope": 0.5, "depth": 10}))
    (lines,) = layers_of(chart, "line")
    assert lines["encoding"]["color"]["legend"] is None
    assert "skip" not in str(chart.to_dict())


def test_a_gradient_that_grew_is_not_said_to_be_left(picture_of):
    settings = {"slope": 1.0, "weight": 1.5, "depth": 5}
    assert "5.1 times as large" in title_of(
        CHARTS["chain_sizes"](picture_of("gradient_chain", settings))
    )


def test_the_legend_names_only_the_activations_that_are_drawn(picture_of):
    chart = CHARTS["activations_backward"](picture_of("gradient_activations", {"depth": 5}))
    (lines,) = layers_of(chart, "line")
    drawn = {row["series"] for row in rows_of(chart, lines)}
    assert set(lines["encoding"]["color"]["scale"]["domain"]) == drawn
    assert not any("leaky" in name for name in drawn)
