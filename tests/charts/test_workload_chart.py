"""Minutes a day against the share known, a point for each desired retention."""

from __future__ import annotations

import pytest

from engine.charts import themed, workload_chart
from engine.i18n import Translator, say

POINTS = [(0.97, 14.0, 0.98), (0.7, 2.0, 0.86), (0.9, 5.0, 0.94)]


def layers_of(chart):
    return {layer["mark"]["type"]: layer for layer in chart.to_dict()["layer"]}


def rows_of(chart):
    found = chart.to_dict()
    [rows] = found["datasets"].values()
    return rows


def test_each_retention_is_a_point_with_its_name_in_the_order_of_retentions():
    chart = workload_chart(POINTS, 0.9)
    assert [(row["label"], row["minutes"], row["known"]) for row in rows_of(chart)] == [
        ("70%", 2.0, 0.86),
        ("90%", 5.0, 0.94),
        ("97%", 14.0, 0.98),
    ]
    layers = layers_of(chart)
    assert layers["line"]["encoding"]["order"]["field"] == "retention"
    assert layers["text"]["encoding"]["text"]["field"] == "label"


def test_points_that_lie_close_are_named_once_and_the_learners_own_always():
    close = [(0.7, 1.0, 0.90), (0.75, 1.01, 0.901), (0.8, 1.02, 0.902), (0.97, 5.0, 0.99)]
    assert [row["label"] for row in rows_of(workload_chart(close, 0.75))] == ["", "75%", "", "97%"]
    assert [row["label"] for row in rows_of(workload_chart(close, 0.9))] == ["70%", "", "", "97%"]


def test_minutes_begin_at_zero_and_no_share_is_above_one():
    encoding = layers_of(workload_chart(POINTS, 0.9))["point"]["encoding"]
    assert encoding["x"]["scale"]["domain"][0] == 0
    assert encoding["y"]["scale"]["domain"][1] == 1
    assert encoding["x"]["scale"]["domain"][1] > 14


def test_the_learners_own_retention_stands_out_by_more_than_its_colour():
    chart = workload_chart(POINTS, 0.9)
    assert [row["label"] for row in rows_of(chart) if row["chosen"]] == ["90%"]
    encoding = layers_of(chart)["point"]["encoding"]
    for channel in ("color", "shape", "size"):
        assert encoding[channel]["condition"]["test"] == "datum.chosen"
    assert not any(row["chosen"] for row in rows_of(workload_chart(POINTS, 0.88)))


@pytest.mark.parametrize("mode", ["light", "dark"])
def test_it_is_drawn_in_both_themes_and_languages(mode):
    assert themed(workload_chart(POINTS, 0.9), mode)["layer"]
    title = workload_chart(POINTS, 0.9, "ko").to_dict()["title"]["text"]
    korean = Translator("ko")(say("What a desired retention costs and brings"))
    assert "".join("".join(title).split()) == "".join(korean.split())


def test_nothing_to_do_is_still_a_chart():
    chart = workload_chart([(0.7, 0.0, 0.99), (0.9, 0.0, 0.99)], 0.9)
    low, high = layers_of(chart)["point"]["encoding"]["x"]["scale"]["domain"]
    assert low < high
