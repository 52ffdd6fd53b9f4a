"""Charts of a model's confidence against its accuracy."""

from __future__ import annotations

from dataclasses import replace

import pytest

from engine.charts import CHARTS, Mark
from engine.charts.kit import theme
from tests.charts.reading import charts_of, layers_of, rows_of

OWN = charts_of(
    "calibration", "reliability_table", "confidence_training", "ece_noise", "label_smoothing"
)

LOUD = {"scale": 2.0, "samples": 4000, "bins": 10}
TABLE = {
    "count_1": 500,
    "confidence_1": 0.6,
    "accuracy_1": 0.65,
    "count_2": 300,
    "confidence_2": 0.8,
    "accuracy_2": 0.7,
    "count_3": 200,
    "confidence_3": 0.95,
    "accuracy_3": 0.8,
}
OF = {
    "reliability_diagram": ("calibration", LOUD),
    "ece_bars": ("reliability_table", TABLE),
    "gap_bars": ("reliability_table", TABLE),
    "mistakes": ("calibration", LOUD),
    "nll_temperature": ("calibration", LOUD),
    "confidence_histogram": ("calibration", LOUD),
    "training_gap": ("confidence_training", {"steps": 100}),
    "l2_gap": ("confidence_training", {"steps": 100}),
    "ece_sizes": ("ece_noise", {}),
    "smoothing_steps": ("label_smoothing", {"steps": 100}),
}
SIZE_OF = {  # a number that each chart's axis holds
    "reliability_diagram": 0.8,
    "ece_bars": 0.08,
    "gap_bars": 0.1,
    "mistakes": 90.0,
    "nll_temperature": 2.0,
    "confidence_histogram": 0.8,
    "training_gap": 0.7,
    "l2_gap": 0.1,
    "ece_sizes": 0.05,
    "smoothing_steps": 0.9,
}
UPRIGHT = {"gap_bars", "mistakes", "nll_temperature", "confidence_histogram", "l2_gap"}


def titles(chart):
    """Every axis title of a chart, in one piece each."""
    axes = [
        e["axis"]["title"]
        for s in chart.to_dict()["layer"]
        for e in s["encoding"].values()
        if isinstance(e, dict) and isinstance(e.get("axis"), dict) and "title" in e["axis"]
    ]
    return {" ".join(title) if isinstance(title, list) else title for title in axes}


def test_the_charts_are_there_by_name():
    assert set(OWN) == set(OF)
    assert set(OWN) < set(CHARTS)


@pytest.mark.parametrize("name", OF)
def test_a_chart_says_a_finding_and_what_is_on_its_axes(picture_of, name):
    simulation, settings = OF[name]
    chart = CHARTS[name](picture_of(simulation, settings))
    spec = chart.to_dict()
    assert " ".join(spec["title"]["text"]).strip()
    assert spec["width"] == "container"
    assert titles(chart)


@pytest.mark.parametrize("name", OF)
def test_answers_are_rules_at_their_numbers_in_their_own_colours(picture_of, name):
    simulation, settings = OF[name]
    size = SIZE_OF[name]
    marks = (Mark("key", size, "answer"), Mark("yours", size * 1.1, "your answer"))
    chart = CHARTS[name](picture_of(simulation, settings, *marks, accepted=(size, size * 1.01)))
    channel = "x" if name in UPRIGHT else "y"
    found = {
        r["mark"]["color"]: (r["encoding"][channel]["datum"], r["mark"]["strokeDash"])
        for r in layers_of(chart, "rule")
        if r["mark"].get("color") in (theme.KEY, theme.YOURS)
        and "datum" in r["encoding"].get(channel, {})
    }
    assert found[theme.KEY] == (pytest.approx(size), theme.DASHES["key"])
    assert found[theme.YOURS] == (pytest.approx(size * 1.1), theme.DASHES["yours"])
    said = " / ".join(t["mark"].get("text", "") for t in layers_of(chart, "text"))
    assert "your answer" in said
    assert said.count("answer") == 2
    assert any(r["mark"].get("color") == theme.KEY for r in layers_of(chart, "rect"))


