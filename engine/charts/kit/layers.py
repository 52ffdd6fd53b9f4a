"""Lines over the layers of a network, on a log axis."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

import altair as alt
import numpy as np
import pandas as pd

from engine.charts.kit import theme
from engine.charts.kit.axes import layer_axis, layered, legend, log_axis
from engine.charts.kit.marks import Channel, band, heading, reach, rules, words
from engine.charts.kit.networks import network_words
from engine.charts.kit.picture import Picture
from engine.i18n import Message, say

DASHES = ([1, 0], [6, 3], [2, 2], [8, 2, 2, 2])


def lines_by_layer(
    picture: Picture,
    series: Sequence[tuple[Message | str, np.ndarray[Any, np.dtype[np.float64]]]],
    size: Message,
    finding: Message,
    *details: Message,
    channel: Channel = "y",
) -> alt.LayerChart:
    """One line a series over the layers, on a log axis called `size`.

    series: (its words, one value a layer). details: the smaller titles; without them the network
    is named. channel: answers are level rules, or with "x" upright ones, at a layer.
    """
    words_of = words(picture)

    def translate(text: Message | str) -> str:
        return text if isinstance(text, str) else words_of(text)

    frame = pd.concat(
        [_frame(translate(name), column) for name, column in series], ignore_index=True
    )
    sizes = frame["size"].dropna()
    low, high = (sizes.min(), sizes.max()) if len(sizes) else (0.1, 10.0)
    sized = picture if channel == "y" else replace(picture, marks=())
    domain = reach(sized, low * 0.8, high * 1.25, log=True)
    names = [translate(name) for name, _ in series]
    title = translate(say("{size} (log scale)", size=size))
    y = alt.Y(
        "size:Q",
        scale=alt.Scale(type="log", domain=list(domain), nice=False),
        axis=log_axis(title, domain),
    )
    colours = alt.Scale(domain=names, range=list(theme.SERIES[: len(names)]))
    dashes = alt.Scale(domain=names, range=list(DASHES[: len(names)]))
    depth = max((len(column) for _, column in series), default=1)
    layer = layer_axis(translate(say("layer")), depth)
    # An upright rule has a scale of its own, which must be that of the lines.
    scale = (
        alt.Scale(nice=False)
        if channel == "y"
        else alt.Scale(domain=[1, max(depth, 2)], nice=False, zero=alt.Undefined)
    )
    key = legend("stroke") if len(names) > 1 else None  # one line is named by its axis
    lines = (
        alt.Chart(frame)
        .mark_line(point=alt.OverlayMarkDef(size=18), strokeWidth=2)
        .encode(
            x=alt.X("layer:Q", axis=layer, scale=scale),
            y=y,
            color=alt.Color("series:N", scale=colours, legend=key),
            strokeDash=alt.StrokeDash("series:N", scale=dashes, legend=key),
        )
    )
    along = domain if channel == "y" else (1.0, float(max(depth, 2)))
    log = channel == "y"
    layers = [*band(picture, along, channel=channel, log=log), lines]
    layers += rules(picture, along, channel=channel, log=log)
    return layered(layers, heading(picture, finding, *(details or (network_words(picture),))))


def _frame(name: str, column: np.ndarray[tuple[int], np.dtype[np.float64]]) -> pd.DataFrame:
    rows = pd.DataFrame({"layer": np.arange(1, len(column) + 1), "size": column, "series": name})
    rows["size"] = rows["size"].where(np.isfinite(column) & (column > 0))  # a gap in the line
    return rows
