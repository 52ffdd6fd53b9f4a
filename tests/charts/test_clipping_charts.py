"""Charts of gradient clipping."""

from __future__ import annotations

import math

import pytest

from engine.charts import CHARTS, Mark
from engine.charts.kit import theme
from engine.simulations import SIMULATIONS
from tests.charts.reading import charts_of, lab_of, layers_of, rows_of, title_of

OWN = charts_of("gradient_clipping", "clipping_trace")
LAB = lab_of("gradient_clipping", "clipping_trace")

OF = {name: simulation for simulation, names in LAB.items() for name in names}
GRADIENT = {"first": 3.0, "second": -12.0, "third": 1.0, "fourth": 8.0, "limit": 5.0}


def answers_of(chart, channel):
    rules = [r for r in layers_of(chart, "rule") if r["mark"].get("strokeDash") is not None]
    return [
        (r["encoding"][channel]["datum"], r["mark"]["color"])
        for r in rules
        if "datum" in r["encoding"].get(channel, {})
    ]


def test_the_lab_has_a_chart_for_each_simulation_and_every_chart_has_a_simulation():
    assert set(OF) == set(OWN) < set(CHARTS)
    assert set(LAB) < set(SIMULATIONS)


def test_each_entry_stands_there_before_and_after(picture_of):
    marks = (Mark("key", -4.07, "answer"), Mark("yours", -5.0, "your answer"))
    chart = CHARTS["clipped_entries"](picture_of("gradient_clipping", GRADIENT, *marks))
    (points,) = layers_of(chart, "point")
    second = {r["stage"]: r["value"] for r in rows_of(chart, points) if 1.5 < r["at"] < 2.5}
    factor = 5 / math.sqrt(9 + 144 + 1 + 64)
    assert second["before"] == -12
    assert second["clipped by norm"] == pytest.approx(-12 * factor, rel=1e-6)
    assert second["clipped by value"] == -5
    assert answers_of(chart, "y") == [(-4.07, theme.KEY), (-5, theme.YOURS)]
    assert len(set(points["encoding"]["shape"]["scale"]["range"])) == 3


def test_a_gradient_of_three_entries_shows_three(picture_of):
    chart = CHARTS["clipped_entries"](picture_of("gradient_clipping", {**GRADIENT, "fourth": 0.0}))
    (points,) = layers_of(chart, "point")
    assert max(row["at"] for row in rows_of(chart, points)) < 3.5


def test_the_lengths_are_bars_and_answers_are_upright(picture_of):
    marks = (Mark("key", 14.8, "answer"), Mark("yours", 5.0, "your answer"))
    chart = CHARTS["clipped_lengths"](picture_of("gradient_clipping", GRADIENT, *marks))
    (bars,) = layers_of(chart, "bar")
    lengths = [row["value"] for row in rows_of(chart, bars)]
    assert lengths == pytest.approx([math.sqrt(218), 5, math.sqrt(9 + 25 + 1 + 25)], rel=1e-6)
    assert answers_of(chart, "x") == [(14.8, theme.KEY), (5, theme.YOURS)]


def test_the_arm_clipped_by_value_has_the_cosine_of_the_title(picture_of):
    marks = (Mark("key", 0.79, "answer"), Mark("yours", 1.0, "your answer"))
    chart = CHARTS["clipped_direction"](picture_of("gradient_clipping", {}, *marks))
    arms = next(s for s in layers_of(chart, "line") if "color" in s["encoding"])
    ends = {r["arm"]: (r["x"], r["y"]) for r in rows_of(chart, arms) if r["x"] > 0}
    assert ends["clipped by value"] == pytest.approx((0.7916, 0.6110), abs=1e-3)
    assert ends["before, and clipped by norm"] == (1, 0)
    assert "37.7°" in title_of(chart)
    answers = [s["mark"]["color"] for s in layers_of(chart, "line") if "color" in s["mark"]]
    assert {theme.KEY, theme.YOURS} <= set(answers)


def test_the_share_falls_with_the_limit(picture_of):
    marks = (Mark("key", 0.244, "answer"),)
    chart = CHARTS["clipped_share"](picture_of("clipping_trace", {"limit": 2.0}, *marks))
    (line,) = layers_of(chart, "line")
    values = [row["value"] for row in rows_of(chart, line)]
    assert values == sorted(values, reverse=True)
    assert line["encoding"]["x"]["scale"]["type"] == "log"
    assert "24.4%" in title_of(chart)
    assert answers_of(chart, "y") == [(0.244, theme.KEY)]


def test_only_steps_above_the_limit_are_cut(picture_of):
    chart = CHARTS["clipping_steps"](picture_of("clipping_trace", {"limit": 2.0}))
    (points,) = layers_of(chart, "point")
    rows = rows_of(chart, points)
    assert all((row["value"] > 2) == row["what"].startswith("clipped") for row in rows)
    assert {row["cut"] for row in rows if row["value"] > 2} == {2}


@pytest.mark.parametrize("name", OWN)
def test_no_chart_of_clipping_minds_an_outcome_without_rows(name, picture_of, emptied, drawn):
    drawn(CHARTS[name](emptied(picture_of(OF[name]))), "light")


ZERO = {"first": 0.0, "second": 0.0, "third": 0.0, "fourth": 0.0}
EXTREMES = [
    *((name, {}) for name in OWN),
    ("clipped_entries", {**ZERO, "limit": 0.01}),
    ("clipped_entries", {"limit": 200.0}),
    ("clipped_lengths", ZERO),
    ("clipped_direction", {"first": 100.0, "second": -100.0, "limit": 0.01}),
    ("clipped_share", {"limit": 1000.0, "median": 0.01, "spread": 0.1}),
    ("clipping_steps", {"limit": 0.001, "median": 100.0, "spread": 3.0}),
    ("clipping_steps", {"steps": 10, "limit": 1000.0}),
]


@pytest.mark.parametrize(("name", "settings"), EXTREMES)
@pytest.mark.parametrize(("mode", "language"), [("dark", "ko")])
def test_every_chart_of_clipping_is_drawn(picture_of, drawn, name, settings, mode, language):
    marks = (Mark("key", 0.7, "answer"), Mark("yours", -1e9, "your answer"))
    picture = picture_of(OF[name], settings, *marks, accepted=(0.69, 0.71), language=language)
    image = drawn(CHARTS[name](picture), mode)
    assert len(image.getcolors(10_000_000)) > 20
    assert image.width <= 340
