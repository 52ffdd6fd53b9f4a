"""Charts of gradients along a line of inputs, which shatter without skips."""

from __future__ import annotations

import math

import altair as alt
import numpy as np

from engine.charts.kit.axes import layered, plain_axis
from engine.charts.kit.marks import heading, words
from engine.charts.kit.numbers import chosen_number, decimals
from engine.charts.kit.options import chosen
from engine.charts.kit.picture import Picture
from engine.charts.kit.series import Style, lines, setting, span
from engine.charts.kit.shows import shows
from engine.charts.kit.theme import BLUE, GREY, ORANGE
from engine.i18n import Message, say, say_count


@shows("gradient_shattering")
def gradient_lines(picture: Picture) -> alt.LayerChart:
    """dy/dx along a line of inputs, without skips below and with them above."""
    translate = words(picture)
    table = picture.outcome.tables.get("line", {})
    columns = {n: np.asarray(table.get(n, ()), np.float64) for n in ("x", "plain", "skip")}
    columns["skip"] = columns["skip"] + 4.0
    columns["plain"] = columns["plain"] - 4.0
    named = {
        "skip": (translate(say("with skip connections")), Style(ORANGE)),
        "plain": (translate(say("without skip connections")), Style(BLUE, (8, 2), width=1.5)),
    }
    x = alt.X("at:Q", scale=alt.Scale(nice=False), axis=plain_axis(translate(say("input x"))))
    low, high = span(columns["plain"], columns["skip"])
    y = alt.Y(
        "value:Q",
        scale=alt.Scale(domain=[min(low, -7.0), max(high, 7.0)], nice=False),
        axis=alt.Axis(
            title=translate(say("dy/dx (own scale, shifted)")), labels=False, ticks=False
        ),
    )
    parts = [*lines(picture, columns, x, y, named, key="x"), *chosen(picture)]
    return layered(parts, heading(picture, _alike(picture), _shape(picture)))


@shows("gradient_shattering")
def gradient_lags(picture: Picture) -> alt.LayerChart:
    """How alike gradients are by the distance of their inputs."""
    translate = words(picture)
    table = picture.outcome.tables.get("lags", {})
    columns = {n: np.asarray(table.get(n, ()), np.float64) for n in ("lag", "plain", "skip")}
    columns["none"] = np.zeros(len(columns["lag"]))
    named = {
        "skip": (translate(say("with skip connections")), Style(ORANGE)),
        "plain": (translate(say("without skip connections")), Style(BLUE, (8, 2))),
        "none": (translate(say("unrelated")), Style(GREY, (2, 2), width=1.5)),
    }
    x = alt.X(
        "at:Q",
        scale=alt.Scale(nice=False),
        axis=plain_axis(translate(say("distance (points of the line)"))),
    )
    low = span(columns["plain"], columns["skip"])[0]
    y = alt.Y(
        "value:Q",
        scale=alt.Scale(domain=[min(low, -0.3), 1.0], nice=False),
        axis=plain_axis(translate(say("autocorrelation of dy/dx"))),
    )
    parts = [*lines(picture, columns, x, y, named, key="lag"), *chosen(picture)]
    return layered(parts, heading(picture, _alike(picture), _shape(picture)))


def _alike(picture: Picture) -> Message:
    scalars = picture.outcome.scalars
    return say(
        "Gradients 5 points apart correlate by {plain} without skips, by {skip} with them",
        plain=decimals(scalars.get("plain_lag5", math.nan), 2),
        skip=decimals(scalars.get("skip_lag5", math.nan), 2),
    )


def _shape(picture: Picture) -> Message:
    return say_count(
        "ReLU with BN, {count} layer, {width} units wide, branch × {branch}",
        "ReLU with BN, {count} layers, {width} units wide, branch × {branch}",
        int(setting(picture, "depth")),
        width=picture.settings.get("width", "?"),
        branch=chosen_number(setting(picture, "branch")),
    )
