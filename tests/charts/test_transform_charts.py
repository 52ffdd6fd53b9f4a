"""Charts of the batch-norm transform."""

from __future__ import annotations

import pytest

from engine.charts import CHARTS, Mark
from engine.charts.kit import theme
from tests.charts.reading import charts_of, lab_of, layers_of, rows_of, rules_of, title_of

OWN = charts_of("batchnorm_transform", "batchnorm_output")
LAB = lab_of("batchnorm_transform", "batchnorm_output")

BATCH, OUTPUT = "batchnorm_transform", "batchnorm_output"
SIMULATION = {name: simulation for simulation, names in LAB.items() for name in names}


def test_every_chart_is_there_by_name_and_in_the_lab():
    assert set(OWN) <= set(CHARTS)
    assert set(SIMULATION) == set(OWN)


def test_each_value_is_followed_down_its_stages(picture_of):
    settings = {"count": 4, "x_1": 2.0, "x_2": 4.0, "x_3": 6.0, "x_4": 8.0, "gamma": 2.0}
    chart = CHARTS["bn_stages"](picture_of(BATCH, {**settings, "beta": 1.0}))
    (dots,) = layers_of(chart, "point")
    first = [r["value"] for r in rows_of(chart, dots) if r["which"] == "first"]
    assert first == pytest.approx([2, -1.342, -1.683], abs=1e-3)
    (threads,) = layers_of(chart, "line")
    assert threads["encoding"]["order"]["field"] == "step"
    assert "2 → −1.34 → −1.68" in title_of(chart)


def test_swapped_letters_bring_a_new_layers_outputs_to_one_point(picture_of):
    chart = CHARTS["bn_swapped"](picture_of(BATCH, {"gamma": 1.0, "beta": 0.0}))
    (dots,) = layers_of(chart, "point")
    rows = [r for r in rows_of(chart, dots) if r["row"] == "γ and β swapped"]
    assert {r["value"] for r in rows} == {1.0}
    assert "but 0 with" in title_of(chart)


def test_a_verdict_is_said_above_the_plot(picture_of):
    marks = (Mark("key", "false", "answer"), Mark("yours", "true", "your answer"))
    options = {"true": "True", "misleading": "Misleading", "false": "False"}
    picture = picture_of(BATCH, {"gamma": 1.0, "beta": 0.0}, *marks, options=options)
    said = [s["mark"].get("text") for s in layers_of(CHARTS["bn_swapped"](picture), "text")]
    assert set(said) >= {"answer: False", "your answer: True"}


def test_answers_about_a_slope_are_lines_through_the_point(picture_of):
    marks = (Mark("key", 0.4, "answer"), Mark("yours", 0.9, "your answer"))
    chart = CHARTS["bn_slope"](picture_of(BATCH, {"x_1": 7.0}, *marks))
    (dot,) = layers_of(chart, "point")
    ((at, height),) = [(r["at"], r["value"]) for r in rows_of(chart, dot)]
    own = [s for s in layers_of(chart, "line") if s["mark"].get("color") == theme.YOURS]
    (a, b) = rows_of(chart, own[0])
    assert (b["value"] - a["value"]) / (b["at"] - a["at"]) == pytest.approx(0.9)
    assert a["value"] + 0.9 * (at - a["at"]) == pytest.approx(height)


def test_answers_that_are_variances_stand_at_beta_plus_and_minus_their_root(picture_of):
    picture = picture_of(OUTPUT, {"gamma": 2.0, "beta": 1.0}, Mark("key", 4.0, "answer"))
    rules = layers_of(CHARTS["bn_output"](picture), "rule")
    at = sorted(r["encoding"]["x"]["datum"] for r in rules if "datum" in r["encoding"]["x"])
    assert at == pytest.approx([-1, 3])


def test_the_area_below_zero_is_the_share_that_relu_sets_to_zero(picture_of):
    share = 0.3085  # Phi(-1/2)
    marks = Mark("key", share, "answer"), Mark("yours", 0.7, "your answer")
    picture = picture_of(OUTPUT, {"gamma": 2.0, "beta": 1.0, "shape": "normal"}, *marks)
    chart = CHARTS["relu_zeros"](picture)
    (bars,) = layers_of(chart, "rect")
    rows = rows_of(chart, bars)
    below = [row for row in rows if row["series"].startswith("below 0")]
    area = sum((row["right"] - row["left"]) * row["density"] for row in below)
    assert area == pytest.approx(picture.outcome.scalars["zeros"], abs=0.02)
    assert (
        max(row["right"] for row in below)
        == 0
        == min(row["left"] for row in rows if row not in below)
    )
    assert "30.9%" in title_of(chart)  # the key's own number, not that of the drawn values
    rules = rules_of(chart, "x")
    assert rules[theme.KEY] == pytest.approx(0, abs=0.1)
    assert rules[theme.YOURS] == pytest.approx(1 + 2 * 0.524, abs=0.15)


def test_epsilon_is_drawn_for_two_frameworks_on_a_log_axis(picture_of):
    chart = CHARTS["epsilon_std"](picture_of(OUTPUT, {"std": 0.01, "eps": 1e-3}))
    (lines,) = layers_of(chart, "line")
    assert lines["encoding"]["x"]["scale"]["type"] == "log"
    assert len(lines["encoding"]["color"]["scale"]["domain"]) == 2
    assert "0.302" in title_of(chart)


@pytest.mark.parametrize("name", OWN)
def test_no_chart_of_the_transform_minds_an_outcome_without_rows(name, picture_of, emptied, drawn):
    drawn(CHARTS[name](emptied(picture_of(SIMULATION[name]))), "light")


EXTREMES = [
    ("bn_stages", {"x_1": 20.0, "x_2": -20.0, "count": 2}),
    ("bn_stages", {"gamma": 0.0}),
    ("bn_swapped", {"gamma": 1.0, "beta": 0.0}),
    ("bn_slope", {f"x_{n}": 4.0 for n in range(1, 7)}),
    ("bn_slope", {"gamma": 0.0}),
    ("bn_output", {"gamma": -5.0, "mean": 20.0}),
    ("bn_output", {"gamma": 0.0, "std": 1e-4}),
    ("relu_zeros", {"gamma": 0.0, "beta": -5.0}),
    ("relu_zeros", {"shape": "exponential", "gamma": -1.0}),
    ("epsilon_std", {"std": 1e-4, "eps": 1.0}),
    ("epsilon_std", {"std": 10.0}),
]


@pytest.mark.parametrize(("name", "settings"), EXTREMES)
@pytest.mark.parametrize(("mode", "language"), [("dark", "ko")])
def test_every_chart_of_the_transform_is_drawn(picture_of, drawn, name, settings, mode, language):
    marks = (Mark("key", 0.7, "answer"), Mark("yours", -1e9, "your answer"))
    picture = picture_of(
        SIMULATION[name], settings, *marks, accepted=(0.69, 0.71), language=language
    )
    image = drawn(CHARTS[name](picture), mode)
    assert len(image.getcolors(10_000_000)) > 20
    assert image.width <= 340


@pytest.mark.parametrize(("name", "settings"), EXTREMES)
def test_no_chart_of_the_transform_has_too_many_marks(picture_of, name, settings):
    spec = CHARTS[name](picture_of(SIMULATION[name], settings)).to_dict()
    assert sum(len(rows) for rows in spec["datasets"].values()) < 2000
