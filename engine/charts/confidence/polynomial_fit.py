"""Charts of a fitted polynomial: the curve, and its errors in training and with new noise."""

from __future__ import annotations

import altair as alt
import pandas as pd

from engine.charts.kit.axes import layered, plain_axis
from engine.charts.kit.bars import named_bars
from engine.charts.kit.marks import heading, words
from engine.charts.kit.numbers import number, whole
from engine.charts.kit.options import chosen
from engine.charts.kit.picture import Picture
from engine.charts.kit.scales import fixed
from engine.charts.kit.series import Style, lines, span
from engine.charts.kit.shows import shows
from engine.charts.kit.theme import BLUE, GREY, ORANGE
from engine.i18n import say


@shows("polynomial_fit")
def overfit_fit(picture: Picture) -> alt.LayerChart:
    """One data set with the true curve and the polynomial that was fitted to it."""
    translate = words(picture)
    points, curve = picture.outcome.tables["points"], picture.outcome.tables["curve"]
    scalars = picture.outcome.scalars
    low, high = span(points["y"], curve["truth"])
    margin = 0.35 * (high - low) + 1e-9
    x = alt.X("at:Q", scale=fixed((-1.03, 1.03)), axis=plain_axis(translate(say("input x"))))
    y = alt.Y(
        "value:Q",
        scale=fixed((low - margin, high + margin)),
        axis=plain_axis(translate(say("answer y"))),
    )
    named = {
        "truth": (translate(say("truth, in training and test")), Style(GREY, width=5)),
        "fit": (
            translate(
                say(
                    "fit of degree {degree}",
                    degree=whole(picture.settings["degree"]),
                )
            ),
            Style(BLUE, (8, 3)),
        ),
    }
    dots = alt.Chart(pd.DataFrame({"at": points["x"], "value": points["y"]})).mark_point(
        filled=True, size=60, color=ORANGE, opacity=1
    )
    finding = say(
        "Same distribution, yet error {train} in training and {test} in the test",
        train=number(scalars["train"], 2),
        test=number(scalars["test"]),
    )
    detail = say("{n} points. Medians over many data sets", n=whole(picture.settings["n"]))
    return layered(
        [*lines(picture, curve, x, y, named, key="x"), dots.encode(x=x, y=y), *chosen(picture)],
        heading(picture, finding, detail),
    )


@shows("polynomial_fit")
def optimism_bars(picture: Picture) -> alt.LayerChart:
    """The error in training and at the same inputs with new noise, and their difference."""
    translate = words(picture)
    scalars = picture.outcome.scalars
    bars = [
        ("train", translate(say("in training")), scalars["train_mean"]),
        ("again", translate(say("same inputs, new noise")), scalars["same_inputs_mean"]),
        ("gap", translate(say("difference")), scalars["gap"]),
    ]
    finding = say(
        "Degree {degree}, {n} points: a gap of {gap} without any shift",
        degree=whole(picture.settings["degree"]),
        n=whole(picture.settings["n"]),
        gap=number(scalars["gap"]),
    )
    axis = translate(say("mean squared error (unit of y²)"))
    return named_bars(picture, bars, axis, heading(picture, finding))
