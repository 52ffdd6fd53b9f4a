"""Charts of dropout in front of batch normalization."""

from __future__ import annotations

from collections.abc import Callable, Mapping

import altair as alt
import numpy as np
import pandas as pd

from engine.charts.kit import theme
from engine.charts.kit.axes import layered
from engine.charts.kit.marks import Domain, band, heading, reach, rules, words
from engine.charts.kit.picture import Picture
from engine.charts.kit.series import (
    Style,
    chosen,
    figure,
    histograms,
    lines,
    plain_axis,
    setting,
    span,
)
from engine.i18n import Message, say

BLUE, ORANGE, SKY, GREY, _ = theme.SERIES
PALE = "#9A9CA5"
#: Deviations closer to 1 than this are no shift.
SAME = 0.005


def dropout_outputs(picture: Picture) -> alt.LayerChart:
    """BN's outputs in training, with dropout, and at test, without."""
    translate = words(picture)
    table, scalars = picture.outcome.tables["outputs"], picture.outcome.scalars
    named = {
        "train": (translate(say("training, with dropout")), ORANGE),
        "test": (translate(say("test, without dropout")), BLUE),
    }
    axes = translate(say("output of BN (no unit)")), translate(say("share of the outputs (%)"))
    bars = histograms(table, named, span(table["left"], table["right"]), axes)
    finding = say(
        "BN's outputs: deviation 1 in training, {std} at test", std=figure(scalars["test_std"])
    )
    return layered([bars, *chosen(picture)], heading(picture, finding, _scene(picture)))


def dropout_ratio(picture: Picture) -> alt.LayerChart:
    """How many times larger the variance is in training, by the probability of dropping."""
    scalars = picture.outcome.scalars
    finding = say(
        "Dropping {percent}%: variance in training {ratio} times that at test",
        percent=figure(100 * setting(picture, "drop")),
        ratio=figure(scalars["ratio"]),
    )
    top = max(1.3 * scalars["ratio"], 2.0)
    domain = reach(picture, 0.8, top, slack=0.4)
    title = say("variance in training ÷ at test")
    return _curve(picture, "ratio", scalars["ratio"], domain, finding, title)


def dropout_test_std(picture: Picture) -> alt.LayerChart:
    """The deviation of BN's outputs at test, by the probability of dropping."""
    std = picture.outcome.scalars["test_std"]
    finding = say(
        "Dropping {percent}%: BN's outputs have deviation {std} at test",
        percent=figure(100 * setting(picture, "drop")),
        std=figure(std),
    )
    domain = reach(picture, 0.0, 1.1, slack=0.2)
    title = say("deviation at test (no unit)")
    return _curve(picture, "test_std", std, domain, finding, title)


def dropout_orders(picture: Picture) -> alt.LayerChart:
    """The deviation at test behind the last normalization of every order; 1 is no shift."""
    translate = words(picture)
    table = picture.outcome.tables["orders"]
    frame = pd.DataFrame({"name": table["order"], "std": table["test_std"]})
    frame["own"] = frame["name"] == picture.settings["order"]
    frame["text"] = [figure(std, ".2f") for std in frame["std"]]
    x = alt.X(
        "std:Q",
        scale=alt.Scale(domain=[0.0, 1.25], nice=False),
        axis=plain_axis(translate(say("deviation at test (1: as in training)"))),
    )
    y = alt.Y("name:N", sort=list(frame["name"]), title=None, axis=None)
    base = alt.Chart(frame)
    bars = base.mark_bar(size=10, yOffset=7).encode(
        x=x,
        x2=alt.datum(0.0),
        y=y,
        color=alt.condition("datum.own", alt.value(BLUE), alt.value(PALE)),
    )
    numbers = base.mark_text(align="left", dx=4, dy=7).encode(x=x, y=y, text="text:N")
    names = base.mark_text(align="left", baseline="bottom", dy=-1)
    one = alt.Chart(alt.InlineData(values=[{}])).mark_rule(color=ORANGE, strokeDash=[8, 3])
    layers = [
        bars,
        one.encode(x=alt.XDatum(1.0)),
        numbers,
        names.encode(x=alt.XValue(4), y=y, text="name:N"),
        *chosen(picture),
    ]
    std = picture.outcome.scalars["test_std"]
    order = picture.settings["order"]
    finding: Message
    if abs(std - 1) < SAME:
        finding = say("{order}: at test as in training", order=order)
    else:
        finding = say("{order}: deviation {std} at test", order=order, std=figure(std, ".2f"))
    detail = say(
        "Behind the last BN or LN. Dropped in training: {percent}%",
        percent=figure(100 * setting(picture, "drop")),
    )
    return layered(layers, heading(picture, finding, detail))


def _curve(
    picture: Picture, column: str, value: float, domain: Domain, finding: Message, title: Message
) -> alt.LayerChart:
    translate = words(picture)
    table = picture.outcome.tables["drops"]
    shown = np.asarray(table[column]) <= domain[1]
    curve = {"x": np.asarray(table["drop"])[shown], "value": np.asarray(table[column])[shown]}
    x = alt.X(
        "at:Q",
        scale=alt.Scale(domain=[0.0, 0.9], nice=False),
        axis=plain_axis(translate(say("probability of dropping"))),
    )
    y = alt.Y(
        "value:Q",
        scale=alt.Scale(domain=list(domain), nice=False, zero=False),
        axis=plain_axis(translate(title)),
    )
    point = pd.DataFrame({"at": [setting(picture, "drop")], "value": [value]})
    dot = alt.Chart(point).mark_point(filled=True, size=110, color=ORANGE, opacity=1)
    return layered(
        [
            *band(picture, domain, channel="y"),
            lines(curve, x, y, {"value": ("", Style(BLUE, width=3))}),
            dot.encode(x=x, y=y),
            *rules(picture, domain, channel="y"),
        ],
        heading(picture, finding, _scene(picture)),
    )


def _scene(picture: Picture) -> Message:
    scalars = picture.outcome.scalars
    return say(
        "Values with mean {mean} and variance {variance}, dropped with {drop}",
        mean=figure(scalars["input_mean"]),
        variance=figure(scalars["input_variance"]),
        drop=figure(picture.settings["drop"], "g"),
    )


CHARTS: Mapping[str, Callable[[Picture], alt.LayerChart]] = {
    "dropout_outputs": dropout_outputs,
    "dropout_ratio": dropout_ratio,
    "dropout_test_std": dropout_test_std,
    "dropout_orders": dropout_orders,
}

#: The charts that show each simulation, the best first.
LAB: Mapping[str, tuple[str, ...]] = {
    "dropout_shift": ("dropout_outputs", "dropout_ratio", "dropout_test_std"),
    "dropout_order": ("dropout_orders",),
}
