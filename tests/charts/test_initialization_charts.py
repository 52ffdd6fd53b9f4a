"""Charts of one layer's weights."""

from __future__ import annotations

import math

import pytest

from engine.charts import CHARTS, Mark
from engine.charts.kit import theme
from tests.charts.reading import charts_of, layers_of, rows_of

OWN = charts_of("weight_initialization")

LAYER = {"scheme": "xavier_uniform", "n_in": 512, "n_out": 128}
KEY = Mark("key", 0.0968, "Right answer: 0.0968")
YOURS = Mark("yours", 0.0559, "Your answer: 0.0559")
THREE = {"in_1": 512, "out_1": 128, "in_2": 256, "out_2": 256, "in_3": 64, "out_3": 64}


def test_the_charts_are_there_by_name():
    assert {"weight_histogram", "scheme_bars", "layer_bounds", "layer_factors"} < set(OWN)
    assert set(OWN) < set(CHARTS)


def test_the_histogram_draws_densities_from_left_to_right_of_each_bin(picture_of):
    chart = CHARTS["weight_histogram"](picture_of("weight_initialization", LAYER))
    (bars,) = layers_of(chart, "bar")
    encoding = bars["encoding"]
    assert (encoding["x"]["field"], encoding["x2"]["field"]) == ("left", "right")
    assert encoding["y"]["field"] == "density"
    assert "weight" in encoding["x"]["axis"]["title"]
    assert len(rows_of(chart, bars)) <= 60


def test_the_histogram_marks_answers_on_both_sides_and_names_sigma_and_bound(picture_of):
    chart = CHARTS["weight_histogram"](picture_of("weight_initialization", LAYER, KEY, YOURS))
    rules = [r for r in layers_of(chart, "rule") if "datum" in r["encoding"].get("x", {})]
    places = sorted(r["encoding"]["x"]["datum"] for r in rules)
    assert places == pytest.approx([-0.0968, -0.0559, 0.0559, 0.0968])
    yours = [r for r in rules if abs(r["encoding"]["x"]["datum"]) == 0.0559]
    assert {r["mark"]["color"] for r in yours} == {theme.YOURS}
    named = [row["name"] for t in layers_of(chart, "text") for row in rows_of(chart, t) if row]
    assert {"−σ", "σ", "−a", "a"} <= set(named)


def test_a_normal_histogram_has_no_bound(picture_of):
    picture = picture_of("weight_initialization", {"scheme": "he_normal"})
    title = CHARTS["weight_histogram"](picture).to_dict()["title"]
    assert title["subtitle"] == ["He normal: σ = 0.0884, no bound"]


def test_scheme_bars_are_as_long_as_each_sigma(picture_of):
    chart = CHARTS["scheme_bars"](picture_of("weight_initialization", LAYER))
    (bars,) = layers_of(chart, "bar")
    found = {row["option"]: row["sigma"] for row in rows_of(chart, bars)}
    assert found == pytest.approx(
        {
            "he": math.sqrt(2 / 512),
            "xavier": math.sqrt(2 / 640),
            "lecun": math.sqrt(1 / 512),
            "default": math.sqrt(1 / (3 * 512)),
        }
    )


def test_scheme_bars_say_where_each_was_ranked(picture_of):
    key = [Mark("key", option, "answer") for option in ("he", "xavier", "lecun", "default")]
    chart = CHARTS["scheme_bars"](picture_of("weight_initialization", LAYER, *key))
    (bars,) = layers_of(chart, "bar")
    found = {row["option"]: row["badge"].strip() for row in rows_of(chart, bars)}
    assert found["he"] == "◀ answer #1"
    assert found["default"].endswith("◀ answer #4")


def test_layer_bounds_has_a_bar_for_each_layer_of_the_question(picture_of):
    picture = picture_of(
        "weight_initialization", LAYER, Mark("key", "layer-3", "right"), numbers=THREE
    )
    chart = CHARTS["layer_bounds"](picture)
    (bars,) = layers_of(chart, "bar")
    rows = rows_of(chart, bars)
    assert [row["name"] for row in rows] == ["512 → 128", "256 → 256", "64 → 64"]
    assert [row["bound"] for row in rows] == pytest.approx(
        [math.sqrt(6 / n) for n in (640, 512, 128)]
    )
    assert [row["badge"].strip() for row in rows] == ["", "", "◀ right"]


def test_two_layers_of_the_same_size_have_a_bar_each(picture_of):
    same = {"in_1": 64, "out_1": 64, "in_2": 64, "out_2": 64, "in_3": 32, "out_3": 32}
    chart = CHARTS["layer_bounds"](picture_of("weight_initialization", LAYER, numbers=same))
    (bars,) = layers_of(chart, "bar")
    assert bars["encoding"]["y"]["field"] == "option"


def test_layer_factors_are_four_bars_and_a_line_at_one(picture_of):
    chart = CHARTS["layer_factors"](picture_of("weight_initialization", LAYER))
    (bars,) = layers_of(chart, "bar")
    found = {row["option"]: row["factor"] for row in rows_of(chart, bars)}
    assert found["forward_linear"] == pytest.approx(math.sqrt(2 * 512 / 640))
    assert found["backward_relu"] == pytest.approx(math.sqrt(128 / 640))
    (one,) = [r for r in layers_of(chart, "rule") if "field" in r["encoding"].get("x", {})]
    assert rows_of(chart, one) == [{"one": 1.0}]


@pytest.mark.parametrize("name", OWN)
@pytest.mark.parametrize("mode", ["light"])
def test_every_chart_has_something_to_see_with_and_without_answers(name, mode, picture_of, drawn):
    bare = drawn(CHARTS[name](picture_of("weight_initialization", LAYER)), mode)
    answered = drawn(CHARTS[name](picture_of("weight_initialization", LAYER, KEY, YOURS)), mode)
    assert len(bare.getcolors(1 << 24)) > 20
    assert bare.tobytes() != answered.tobytes()
    assert answered.width == 320


@pytest.mark.parametrize("name", OWN)
def test_no_chart_minds_an_outcome_without_rows(name, picture_of, emptied, drawn):
    drawn(CHARTS[name](emptied(picture_of("weight_initialization", LAYER))), "light")


@pytest.mark.parametrize("name", OWN)
@pytest.mark.parametrize("scheme", ["xavier_normal", "pytorch_linear", "keras_dense", "flax_dense"])
def test_every_scheme_can_be_drawn(name, scheme, picture_of):
    picture = picture_of("weight_initialization", {"scheme": scheme, "n_in": 2, "n_out": 8192})
    assert CHARTS[name](picture).to_dict()["width"] == "container"