@pytest.mark.parametrize(("language", "mode"), [("en", "light"), ("ko", "dark")])
@pytest.mark.parametrize("name", OF)
def test_a_chart_is_drawn_in_both_themes_and_languages(picture_of, drawn, name, mode, language):
    simulation, settings = OF[name]
    marks = (Mark("key", SIZE_OF[name], "answer"), Mark("yours", 0.3, "your answer"))
    picture = picture_of(simulation, settings, *marks, language=language)
    image = drawn(CHARTS[name](picture), mode)
    assert image.width <= 360
    colours = image.getcolors(maxcolors=image.width * image.height)
    assert len(colours) > 50
    assert max(count for count, _ in colours) < 0.98 * image.width * image.height


@pytest.mark.parametrize("name", OF)
def test_an_empty_table_and_wild_answers_do_no_harm(picture_of, emptied, drawn, name):
    simulation, settings = OF[name]
    wild = tuple(Mark("yours", value, "your answer") for value in (-5.0, 0.0, 1e9))
    drawn(CHARTS[name](emptied(picture_of(simulation, settings))), "light")
    drawn(CHARTS[name](picture_of(simulation, settings, *wild)), "light")


@pytest.mark.parametrize("name", OF)
def test_a_chart_has_few_enough_marks(picture_of, name):
    simulation, settings = OF[name]
    chart = CHARTS[name](picture_of(simulation, settings))
    assert sum(len(rows_of(chart, layer)) for layer in chart.to_dict()["layer"]) < 500


def test_the_diagram_has_a_point_a_bin_and_its_gap_up_to_the_diagonal(picture_of):
    picture = picture_of("calibration", LOUD)
    chart = CHARTS["reliability_diagram"](picture)
    (points,) = layers_of(chart, "circle")
    assert points["encoding"]["x"]["field"] == "confidence"
    assert points["encoding"]["y"]["field"] == "accuracy"
    filled = picture.outcome.tables["bins"]["count"] > 0
    assert len(rows_of(chart, points)) == filled.sum()
    (gaps,) = [r for r in layers_of(chart, "rule") if "y2" in r["encoding"]]
    assert gaps["encoding"]["y2"]["field"] == "confidence"
    (diagonal,) = layers_of(chart, "line")
    assert all(row["x"] == row["y"] for row in rows_of(chart, diagonal))


def test_the_diagram_points_at_the_confidence_that_the_question_speaks_of(picture_of):
    chart = CHARTS["reliability_diagram"](picture_of("calibration", LOUD, numbers={"said": 0.8}))
    places = [r["encoding"]["x"].get("datum") for r in layers_of(chart, "rule")]
    assert 0.8 in places


def test_the_curve_has_the_key_at_the_confidence_of_the_question(picture_of):
    chart = CHARTS["reliability_diagram"](
        picture_of("calibration", LOUD | {"scale": 2.0, "classes": 2}, numbers={"said": 0.9})
    )
    curve = [
        {row["confidence"]: row["accuracy"] for row in rows_of(chart, line)}
        for line in layers_of(chart, "line")
        if line["encoding"]["y"]["field"] == "accuracy"
    ]
    (curve,) = curve
    near = min(curve, key=lambda said: abs(said - 0.9))
    assert curve[near] == pytest.approx(0.75, abs=0.01)  # odds 9, their root 3


def test_bars_of_ece_are_as_wide_as_their_share_so_that_their_area_is_the_ece(picture_of):
    picture = picture_of("reliability_table", TABLE)
    chart = CHARTS["ece_bars"](picture)
    (bars,) = layers_of(chart, "rect")
    assert bars["encoding"]["y2"]["datum"] == 0
    rows = rows_of(chart, bars)
    area = sum((row["right"] - row["left"]) * row["size"] for row in rows)
    assert area == pytest.approx(picture.outcome.scalars["ece"])
    assert [row["sign"] for row in rows] == ["not sure enough", "too sure", "too sure"]


