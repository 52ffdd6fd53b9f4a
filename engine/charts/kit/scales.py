"""Scales with a domain of their own, and thin lines for what a question speaks of."""

from __future__ import annotations

import math
from typing import Any

import altair as alt

from engine.charts.kit.theme import GREY, PAGE, Theme, colour

Pair = tuple[float, float]


def fixed(domain: Pair, *, log: bool = False) -> alt.Scale:
    """A scale over exactly `domain`."""
    if log:
        return alt.Scale(type="log", domain=list(domain), nice=False)
    return alt.Scale(domain=list(domain), nice=False, zero=False)


def landmark(
    value: float, domain: Pair, *, log: bool = False, name: str = "", row: int = 0
) -> list[alt.Chart]:
    """A thin upright line at `value` of the horizontal axis, with its name at the top.

    Names of lines that may stand close together go into different rows, 0 being the highest.
    """
    at = alt.XDatum(value, scale=fixed(domain, log=log))
    one = alt.Chart(alt.InlineData(values=[{}]))
    line: alt.Chart = one.mark_rule(color=GREY, strokeWidth=1.5).encode(x=at)
    if not name:
        return [line]
    low, high, place = (math.log(v) if log else v for v in (*domain, value))
    # Near the right edge its name stands on its left.
    right = place > low + 0.8 * (high - low)
    text = one.mark_text(align="right" if right else "left", dx=-4 if right else 4, text=name)
    return [line, text.encode(x=at, y=alt.YValue(10 + 16 * row))]


def over_lines(base: alt.Chart, mode: Theme = "light", **mark: Any) -> list[alt.Chart]:
    """Words that lines may cross, on a seam in the page's colour.

    mode: of a chart that `themed` does not turn dark.
    """
    page = colour(PAGE, mode)
    seam = {"color": page, "stroke": page, "strokeWidth": 6, "strokeJoin": "round"}
    return [base.mark_text(**{**mark, **seam}), base.mark_text(**mark)]
