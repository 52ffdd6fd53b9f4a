"""A chart of a slice of the loss before and after the weights are scaled."""

from __future__ import annotations

import math

import altair as alt
import numpy as np

from engine.charts.kit.axes import layered, plain_axis
from engine.charts.kit.marks import answer_rows, caption, heading, numbers, words
from engine.charts.kit.numbers import chosen_number, number
from engine.charts.kit.picture import Picture
from engine.charts.kit.series import Style, lines, setting, span
from engine.charts.kit.shows import shows
from engine.charts.kit.theme import BLUE, ORANGE, SKY
from engine.i18n import say


@shows("loss_slice")
def loss_slices(picture: Picture) -> alt.LayerChart:
    """The loss along one direction, before and after the weights were multiplied by k."""
    translate = words(picture)
    table, scalars = picture.outcome.tables.get("slices", {}), picture.outcome.scalars
    names = ("t", "before", "after", "normalized")
    columns = {name: np.asarray(table.get(name, ()), np.float64) for name in names}
    k = chosen_number(setting(picture, "factor"))
    named = {
        "before": (translate(say("around w")), Style(BLUE, width=3)),
        "after": (translate(say("around {k}·w, same direction", k=k)), Style(ORANGE, (10, 3))),
        "normalized": (
            translate(say("around {k}·w, direction × {k}", k=k)),
            Style(SKY, (2, 3), width=4),
        ),
    }
    x = alt.X(
        "at:Q", scale=alt.Scale(nice=False), axis=plain_axis(translate(say("step t along d")))
    )
    high = span(columns["before"], columns["after"])[1]
    y = alt.Y(
        "value:Q",
        scale=alt.Scale(domain=[0.0, 1.05 * high], nice=False),
        axis=plain_axis(translate(say("loss (mean squared error)"))),
    )
    finding = say(
        "Same loss {loss}, but the curvature goes from {before} to {after}",
        loss=number(scalars.get("loss", math.nan), 2),
        before=number(scalars.get("curvature", math.nan)),
        after=number(scalars.get("curvature_scaled", math.nan)),
    )
    said = [
        (mark, caption(picture, mark, value, (-math.inf, math.inf)))
        for mark, value in numbers(picture)
    ]
    parts = [*lines(picture, columns, x, y, named, key="t"), *answer_rows(said, drawn=False)]
    return layered(parts, heading(picture, finding))
