"""Charts of gradient descent."""

from __future__ import annotations

import pytest

from engine.charts import CHARTS, Mark
from engine.charts.kit import theme
from engine.simulations import SIMULATIONS
from tests.charts.reading import charts_of, lab_of, layers_of, rows_of, title_of

OWN = charts_of("gradient_descent", "rate_race")
LAB = lab_of("gradient_descent", "rate_race")

OF = {name: simulation for simulation, names in LAB.items() for name in names}
VALLEY = {"curvature": 10.0, "curvature_2": 2.0, "start": 1.0, "start_2": 1.0, "steps": 30}


def test_the_lab_has_a_chart_for_each_simulation_and_every_chart_has_a_simulation():
    assert set(OF) == set(OWN) < set(CHARTS)
    assert set(LAB) < set(SIMULATIONS)


def test_the_path_shows_every_weight_and_says_what_it_does(picture_of):
    settings = {"learning_rate": 0.5, "curvature": 3.0, "start": 4.0, "steps": 3}
    chart = CHARTS["descent_path"](picture_of("gradient_descent", settings))
    (line,) = layers_of(chart, "line")
    shown = [(row["at"], row["value"]) for row in rows_of(chart, line)]
    assert shown == [(0, 4), (1, -2), (2, 1), (3, -0.5)]
    assert "1.5: jumps across" in title_of(chart)


@pytest.mark.parametrize(
    ("product", "said"), [(0.5, "on one side"), (1, "after one"), (2, "for ever"), (2.5, "above 2")]
)
def test_the_title_tells_the_cases_apart(picture_of, product, said):
    settings = {"learning_rate": product / 4, "curvature": 4.0}
    assert said in title_of(CHARTS["descent_path"](picture_of("gradient_descent", settings)))


def test_what_runs_away_does_not_squash_the_plot(picture_of):
    settings = {"learning_rate": 10.0, "curvature": 100.0, "start": 2.0}
    chart = CHARTS["descent_path"](picture_of("gradient_descent", settings))
    (line,) = layers_of(chart, "line")
    assert line["encoding"]["y"]["scale"]["domain"] == [-10, 10]
    assert line["mark"]["clip"] is True


def test_the_error_is_on_a_log_axis_and_answers_are_steps(picture_of):
    settings = {"learning_rate": 0.1, "curvature": 1.0, "steps": 60}
    marks = (Mark("key", 43.7, "answer"), Mark("yours", 10.0, "your answer"))
    chart = CHARTS["descent_error"](picture_of("gradient_descent", settings, *marks))
    (line,) = layers_of(chart, "line")
    assert line["encoding"]["y"]["scale"]["type"] == "log"
    rules = [r for r in layers_of(chart, "rule") if "datum" in r["encoding"].get("x", {})]
    assert [r["encoding"]["x"]["datum"] for r in rules] == [43.7, 10.0]
    assert rules[1]["mark"]["color"] == theme.YOURS
    assert "after 44 steps" in title_of(chart)


def test_the_sweep_says_where_the_loss_begins_to_grow(picture_of):
    chart = CHARTS["rate_sweep"](picture_of("gradient_descent", VALLEY))
    assert "η = 0.2 " in title_of(chart)
    (line,) = layers_of(chart, "line")
    assert line["encoding"]["x"]["scale"]["type"] == "log"
    above = [row["value"] for row in rows_of(chart, line) if row["at"] > 0.21]
    below = [row["value"] for row in rows_of(chart, line) if row["at"] < 0.19]
    assert min(above) > 1 > max(below)


def test_a_loss_that_falls_at_first_and_then_grows_is_drawn_so(picture_of):
    settings = {"curvature": 1.0, "start": 6.0, "curvature_2": 8.0, "start_2": 0.2}
    chart = CHARTS["descent_loss"](
        picture_of("gradient_descent", {**settings, "learning_rate": 2.5 / 8, "steps": 40})
    )
    (line,) = layers_of(chart, "line")
    losses = [row["value"] for row in rows_of(chart, line)]
    assert losses[1] < losses[0] < losses[-1]
    assert line["encoding"]["y"]["scale"]["type"] == "log"
    assert "diverges above 0.25" in title_of(chart)


