"""Charts of deep networks."""

from __future__ import annotations

import numpy as np
import pytest

from engine.charts import CHARTS, Mark
from engine.charts.kit import theme
from tests.charts.reading import charts_of, layers_of, rows_of

OWN = charts_of("signal_propagation", "signal_spread")

LINES = (
    "signal_forward",
    "signal_schemes",
    "signal_collapse",
    "signal_and_gradient",
    "gradient_backward",
    "gradient_detectors",
)
NETWORK = {"activation": "relu", "initialization": "xavier_normal", "depth": 20, "width": 64}
KEY = Mark("key", 0.001, "Right answer: 0.001")
YOURS = Mark("yours", 1.0, "Your answer: 1")


def made(name, picture_of, *marks, **changes):
    simulation = "signal_spread" if name == "spread_band" else "signal_propagation"
    network = {"depth": 20, "width": 64} if name == "spread_band" else NETWORK
    return picture_of(simulation, network | changes, *marks)


def test_the_charts_are_there_by_name():
    assert {*LINES, "spread_band"} < set(OWN)
    assert set(OWN) < set(CHARTS)


@pytest.mark.parametrize("name", LINES)
def test_lines_have_a_point_a_layer_on_a_log_axis_and_a_dash_beside_their_colour(name, picture_of):
    chart = CHARTS[name](made(name, picture_of))
    (lines,) = layers_of(chart, "line")
    encoding = lines["encoding"]
    assert encoding["x"]["field"] == "layer"
    assert encoding["y"]["scale"]["type"] == "log"
    assert "(log scale)" in encoding["y"]["axis"]["title"]
    assert encoding["color"]["field"] == encoding["strokeDash"]["field"] == "series"
    series = {row["series"] for row in rows_of(chart, lines)}
    assert len(rows_of(chart, lines)) == 20 * len(series) <= 2000


def test_the_forward_chart_shows_what_the_simulation_measured(picture_of):
    picture = made("signal_forward", picture_of)
    chart = CHARTS["signal_forward"](picture)
    rows = rows_of(chart, layers_of(chart, "line")[0])
    measured = [row["size"] for row in rows if row["series"] == "this network"]
    np.testing.assert_allclose(measured, picture.outcome.tables["layers"]["rms"])


def test_the_comparison_keeps_he_at_one_and_lets_xavier_fall(picture_of):
    chart = CHARTS["signal_schemes"](made("signal_schemes", picture_of))
    rows = rows_of(chart, layers_of(chart, "line")[0])
    last = {row["series"]: row["size"] for row in rows if row["layer"] == 20}
    assert last["He (predicted)"] == pytest.approx(1)
    assert last["Xavier (predicted)"] == pytest.approx(2.0**-10)
    assert last["PyTorch default (predicted)"] == pytest.approx(6.0**-10)


def test_answers_are_level_rules_on_the_rms_axis(picture_of):
    chart = CHARTS["signal_forward"](made("signal_forward", picture_of, KEY, YOURS))
    rules = [r for r in layers_of(chart, "rule") if "datum" in r["encoding"].get("y", {})]
    found = {r["mark"]["color"]: r["encoding"]["y"]["datum"] for r in rules}
    assert found == {theme.KEY: 0.001, theme.YOURS: 1.0}


def test_a_dead_network_leaves_a_gap_instead_of_a_line_at_zero(picture_of):
    picture = made("signal_forward", picture_of, width=2, depth=100, initialization="he_normal")
    assert picture.outcome.scalars["final_rms"] == 0
    chart = CHARTS["signal_forward"](picture)
    rows = rows_of(chart, layers_of(chart, "line")[0])
    assert any(row["size"] is None for row in rows)
    assert all(row["size"] is None or row["size"] > 0 for row in rows)


def test_the_band_runs_from_low_to_high_and_some_networks_are_drawn(picture_of):
    chart = CHARTS["spread_band"](made("spread_band", picture_of))
    (area,) = layers_of(chart, "area")
    assert (area["encoding"]["y"]["field"], area["encoding"]["y2"]["field"]) == ("low", "high")
    (lines,) = layers_of(chart, "line")
    assert len({row["network"] for row in rows_of(chart, lines)}) == 12


@pytest.mark.parametrize("name", [*LINES, "spread_band"])
@pytest.mark.parametrize("mode", ["light"])
def test_every_chart_has_something_to_see_with_and_without_answers(name, mode, picture_of, drawn):
    bare = drawn(CHARTS[name](made(name, picture_of)), mode)
    answered = drawn(CHARTS[name](made(name, picture_of, KEY, YOURS)), mode)
    assert len(bare.getcolors(1 << 24)) > 20
    assert bare.tobytes() != answered.tobytes()
    assert answered.width == 320


@pytest.mark.parametrize("name", [*LINES, "spread_band"])
def test_no_chart_minds_an_outcome_without_rows(name, picture_of, emptied, drawn):
    drawn(CHARTS[name](emptied(made(name, picture_of))), "light")


@pytest.mark.parametrize("name", LINES)
@pytest.mark.parametrize(
    "changes",
    [
        {"activation": "sigmoid", "initialization": "fixed_normal", "std": 0.001, "depth": 100},
        {"activation": "linear", "initialization": "fixed_normal", "std": 2.0, "depth": 100},
        {"depth": 1},
        {"taper": 0.5},
    ],
)
def test_every_extreme_network_can_be_drawn(name, changes, picture_of, drawn):
    drawn(CHARTS[name](made(name, picture_of, KEY, **changes)), "light")
