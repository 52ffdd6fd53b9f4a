"""Charts on which an answer is a weight, a deviation, a layer or a count, not the size drawn."""

from __future__ import annotations

from typing import Any

import pytest

from engine.charts import CHARTS, LAB, Mark
from tests.charts.reading import layers_of

OWN = ("chain_weights", "signal_deviations", "signal_layers", "leaky_count")
CHAIN = {"slope": 0.2, "weight": 2.0, "depth": 4}
NETWORK = {"activation": "relu", "initialization": "fixed_normal", "std": 0.2, "width": 50}


def places(chart: Any, channel: str) -> list[float]:
    rules = layers_of(chart, "rule")
    found = (rule["encoding"].get(channel, {}) for rule in rules)
    return [place["datum"] for place in found if "datum" in place]


def texts(chart: Any) -> list[str]:
    return [layer["mark"]["text"] for layer in layers_of(chart, "text") if "text" in layer["mark"]]


def test_they_are_there_by_name_and_the_lab_has_those_of_the_size():
    assert set(OWN) < set(CHARTS)
    assert not set(OWN) & {chart for charts in LAB.values() for chart in charts}


def test_a_weight_is_drawn_where_the_first_layer_would_end_and_called_what_it_is(picture_of):
    marks = Mark("key", 2.0, "answer"), Mark("yours", 1.9, "your answer")
    chart = CHARTS["chain_weights"](picture_of("gradient_chain", CHAIN, *marks))
    assert places(chart, "y") == pytest.approx([0.4**3, 0.38**3])
    assert {"answer: 2", "your answer: 1.9"} <= set(texts(chart))
    assert "weight" in str(chart.to_dict()["title"]["subtitle"])


@pytest.mark.parametrize("name", ["chain_weights", "signal_deviations"])
def test_an_answer_that_leads_beyond_all_numbers_is_not_drawn(picture_of, name):
    marks = Mark("key", 2.0, "answer"), Mark("yours", 1e300, "your answer")
    simulation, settings = {
        "chain_weights": ("gradient_chain", CHAIN),
        "signal_deviations": ("signal_propagation", NETWORK),
    }[name]
    assert len(places(CHARTS[name](picture_of(simulation, settings, *marks)), "y")) == 1


def test_without_an_answer_no_weight_is_spoken_of(picture_of):
    for name, simulation in (("chain_weights", "gradient_chain"), ("signal_deviations", "")):
        picture = picture_of(simulation or "signal_propagation", {})
        told = str(CHARTS[name](picture).to_dict()["title"])
        assert "where the" not in told


def test_a_deviation_is_drawn_where_the_last_layer_would_end(picture_of):
    marks = Mark("key", 0.2, "answer"), Mark("yours", 0.19, "your answer")
    chart = CHARTS["signal_deviations"](
        picture_of("signal_propagation", NETWORK | {"depth": 10}, *marks)
    )
    assert places(chart, "y") == pytest.approx([1.0, (0.19 / 0.2) ** 10])
    assert "answer: 0.2" in texts(chart)


@pytest.mark.parametrize(
    ("name", "simulation", "settings"),
    [
        ("signal_layers", "signal_propagation", NETWORK | {"depth": 12}),
        ("leaky_count", "leaky_relu", {"slope": 0.1, "units": 7}),
    ],
)
def test_layers_and_counts_are_upright_on_the_scale_of_the_line(
    name, simulation, settings, picture_of
):
    marks = Mark("key", 7.0, "answer"), Mark("yours", 4.0, "your answer")
    chart = CHARTS[name](picture_of(simulation, settings, *marks))
    assert places(chart, "x") == [7.0, 4.0]
    (line,) = layers_of(chart, "line")
    scales = [line["encoding"]["x"]["scale"]["domain"]]
    scales += [
        r["encoding"]["x"]["scale"]["domain"]
        for r in layers_of(chart, "rule")
        if "datum" in r["encoding"].get("x", {})
    ]
    assert len(scales) == 3
    assert all(scale == pytest.approx(scales[0]) for scale in scales)


@pytest.mark.parametrize("name", OWN)
def test_no_chart_minds_an_outcome_without_rows(name, picture_of, emptied, drawn):
    simulations = {"chain_weights": "gradient_chain", "leaky_count": "leaky_relu"}
    picture = picture_of(simulations.get(name, "signal_propagation"))
    drawn(CHARTS[name](emptied(picture)), "light")
