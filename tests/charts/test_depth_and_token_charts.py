"""Charts of degradation and of normalization of sentences."""

from __future__ import annotations

import numpy as np
import pytest

from engine.charts import CHARTS
from engine.charts.kit import theme
from tests.charts.reading import charts_of, layers_of, rows_of, title_of
from tests.charts.small import SMALL

NAMES = {"degradation": "degradation_losses", "sequence_axes": "token_means"}
SETTINGS = {"degradation": SMALL["degradation"], "sequence_axes": {"token": 3}}


def test_each_simulation_has_its_chart():
    assert {name: list(charts_of(name)) for name in NAMES} == {n: [c] for n, c in NAMES.items()}


def test_four_losses_are_drawn_as_measured_and_named_by_depth(picture_of):
    picture = picture_of("degradation", dict(SMALL["degradation"]))
    chart = CHARTS["degradation_losses"](picture)
    (drawn,) = [s for s in layers_of(chart, "line") if "color" in s["encoding"]]
    found = {}
    for row in rows_of(chart, drawn):
        found.setdefault(row["series"], []).append(row["value"])
    assert list(found) == [
        "3 layers, no skips",
        "6 layers, no skips",
        "3 layers, skips",
        "6 layers, skips",
    ]
    table = picture.outcome.tables["steps"]
    for series, name in zip(found.values(), list(table)[1:], strict=True):
        np.testing.assert_allclose(series, table[name])
    assert title_of(chart).startswith("6 layers end at the training loss")


def test_skips_are_told_by_colour_and_depth_by_dash_and_width(picture_of):
    picture = picture_of("degradation", dict(SMALL["degradation"]))
    chart = CHARTS["degradation_losses"](picture)
    (drawn,) = [s for s in layers_of(chart, "line") if "color" in s["encoding"]]
    colours = drawn["encoding"]["color"]["scale"]["range"]
    assert colours == [theme.ORANGE, theme.ORANGE, theme.BLUE, theme.BLUE]
    dashes = drawn["encoding"]["strokeDash"]["scale"]["range"]
    assert dashes[0] == dashes[2] != dashes[1] == dashes[3]


def test_a_token_is_dark_over_its_features_and_padding_is_a_frame(picture_of):
    settings = {"samples": 3, "tokens": 3, "shortest": 1, "features": 2, "sample": 2, "token": 2}
    chart = CHARTS["token_means"](picture_of("sequence_axes", settings))
    cells, frames = layers_of(chart, "rect")
    dark = [row for row in rows_of(chart, cells) if row["share"] == "one mean"]
    assert {(row["sample"], row["token"]) for row in dark} == {(2, 2)}
    assert len(dark) == 2
    padding = {(row["sample"], row["token"]) for row in rows_of(chart, frames)}
    assert padding == {(2, 3), (3, 2), (3, 3)}
    assert frames["mark"]["filled"] is False
    title = title_of(chart)
    assert "LayerNorm: 6 means, 2 values in this one" in title
    assert "padding" in title
    assert "outputs stay" in title


def test_batch_norm_at_one_place_goes_down_the_sentences_and_is_moved_by_them(picture_of):
    settings = {"operation": "place", "sample": 1, "token": 2, "features": 3}
    chart = CHARTS["token_means"](picture_of("sequence_axes", settings))
    cells = layers_of(chart, "rect")[0]
    dark = [row for row in rows_of(chart, cells) if row["share"] == "one mean"]
    assert {(row["token"], row["feature"]) for row in dark} == {(2, 1)}
    assert len(dark) == 4
    assert "outputs move" in title_of(chart)


def test_nothing_is_said_of_padding_where_there_is_none(picture_of):
    chart = CHARTS["token_means"](picture_of("sequence_axes", {"tokens": 2, "shortest": 2}))
    assert "padding" not in title_of(chart)


EXTREMES = [
    ("degradation", {**SMALL["degradation"], "rate": 0.3, "deep": 30}),
    ("degradation", {**SMALL["degradation"], "shallow": 2, "deep": 2}),
    ("sequence_axes", {"samples": 1, "tokens": 1, "shortest": 1, "features": 2}),
    ("sequence_axes", {"samples": 8, "tokens": 8, "features": 8, "operation": "batch"}),
]


@pytest.mark.parametrize(("simulation", "settings"), EXTREMES)
@pytest.mark.parametrize(("mode", "language"), [("light", "en"), ("dark", "ko")])
def test_it_is_drawn_at_a_phones_width(picture_of, drawn, simulation, settings, mode, language):
    picture = picture_of(simulation, settings, language=language)
    image = drawn(CHARTS[NAMES[simulation]](picture), mode)
    assert len(image.getcolors(1 << 24)) > 20
    assert image.width <= 345


@pytest.mark.parametrize("simulation", NAMES)
def test_no_chart_minds_an_outcome_without_rows(simulation, picture_of, emptied, drawn):
    picture = emptied(picture_of(simulation, dict(SETTINGS[simulation])))
    drawn(CHARTS[NAMES[simulation]](picture), "light")
