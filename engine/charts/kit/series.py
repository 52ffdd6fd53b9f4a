"""Lines and areas that are told apart by more than their colour, with words for each."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import altair as alt
import numpy as np
import pandas as pd

from engine.charts.kit.axes import legend
from engine.charts.kit.marks import badges
from engine.charts.kit.marks import legend as rows
from engine.charts.kit.picture import Mark, Picture
from engine.i18n import as_written


@dataclass(frozen=True)
class Style:
    """How one series is drawn."""

    color: str
    dash: tuple[int, ...] = (1, 0)
    width: float = 2.5


def lines(
    table: Mapping[str, Any],
    x: alt.X,
    y: alt.Y,
    named: Mapping[str, tuple[str, Style]],
    *,
    key: str | None = None,
) -> alt.Chart:
    """One line for each column in `named`: column -> (its words, its style).

    x: the encoding of column `at`, y: that of column `value`. key: the table's column that is
    `at`; None: "x".
    """
    at = np.asarray(table[key or "x"])
    parts = [
        pd.DataFrame({"at": at, "value": np.asarray(table[column]), "series": text})
        for column, (text, _) in named.items()
    ]
    frame = pd.concat(parts, ignore_index=True)
    drawn = alt.Chart(frame[np.isfinite(frame["value"])])
    if len(named) == 1:  # named by its axis or the title, so without a legend
        ((_, style),) = named.values()
        line: alt.Chart = drawn.mark_line(
            clip=True,
            color=style.color,
            strokeDash=list(style.dash),
            strokeWidth=style.width,
        ).encode(x=x, y=y)
        return line
    return _styled(drawn.mark_line(clip=True), list(named.values())).encode(x=x, y=y)


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


def chosen(picture: Picture) -> list[alt.Chart]:
    """Rows above the plot that say which option is the answer and which the learner picked."""
    said: list[tuple[Mark, str]] = []
    for option, marks in badges(picture).items():
        text = picture.options.get(option, option)
        said.extend((mark, f"{mark.label}: {text}") for mark in marks)
    return rows(sorted(said, key=lambda pair: pair[0].role != "key"), drawn=False)


def ranked(picture: Picture, option: str) -> str:
    """The places of an option in an order: ` (answer: 2, your answer: 1)`; empty without marks."""
    places: dict[str, int] = {}
    said = []
    for mark in picture.marks:
        places[mark.role] = places.get(mark.role, 0) + 1
        if mark.value == option:
            said.append(f"{mark.label}: {places[mark.role]}")
    return f" ({', '.join(said)})" if said else ""


def figure(value: object, format: str = ".3g") -> str:
    """A number as it is printed: a proper minus sign, none before a zero, powers of ten."""
    return as_written(f"{float(str(value)):{format}}")


def setting(picture: Picture, name: str) -> float:
    """A numeric parameter of the simulation."""
    return float(str(picture.settings[name]))


def plain_axis(title: str) -> alt.Axis:
    """An axis with few, short numbers."""
    return alt.Axis(title=title, tickCount=5, format=".6~g", labelOverlap=True)


def step_axis(title: str, low: float, high: float) -> alt.Axis:
    """An axis of whole numbers between `low` and `high`, about six of them."""
    step = next(s for s in (1, 2, 5, 10, 20, 50, 100) if high - low <= 6 * s or s == 100)
    values = list(range(math.ceil(low / step) * step, math.floor(high) + 1, step))
    return alt.Axis(title=title, values=values, format="d", labelOverlap=True)


def span(*columns: Sequence[float] | np.ndarray[Any, Any]) -> tuple[float, float]:
    """The lowest and the highest finite number of all columns; 0 to 1 if there is none."""
    every = np.concatenate([np.asarray(column, dtype=np.float64) for column in columns])
    every = every[np.isfinite(every)]
    return (float(every.min()), float(every.max())) if len(every) else (0.0, 1.0)
