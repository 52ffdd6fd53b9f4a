"""Charts of skip connections."""

from __future__ import annotations

import numpy as np
import pytest

from engine.charts import CHARTS, Mark
from engine.simulations import SIMULATIONS
from tests.charts.reading import charts_of, lab_of, layers_of, rows_of, title_of

OWN = charts_of("residual_network", "gradient_shattering", "loss_slice")
LAB = lab_of("residual_network", "gradient_shattering", "loss_slice")

OF = {chart: simulation for simulation, charts in LAB.items() for chart in charts}
SMALL = {"gradient_shattering": {"depth": 6, "width": 32}}


def series_of(chart):
    (drawn,) = [s for s in layers_of(chart, "line") if "color" in s["encoding"]]
    found = {}
    for row in rows_of(chart, drawn):
        found.setdefault(row["series"], []).append(row.get("size", row.get("value")))
    return found


def test_every_chart_belongs_to_a_simulation_and_is_there_by_name():
    assert set(OF) == set(OWN) < set(CHARTS)
    assert set(LAB) < set(SIMULATIONS)


@pytest.mark.parametrize(
    ("name", "what"), [("residual_signal", "std"), ("residual_gradient", "gradient")]
)
def test_four_networks_are_drawn_as_measured(name, what, picture_of):
    picture = picture_of("residual_network", {"depth": 10, "width": 32})
    found = series_of(CHARTS[name](picture))
    assert list(found) == ["no skip", "skip", "skip, ÷ √L", "skip, BN"]
    table = picture.outcome.tables["blocks"]
    for series, column in zip(found.values(), ("plain", "skip", "scaled", "bn"), strict=True):
        np.testing.assert_allclose(series, table[f"{column}_{what}"])


def test_an_order_of_networks_stands_in_the_legend(picture_of):
    key = [Mark("key", name, "answer") for name in ("plain", "scaled", "bn", "skip")]
    chart = CHARTS["residual_signal"](picture_of("residual_network", {"gain": 0.5}, *key))
    assert "skip (answer: 4)" in series_of(chart)


def test_the_drawn_network_is_a_point_near_the_curve_and_answers_are_factors(picture_of):
    settings = {"depth": 20, "branch_scale": 0.3, "width": 128}
    chart = CHARTS["residual_branch"](
        picture_of("residual_network", settings, Mark("key", 0.3, "Right answer"))
    )
    (points,) = layers_of(chart, "point")
    (point,) = rows_of(chart, points)
    assert point["at"] == 0.3
    assert point["value"] == pytest.approx(1.09**10, rel=0.2)
    rules = [r for r in layers_of(chart, "rule") if "datum" in r["encoding"].get("x", {})]
    assert [r["encoding"]["x"]["datum"] for r in rules] == [0.3]


def test_shattered_gradients_lie_below_and_the_title_says_how_alike_they_are(picture_of):
    picture = picture_of("gradient_shattering", {"depth": 16, "width": 48})
    found = series_of(CHARTS["gradient_lines"](picture))
    assert np.mean(found["without skip connections"]) < np.mean(found["with skip connections"])
    title = title_of(CHARTS["gradient_lags"](picture))
    assert f"{picture.outcome.scalars['skip_lag5']:.2f}" in title
    lags = series_of(CHARTS["gradient_lags"](picture))
    assert lags["with skip connections"][0] == pytest.approx(1)


def test_slices_share_their_lowest_point_and_the_scaled_direction_lies_on_the_first(picture_of):
    found = series_of(CHARTS["loss_slices"](picture_of("loss_slice", {"factor": 4.0})))
    before, after, normalized = found.values()
    assert min(before) == pytest.approx(min(after))
    assert max(after) < max(before)
    assert normalized == pytest.approx(before)


EXTREMES = [
    ("residual_network", {"gain": 3.0, "branch_scale": 2.0, "depth": 60, "width": 32}),
    ("residual_network", {"gain": 0.05, "branch_scale": 0.0, "depth": 60, "width": 8}),
    ("residual_network", {"depth": 1, "branch": "relu_last"}),
    ("gradient_shattering", {"depth": 1, "width": 16, "points": 50}),
    ("gradient_shattering", {"depth": 50, "width": 16, "branch": 1.0}),
    ("loss_slice", {"factor": 0.1, "curvature": 20.0}),
    ("loss_slice", {"factor": 10.0, "curvature": 0.2}),
]


@pytest.mark.parametrize(("simulation", "settings"), EXTREMES)
@pytest.mark.parametrize(("mode", "language"), [("dark", "ko")])
def test_every_chart_is_drawn(picture_of, drawn, simulation, settings, mode, language):
    for name in LAB[simulation]:
        for marks in ((), (Mark("key", 0.3, "Right answer"), Mark("yours", 5.0, "Your answer"))):
            picture = picture_of(simulation, settings, *marks, language=language)
            image = drawn(CHARTS[name](picture), mode)
            assert len(image.getcolors(1 << 24)) > 20
            assert image.width <= 345


@pytest.mark.parametrize("name", OWN)
def test_no_chart_minds_an_outcome_without_rows(name, picture_of, emptied, drawn):
    drawn(CHARTS[name](emptied(picture_of(OF[name], SMALL.get(OF[name], {})))), "light")
