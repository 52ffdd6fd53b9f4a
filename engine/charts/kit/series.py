"""Lines and areas that are told apart by more than their colour, with words for each."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import altair as alt
import numpy as np
import pandas as pd
from numpy.typing import NDArray

from engine.charts.kit.axes import legend, plain_axis
from engine.charts.kit.leaving import leaving
from engine.charts.kit.picture import Picture
from engine.charts.kit.theme import SERIES

Floats = NDArray[np.float64]


@dataclass(frozen=True)
class Style:
    """How one series is drawn."""

    color: str
    dash: tuple[int, ...] = (1, 0)
    width: float = 2.5


def lines(
    picture: Picture,
    table: Mapping[str, Any],
    x: alt.X,
    y: alt.Y,
    named: Mapping[str, tuple[str, Style]],
    *,
    key: str | None = None,
) -> list[alt.Chart]:
    """One line for each column in `named`: column -> (its words, its style).

    x: the encoding of column `at`, y: that of column `value`. key: the table's column that is
    `at`; None: "x". A line that leaves the plot for good has an arrow where it does.
    """
    at = np.asarray(table[key or "x"])
    parts = [
        pd.DataFrame({"at": at, "value": np.asarray(table[column]), "series": text})
        for column, (text, _) in named.items()
    ]
    frame = pd.concat(parts, ignore_index=True)
    frame = frame[np.isfinite(frame["value"])]
    drawn = alt.Chart(frame)
    colours = {text: style.color for text, style in named.values()}
    arrows = leaving(picture, frame, x, y, colours)
    if len(named) == 1:  # named by its axis or the title, so without a legend
        ((_, style),) = named.values()
        line: alt.Chart = drawn.mark_line(
            clip=True,
            color=style.color,
            strokeDash=list(style.dash),
            strokeWidth=style.width,
        ).encode(x=x, y=y)
        return [line, *arrows]
    styled = _styled(drawn.mark_line(clip=True), list(named.values()))
    return [styled.encode(x=x, y=y), *arrows]


def _styled(chart: alt.Chart, named: Sequence[tuple[str, Style]]) -> alt.Chart:
    """Colour, dash and width by the words in column `series`, and one legend for all three."""
    texts = [text for text, _ in named]
    styles = [style for _, style in named]
    shown = legend("stroke")
    return chart.encode(
        color=alt.Color(
            "series:N",
            scale=alt.Scale(domain=texts, range=[style.color for style in styles]),
            legend=shown,
        ),
        strokeDash=alt.StrokeDash(
            "series:N",
            scale=alt.Scale(domain=texts, range=[list(style.dash) for style in styles]),
            legend=shown,
        ),
        # Vega-Lite warns of a width by names in no order.
        strokeWidth=alt.StrokeWidth(
            "series:N",
            sort=texts,
            scale=alt.Scale(domain=texts, range=[style.width for style in styles]),
            legend=shown,
        ),
    )


def histograms(
    table: Mapping[str, Any],
    named: Mapping[str, tuple[str, str]],
    domain: tuple[float, float],
    axes: tuple[str, str],
) -> alt.Chart:
    """Several histograms over the same bins, which show through one another.

    table: columns left and right, and the shares (0 to 1) of each column in `named`: column ->
    (its words, its colour). axes: the titles of both, the upright one in percent.
    """
    parts = [
        pd.DataFrame(
            {
                "left": table["left"],
                "right": table["right"],
                "percent": 100 * np.asarray(table[column]),
                "series": text,
            }
        )
        for column, (text, _) in named.items()
    ]
    frame = pd.concat(parts, ignore_index=True)
    scale = alt.Scale(
        domain=[text for text, _ in named.values()], range=[color for _, color in named.values()]
    )
    drawn: alt.Chart = (
        alt.Chart(frame[frame["percent"] > 0])
        .mark_rect(opacity=0.7)
        .encode(
            x=alt.X(
                "left:Q",
                scale=alt.Scale(domain=list(domain), nice=False),
                axis=plain_axis(axes[0]),
            ),
            x2=alt.X2("right:Q"),
            y=alt.Y("percent:Q", axis=plain_axis(axes[1])),
            y2=alt.datum(0.0),
            color=alt.Color("series:N", scale=scale, legend=legend()),
        )
    )
    return drawn


def setting(picture: Picture, name: str) -> float:
    """A numeric parameter of the simulation."""
    return float(str(picture.settings[name]))


def span(*columns: Sequence[float] | np.ndarray[Any, Any]) -> tuple[float, float]:
    """The lowest and the highest finite number of all columns; 0 to 1 if there is none."""
    every = np.concatenate([np.asarray(column, dtype=np.float64) for column in columns])
    every = every[np.isfinite(every)]
    return (float(every.min()), float(every.max())) if len(every) else (0.0, 1.0)


def columns_of(picture: Picture, table: str, *columns: str) -> pd.DataFrame:
    """Some columns of a table; empty ones where the outcome does not have them."""
    found = picture.outcome.tables.get(table, {})
    return pd.DataFrame({name: found.get(name, np.array([])) for name in columns})


def series_colour(names: list[str], *, reverse: bool = False) -> alt.Color:
    """The colours of two lines, named in column `series`."""
    colours = list(SERIES[:2])
    scale = alt.Scale(domain=names, range=colours[::-1] if reverse else colours)
    return alt.Color("series:N", scale=scale, legend=legend("stroke"))


def series_dash(names: list[str]) -> alt.StrokeDash:
    """The first of two lines drawn through and the second dashed, in the legend too."""
    scale = alt.Scale(domain=names, range=[[1, 0], [6, 3]])
    return alt.StrokeDash("series:N", scale=scale, legend=legend("stroke"))
