"""A chart of a gradient that turns as earlier layers move."""

from __future__ import annotations

import altair as alt
import numpy as np
import pandas as pd

from engine.charts.kit.axes import layered, legend, plain_axis
from engine.charts.kit.marks import heading, words
from engine.charts.kit.numbers import number, whole
from engine.charts.kit.options import chosen_numbers
from engine.charts.kit.picture import Picture
from engine.charts.kit.scales import fixed
from engine.charts.kit.series import span
from engine.charts.kit.shows import shows
from engine.charts.kit.theme import BLUE, ORANGE
from engine.i18n import say


@shows("gradient_turn")
def gradient_arrows(picture: Picture) -> alt.LayerChart:
    """Both gradients as arrows from 0, on axes of one scale. Answers are named above the plot."""
    translate = words(picture)
    table, scalars = picture.outcome.tables["gradients"], picture.outcome.scalars
    names = {
        "before": translate(say("before the earlier layers moved")),
        "after": translate(say("after they moved")),
    }
    frame = pd.DataFrame(
        {
            "series": [names[str(when)] for when in table["when"]],
            "x": np.asarray(table["first"], dtype=np.float64),
            "y": np.asarray(table["second"], dtype=np.float64),
        }
    )
    edge = 1.15 * max(
        1e-3, *(abs(end) for end in span(frame["x"].to_numpy(), frame["y"].to_numpy()))
    )
    scale = fixed((-edge, edge))
    x = alt.X("x:Q", scale=scale, axis=plain_axis(translate(say("gradient of weight 1"))))
    y = alt.Y("y:Q", scale=scale, axis=plain_axis(translate(say("gradient of weight 2"))))
    order = list(names.values())
    colour = alt.Color(
        "series:N", scale=alt.Scale(domain=order, range=[ORANGE, BLUE]), legend=legend("stroke")
    )
    dash = alt.StrokeDash(
        "series:N", scale=alt.Scale(domain=order, range=[[6, 3], [1, 0]]), legend=legend("stroke")
    )
    ends = pd.concat([frame, frame.assign(x=0.0, y=0.0)])
    shafts = (
        alt.Chart(ends).mark_line(strokeWidth=3).encode(x=x, y=y, color=colour, strokeDash=dash)
    )
    heads = alt.Chart(
        frame.assign(turned=np.degrees(np.arctan2(frame["x"], frame["y"])))
    ).mark_point(shape="triangle-up", filled=True, size=160, opacity=1)
    tips = heads.encode(
        x=x,
        y=y,
        color=colour,
        angle=alt.Angle("turned:Q", scale=alt.Scale(domain=[0, 360], range=[0, 360])),
    )
    finding = say(
        "The gradient turned by {angle}°: cosine {cosine}",
        angle=whole(scalars["angle"]),
        cosine=number(scalars["cosine"]),
    )
    detail = say("The distance of the two is {distance}", distance=number(scalars["distance"]))
    return layered([shafts, tips, *chosen_numbers(picture)], heading(picture, finding, detail))
