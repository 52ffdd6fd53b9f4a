"""The learner's own calibration, at the end of a session."""

from __future__ import annotations

import pytest

from engine.charts import learner_calibration
from engine.charts.kit import theme
from engine.simulations.confidence.calibration import wilson_interval

USUAL = [(0.25, 3, 1), (0.5, 6, 2), (0.75, 11, 7), (0.95, 14, 10)]


def layer_of(chart, kind):
    (found,) = [s for s in chart.to_dict()["layer"] if s["mark"]["type"] == kind]
    return found


def rows_of(chart, layer):
    return chart.to_dict()["datasets"][layer["data"]["name"]]


def said(chart):
    title = chart.to_dict()["title"]
    return " ".join(title["text"]), " ".join(title["subtitle"])


def test_each_level_is_a_point_in_the_learners_colour_with_wilsons_interval():
    chart = learner_calibration(USUAL)
    points, interval = layer_of(chart, "circle"), layer_of(chart, "rule")
    assert points["mark"]["color"] == interval["mark"]["color"] == theme.YOURS
    assert points["encoding"]["x"]["field"] == "stated"
    assert points["encoding"]["y"]["field"] == "share"
    first = rows_of(chart, points)[0]
    assert (first["stated"], first["n"], first["share"]) == (0.25, 3, pytest.approx(1 / 3))
    assert (first["low"], first["high"]) == pytest.approx(wilson_interval(1, 3))
    assert interval["encoding"]["y2"]["field"] == "high"


def test_counts_stand_under_their_level():
    axis = layer_of(learner_calibration(USUAL), "circle")["encoding"]["x"]["axis"]
    assert axis["values"] == [0, 0.25, 0.5, 0.75, 0.95]
    assert '"75%": "7/11"' in axis["labelExpr"]


@pytest.mark.parametrize(
    ("points", "finding", "verdict"),
    [
        (USUAL, "You said 74% and were right 59%", "Too sure: 34 answers are enough to tell."),
        ([(0.5, 30, 27)], "You said 50% and were right 90%", "You could be surer: 30 answers"),
        ([(0.5, 2, 1), (0.95, 1, 0)], "You said 65% and were right 33%", "With 3 answers, chance"),
        ([(0.95, 1, 1)], "You said 95% and were right 100%", "With 1 answer, chance"),
        ([], "No answers yet", "On the dashed line"),
    ],
)
def test_the_title_says_what_the_answers_can_show(points, finding, verdict):
    chart = learner_calibration(points)
    assert said(chart)[0] == finding
    assert said(chart)[1].startswith(verdict)


def test_levels_that_were_not_used_are_left_out():
    chart = learner_calibration([(0.25, 0, 0), (0.75, 2, 1)])
    assert len(rows_of(chart, layer_of(chart, "circle"))) == 1


@pytest.mark.parametrize(("language", "mode"), [("en", "light"), ("ko", "dark")])
@pytest.mark.parametrize("points", [USUAL, [(0.5, 1, 0), (0.75, 1, 1), (0.95, 1, 1)], []])
def test_it_is_drawn_from_no_answers_to_many(drawn, points, language, mode):
    image = drawn(learner_calibration(points, language), mode)
    assert image.width <= 360
    colours = {colour for _, colour in image.getcolors(maxcolors=image.width * image.height)}
    orange = tuple(bytes.fromhex(theme.YOURS[1:]))
    assert (orange in colours) == bool(points)
