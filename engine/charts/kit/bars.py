"""Horizontal bars with their names above them, which leaves a phone's width to the bars."""

from __future__ import annotations

from collections.abc import Sequence

import altair as alt
import numpy as np
import pandas as pd

from engine.charts.kit import theme
from engine.charts.kit.axes import layered, plain_axis
from engine.charts.kit.marks import band, reach, rules
from engine.charts.kit.numbers import number
from engine.charts.kit.options import ranked
from engine.charts.kit.picture import Picture
from engine.charts.kit.scales import fixed


def named_bars(
    picture: Picture,
    bars: Sequence[tuple[str, str, float]],
    axis: str,
    title: alt.TitleParams,
) -> alt.LayerChart:
    """One bar for each (option, name, value), in this order.

    Where an answer ranks the options, each name has its place added; numbers are upright rules.
    """
    frame = pd.DataFrame(
        [(option, name + ranked(picture, option), float(value)) for option, name, value in bars],
        columns=["option", "name", "value"],
    )
    frame["text"] = [number(value) for value in frame["value"]]
    highest = float(np.max(frame["value"])) if len(frame) else 1.0
    domain = reach(picture, 0.0, max(1.25 * highest, 1e-9), slack=0.3)
    domain = (0.0, domain[1])
    # Two bars may have one name, so that rows are told apart by option.
    base = alt.Chart(frame).encode(y=alt.Y("option:N", sort=None, title=None, axis=None))
    x = alt.X("value:Q", scale=fixed(domain), axis=plain_axis(axis))
    thick = base.mark_bar(color=theme.SERIES[2], height={"band": 0.4}).encode(x=x)
    step = theme.HEIGHT / max(len(frame), 1)
    names = base.mark_text(align="left", dy=-0.2 * step - 8, dx=3).encode(
        x=alt.datum(0.0), text="name:N"
    )
    values = base.mark_text(align="left", dx=4).encode(x=x, text="text:N")
    return layered([*band(picture, domain), thick, names, values, *rules(picture, domain)], title)
