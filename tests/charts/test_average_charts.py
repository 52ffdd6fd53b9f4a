"""Charts of moving averages."""

from __future__ import annotations

import itertools

import pytest

from engine.charts import CHARTS, Mark
from engine.charts.kit import theme
from tests.charts.reading import charts_of, layers_of, rows_of, title_of

OWN = charts_of("moving_average")

JUMP = {"signal": "step", "beta": 0.8, "beta_2": 0.95, "window": 5, "jump": 40, "steps": 10}


def names_of(chart):
    (lines,) = [s for s in layers_of(chart, "line") if "color" in s["encoding"]]
    return lines["encoding"]["color"]["scale"]["domain"]


def series_of(chart, name):
    (lines,) = layers_of(chart, "line")
    return [(r["at"], r["value"]) for r in rows_of(chart, lines) if r["series"] == name]


def test_the_charts_are_there_by_name():
    names = {"average_start", "step_response", "ema_weights", "noise_left", "weight_held"}
    assert set(OWN) == names
    assert names < set(CHARTS)


def test_the_average_starts_at_zero_and_its_correction_lies_on_the_signal(picture_of):
    settings = {"beta": 0.9, "level": 5.0, "steps": 10}
    chart = CHARTS["average_start"](picture_of("moving_average", settings))
    signal, corrected, average = names_of(chart)
    assert series_of(chart, average)[0] == (0, 0)
    assert series_of(chart, average)[-1] == pytest.approx((10, 5 * (1 - 0.9**10)))
    assert {value for _, value in series_of(chart, signal)} == {5}
    assert [value for _, value in series_of(chart, corrected)] == pytest.approx([5] * 10)
    assert "65.1%" in title_of(chart)


def test_series_differ_by_dash_as_well_as_by_colour(picture_of):
    chart = CHARTS["step_response"](picture_of("moving_average", JUMP))
    (lines,) = layers_of(chart, "line")
    encoding = lines["encoding"]
    assert len({str(d) for d in encoding["strokeDash"]["scale"]["range"]}) >= 4
    assert len(set(encoding["color"]["scale"]["range"])) == 5
    assert theme.YOURS not in encoding["color"]["scale"]["range"]


def test_the_jump_stands_upright_and_each_average_ends_where_it_should(picture_of):
    chart = CHARTS["step_response"](picture_of("moving_average", JUMP))
    signal = next(name for name in names_of(chart) if name == "signal")
    assert [value for at, value in series_of(chart, signal) if at == 0] == [0, 1]
    window = next(name for name in names_of(chart) if name.startswith("last 5"))
    assert series_of(chart, window)[-1] == (10, 1)


def test_the_legend_says_which_place_each_answer_gave(picture_of):
    key = [Mark("key", o, "answer") for o in ("window", "ema", "ema-slow", "cumulative")]
    yours = [Mark("yours", o, "your answer") for o in ("ema", "window", "ema-slow", "cumulative")]
    chart = CHARTS["step_response"](picture_of("moving_average", JUMP, *key, *yours))
    assert "last 5 steps (answer: 1, your answer: 2)" in names_of(chart)
    assert "β = 0.8 (answer: 2, your answer: 1)" in names_of(chart)


def test_each_bar_of_weight_is_a_step_old_and_beta_times_the_one_before(picture_of):
    chart = CHARTS["ema_weights"](picture_of("moving_average", {"beta": 0.9}))
    (bars,) = layers_of(chart, "rect")
    rows = rows_of(chart, bars)
    assert rows[0]["value"] == pytest.approx(0.1)
    ratios = [b["value"] / a["value"] for a, b in itertools.pairwise(rows)]
    assert ratios == pytest.approx([0.9] * len(ratios))
    assert (rows[3]["left"], rows[3]["right"]) == pytest.approx((2.6, 3.4))
    assert "6.58" in title_of(chart)


def test_answers_about_steps_are_upright_rules(picture_of):
    marks = (Mark("key", 6.58, "answer"), Mark("yours", 10.0, "your answer"))
    picture = picture_of("moving_average", {"beta": 0.9}, *marks)
    chart = CHARTS["ema_weights"](picture)
    rules = [r for r in layers_of(chart, "rule") if "datum" in r["encoding"].get("x", {})]
    assert [r["encoding"]["x"]["datum"] for r in rules] == [6.58, 10.0]
    assert rules[1]["mark"]["color"] == theme.YOURS


def test_noise_is_drawn_around_zero_with_answers_on_both_sides(picture_of):
    settings = {"signal": "noisy", "level": 7.0, "noise": 2.0, "steps": 100}
    key = Mark("key", 0.46, "answer")
    chart = CHARTS["noise_left"](picture_of("moving_average", settings, key))
    signal, _ = names_of(chart)
    values = [value for _, value in series_of(chart, signal)]
    assert abs(sum(values) / len(values)) < 1
    rules = [r for r in layers_of(chart, "rule") if "datum" in r["encoding"].get("y", {})]
    assert sorted(r["encoding"]["y"]["datum"] for r in rules) == [-0.46, 0.46]


def test_a_window_holds_everything_at_its_length_and_the_average_does_not(picture_of):
    chart = CHARTS["weight_held"](picture_of("moving_average", {"beta": 0.9, "window": 10}))
    average, window = names_of(chart)
    assert dict(series_of(chart, window))[10] == pytest.approx(1)
    assert dict(series_of(chart, average))[10] == pytest.approx(1 - 0.9**10)
    assert "65.1%" in title_of(chart)


@pytest.mark.parametrize("name", OWN)
def test_no_chart_of_averages_minds_an_outcome_without_rows(name, picture_of, emptied, drawn):
    drawn(CHARTS[name](emptied(picture_of("moving_average"))), "light")


EXTREMES = [
    ("average_start", {"level": -8.0, "steps": 1}),
    ("average_start", {"level": 0.0, "steps": 300, "beta": 0.995}),
    ("step_response", {"signal": "step", "jump": 0, "steps": 1, "window": 1}),
    ("step_response", {"signal": "noisy", "steps": 300}),
    ("ema_weights", {"beta": 0.5, "percent": 99}),
    ("ema_weights", {"beta": 0.995, "window": 100}),
    ("noise_left", {"noise": 0.0}),
    ("noise_left", {"signal": "noisy", "noise": 20.0, "steps": 300, "beta": 0.995}),
    ("weight_held", {"beta": 0.995, "window": 1}),
]


@pytest.mark.parametrize(("name", "settings"), EXTREMES)
@pytest.mark.parametrize(("mode", "language"), [("dark", "ko")])
def test_every_chart_of_averages_is_drawn(picture_of, drawn, name, settings, mode, language):
    marks = (Mark("key", 0.7, "answer"), Mark("yours", -1e9, "your answer"))
    picture = picture_of(
        "moving_average", settings, *marks, accepted=(0.69, 0.71), language=language
    )
    image = drawn(CHARTS[name](picture), mode)
    assert len(image.getcolors(10_000_000)) > 20
    assert image.width <= 340


@pytest.mark.parametrize(("name", "settings"), EXTREMES)
def test_no_chart_of_averages_has_too_many_marks(picture_of, name, settings):
    spec = CHARTS[name](picture_of("moving_average", settings)).to_dict()
    assert sum(len(rows) for rows in spec["datasets"].values()) < 2000
