"""Charts of batch normalization at inference."""

from __future__ import annotations

import pytest

from engine.charts import CHARTS, Mark
from engine.charts.kit import theme
from tests.charts.reading import charts_of, layers_of, rows_of, title_of

OWN = charts_of("batchnorm_inference", "batch_mates", "momentum_conventions")

MATES = {"x": 3.0, "mate_1": 1.0, "mate_2": 2.0, "mate_3": 6.0}


def series_of(chart, start):
    (lines,) = layers_of(chart, "line")
    rows = [r for r in rows_of(chart, lines) if r["series"].startswith(start)]
    return [(r["at"], r["value"]) for r in rows]


def test_the_charts_are_there_by_name():
    names = {"running_mean", "running_variance", "batch_company", "test_shift", "momentum_memory"}
    assert set(OWN) == names
    assert names < set(CHARTS)


@pytest.mark.parametrize(("framework", "other"), [("PyTorch", "old value"), ("Keras", "new batch")])
def test_the_running_mean_is_drawn_beside_the_other_reading_of_momentum(
    picture_of, framework, other
):
    settings = {"framework": framework, "momentum": 0.2, "steps": 3, "batches": "exact"}
    chart = CHARTS["running_mean"](picture_of("batchnorm_inference", settings))
    keep, swapped = (0.8, 0.2) if framework == "PyTorch" else (0.2, 0.8)
    assert series_of(chart, framework)[0] == (0, 0)
    assert series_of(chart, framework)[-1] == pytest.approx((3, 5 * (1 - keep**3)))
    reading = series_of(chart, f"if momentum weighed the {other}")
    assert reading[-1] == pytest.approx((3, 5 * (1 - swapped**3)))
    (circles,) = layers_of(chart, "point")
    assert [row["value"] for row in rows_of(chart, circles)] == pytest.approx([5, 5, 5])


def test_the_running_variance_starts_at_one_and_circles_are_what_is_mixed_in(picture_of):
    settings = {"momentum": 0.2, "steps": 1, "batch_size": 2, "std": 3.0, "batches": "exact"}
    chart = CHARTS["running_variance"](picture_of("batchnorm_inference", settings))
    assert series_of(chart, "PyTorch") == [(0, 1), pytest.approx((1, 0.8 + 0.2 * 18))]
    (circles,) = layers_of(chart, "point")
    assert [row["value"] for row in rows_of(chart, circles)] == pytest.approx([18])


def test_an_input_has_one_output_at_inference_and_many_in_training(picture_of):
    picture = picture_of("batch_mates", {**MATES, "running_mean": 1.0, "running_var": 4.0})
    chart = CHARTS["batch_company"](picture)
    (dots,) = layers_of(chart, "point")
    rows = rows_of(chart, dots)
    by_row = {
        name: [r["value"] for r in rows if r["row"] == name] for name in {r["row"] for r in rows}
    }
    assert by_row["inference: any batch"] == pytest.approx([1.0], rel=1e-4)
    assert by_row["training: this batch"] == pytest.approx([0.0])
    assert len(set(by_row["training: 24 other batches"])) == 24
    assert "always 1" in title_of(chart)


def test_a_number_about_outputs_is_an_upright_rule(picture_of):
    marks = (Mark("key", 1.0, "answer"), Mark("yours", 0.2, "your answer"))
    chart = CHARTS["batch_company"](picture_of("batch_mates", MATES, *marks))
    rules = [r for r in layers_of(chart, "rule") if "datum" in r["encoding"].get("x", {})]
    assert [r["encoding"]["x"]["datum"] for r in rules] == [1.0, 0.2]
    assert rules[1]["mark"]["color"] == theme.YOURS


def test_shifted_outputs_lie_beside_what_their_own_statistics_would_give(picture_of):
    settings = {"framework": "Flax", "momentum": 0.9, "steps": 200, "batches": "exact"}
    picture = picture_of("batchnorm_inference", {**settings, "shift": 4.0, "beta": 0.5})
    chart = CHARTS["test_shift"](picture)
    (bars,) = layers_of(chart, "rect")
    means = {}
    for row in rows_of(chart, bars):
        mass = row["density"] * (row["right"] - row["left"])
        middle = (row["left"] + row["right"]) / 2
        means[row["series"]] = means.get(row["series"], 0) + mass * middle
    assert sorted(means.values()) == pytest.approx([0.5, 2.5], abs=0.1)


def test_each_framework_forgets_at_its_own_pace_and_is_named_with_its_place(picture_of):
    settings = {"pytorch_momentum": 0.1, "keras_momentum": 0.6, "flax_momentum": 0.95, "steps": 5}
    key = [Mark("key", o, "answer") for o in ("flax", "pytorch", "keras")]
    chart = CHARTS["momentum_memory"](picture_of("momentum_conventions", settings, *key))
    assert series_of(chart, "PyTorch 0.1 (answer: 2)")[-1] == pytest.approx((5, 0.9**5))
    assert series_of(chart, "Keras 0.6 (answer: 3)")[-1] == pytest.approx((5, 0.6**5))
    assert series_of(chart, "Flax 0.95 (answer: 1)")[-1] == pytest.approx((5, 0.95**5))


OTHERS = {"batch_company": "batch_mates", "momentum_memory": "momentum_conventions"}


@pytest.mark.parametrize("name", OWN)
def test_no_chart_of_inference_minds_an_outcome_without_rows(name, picture_of, emptied, drawn):
    simulation = OTHERS.get(name, "batchnorm_inference")
    drawn(CHARTS[name](emptied(picture_of(simulation))), "light")


EXTREMES = [
    ("running_mean", "batchnorm_inference", {"steps": 1, "batch_size": 2}),
    ("running_mean", "batchnorm_inference", {"steps": 500, "framework": "PyTorch None"}),
    ("running_variance", "batchnorm_inference", {"framework": "Keras", "momentum": 0.99}),
    ("running_variance", "batchnorm_inference", {"std": 1.0, "batches": "exact"}),
    ("batch_company", "batch_mates", {"x": 0.0, "mate_1": 0.0, "mate_2": 0.0, "mate_3": 0.0}),
    ("batch_company", "batch_mates", {"gamma": 0.0}),
    ("test_shift", "batchnorm_inference", {"shift": -20.0, "std": 0.1, "steps": 1}),
    ("test_shift", "batchnorm_inference", {"gamma": 0.0, "beta": 2.0}),
    ("momentum_memory", "momentum_conventions", {"steps": 1}),
    ("momentum_memory", "momentum_conventions", {"steps": 300, "keras_momentum": 0.01}),
]


@pytest.mark.parametrize(("name", "simulation", "settings"), EXTREMES)
@pytest.mark.parametrize(("mode", "language"), [("dark", "ko")])
def test_every_chart_of_inference_is_drawn(
    picture_of, drawn, name, simulation, settings, mode, language
):
    marks = (Mark("key", 0.7, "answer"), Mark("yours", -1e9, "your answer"))
    picture = picture_of(simulation, settings, *marks, accepted=(0.69, 0.71), language=language)
    image = drawn(CHARTS[name](picture), mode)
    assert len(image.getcolors(10_000_000)) > 20
    assert image.width <= 340


@pytest.mark.parametrize(("name", "simulation", "settings"), EXTREMES)
def test_no_chart_of_inference_has_too_many_marks(picture_of, name, simulation, settings):
    spec = CHARTS[name](picture_of(simulation, settings)).to_dict()
    assert sum(len(rows) for rows in spec["datasets"].values()) <= 2010