def test_the_race_names_its_rates_and_the_places_they_were_given(picture_of):
    order = ("third", "second", "first", "fourth")
    marks = [Mark("yours", name, "your answer") for name in order]
    chart = CHARTS["rate_race"](picture_of("rate_race", {"curvature": 4.0}, *marks))
    (lines,) = layers_of(chart, "line")
    names = lines["encoding"]["color"]["scale"]["domain"]
    assert names[2] == "η = 0.35 (your answer: 1)"
    assert len({str(d) for d in lines["encoding"]["strokeDash"]["scale"]["range"]}) == 4
    assert "η = 0.35 is fastest" in title_of(chart)


@pytest.mark.parametrize("name", OWN)
def test_no_chart_of_descent_minds_an_outcome_without_rows(name, picture_of, emptied, drawn):
    drawn(CHARTS[name](emptied(picture_of(OF[name]))), "light")


EXTREMES = [
    ("descent_path", {"learning_rate": 10.0, "curvature": 100.0, "steps": 2000}),
    ("descent_path", {"start": 0.0, "steps": 1}),
    ("descent_error", {"learning_rate": 10.0, "curvature": 100.0, "start": 0.0}),
    ("descent_error", {"learning_rate": 0.0001, "curvature": 0.01, "steps": 2000, "times": 1e6}),
    ("descent_error", {"learning_rate": 0.01, "curvature": 100.0, "start": 3.0}),
    ("descent_loss", {"start": 0.0, "steps": 1}),
    ("descent_loss", {"learning_rate": 10.0, "curvature": 100.0, "start_2": 3.0}),
    ("descent_loss", {"learning_rate": 0.1, "curvature": 10.0}),
    ("rate_sweep", {"curvature": 0.01, "curvature_2": 100.0, "start_2": 1.0, "steps": 1}),
    ("rate_sweep", {"curvature": 100.0, "steps": 2000}),
    ("rate_race", {"first": 10.0, "curvature": 100.0, "steps": 200}),
    ("rate_race", {"curvature": 0.01, "steps": 1}),
]


@pytest.mark.parametrize(("name", "settings"), EXTREMES)
@pytest.mark.parametrize(("mode", "language"), [("dark", "ko")])
def test_every_chart_of_descent_is_drawn(picture_of, drawn, name, settings, mode, language):
    marks = (Mark("key", 0.7, "answer"), Mark("yours", -1e9, "your answer"))
    picture = picture_of(OF[name], settings, *marks, accepted=(0.69, 0.71), language=language)
    image = drawn(CHARTS[name](picture), mode)
    assert len(image.getcolors(10_000_000)) > 20
    assert image.width <= 340


def leaves(chart):
    return [layer for layer in layers_of(chart, "text") if "▲" in layer["mark"].get("text", "")]


@pytest.mark.parametrize(("language", "words"), [("en", "▲ leaves the chart"), ("ko", "▲ 그래프")])
def test_a_path_that_diverges_has_an_arrow_where_it_leaves(picture_of, language, words):
    settings = {"learning_rate": 10.0}
    chart = CHARTS["descent_path"](picture_of("gradient_descent", settings, language=language))
    (arrow,) = leaves(chart)
    assert arrow["mark"]["text"].startswith(words)
    (line,) = layers_of(chart, "line")
    scale = line["encoding"]["y"]["scale"]["domain"]
    (place,) = rows_of(chart, arrow)
    assert place["value"] == scale[1]
    rows = rows_of(chart, line)
    first = next(row["at"] for row in rows if row["value"] > scale[1])
    assert first - 1 <= place["at"] <= first


def test_a_path_that_settles_has_none(picture_of):
    for rate in (0.01, 0.3):
        picture = picture_of("gradient_descent", {"learning_rate": rate, "curvature": 2.0})
        assert leaves(CHARTS["descent_path"](picture)) == []
