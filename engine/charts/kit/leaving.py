"""Says where a line leaves its plot for good, as one that diverges does."""

from __future__ import annotations

import math
from collections.abc import Mapping

import altair as alt
import numpy as np
import pandas as pd
from numpy.typing import NDArray

from engine.charts.kit.marks import words
from engine.charts.kit.picture import Picture
from engine.i18n import say

#: A line that ends farther outside than this share of the plot's height has left it; one that only
#: grazes the edge is in sight.
OUTSIDE = 0.5


def leaving(
    picture: Picture, frame: pd.DataFrame, x: alt.X, y: alt.Y, colours: Mapping[str, str]
) -> list[alt.Chart]:
    """Arrows at the edge where lines end outside the plot, the first of them with words.

    frame: columns at, value and series, all finite. x, y: its encodings. colours: by series.
    """
    ends = _domain(y)
    if ends is None:
        return []
    log = y["scale"]["type"] == "log"
    translate = words(picture)
    said = {"▲": translate(say("▲ leaves the chart")), "▼": translate(say("▼ leaves the chart"))}
    layers: list[alt.Chart] = []
    for series, rows in frame.groupby("series", sort=False):
        at, value = (rows[column].to_numpy(dtype=np.float64) for column in ("at", "value"))
        for arrow, place in _exits(at, value, ends, log=log):
            text = arrow if layers else said[arrow]
            layers.append(_arrow(x, y, place, ends, arrow, text, colours[str(series)]))
    return layers


def _domain(encoding: alt.X | alt.Y) -> tuple[float, float] | None:
    scale = encoding["scale"]
    if scale is alt.Undefined or scale["domain"] is alt.Undefined:
        return None
    low, high = scale["domain"]
    return float(low), float(high)


def _exits(
    at: NDArray[np.float64], value: NDArray[np.float64], ends: tuple[float, float], *, log: bool
) -> list[tuple[str, float]]:
    """Where the line first crosses each edge, if it ends outside."""
    if log:
        at, value = at[value > 0], np.log(value[value > 0])
        ends = math.log(ends[0]), math.log(ends[1])
    slack = OUTSIDE * (ends[1] - ends[0])
    above, below = value > ends[1] + slack, value < ends[0] - slack
    if not len(value) or not (above[-1] or below[-1]):
        return []
    sides = (("▲", above, ends[1]), ("▼", below, ends[0]))
    return [
        (arrow, _crossing(at, value, int(np.argmax(outside)), edge))
        for arrow, outside, edge in sides
        if outside.any()
    ]


def _crossing(
    at: NDArray[np.float64], value: NDArray[np.float64], first: int, edge: float
) -> float:
    """Where the line to its point `first`, which is outside, meets the edge."""
    if first == 0:
        return float(at[0])
    share = (edge - value[first - 1]) / (value[first] - value[first - 1])
    return float(at[first - 1] + min(max(share, 0.0), 1.0) * (at[first] - at[first - 1]))


def _arrow(
    x: alt.X,
    y: alt.Y,
    place: float,
    ends: tuple[float, float],
    arrow: str,
    text: str,
    colour: str,
) -> alt.Chart:
    above = arrow == "▲"
    across = _domain(x)
    right = across is not None and place > sum(across) / 2
    row = pd.DataFrame({"at": [place], "value": [ends[1] if above else ends[0]]})
    drawn: alt.Chart = (
        alt.Chart(row)
        .mark_text(
            text=text,
            color=colour,
            align="right" if right else "left",
            baseline="top" if above else "bottom",
            dx=-4 if right else 4,
            dy=4 if above else -4,
        )
        .encode(x=x, y=y)
    )
    return drawn
