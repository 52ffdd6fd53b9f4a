"""Charts of a sigmoid's slope and saturation."""

from __future__ import annotations

import pytest

from engine.charts import CHARTS, Mark
from engine.simulations import SIMULATIONS
from tests.charts.reading import charts_of, lab_of, layers_of, rows_of, title_of

OWN = charts_of("sigmoid_saturation", "input_scale")
LAB = lab_of("sigmoid_saturation", "input_scale")

OF = {chart: simulation for simulation, charts in LAB.items() for chart in charts}
SCALES = {"tiny": 0.05, "middle": 1.5, "large": 20, "huge": 200}


def points_of(chart):
    (points,) = layers_of(chart, "point")
    return [(row["at"], row["value"]) for row in rows_of(chart, points)]


def test_every_chart_belongs_to_a_simulation_and_is_there_by_name():
    assert set(OF) == set(OWN) < set(CHARTS)
    assert set(LAB) < set(SIMULATIONS)


def test_the_point_lies_on_the_slope_at_z(picture_of):
    chart = CHARTS["slope_curve"](picture_of("sigmoid_saturation", {"z": -3.0}))
    assert points_of(chart) == [(-3.0, pytest.approx(0.0452, abs=1e-4))]
    assert "z = −3" in title_of(chart)


def test_the_point_lies_on_the_share_of_its_spread(picture_of):
    key = Mark("key", 0.42, "Right answer")
    chart = CHARTS["saturated_units"](picture_of("sigmoid_saturation", {"spread": 5.0}, key))
    assert points_of(chart) == [(5.0, pytest.approx(0.4237, abs=1e-4))]
    rules = [r for r in layers_of(chart, "rule") if "datum" in r["encoding"].get("y", {})]
    assert [r["encoding"]["y"]["datum"] for r in rules] == [0.42]


def test_two_points_stand_at_the_scales_of_a_run(picture_of):
    chart = CHARTS["input_gradient"](picture_of("input_scale", {"scale": 1.0, "factor": 100.0}))
    (first, second) = points_of(chart)
    assert first == (1.0, pytest.approx(0.154, abs=1e-3))
    assert second == (100.0, pytest.approx(0.0293, abs=1e-3))


def test_an_order_of_scales_is_said_above_the_plot_and_pointed_at_in_it(picture_of):
    marks = [Mark("key", name, "answer") for name in ("tiny", "huge", "large", "middle")]
    marks += [Mark("yours", name, "your answer") for name in SCALES]
    picture = picture_of("input_scale", {}, *marks, numbers=SCALES)
    chart = CHARTS["input_gradient"](picture)
    texts = [layer["mark"].get("text") for layer in layers_of(chart, "text")]
    assert "answer: 0.05 → 200 → 20 → 1.5" in texts
    assert "your answer: 0.05 → 1.5 → 20 → 200" in texts
    points = dict(points_of(chart))
    assert points[0.05] == pytest.approx(0.0125, rel=0.02)
    assert max(points, key=points.__getitem__) == 1.5


EXTREMES = [
    ("sigmoid_saturation", {"spread": 0.1, "threshold": 10.0, "z": -10.0}),
    ("sigmoid_saturation", {"spread": 100.0, "threshold": 0.5, "activation": "tanh", "z": 10.0}),
    ("input_scale", {"scale": 0.01, "factor": 1.0, "weight": 0.2}),
    ("input_scale", {"scale": 10.0, "factor": 100.0, "weight": 5.0}),
]


@pytest.mark.parametrize(("simulation", "settings"), EXTREMES)
@pytest.mark.parametrize(("mode", "language"), [("dark", "ko")])
def test_every_chart_is_drawn(picture_of, drawn, simulation, settings, mode, language):
    for name in LAB[simulation]:
        for marks in ((), (Mark("key", 0.3, "Right answer"), Mark("yours", -2.0, "Your answer"))):
            picture = picture_of(simulation, settings, *marks, language=language)
            image = drawn(CHARTS[name](picture), mode)
            assert len(image.getcolors(1 << 24)) > 20
            assert image.width <= 345


@pytest.mark.parametrize("name", OWN)
def test_no_chart_minds_an_outcome_without_rows(name, picture_of, emptied, drawn):
    drawn(CHARTS[name](emptied(picture_of(OF[name]))), "light")
