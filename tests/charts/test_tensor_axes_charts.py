"""Charts of normalization over the axes of a tensor."""

from __future__ import annotations

import pytest

from engine.charts import CHARTS, Mark
from engine.charts.kit import theme
from engine.simulations import SIMULATIONS
from tests.charts.reading import charts_of, lab_of, layers_of, rows_of, title_of

OWN = charts_of("normalization_axes")
LAB = lab_of("normalization_axes")

TABLE = {"samples": 5, "channels": 6, "height": 1, "width": 1, "row": 2, "column": 4}


def test_the_charts_are_there_by_name_and_show_the_simulation():
    assert set(OWN) == {"shared_mean", "moved_outputs", "mean_counts", "learned_counts"}
    assert set(OWN) < set(CHARTS)
    assert set(LAB) < set(SIMULATIONS)
    assert {chart for charts in LAB.values() for chart in charts} == set(OWN)


def test_the_cells_of_one_mean_are_dark(picture_of):
    settings = {"operation": "BatchNorm", "samples": 3, "channels": 4, "height": 2, "width": 2}
    chart = CHARTS["shared_mean"](picture_of("normalization_axes", settings))
    (cells,) = layers_of(chart, "rect")
    dark = [row for row in rows_of(chart, cells) if row["share"] == "one mean"]
    assert {row["channel"] for row in dark} == {1}
    assert len(dark) == 12
    assert cells["encoding"]["color"]["scale"]["domain"][0] == "one mean"
    assert "4 means, 12 values in each" in title_of(chart)


def test_a_large_tensor_is_said_to_be_drawn_in_part(picture_of):
    small = CHARTS["shared_mean"](picture_of("normalization_axes", TABLE))
    large = CHARTS["shared_mean"](picture_of("normalization_axes", {"samples": 64}))
    assert "corner" not in title_of(small)
    assert "corner" in title_of(large)


def test_outputs_that_moved_are_blue_and_the_inputs_touched_have_a_frame(picture_of):
    settings = {**TABLE, "operation": "BatchNorm", "change": "entry"}
    chart = CHARTS["moved_outputs"](picture_of("normalization_axes", settings))
    cells, frames = layers_of(chart, "rect")
    moved = [row for row in rows_of(chart, cells) if row["shown"] > 0]
    assert {row["channel"] for row in moved} == {4}
    assert len(moved) == 5
    touched = rows_of(chart, frames)
    assert [(row["sample"], row["channel"]) for row in touched] == [(2, 4)]
    assert frames["mark"]["filled"] is False


def test_the_answer_to_what_moves_is_named_above_the_plot(picture_of):
    yours = Mark("yours", "all", "your answer")
    picture = picture_of("normalization_axes", TABLE, yours, options={"all": "All of them"})
    texts = [s["mark"]["text"] for s in layers_of(CHARTS["moved_outputs"](picture), "text")]
    assert texts == ["your answer: All of them"]


def test_an_answer_in_means_is_named_above_the_cells(picture_of):
    marks = (Mark("key", 4.0, "answer"), Mark("yours", 24.0, "your answer"))
    chart = CHARTS["shared_mean"](picture_of("normalization_axes", {}, *marks))
    texts = {s["mark"]["text"] for s in layers_of(chart, "text")}
    assert texts == {"answer: 4", "your answer: 24"}


@pytest.mark.parametrize(
    ("name", "expected"),
    [("mean_counts", [6, 4, 24, 8, 16]), ("learned_counts", [12, 48, 12, 12, 12])],
)
def test_every_normalization_has_a_bar_from_the_edge_of_a_log_axis(picture_of, name, expected):
    chart = CHARTS[name](picture_of("normalization_axes"))
    (bars,) = layers_of(chart, "bar")
    assert [row["count"] for row in rows_of(chart, bars)] == expected
    scale = bars["encoding"]["x"]["scale"]
    assert scale["type"] == "log"
    assert bars["encoding"]["x2"]["datum"] == scale["domain"][0]


def test_instance_norm_is_said_to_learn_only_if_affine(picture_of):
    names = {}
    for name in ("mean_counts", "learned_counts"):
        chart = CHARTS[name](picture_of("normalization_axes"))
        names[name] = [row["name"] for row in rows_of(chart, layers_of(chart, "bar")[0])]
    assert "InstanceNorm (affine)" in names["learned_counts"]
    assert "InstanceNorm" in names["mean_counts"]


def test_answers_are_rules_on_the_counts_and_ranks_beside_the_names(picture_of):
    marks = (Mark("key", 24.0, "answer"), Mark("yours", 6.0, "your answer"))
    chart = CHARTS["mean_counts"](picture_of("normalization_axes", {}, *marks))
    rules = [r for r in layers_of(chart, "rule") if "datum" in r["encoding"].get("x", {})]
    assert [r["encoding"]["x"]["datum"] for r in rules] == [24, 6]
    assert rules[1]["mark"]["color"] == theme.YOURS
    ranks = [Mark("key", o, "answer") for o in ("layer", "batch", "group", "instance")]
    chart = CHARTS["mean_counts"](picture_of("normalization_axes", {}, *ranks))
    (bars,) = layers_of(chart, "bar")
    assert rows_of(chart, bars)[0]["name"] == "BatchNorm (answer: 2)"


@pytest.mark.parametrize("name", OWN)
def test_no_chart_of_axes_minds_an_outcome_without_rows(name, picture_of, emptied, drawn):
    drawn(CHARTS[name](emptied(picture_of("normalization_axes"))), "light")


EXTREMES = [
    {"samples": 1, "channels": 1, "height": 1, "width": 1},
    {"samples": 64, "channels": 64, "height": 16, "width": 16, "operation": "LayerNorm last"},
    {"operation": "GroupNorm", "groups": 64, "change": "entry", "factor": 100.0},
    {"operation": "BatchNorm", "change": "channel", "factor": 0.01, "row": 64, "column": 64},
]


@pytest.mark.parametrize("settings", EXTREMES)
@pytest.mark.parametrize("name", OWN)
@pytest.mark.parametrize(("mode", "language"), [("dark", "ko")])
def test_every_chart_of_axes_is_drawn(picture_of, drawn, name, settings, mode, language):
    marks = (Mark("key", 12.0, "answer"), Mark("yours", -1e9, "your answer"))
    picture = picture_of(
        "normalization_axes", settings, *marks, accepted=(11.9, 12.1), language=language
    )
    chart = CHARTS[name](picture)
    assert sum(len(rows) for rows in chart.to_dict()["datasets"].values()) < 2000
    image = drawn(chart, mode)
    assert len(image.getcolors(10_000_000)) > 20
    assert image.width <= 340
