"""Charts of framework defaults and of truncated normal weights."""

from __future__ import annotations

import math

import pytest

from engine.charts import CHARTS, Mark
from engine.charts.kit import theme
from tests.charts.reading import charts_of, lab_of, layers_of, rows_of, title_of

OWN = charts_of("truncated_normal") | {"framework_bars": CHARTS["framework_bars"]}
LAB = lab_of("truncated_normal")

LAYER, CUT = "weight_initialization", "truncated_normal"
SIMULATION = {"framework_bars": LAYER, "truncated_density": CUT}


def test_the_charts_are_there_by_name():
    assert set(OWN) == set(SIMULATION)
    assert set(OWN) <= set(CHARTS)
    assert LAB == {CUT: ("truncated_density",)}


def test_each_framework_has_its_own_bar_named_with_its_place(picture_of):
    key = [Mark("key", o, "answer") for o in ("pytorch", "flax", "keras", "he")]
    picture = picture_of(LAYER, {"n_in": 512, "n_out": 128}, *key)
    chart = CHARTS["framework_bars"](picture)
    (bars,) = layers_of(chart, "bar")
    rows = {row["option"]: row for row in rows_of(chart, bars)}
    assert rows["pytorch"]["value"] == pytest.approx(math.sqrt(1 / 1536))
    assert rows["keras"]["value"] == pytest.approx(math.sqrt(2 / 640))
    assert rows["flax"]["value"] == pytest.approx(math.sqrt(1 / 512))
    assert rows["keras"]["name"].endswith("(answer: 3)")


def test_layers_of_different_sizes_have_a_bar_each_with_their_size(picture_of):
    names = ("pytorch", "keras", "flax", "he")
    sizes = {f"in_{n}": size for n, size in zip(names, (100, 64, 256, 400), strict=True)}
    sizes |= {f"out_{n}": 200 for n in names}
    picture = picture_of(LAYER, {"n_in": 100, "n_out": 200}, numbers=sizes)
    chart = CHARTS["framework_bars"](picture)
    (bars,) = layers_of(chart, "bar")
    rows = {row["option"]: row for row in rows_of(chart, bars)}
    variances = {"pytorch": 1 / 300, "keras": 2 / 264, "flax": 1 / 256, "he": 2 / 400}
    assert {option: row["value"] for option, row in rows.items()} == pytest.approx(
        {option: math.sqrt(variance) for option, variance in variances.items()}
    )
    assert rows["keras"]["name"].endswith("64 → 200")
    assert "100 →" not in title_of(chart)


def test_an_answer_about_a_deviation_stands_on_both_sides(picture_of):
    picture = picture_of(CUT, {"scale": 0.1}, Mark("yours", 0.08, "your answer"))
    chart = CHARTS["truncated_density"](picture)
    own = [r for r in layers_of(chart, "rule") if r["mark"].get("color") == theme.YOURS]
    at = sorted(r["encoding"]["x"]["datum"] for r in own if "datum" in r["encoding"]["x"])
    assert at == pytest.approx([-0.08, 0.08])
    assert "88% of 0.1" in title_of(chart)


def test_the_bars_end_at_the_cut_and_the_bell_does_not(picture_of):
    chart = CHARTS["truncated_density"](picture_of(CUT, {"scale": 3.0, "rule": "absolute"}))
    (bars,) = layers_of(chart, "rect")
    assert max(row["right"] for row in rows_of(chart, bars)) <= 2
    (bell,) = layers_of(chart, "line")
    assert max(row["x"] for row in rows_of(chart, bell)) > 9


@pytest.mark.parametrize("name", OWN)
def test_no_chart_of_defaults_minds_an_outcome_without_rows(name, picture_of, emptied, drawn):
    drawn(CHARTS[name](emptied(picture_of(SIMULATION[name]))), "light")


EXTREMES = [
    ("framework_bars", {"n_in": 2, "n_out": 16384}),
    ("framework_bars", {"n_in": 16384, "n_out": 2}),
    ("truncated_density", {"scale": 0.001, "rule": "absolute", "cut": 5.0}),
    ("truncated_density", {"scale": 10.0, "rule": "absolute", "cut": 0.5}),
    ("truncated_density", {"scale": 10.0, "cut": 5.0}),
]


@pytest.mark.parametrize(("name", "settings"), EXTREMES)
@pytest.mark.parametrize(("mode", "language"), [("dark", "ko")])
def test_every_chart_of_defaults_is_drawn(picture_of, drawn, name, settings, mode, language):
    marks = (Mark("key", 0.07, "answer"), Mark("yours", -1e9, "your answer"))
    picture = picture_of(
        SIMULATION[name], settings, *marks, accepted=(0.069, 0.071), language=language
    )
    image = drawn(CHARTS[name](picture), mode)
    assert len(image.getcolors(10_000_000)) > 20
    assert image.width <= 340


@pytest.mark.parametrize(("name", "settings"), EXTREMES)
def test_no_chart_of_defaults_has_too_many_marks(picture_of, name, settings):
    spec = CHARTS[name](picture_of(SIMULATION[name], settings)).to_dict()
    assert sum(len(rows) for rows in spec["datasets"].values()) < 1000
