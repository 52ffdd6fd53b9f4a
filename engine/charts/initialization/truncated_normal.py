"""A chart of a normal distribution with its tails cut."""

from __future__ import annotations

import math

import altair as alt
import pandas as pd

from engine.charts.kit.axes import layered, legend, plain_axis
from engine.charts.kit.marks import heading, reach, rules, words
from engine.charts.kit.numbers import chosen_number, number
from engine.charts.kit.picture import Picture
from engine.charts.kit.scales import fixed, landmark
from engine.charts.kit.series import setting, span
from engine.charts.kit.shows import shows
from engine.charts.kit.theme import GREY, SKY
from engine.i18n import say


@shows("truncated_normal")
def truncated_density(picture: Picture) -> alt.LayerChart:
    """Drawn weights under the bell before the cut; answers stand at ± their value."""
    translate = words(picture)
    drawn, curve = picture.outcome.tables["histogram"], picture.outcome.tables["density"]
    scalars = picture.outcome.scalars
    edge = max(abs(end) for end in span(curve["x"], drawn["left"], drawn["right"]))
    edge = max(abs(end) for end in reach(picture, -edge, edge, slack=0.2))
    domain = (-edge, edge)
    names = [translate(say("drawn weights")), translate(say("the normal before the cut"))]
    color = alt.Color("series:N", scale=alt.Scale(domain=names, range=[SKY, GREY]), legend=legend())
    x_axis = plain_axis(translate(say("weight (no unit)")))
    y_axis = plain_axis(translate(say("density (per unit of weight)")))
    bars = alt.Chart(pd.DataFrame(dict(drawn)).assign(series=names[0])).mark_rect(opacity=0.8)
    bell = alt.Chart(pd.DataFrame(dict(curve)).assign(series=names[1])).mark_line(
        strokeDash=[6, 3], clip=True
    )
    finding = say(
        "The weights have deviation {std}: {percent}% of {scale}",
        std=number(scalars["expected_std"]),
        percent=number(100 * scalars["ratio"]),
        scale=chosen_number(picture.settings["scale"]),
    )
    detail = say(
        "Cut at ±{limit}, which is {multiple} times the deviation before",
        limit=number(scalars["limit"]),
        multiple=number(scalars["limit"] / setting(picture, "scale")),
    )
    return layered(
        [
            bars.encode(
                x=alt.X("left:Q", scale=fixed(domain), axis=x_axis),
                x2=alt.X2("right:Q"),
                y=alt.Y("density:Q", axis=y_axis),
                y2=alt.datum(0.0),
                color=color,
            ),
            bell.encode(x=alt.X("x:Q", scale=fixed(domain)), y="normal:Q", color=color),
            *_cuts(scalars["limit"], domain),
            *rules(picture, domain, places=lambda a: (a, -a)),
        ],
        heading(picture, finding, detail),
    )


def _cuts(limit: float, domain: tuple[float, float]) -> list[alt.Chart]:
    """Both cuts, where they are on the plot."""
    if not math.isfinite(limit) or limit > domain[1]:
        return []
    return [*landmark(-limit, domain), *landmark(limit, domain)]
