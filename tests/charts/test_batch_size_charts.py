"""Charts of batch normalization by batch size."""

from __future__ import annotations

import math

import pytest

from engine.charts import CHARTS, Mark
from engine.charts.kit import theme
from tests.charts.reading import charts_of, lab_of, layers_of, rows_of, title_of

OWN = charts_of("batch_size_jitter", "channel_statistics")
LAB = lab_of("batch_size_jitter", "channel_statistics")

JITTER, CHANNELS = "batch_size_jitter", "channel_statistics"
SIMULATION = {name: simulation for simulation, names in LAB.items() for name in names}


def test_every_chart_is_there_by_name_and_in_the_lab():
    assert set(OWN) <= set(CHARTS)
    assert set(SIMULATION) == set(OWN)


def test_an_answer_about_the_jitter_stands_on_both_sides_of_the_mean(picture_of):
    picture = picture_of(JITTER, {"n": 16}, Mark("yours", 0.3, "your answer"))
    middle = picture.outcome.scalars["mean_output"]
    chart = CHARTS["jitter_histogram"](picture)
    own = [r for r in layers_of(chart, "rule") if r["mark"].get("color") == theme.YOURS]
    at = sorted(r["encoding"]["x"]["datum"] for r in own if "datum" in r["encoding"]["x"])
    assert at == pytest.approx([middle - 0.3, middle + 0.3])
    (bars,) = layers_of(chart, "rect")
    assert sum(row["share"] for row in rows_of(chart, bars)) == pytest.approx(1)


def test_only_answers_that_are_drawn_are_spoken_of(picture_of):
    claim = CHARTS["jitter_histogram"](picture_of(JITTER, {"n": 16}))
    assert "Answers" not in title_of(claim)
    answered = picture_of(JITTER, {"n": 16}, Mark("yours", 0.3, "your answer"))
    assert "Answers" in title_of(CHARTS["jitter_histogram"](answered))


def test_the_outlier_lies_on_the_line_of_the_bound(picture_of):
    chart = CHARTS["largest_normalized"](picture_of(JITTER, {"n": 17}))
    (line,) = layers_of(chart, "line")
    for row in rows_of(chart, line):
        assert row["value"] == pytest.approx(math.sqrt(row["at"] - 1))
    (dots,) = layers_of(chart, "point")
    outlier, largest = (row["value"] for row in rows_of(chart, dots))
    assert outlier == pytest.approx(4, rel=1e-4)
    assert largest <= 4
    assert line["encoding"]["y"]["scale"]["type"] == "log"


def test_the_unbiased_variance_falls_towards_the_biased_one(picture_of):
    chart = CHARTS["unbiased_variance"](picture_of(JITTER, {"n": 3, "variance": 4.0}))
    (line,) = layers_of(chart, "line")
    curve = [r for r in rows_of(chart, line) if r["series"].startswith("divided by n − 1")]
    assert (curve[0]["at"], curve[0]["value"]) == (2, 8)
    assert curve[-1]["value"] == pytest.approx(4, rel=3e-3)
    (dot,) = layers_of(chart, "point")
    assert rows_of(chart, dot) == [{"at": 3.0, "value": 6.0}]


def test_the_cells_of_one_channel_are_told_apart(picture_of):
    settings = {"batch_1": 4, "side_1": 7, "channels": 3}
    picture = picture_of(CHANNELS, settings, Mark("key", 196.0, "answer"))
    chart = CHARTS["channel_map"](picture)
    (cells,) = layers_of(chart, "rect")
    rows = rows_of(chart, cells)
    assert len(rows) == 12
    assert [r["image"] for r in rows if r["own"]] == [1, 2, 3, 4]
    assert "4 × 7² = 196" in title_of(chart)
    assert any("answer: 196" in s["mark"].get("text", "") for s in layers_of(chart, "text"))


def test_bars_of_noise_say_which_place_each_answer_gave(picture_of):
    key = [Mark("key", f"layer-{n}", "answer") for n in (3, 2, 1)]
    yours = [Mark("yours", f"layer-{n}", "your answer") for n in (1, 2, 3)]
    chart = CHARTS["channel_noise"](picture_of(CHANNELS, {}, *key, *yours))
    (bars,) = layers_of(chart, "bar")
    rows = {row["option"]: row for row in rows_of(chart, bars)}
    assert rows["layer-1"]["name"] == "8 × 14² (answer: 3, your answer: 1)"
    assert rows["layer-1"]["value"] == pytest.approx(1 / math.sqrt(1568), rel=0.2)
    assert "batch of 128, each image 1 × 1" in title_of(chart)


@pytest.mark.parametrize("name", OWN)
def test_no_chart_of_batch_sizes_minds_an_outcome_without_rows(name, picture_of, emptied, drawn):
    drawn(CHARTS[name](emptied(picture_of(SIMULATION[name]))), "light")


EXTREMES = [
    ("jitter_histogram", {"n": 2, "x": 0.0}),
    ("jitter_histogram", {"n": 512, "x": -5.0}),
    ("largest_normalized", {"n": 2, "outlier": 1e6}),
    ("largest_normalized", {"n": 512}),
    ("unbiased_variance", {"n": 2, "variance": 1000.0}),
    ("unbiased_variance", {"n": 512, "variance": 0.01}),
    ("channel_map", {"batch_1": 1, "channels": 1}),
    ("channel_map", {"batch_1": 128, "channels": 512, "side_1": 32}),
    ("channel_noise", {"batch_1": 1, "side_1": 1}),
    ("channel_noise", {"batch_2": 128, "side_2": 32}),
]


@pytest.mark.parametrize(("name", "settings"), EXTREMES)
@pytest.mark.parametrize(("mode", "language"), [("dark", "ko")])
def test_every_chart_of_batch_sizes_is_drawn(picture_of, drawn, name, settings, mode, language):
    marks = (Mark("key", 0.7, "answer"), Mark("yours", -1e9, "your answer"))
    picture = picture_of(
        SIMULATION[name], settings, *marks, accepted=(0.69, 0.71), language=language
    )
    image = drawn(CHARTS[name](picture), mode)
    assert len(image.getcolors(10_000_000)) > 20
    assert image.width <= 340


@pytest.mark.parametrize(("name", "settings"), EXTREMES)
def test_no_chart_of_batch_sizes_has_too_many_marks(picture_of, name, settings):
    spec = CHARTS[name](picture_of(SIMULATION[name], settings)).to_dict()
    assert sum(len(rows) for rows in spec["datasets"].values()) < 1000
