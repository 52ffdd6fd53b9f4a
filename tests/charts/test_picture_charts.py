"""Charts that stand in the text of cards: hops, histograms by layer, factors, rates, rectifiers."""

from __future__ import annotations

import numpy as np
import pytest

from engine.charts import CHARTS, Mark
from tests.charts.reading import layers_of, rows_of, title_of

NEW = {
    "descent_hops": "gradient_descent",
    "factor_by_spread": "backward_factor",
    "loss_by_rate": "rate_search",
    "loss_curves": "rate_search",
    "one_sided_path": "one_sided_inputs",
    "output_gradients": "output_loss",
    "rectifier_values": "rectifiers",
    "rectifier_slopes": "rectifiers",
}


def test_hops_land_on_the_bowl(picture_of):
    values = {"learning_rate": 0.3, "curvature": 4.0, "start": 5.0, "steps": 3}
    chart = CHARTS["descent_hops"](picture_of("gradient_descent", values))
    bowl, hops = layers_of(chart, "line")
    landed = {row["at"]: row["value"] for row in rows_of(chart, hops)}
    assert list(landed) == pytest.approx([5, -1, 0.2, -0.04])
    assert list(landed.values()) == pytest.approx([50, 2, 0.08, 0.0032])
    for row in rows_of(chart, bowl):
        assert row["value"] == pytest.approx(2 * row["at"] ** 2)


def test_hops_that_run_away_are_cut_off_and_the_bowl_still_fills_the_chart(picture_of):
    values = {"learning_rate": 5.0, "curvature": 4.0, "steps": 50}
    chart = CHARTS["descent_hops"](picture_of("gradient_descent", values))
    low, high = layers_of(chart, "line")[0]["encoding"]["x"]["scale"]["domain"]
    assert (low, high) == pytest.approx((-11, 11))
    assert "every jump is longer" in title_of(chart)


def test_the_line_at_1_parts_vanishing_from_exploding(picture_of):
    chart = CHARTS["factor_by_spread"](picture_of("backward_factor", {"spread": 2.0}))
    (line,) = layers_of(chart, "line")
    rows = rows_of(chart, line)
    relu = {row["at"]: row["value"] for row in rows if row["series"] == "ReLU"}
    assert all((value < 1) == (at < np.sqrt(2)) for at, value in relu.items())
    assert any(rule["encoding"].get("y", {}).get("datum") == 1 for rule in layers_of(chart, "rule"))
    assert "ReLU 1.4" in title_of(chart)


def test_the_curve_of_rates_is_lowest_at_the_rate_in_the_title(picture_of):
    picture = picture_of("rate_search", {"steps": 20, "units": 10})
    chart = CHARTS["loss_by_rate"](picture)
    rows = rows_of(chart, layers_of(chart, "line")[0])
    lowest = min(rows, key=lambda row: row["value"])
    assert lowest["at"] == pytest.approx(picture.outcome.scalars["best_rate"])


def test_losses_far_above_the_start_are_cut_off(picture_of):
    picture = picture_of("rate_search", {"steps": 20, "units": 10})
    chart = CHARTS["loss_curves"](picture)
    rows = rows_of(chart, layers_of(chart, "line")[0])
    assert len({row["series"] for row in rows}) == 3
    assert max(row["value"] for row in rows) <= 20 * picture.outcome.scalars["loss_start"] + 1e-9


def test_both_paths_begin_at_0_and_the_cross_stands_at_the_goal(picture_of):
    chart = CHARTS["one_sided_path"](picture_of("one_sided_inputs", {}))
    rows = rows_of(chart, layers_of(chart, "line")[0])
    assert [(row["x"], row["y"]) for row in rows if row["step"] == 0] == [(0, 0), (0, 0)]
    cross = layers_of(chart, "point")[-1]
    assert [(row["x"], row["y"]) for row in rows_of(chart, cross)] == [(1, -1)]
    same = CHARTS["one_sided_path"](picture_of("one_sided_inputs", {"mean": 0.0}))
    assert len({row["series"] for row in rows_of(same, layers_of(same, "line")[0])}) == 2


def test_relu_alone_is_one_line_and_all_are_three(picture_of):
    alone = CHARTS["rectifier_slopes"](picture_of("rectifiers", {"shown": "relu"}))
    rows = rows_of(alone, layers_of(alone, "line")[0])
    assert {row["value"] for row in rows} == {0, 1}
    every = CHARTS["rectifier_slopes"](picture_of("rectifiers", {}))
    rows = rows_of(every, layers_of(every, "line")[0])
    assert len({row["series"] for row in rows}) == 3
    assert min(row["value"] for row in rows) < -0.1  # GELU's dip


@pytest.mark.parametrize(
    ("name", "values"),
    [("factor_by_spread", {}), ("output_gradients", {"target": 0}), ("rectifier_values", {})],
)
def test_answers_are_level_rules(picture_of, name, values):
    marks = (Mark("key", 0.7, "answer"), Mark("yours", 0.4, "your answer"))
    chart = CHARTS[name](picture_of(NEW[name], values, *marks))
    levels = [rule["encoding"].get("y", {}) for rule in layers_of(chart, "rule")]
    assert [level["datum"] for level in levels if "datum" in level][-2:] == [0.7, 0.4]


@pytest.mark.parametrize("name", sorted(NEW))
def test_a_chart_without_rows_and_one_in_korean_can_be_drawn(picture_of, emptied, drawn, name):
    picture = picture_of(NEW[name], {}, language="ko")
    image = drawn(CHARTS[name](picture), "dark")
    colours = image.getcolors(1_000_000)
    assert colours is not None
    assert len(colours) > 30
    assert CHARTS[name](emptied(picture)).to_dict()["layer"]
    title = title_of(CHARTS[name](picture))
    assert any("가" <= letter <= "힣" for letter in title)
