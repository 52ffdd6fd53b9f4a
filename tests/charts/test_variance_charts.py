"""Charts of mean and variance through one layer."""

from __future__ import annotations

import pytest

from engine.charts import CHARTS, Mark
from engine.charts.kit import theme
from tests.charts.reading import charts_of, lab_of, layers_of, rows_of

OWN = charts_of("rectified_moments")
LAB = lab_of("rectified_moments")

SORTS = {"mean_1": 1, "std_1": 2, "mean_2": 3, "std_2": 0.5, "mean_3": 0, "std_3": 1.5}


def bars_of(chart):
    (bars,) = layers_of(chart, "bar")
    return {row["name"]: row["value"] for row in rows_of(chart, bars)}


def test_every_chart_is_there_by_name_and_the_simulation_is_in_the_lab():
    assert set(LAB["rectified_moments"]) < set(OWN) < set(CHARTS)


def test_the_zeros_of_relu_stand_out_and_every_activation_is_drawn_once(picture_of):
    picture = picture_of("rectified_moments")
    chart = CHARTS["activation_density"](picture)
    rows = rows_of(chart, layers_of(chart, "bar")[0])
    zero = [row["share"] for row in rows if row["series"].startswith("exactly 0")]
    assert zero == [picture.outcome.scalars["zero_share"]]
    assert sum(row["share"] for row in rows) == pytest.approx(1, abs=1e-3)


def test_without_relu_nothing_is_exactly_zero(picture_of):
    chart = CHARTS["activation_density"](
        picture_of("rectified_moments", {"activation": "linear", "mean": 2.0})
    )
    rows = rows_of(chart, layers_of(chart, "bar")[0])
    assert {row["series"] for row in rows} == {"not 0"}


def test_variance_and_squared_mean_add_up_to_the_mean_square(picture_of):
    bars = bars_of(CHARTS["moment_bars"](picture_of("rectified_moments", {"std": 2.0})))
    assert bars["before: s²"] == 4
    assert bars["mean square"] == pytest.approx(2)
    assert bars["variance"] + bars["mean²"] == pytest.approx(2)


def test_both_parts_add_up_to_the_variance_of_z(picture_of):
    settings = {"activation": "linear", "mean": 2.0, "std": 0.5}
    bars = bars_of(CHARTS["variance_parts"](picture_of("rectified_moments", settings)))
    parts = list(bars.values())
    assert parts[0] + parts[1] == pytest.approx(parts[2])
    assert parts[3] == pytest.approx(parts[2], rel=0.3)


def test_sorts_of_inputs_are_drawn_with_the_places_given_to_them(picture_of):
    key = [Mark("key", f"layer-{n}", "answer") for n in (2, 1, 3)]
    yours = [Mark("yours", f"layer-{n}", "your answer") for n in (1, 2, 3)]
    picture = picture_of("rectified_moments", {}, *key, *yours, numbers=SORTS)
    chart = CHARTS["mean_squares"](picture)
    assert list(bars_of(chart).values()) == [5, 9.25, 2.25]
    texts = [row["text"] for row in rows_of(chart, layers_of(chart, "bar")[0])]
    assert "answer #1" in texts[1]
    assert "your answer #2" in texts[1]


def test_without_a_question_the_mean_square_of_the_settings_is_drawn(picture_of):
    bars = bars_of(CHARTS["mean_squares"](picture_of("rectified_moments")))
    assert list(bars.values()) == [pytest.approx(0.5)]


@pytest.mark.parametrize("name", ["moment_bars", "variance_parts"])
def test_answers_are_upright_rules(picture_of, name):
    marks = (Mark("key", 0.34, "answer"), Mark("yours", 0.5, "your answer"))
    chart = CHARTS[name](picture_of("rectified_moments", {}, *marks))
    found = [r for r in layers_of(chart, "rule") if "datum" in r["encoding"].get("x", {})]
    assert [r["encoding"]["x"]["datum"] for r in found] == [0.34, 0.5]
    assert found[1]["mark"]["color"] == theme.YOURS


@pytest.mark.parametrize("name", OWN)
def test_no_chart_of_variance_minds_an_outcome_without_rows(name, picture_of, emptied, drawn):
    drawn(CHARTS[name](emptied(picture_of("rectified_moments"))), "light")


EXTREMES = [
    {"mean": -5.0, "std": 0.05},
    {"mean": 5.0, "std": 5.0, "n": 1024, "sigma": 2.0},
    {"activation": "linear", "n": 1, "mean": -5.0},
]


@pytest.mark.parametrize("name", OWN)
@pytest.mark.parametrize("settings", EXTREMES)
@pytest.mark.parametrize(("mode", "language"), [("dark", "ko")])
def test_every_chart_of_variance_is_drawn(picture_of, drawn, name, settings, mode, language):
    marks = (Mark("key", 0.3, "answer"), Mark("yours", -1e9, "your answer"))
    picture = picture_of(
        "rectified_moments", settings, *marks, accepted=(0.2, 0.4), language=language
    )
    image = drawn(CHARTS[name](picture), mode)
    assert len(image.getcolors(10_000_000)) > 20
    assert image.width <= 340
