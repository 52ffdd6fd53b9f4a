"""Charts of hidden units that start alike."""

from __future__ import annotations

import pytest

from engine.charts import CHARTS, Mark
from engine.charts.kit import theme
from tests.charts.reading import charts_of, lab_of, layers_of, rows_of, title_of

OWN = charts_of("symmetry", "symmetry_breakers")
LAB = lab_of("symmetry", "symmetry_breakers")

CASES = [(chart, simulation) for simulation, charts in LAB.items() for chart in charts]
ZERO = {"initialization": "zero", "share": 0.75}


def test_every_chart_is_there_by_name_and_in_the_lab():
    assert set(OWN) == {chart for chart, _ in CASES}
    assert set(OWN) < set(CHARTS)


@pytest.mark.parametrize(
    ("settings", "finding"),
    [
        ({"initialization": "zero"}, "No weight of a hidden unit gets a gradient"),
        (ZERO | {"activation": "sigmoid"}, "Only the outgoing weights"),
        ({}, "All hidden units get the same gradient"),
        ({"initialization": "random"}, "Hidden units get different gradients"),
    ],
)
def test_the_grid_says_who_gets_a_gradient(picture_of, settings, finding):
    chart = CHARTS["symmetry_gradients"](picture_of("symmetry", settings))
    assert finding in title_of(chart)
    rows = rows_of(chart, chart.to_dict()["layer"][0])
    assert len(rows) == 8 * 8
    assert [row["unit"] for row in rows[:8]] == list(range(1, 9))


def test_equal_units_have_equal_columns_in_the_grid(picture_of):
    chart = CHARTS["symmetry_gradients"](picture_of("symmetry"))
    rows = rows_of(chart, chart.to_dict()["layer"][0])
    by_weight = {}
    for row in rows:
        by_weight.setdefault(row["weight"], set()).add(row["size"])
    assert all(len(sizes) == 1 for sizes in by_weight.values())


def test_copies_lie_on_each_other(picture_of):
    settings = {"initialization": "random", "distinct": 3, "hidden": 9}
    chart = CHARTS["symmetry_units"](picture_of("symmetry", settings))
    (lines,) = layers_of(chart, "line")
    last = [row["weight"] for row in rows_of(chart, lines) if row["step"] == 300]
    assert len(last) == 9
    assert len(set(last)) == 3
    assert "rank 3" in title_of(chart)


def test_the_loss_comes_down_to_the_gray_line(picture_of):
    chart = CHARTS["symmetry_loss"](picture_of("symmetry", ZERO))
    (line,) = layers_of(chart, "line")
    (base,) = layers_of(chart, "rule")
    assert rows_of(chart, line)[-1]["value"] == pytest.approx(base["encoding"]["y"]["datum"])


def test_answers_about_the_loss_are_level_rules(picture_of):
    marks = (Mark("key", 0.56, "answer"), Mark("yours", 0.69, "your answer"))
    chart = CHARTS["symmetry_loss"](picture_of("symmetry", ZERO, *marks))
    rules = [r for r in layers_of(chart, "rule") if r["mark"]["color"] == theme.YOURS]
    assert rules[0]["encoding"]["y"]["datum"] == 0.69


def test_what_never_differs_is_said_above_and_not_in_the_legend(picture_of):
    settings = {"dropout_on": "h", "noise_on": "b2"}
    chart = CHARTS["symmetry_breaking"](picture_of("symmetry_breakers", settings))
    (lines,) = layers_of(chart, "line")
    names = lines["encoding"]["color"]["scale"]["domain"]
    assert names == ["mini-batches, dropout on h"]
    said = (
        "Always 0: nothing added; mini-batches; noise on b2; another b1: one for all; "
        "another learning rate: one for all"
    )
    assert said in title_of(chart)
    for row in rows_of(chart, lines):
        assert (row["apart"] is None) or (row["way"] == "dropout" and row["apart"] > 0)
    assert lines["encoding"]["y"]["scale"]["type"] == "log"
    assert "1 of 6" in title_of(chart)


@pytest.mark.parametrize(("name", "simulation"), CASES)
def test_no_chart_of_symmetry_minds_an_outcome_without_rows(
    name, simulation, picture_of, emptied, drawn
):
    drawn(CHARTS[name](emptied(picture_of(simulation))), "light")


EXTREMES = [
    {"hidden": 32, "steps": 3000, "initialization": "zero"},
    {"hidden": 2, "steps": 1, "initialization": "random", "noise": 0.1},
    {"hidden": 32, "activation": "relu", "size": 2.0, "learning_rate": 5.0},
]


@pytest.mark.parametrize("name", LAB["symmetry"])
@pytest.mark.parametrize("settings", EXTREMES)
@pytest.mark.parametrize(("mode", "language"), [("dark", "ko")])
def test_every_chart_of_symmetry_is_drawn(picture_of, drawn, name, settings, mode, language):
    marks = (Mark("key", 0.3, "answer"), Mark("yours", -1e9, "your answer"))
    picture = picture_of("symmetry", settings, *marks, accepted=(0.2, 0.4), language=language)
    image = drawn(CHARTS[name](picture), mode)
    assert len(image.getcolors(10_000_000)) > 20
    assert image.width <= 340


@pytest.mark.parametrize("settings", [{}, {"steps": 1}, {"dropout_on": "x", "noise_on": "b2"}])
@pytest.mark.parametrize(("mode", "language"), [("dark", "ko")])
def test_the_chart_of_breakers_is_drawn(picture_of, drawn, settings, mode, language):
    picture = picture_of("symmetry_breakers", settings, language=language)
    image = drawn(CHARTS["symmetry_breaking"](picture), mode)
    assert len(image.getcolors(10_000_000)) > 20
    assert image.width <= 340
