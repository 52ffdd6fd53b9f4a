"""Charts of badly scaled inputs."""

from __future__ import annotations

import pytest

from engine.charts import CHARTS, Mark
from engine.charts.kit import theme
from engine.simulations import SIMULATIONS
from tests.charts.reading import charts_of, lab_of, layers_of, rows_of, title_of

OWN = charts_of("conditioning", "conditioning_race")
LAB = lab_of("conditioning", "conditioning_race")

OF = {name: simulation for simulation, names in LAB.items() for name in names}
OFFSET = {"model": "feature_and_intercept", "mean": 5.0, "scale": 1.0}


def answers_of(chart, channel):
    rules = [r for r in layers_of(chart, "rule") if "datum" in r["encoding"].get(channel, {})]
    return [(r["encoding"][channel]["datum"], r["mark"]["color"]) for r in rules]


def test_the_lab_has_a_chart_for_each_simulation_and_every_chart_has_a_simulation():
    assert set(OF) == set(OWN) < set(CHARTS)
    assert set(LAB) < set(SIMULATIONS)


def test_the_valley_is_drawn_to_scale_and_the_path_starts_at_an_error_of_one(picture_of):
    chart = CHARTS["valley_path"](picture_of("conditioning", {"scale": 4.0}))
    rings, path = layers_of(chart, "line")
    assert rings["encoding"]["x"]["scale"] == rings["encoding"]["y"]["scale"]
    assert rows_of(chart, path)[0] == {"x": 1, "y": 1, "order": 0}
    inner = [row for row in rows_of(chart, rings) if row["level"] == 0.03]
    wide, high = (max(row[axis] for row in inner) for axis in ("x", "y"))
    assert wide / high == pytest.approx(4, rel=0.01)
    assert "κ = 16" in title_of(chart)


def test_answers_about_steps_are_upright_rules_on_a_log_axis(picture_of):
    marks = (Mark("key", 667.0, "answer"), Mark("yours", 70.0, "your answer"))
    chart = CHARTS["scaling_race"](picture_of("conditioning", {"scale": 10.0}, *marks))
    assert answers_of(chart, "x") == [(667, theme.KEY), (70, theme.YOURS)]
    (line,) = layers_of(chart, "line")
    assert line["encoding"]["x"]["scale"]["type"] == "log"
    assert line["encoding"]["y"]["scale"]["type"] == "log"


def test_a_rate_that_diverges_is_called_so(picture_of):
    picture = picture_of("conditioning", {"scale": 2.0, "learning_rate": 0.6})
    assert "η = 0.6 diverges" in title_of(CHARTS["scaling_race"](picture))


@pytest.mark.parametrize(
    ("name", "settings", "at", "value", "said"),
    [
        ("kappa_by_scale", {"scale": 5.0}, 5, 25, "give κ = 25"),
        ("kappa_by_correlation", {"correlation": 0.8}, 0.8, 9, "κ = 9"),
        ("rate_by_mean", OFFSET, 5, 0.0742, "0.0742"),
    ],
)
def test_a_point_marks_where_the_setting_stands(picture_of, name, settings, at, value, said):
    marks = (Mark("key", value, "answer"), Mark("yours", 2.5, "your answer"))
    chart = CHARTS[name](picture_of("conditioning", settings, *marks))
    (point,) = layers_of(chart, "point")
    (row,) = rows_of(chart, point)
    assert (row["at"], row["value"]) == pytest.approx((at, value), rel=0.03)
    assert [value for value, _ in answers_of(chart, "y")] == [value, 2.5]
    assert said in title_of(chart)


def test_the_causes_are_named_with_the_places_they_were_given(picture_of):
    order = ("correlated", "scales", "offset")
    marks = [Mark("key", name, "answer") for name in order]
    chart = CHARTS["causes_race"](picture_of("conditioning_race", {"scale": 5.0}, *marks))
    (lines,) = layers_of(chart, "line")
    names = lines["encoding"]["color"]["scale"]["domain"]
    assert names[0] == "deviations 1 : 5 (answer: 2)"
    assert len({str(d) for d in lines["encoding"]["strokeDash"]["scale"]["range"]}) == 3


@pytest.mark.parametrize("name", OWN)
def test_no_chart_of_conditioning_minds_an_outcome_without_rows(name, picture_of, emptied, drawn):
    drawn(CHARTS[name](emptied(picture_of(OF[name]))), "light")


HARDEST = {"scale": 100.0, "correlation": 0.99}
EXTREMES = [
    *((name, {}) for name in OWN),
    ("valley_path", {**HARDEST, "learning_rate": 10.0}),
    ("valley_path", {**OFFSET, "mean": -100.0}),
    ("scaling_race", {**HARDEST, "standardize": True}),
    ("scaling_race", {"learning_rate": 10.0, "scale": 0.01}),
    ("kappa_by_scale", {"scale": 0.01}),
    ("kappa_by_correlation", {"correlation": -0.99}),
    ("rate_by_mean", {**OFFSET, "mean": 100.0}),
    ("causes_race", {"scale": 100.0, "correlation": 0.99, "mean": 30.0}),
]


@pytest.mark.parametrize(("name", "settings"), EXTREMES)
@pytest.mark.parametrize(("mode", "language"), [("dark", "ko")])
def test_every_chart_of_conditioning_is_drawn(picture_of, drawn, name, settings, mode, language):
    marks = (Mark("key", 0.7, "answer"), Mark("yours", -1e9, "your answer"))
    picture = picture_of(OF[name], settings, *marks, accepted=(0.69, 0.71), language=language)
    image = drawn(CHARTS[name](picture), mode)
    assert len(image.getcolors(10_000_000)) > 20
    assert image.width <= 340


def test_features_that_are_standardized_already_are_compared_by_their_rate(picture_of):
    settings = {"standardize": True, "learning_rate": 0.01, "correlation": 0.5}
    chart = CHARTS["scaling_race"](picture_of("conditioning", settings))
    assert "standardized" not in title_of(chart)
    assert "η = 0.01" in title_of(chart)
