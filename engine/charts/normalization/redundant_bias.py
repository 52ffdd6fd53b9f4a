"""A chart of what a bias in front of batch normalization still does."""

from __future__ import annotations

import altair as alt
import numpy as np
import pandas as pd

from engine.charts.kit.axes import layered, log_axis
from engine.charts.kit.marks import heading, words
from engine.charts.kit.numbers import number
from engine.charts.kit.options import chosen
from engine.charts.kit.picture import Picture
from engine.charts.kit.series import span
from engine.charts.kit.shows import shows
from engine.charts.kit.theme import BLUE, PALE
from engine.i18n import Message, say

#: Gradients below it are what rounding leaves of 0.
NOTHING = 1e-9


@shows("redundant_bias")
def bias_gradients(picture: Picture) -> alt.LayerChart:
    """The size of ∂L/∂b in every pipeline; no bar where it is 0."""
    translate = words(picture)
    table = picture.outcome.tables["pipelines"]
    frame = pd.DataFrame({"name": table["pipeline"], "size": table["bias_gradient"]})
    frame["own"] = frame["name"] == picture.settings["pipeline"]
    gone = frame["size"] < NOTHING
    frame["text"] = np.where(gone, "0", [number(size, 1) for size in frame["size"]])
    kept = frame[~gone]
    low, high = span(kept["size"].to_numpy()) if len(kept) else (0.1, 1.0)
    domain = (10.0 ** np.floor(np.log10(low) - 0.3), 5 * high)
    frame["size"] = np.where(gone, np.nan, frame["size"])
    frame["end"] = np.where(gone, domain[0], frame["size"])
    scale = alt.Scale(type="log", domain=list(domain), nice=False)
    axis = log_axis(translate(say("rms of ∂L/∂b (log scale)")), domain)
    y = named_rows(list(frame["name"]))
    bars = (
        alt.Chart(frame[~gone])
        .mark_bar(size=8, yOffset=6)
        .encode(
            x=alt.X("size:Q", scale=scale, axis=axis),
            x2=alt.datum(domain[0]),
            y=y,
            color=alt.condition("datum.own", alt.value(BLUE), alt.value(PALE)),
        )
    )
    texts = (
        alt.Chart(frame)
        .mark_text(align="left", dx=4, dy=6)
        .encode(x=alt.X("end:Q", scale=scale, axis=axis), y=y, text="text:N")
    )
    size = picture.outcome.scalars["bias_gradient"]
    pipeline = picture.settings["pipeline"]
    if size < NOTHING:
        finding: Message = say("{pipeline}: the bias has no gradient", pipeline=pipeline)
    else:
        finding = say(
            "{pipeline}: the bias has a gradient of rms {size}",
            pipeline=pipeline,
            size=number(size, 2),
        )
    detail = say("BN: batch normalization, LN: layer normalization. Same weights in all.")
    layers = [bars, texts, names_above(frame, y), *chosen(picture)]
    chart = layered(layers, heading(picture, finding, detail))
    chart.height = 340
    return chart


def named_rows(names: list[str]) -> alt.Y:
    """A row for each name; the names stand above the bars, where a phone has room for them."""
    return alt.Y("name:N", sort=names, title=None, axis=None)


def names_above(frame: pd.DataFrame, y: alt.Y) -> alt.Chart:
    text = alt.Chart(frame).mark_text(align="left", baseline="bottom", dy=-1)
    named: alt.Chart = text.encode(x=alt.XValue(4), y=y, text="name:N")
    return named
