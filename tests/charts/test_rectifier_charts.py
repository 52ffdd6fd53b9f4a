"""Charts of rectified units."""

from __future__ import annotations

import pytest

from engine.charts import CHARTS, Mark
from engine.charts.kit import theme
from tests.charts.reading import charts_of, lab_of, layers_of, rows_of, title_of

OWN = charts_of("relu_batch", "dead_units", "dead_training")
LAB = lab_of("relu_batch", "dead_units", "dead_training")

CASES = [(chart, simulation) for simulation, charts in LAB.items() for chart in charts]
EXTREMES = [
    ("batch_positives", "relu_batch", {"batch": 50, "mean": 4.0, "std": 0.1}),
    ("batch_positives", "relu_batch", {"batch": 1, "mean": -4.0}),
    ("silent_units", "dead_units", {"samples": 1}),
    ("silent_units", "dead_units", {"bias": -8.0, "samples": 5000, "units": 50}),
    ("firing_rates", "dead_units", {"bias": 4.0, "features": 2}),
    ("dead_by_step", "dead_training", {"small_steps": 0, "large_steps": 1}),
    ("dead_by_step", "dead_training", {"learning_rate": 100.0, "small_steps": 300}),
]


def test_every_chart_is_there_by_name_and_in_the_lab():
    assert set(OWN) == {chart for chart, _ in CASES}
    assert set(OWN) < set(CHARTS)


def test_the_bar_at_zero_is_as_high_as_the_formula_and_stands_out(picture_of):
    chart = CHARTS["batch_positives"](picture_of("relu_batch", {"batch": 4, "mean": 0.0}))
    (bars,) = layers_of(chart, "rect")
    rows = rows_of(chart, bars)
    assert [row["value"] for row in rows] == pytest.approx([n / 16 for n in (1, 4, 6, 4, 1)])
    assert rows[0]["series"] != rows[1]["series"] == rows[4]["series"]
    assert "0.0625" in title_of(chart)


def test_a_probability_just_below_one_is_not_rounded_to_one(picture_of):
    chart = CHARTS["batch_positives"](picture_of("relu_batch", {"batch": 6, "mean": -4.5}))
    assert "probability 0.999980" in title_of(chart)
    assert "negative with 0.9999966" in title_of(chart)


def test_the_share_that_never_fired_falls_from_a_hundred_per_cent_on_a_log_axis(picture_of):
    picture = picture_of("dead_units", {"bias": -5.0})
    chart = CHARTS["silent_units"](picture)
    (line,) = layers_of(chart, "line")
    rows = [row for row in rows_of(chart, line) if row["series"] == "units drawn here"]
    assert line["encoding"]["x"]["scale"]["type"] == "log"
    values = [row["value"] for row in rows]
    assert values == sorted(values, reverse=True)
    assert values[-1] == pytest.approx(100 * picture.outcome.scalars["dead"])


def test_dead_units_are_drawn_for_every_step_in_per_cent(picture_of):
    picture = picture_of("dead_training", {"large_steps": 4, "small_steps": 6})
    chart = CHARTS["dead_by_step"](picture)
    (line,) = layers_of(chart, "line")
    rows = rows_of(chart, line)
    assert [row["at"] for row in rows] == list(range(11))
    assert rows[-1]["value"] == pytest.approx(picture.outcome.scalars["percent_end"])
    (turn,) = [r for r in layers_of(chart, "rule") if "x" in r["encoding"]]
    assert turn["encoding"]["x"]["datum"] == 4


@pytest.mark.parametrize("name", ["batch_positives", "silent_units", "dead_by_step"])
def test_answers_are_level_rules(picture_of, name):
    simulation = next(s for chart, s in CASES if chart == name)
    marks = (Mark("key", 0.2, "answer"), Mark("yours", 0.25, "your answer"))
    chart = CHARTS[name](picture_of(simulation, {}, *marks))
    found = [r for r in layers_of(chart, "rule") if "datum" in r["encoding"].get("y", {})]
    assert [r["encoding"]["y"]["datum"] for r in found] == [0.2, 0.25]
    assert found[1]["mark"]["color"] == theme.YOURS


@pytest.mark.parametrize(("name", "simulation"), CASES)
def test_no_chart_of_rectifiers_minds_an_outcome_without_rows(
    name, simulation, picture_of, emptied, drawn
):
    drawn(CHARTS[name](emptied(picture_of(simulation))), "light")


@pytest.mark.parametrize(("name", "simulation", "settings"), EXTREMES)
@pytest.mark.parametrize(("mode", "language"), [("dark", "ko")])
def test_every_chart_of_rectifiers_is_drawn(
    picture_of, drawn, name, simulation, settings, mode, language
):
    marks = (Mark("key", 0.3, "answer"), Mark("yours", -1e9, "your answer"))
    picture = picture_of(simulation, settings, *marks, accepted=(0.2, 0.4), language=language)
    image = drawn(CHARTS[name](picture), mode)
    assert len(image.getcolors(10_000_000)) > 20
    assert image.width <= 340
