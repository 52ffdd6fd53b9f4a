"""Charts of standardized values."""

from __future__ import annotations

import pytest

from engine.charts import CHARTS, Mark
from engine.charts.kit import theme
from engine.simulations import SIMULATIONS
from engine.simulations.gradients.standardization import METHODS, SHAPES
from tests.charts.reading import charts_of, lab_of, layers_of, rows_of, title_of

OWN = charts_of("standardization", "batch_scores")
LAB = lab_of("standardization", "batch_scores")

OF = {name: simulation for simulation, names in LAB.items() for name in names}


def test_the_lab_has_a_chart_for_each_simulation_and_every_chart_has_a_simulation():
    assert set(OF) == set(OWN) < set(CHARTS)
    assert set(LAB) < set(SIMULATIONS)


def test_bars_below_zero_have_a_color_of_their_own(picture_of):
    chart = CHARTS["scores_histogram"](picture_of("standardization", {"log_std": 1.0}))
    bars = next(s for s in layers_of(chart, "rect") if "color" in s["encoding"])
    rows = rows_of(chart, bars)
    below = sum(row["value"] for row in rows if row["side"] == "below 0")
    assert below == pytest.approx(0.69, abs=0.05)
    assert all((row["right"] <= 0.1) == (row["side"] == "below 0") for row in rows)
    colours = bars["encoding"]["color"]["scale"]["range"]
    assert len(set(colours)) == 2
    assert theme.YOURS not in colours


def test_the_title_says_the_share_below_zero_and_that_the_skewness_stays(picture_of):
    picture = picture_of("standardization", {"shape": "zero_one", "p": 0.1})
    said = title_of(CHARTS["scores_histogram"](picture))
    assert "90%" in said
    assert "2.67 before, 2.67 after" in said


def test_z_scores_are_upright_rules_and_shares_lie_flat(picture_of):
    marks = (Mark("key", 3.0, "answer"), Mark("yours", 1.0, "your answer"))
    picture = picture_of("standardization", {"shape": "zero_one", "p": 0.1}, *marks)
    chart = CHARTS["scores_histogram"](picture)
    answers = [theme.KEY, theme.YOURS]
    rules = [
        r
        for r in layers_of(chart, "rule")
        if r["mark"].get("color") in answers and "datum" in r["encoding"].get("x", {})
    ]
    assert [r["encoding"]["x"]["datum"] for r in rules] == [3.0, 1.0]
    share = (Mark("key", 0.69, "answer"),)
    chart = CHARTS["scores_share"](picture_of("standardization", {}, *share))
    rules = [r for r in layers_of(chart, "rule") if "datum" in r["encoding"].get("y", {})]
    assert [r["encoding"]["y"]["datum"] for r in rules] == [0.69]


def test_the_curve_of_shares_rises_from_none_to_all(picture_of):
    chart = CHARTS["scores_share"](picture_of("standardization", {"shape": "exponential"}))
    (lines,) = layers_of(chart, "line")
    values = [r["value"] for r in rows_of(chart, lines) if r["series"] == "these values"]
    assert values == sorted(values)
    assert values[0] == 0
    assert values[-1] > 0.97


def test_houses_stand_at_their_z_with_their_size_and_the_places_they_were_given(picture_of):
    order = ("first", "fourth", "second", "third")
    marks = [Mark("key", name, "answer") for name in order]
    settings = {"mean_1": 60.0, "std_1": 15.0, "first": 90.0, "third": 150.0}
    chart = CHARTS["batch_strips"](picture_of("batch_scores", settings, *marks))
    texts = [
        (row["at"], row["size"])
        for layer in layers_of(chart, "text")
        if "text" in layer["encoding"]
        for row in rows_of(chart, layer)
    ]
    assert (pytest.approx(2.0), "90 m² (answer: 1)") in texts
    assert (pytest.approx(-1.0), "150 m² (answer: 4)") in texts


@pytest.mark.parametrize("name", OWN)
def test_no_chart_of_scores_minds_an_outcome_without_rows(name, picture_of, emptied, drawn):
    drawn(CHARTS[name](emptied(picture_of(OF[name]))), "light")


EXTREMES = [
    *(("scores_histogram", {"shape": shape, "n": 100}) for shape in SHAPES),
    *(("scores_share", {"method": method, "log_std": 2.0}) for method in METHODS),
    ("scores_histogram", {"shape": "zero_one", "p": 0.98, "method": "min_max"}),
    ("batch_strips", {"first": 500.0, "second": 1.0, "std_1": 2.0, "mean_1": 10.0}),
    ("batch_strips", {"first": 60.0, "second": 60.0, "third": 190.0, "fourth": 190.0}),
]


@pytest.mark.parametrize(("name", "settings"), EXTREMES)
@pytest.mark.parametrize(("mode", "language"), [("dark", "ko")])
def test_every_chart_of_scores_is_drawn(picture_of, drawn, name, settings, mode, language):
    marks = (Mark("key", 0.7, "answer"), Mark("yours", -1e9, "your answer"))
    picture = picture_of(OF[name], settings, *marks, accepted=(0.69, 0.71), language=language)
    image = drawn(CHARTS[name](picture), mode)
    assert len(image.getcolors(10_000_000)) > 20
    assert image.width <= 340
