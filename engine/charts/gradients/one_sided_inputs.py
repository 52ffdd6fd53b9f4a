"""A chart of two weights on their way, with inputs that are positive and with inputs around 0."""

from __future__ import annotations

import altair as alt
import pandas as pd

from engine.charts.kit.axes import layered, legend, plain_axis
from engine.charts.kit.marks import Domain, heading, words
from engine.charts.kit.numbers import chosen_number, number
from engine.charts.kit.picture import Picture
from engine.charts.kit.scales import fixed
from engine.charts.kit.series import Floats, span
from engine.charts.kit.shows import shows
from engine.charts.kit.theme import BLUE, GREY, ORANGE
from engine.i18n import say

EDGE = 2.0  # what walks farther is cut off


@shows("one_sided_inputs")
def one_sided_path(picture: Picture) -> alt.LayerChart:
    """Both paths from 0 to the cross at (1, −1)."""
    translate, scalars = words(picture), picture.outcome.scalars
    table = picture.outcome.tables["path"]
    mean = chosen_number(picture.settings["mean"])
    names = [translate(say("inputs around {mean}", mean=mean)), translate(say("inputs around 0"))]
    if names[0] == names[1]:
        names[1] += " (2)"
    frame = pd.concat(
        [
            pd.DataFrame({"x": table[x], "y": table[y], "step": table["step"], "series": name})
            for (x, y), name in zip((("w_1", "w_2"), ("c_1", "c_2")), names, strict=True)
        ],
        ignore_index=True,
    )
    across = _domain(frame["x"].to_numpy(), 0.0, 1.0)
    up = _domain(frame["y"].to_numpy(), -1.0, 0.0)
    x = alt.X("x:Q", scale=fixed(across), axis=plain_axis(translate(say("weight 1"))))
    y = alt.Y("y:Q", scale=fixed(up), axis=plain_axis(translate(say("weight 2"))))
    shown = legend("stroke")
    colour = alt.Color(
        "series:N", scale=alt.Scale(domain=names, range=[ORANGE, BLUE]), legend=shown
    )
    dash = alt.StrokeDash(
        "series:N", scale=alt.Scale(domain=names, range=[[6, 3], [1, 0]]), legend=shown
    )
    walked = alt.Chart(frame).mark_line(strokeWidth=2, clip=True)
    points = alt.Chart(frame).mark_point(filled=True, size=30, opacity=1, clip=True)
    wanted = alt.Chart(pd.DataFrame({"x": [1.0], "y": [-1.0]}))
    finding = say(
        "{left} of the way is left; with inputs around 0 it is {centered}",
        left=number(scalars["left"], 2),
        centered=number(scalars["left_centered"], 2),
    )
    detail = say(
        "{together}% of the steps move both weights the same way, {centered}% with inputs around 0",
        together=number(100 * scalars["together"], 2),
        centered=number(100 * scalars["together_centered"], 2),
    )
    return layered(
        [
            walked.encode(x=x, y=y, order="step:Q", color=colour, strokeDash=dash),
            points.encode(x=x, y=y, color=alt.Color("series:N", legend=None)),
            wanted.mark_point(shape="cross", color=GREY, filled=True, size=180).encode(x=x, y=y),
        ],
        heading(picture, finding, detail),
    )


def _domain(found: Floats, low: float, high: float) -> Domain:
    start, end = span(found, [low, high])
    return max(start - 0.1, low - EDGE), min(end + 0.1, high + EDGE)
