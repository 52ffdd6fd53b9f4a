"""A chart of dropout and normalization in every order."""

from __future__ import annotations

import altair as alt
import pandas as pd

from engine.charts.kit.axes import layered, plain_axis
from engine.charts.kit.marks import heading, words
from engine.charts.kit.numbers import decimals, number
from engine.charts.kit.options import chosen
from engine.charts.kit.picture import Picture
from engine.charts.kit.series import setting
from engine.charts.kit.shows import shows
from engine.charts.kit.theme import BLUE, ORANGE, PALE
from engine.i18n import Message, say

#: Deviations closer to 1 than this are no shift.
SAME = 0.005


@shows("dropout_order")
def dropout_orders(picture: Picture) -> alt.LayerChart:
    """The deviation at test behind the last normalization of every order; 1 is no shift."""
    translate = words(picture)
    table = picture.outcome.tables["orders"]
    frame = pd.DataFrame({"name": table["order"], "std": table["test_std"]})
    frame["own"] = frame["name"] == picture.settings["order"]
    frame["text"] = [decimals(std, 2) for std in frame["std"]]
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
        finding = say("{order}: deviation {std} at test", order=order, std=decimals(std, 2))
    detail = say(
        "Behind the last BN or LN. Dropped in training: {percent}%",
        percent=number(100 * setting(picture, "drop")),
    )
    return layered(layers, heading(picture, finding, detail))
