"""Charts of data augmentation and overfitting."""

from __future__ import annotations

import pytest

from engine.charts import CHARTS, Mark
from engine.charts.kit import theme
from tests.charts.reading import charts_of, lab_of, layers_of, rows_of, rules_of, title_of

OWN = charts_of("noise_augmentation", "polynomial_fit", "fit_gaps", "glyph_transforms")
LAB = lab_of("noise_augmentation", "polynomial_fit", "fit_gaps", "glyph_transforms")

SIMULATION = {name: simulation for simulation, names in LAB.items() for name in names}


def test_every_chart_is_there_by_name_and_in_the_lab():
    assert set(OWN) <= set(CHARTS)
    assert set(SIMULATION) == set(OWN)


def test_slopes_are_drawn_by_the_noise_and_answers_lie_across(picture_of):
    picture = picture_of("noise_augmentation", {}, Mark("yours", 2.0, "your answer"))
    chart = CHARTS["shrinkage_path"](picture)
    (curves,) = layers_of(chart, "line")
    rows = [r for r in rows_of(chart, curves) if r["series"].startswith("slope 1")]
    assert (rows[0]["at"], rows[0]["value"]) == (0, pytest.approx(2))
    assert rows[-1]["value"] == pytest.approx(2 / (1 + rows[-1]["at"] ** 2))
    assert rules_of(chart, "y")[theme.YOURS] == 2.0
    assert "from 2 to 1.6" in title_of(chart)


def test_the_same_slopes_by_their_penalty_have_upright_answers(picture_of):
    picture = picture_of("noise_augmentation", {"n": 50}, Mark("yours", 25.0, "your answer"))
    chart = CHARTS["penalty_path"](picture)
    (curves,) = layers_of(chart, "line")
    rows = [r for r in rows_of(chart, curves) if r["series"].startswith("slope 1")]
    assert rows[-1]["value"] == pytest.approx(2 / (1 + rows[-1]["at"] / 50))
    assert rules_of(chart, "x")[theme.YOURS] == 25.0
    points = layers_of(chart, "point")
    assert len(points) == 2
    assert {row["at"] for row in rows_of(chart, points[0])} >= {0.0, 12.5}


def test_the_fit_is_drawn_with_its_points_and_the_truth(picture_of):
    chart = CHARTS["overfit_fit"](picture_of("polynomial_fit", {"n": 15}))
    (dots,) = layers_of(chart, "point")
    assert len(rows_of(chart, dots)) == 15
    (curves,) = layers_of(chart, "line")
    truth = [r for r in rows_of(chart, curves) if r["series"].startswith("truth")]
    assert truth[-1]["value"] == pytest.approx(1)
    assert "Same distribution" in title_of(chart)


def test_the_difference_has_a_bar_and_answers_stand_upright(picture_of):
    picture = picture_of("polynomial_fit", {}, Mark("key", 0.0533, "answer"))
    chart = CHARTS["optimism_bars"](picture)
    (bars,) = layers_of(chart, "bar")
    train, again, gap = (row["value"] for row in rows_of(chart, bars))
    assert gap == pytest.approx(again - train)
    assert rules_of(chart, "x")[theme.KEY] == 0.0533


def test_three_gaps_are_named_with_the_places_of_the_answers(picture_of):
    key = [Mark("key", f"fit-{n}", "answer") for n in (1, 2, 3)]
    chart = CHARTS["overfitting_gaps"](picture_of("fit_gaps", {}, *key))
    (bars,) = layers_of(chart, "bar")
    names = [row["name"] for row in rows_of(chart, bars)]
    assert names[0] == "degree 9, 20 points (answer: 1)"


def test_a_glyph_with_a_wrong_label_has_another_color_and_its_new_name(picture_of):
    chart = CHARTS["glyph_panels"](picture_of("glyph_transforms", {"glyph": "digits/6"}))
    inked = [s for s in layers_of(chart, "rect") if "color" in s["encoding"]]
    rows = rows_of(chart, inked[0])
    wrong = {row["panel"] for row in rows if row["state"] == "label becomes wrong"}
    assert wrong == {"turn"}
    (labels,) = layers_of(chart, "text")
    assert "half a turn: 9" in [row["text"] for row in rows_of(chart, labels)]


@pytest.mark.parametrize("name", OWN)
def test_no_chart_of_augmentation_minds_an_outcome_without_rows(name, picture_of, emptied, drawn):
    drawn(CHARTS[name](emptied(picture_of(SIMULATION[name]))), "light")


EXTREMES = [
    ("shrinkage_path", {"sigma": 0.0}),
    ("shrinkage_path", {"sigma": 5.0, "std": 0.1, "slope_1": -20.0, "correlation": 0.95}),
    ("penalty_path", {"sigma": 0.0, "slope_1": 0.0, "slope_2": 0.0}),
    ("penalty_path", {"sigma": 5.0, "n": 1000, "copies": 1}),
    ("overfit_fit", {"n": 5, "degree": 12}),
    ("overfit_fit", {"n": 1000, "noise": 2.0}),
    ("optimism_bars", {"n": 1000, "degree": 1, "noise": 0.01}),
    ("optimism_bars", {"n": 5, "degree": 12}),
    ("overfitting_gaps", {"degree_1": 12, "n_1": 13}),
    ("glyph_panels", {"glyph": "arrows/↓", "step": 9}),
    ("glyph_panels", {"glyph": "digits/8", "step": 0}),
]


@pytest.mark.parametrize(("name", "settings"), EXTREMES)
@pytest.mark.parametrize(("mode", "language"), [("dark", "ko")])
def test_every_chart_of_augmentation_is_drawn(picture_of, drawn, name, settings, mode, language):
    marks = (Mark("key", 0.7, "answer"), Mark("yours", -1e9, "your answer"))
    picture = picture_of(
        SIMULATION[name], settings, *marks, accepted=(0.69, 0.71), language=language
    )
    image = drawn(CHARTS[name](picture), mode)
    assert len(image.getcolors(10_000_000)) > 20
    assert image.width <= 340


@pytest.mark.parametrize(("name", "settings"), EXTREMES)
def test_no_chart_of_augmentation_has_too_many_marks(picture_of, name, settings):
    spec = CHARTS[name](picture_of(SIMULATION[name], settings)).to_dict()
    assert sum(len(rows) for rows in spec["datasets"].values()) < 2000
