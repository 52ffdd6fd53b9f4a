"""Charts of how networks start and what augmentation brings."""

from __future__ import annotations

import pytest

from engine.charts import CHARTS
from tests.charts.reading import lab_of, layers_of, rows_of, title_of

NEW = ("activation_histograms", "initialization_training", "augmentation_training")


def test_the_lab_has_a_chart_of_each():
    assert lab_of(*NEW) == {
        "activation_histograms": ("layer_histograms",),
        "initialization_training": ("start_losses",),
        "augmentation_training": ("augmentation_curves",),
    }


def spans(chart):
    """foot of a row -> how far its bars reach to the right."""
    (bars,) = layers_of(chart, "rect")
    found: dict[float, float] = {}
    for row in rows_of(chart, bars):
        found[row["foot"]] = max(found.get(row["foot"], -9.0), row["right"])
    return found


@pytest.mark.parametrize("depth", [2, 5])
def test_there_is_a_row_of_bars_a_layer_and_none_reaches_into_the_next(picture_of, depth):
    chart = CHARTS["layer_histograms"](picture_of("activation_histograms", {"depth": depth}))
    (bars,) = layers_of(chart, "rect")
    rows = rows_of(chart, bars)
    assert sorted({row["foot"] for row in rows}) == [float(-n) for n in range(depth, 0, -1)]
    assert all(row["foot"] < row["top"] < row["foot"] + 1 for row in rows)
    tallest = {foot: max(r["top"] for r in rows if r["foot"] == foot) for foot in spans(chart)}
    assert all(top == pytest.approx(foot + 0.88) for foot, top in tallest.items())


def test_the_histograms_become_narrow_with_a_weak_start(picture_of):
    settings = {"initialization": "fixed_normal", "std": 0.01}
    chart = CHARTS["layer_histograms"](picture_of("activation_histograms", settings))
    reach = spans(chart)
    assert reach[-5.0] < 0.1 < 0.4 < reach[-1.0]
    assert "0.0001" in title_of(chart)


def test_the_gradients_have_words_of_their_own(picture_of):
    chart = CHARTS["layer_histograms"](
        picture_of("activation_histograms", {"quantity": "gradients"})
    )
    assert "Spread of the gradients" in title_of(chart)


@pytest.mark.parametrize(
    ("settings", "finding"),
    [
        ({}, "never with the default"),
        ({"depth": 2, "rate": 0.2}, "with the default"),
        ({"steps": 80}, "by Xavier not at all"),
        ({"steps": 20}, "He's start has not halved"),
    ],
)
def test_the_title_says_who_got_there(picture_of, settings, finding):
    chart = CHARTS["start_losses"](picture_of("initialization_training", settings))
    assert finding in title_of(chart)


def test_there_is_a_line_for_each_start_and_all_of_them_are_told_apart(picture_of):
    chart = CHARTS["start_losses"](picture_of("initialization_training", {}))
    line = layers_of(chart, "line")[0]
    rows = rows_of(chart, line)
    assert len(rows) == 4 * 401
    ends = {row["series"]: row["value"] for row in rows if row["at"] == 400}
    assert ends["He"] < 0.01
    assert ends["all weights 0"] == pytest.approx(0.6931, abs=1e-4)
    for channel in ("color", "strokeDash"):
        styles = [str(style) for style in line["encoding"][channel]["scale"]["range"]]
        assert len(set(styles)) == 4


def test_the_curves_end_where_the_title_says(picture_of):
    picture = picture_of("augmentation_training", {"steps": 60})
    chart = CHARTS["augmentation_curves"](picture)
    rows = rows_of(chart, layers_of(chart, "line")[0])
    ends = {row["series"]: row["value"] for row in rows if row["at"] == 60}
    scalars = picture.outcome.scalars
    assert ends["without augmentation"] == scalars["accuracy_none"]
    assert f"{100 * scalars['accuracy_moved']:.3g}%" in title_of(chart)