def test_gaps_point_right_when_too_sure_and_say_where_each_was_ranked(picture_of):
    ranked = [Mark("key", f"row-{n}", "answer") for n in (1, 2, 3)]
    ranked += [Mark("yours", f"row-{n}", "your answer") for n in (3, 1, 2)]
    options = {"row-1": "the first", "row-2": "the second", "row-3": "the third"}
    picture = picture_of("reliability_table", TABLE, *ranked, options=options)
    chart = CHARTS["gap_bars"](picture)
    (bars,) = layers_of(chart, "bar")
    rows = rows_of(chart, bars)
    assert [row["gap"] for row in rows] == pytest.approx([-0.05, 0.1, 0.15])
    assert [row["name"] for row in rows] == ["the first", "the second", "the third"]
    assert rows[0]["place"] == "answer #1 · your answer #2"
    assert all(row["least"] < row["gap"] < row["most"] for row in rows)
    low, high = bars["encoding"]["x"]["scale"]["domain"]
    assert low == pytest.approx(-high)


def test_mistakes_are_those_the_model_expects_and_those_it_makes(picture_of):
    picture = picture_of("calibration", LOUD)
    (bars,) = layers_of(CHARTS["mistakes"](picture), "bar")
    wrong = [row["wrong"] for row in rows_of(CHARTS["mistakes"](picture), bars)]
    scalars = picture.outcome.scalars
    assert wrong[0] == pytest.approx(1000 * (1 - scalars["sure_confidence"]))
    assert wrong[1] == pytest.approx(1000 * (1 - scalars["sure_accuracy"]))
    assert wrong[3] == pytest.approx(1000 * (1 - scalars["accuracy"]))


def test_the_temperature_chart_marks_its_lowest_loss_and_what_the_question_divides_by(picture_of):
    picture = picture_of("calibration", LOUD, numbers={"divided_by": 3})
    chart = CHARTS["nll_temperature"](picture)
    (lowest,) = layers_of(chart, "point")
    (row,) = rows_of(chart, lowest)
    assert row["temperature"] == picture.outcome.scalars["temperature"]
    assert {"T = 1", "T = 3"} <= {t["mark"].get("text") for t in layers_of(chart, "text")}
    assert lowest["encoding"]["x"]["scale"]["type"] == "log"


def test_the_names_of_two_temperatures_stand_in_rows_of_their_own(picture_of):
    picture = picture_of("calibration", {"scale": 0.4}, numbers={"divided_by": 1.5})
    texts = layers_of(CHARTS["nll_temperature"](picture), "text")
    rows = [
        t["encoding"]["y"]["value"] for t in texts if t["mark"].get("text") in ("T = 1", "T = 1.5")
    ]
    assert len(set(rows)) == 2
    assert abs(rows[0] - rows[1]) > 12


def test_strengths_of_l2_are_on_a_log_axis_and_none_is_a_level_of_its_own(picture_of):
    chart = CHARTS["l2_gap"](picture_of("confidence_training", {}))
    (line,) = layers_of(chart, "line")
    assert line["encoding"]["x"]["scale"]["type"] == "log"
    assert min(row["l2"] for row in rows_of(chart, line)) > 0
    assert "without L2" in {t["mark"].get("text") for t in layers_of(chart, "text")}


@pytest.mark.parametrize("added", [0.5, -0.5])
def test_a_gap_that_is_zero_at_none_of_the_strengths_is_not_said_to_be(picture_of, added):
    picture = picture_of("confidence_training", {})
    sweep = picture.outcome.tables["sweep"]
    gaps = sweep["gap"] + added
    tables = {**picture.outcome.tables, "sweep": {**sweep, "gap": gaps}}
    picture = replace(picture, outcome=replace(picture.outcome, tables=tables))
    title = " ".join(CHARTS["l2_gap"](picture).to_dict()["title"]["text"])
    assert "zero" not in title
    for gap in (gaps[1], gaps[-1]):  # the first is without L2
        assert f"{gap:+.3f}".replace("-", "−") in title


def test_an_option_that_is_a_number_is_a_rule_and_none_at_all_is_off_the_log_axis(picture_of):
    marks = (Mark("key", "medium", "answer"), Mark("yours", "none", "your answer"))
    options = {"medium": "0.1", "none": "0"}
    chart = CHARTS["l2_gap"](picture_of("confidence_training", {}, *marks, options=options))
    places = [r["encoding"].get("x", {}).get("datum") for r in layers_of(chart, "rule")]
    assert 0.1 in places
    said = " / ".join(t["mark"].get("text", "") for t in layers_of(chart, "text"))
    assert "your answer" in said
    assert "(off the chart)" in said
