"""Charts of which steps clipping meets: their norms, and the share that each limit clips."""

from __future__ import annotations

import altair as alt
import numpy as np
import pandas as pd

from engine.charts.kit.axes import layered, legend, log_axis, share_axis, step_axis
from engine.charts.kit.marks import band, heading, reach, rules, words
from engine.charts.kit.numbers import chosen_number, number
from engine.charts.kit.picture import Picture
from engine.charts.kit.scales import fixed, landmark
from engine.charts.kit.series import Style, lines, setting, span
from engine.charts.kit.shows import shows
from engine.charts.kit.theme import BLUE, GREY, ORANGE
from engine.i18n import say


@shows("clipping_trace")
def clipping_steps(picture: Picture) -> alt.LayerChart:
    """The norms of the first steps on a log axis; those above the limit are cut down to it."""
    translate, trace = words(picture), picture.outcome.tables["trace"]
    limit = setting(picture, "limit")
    frame = pd.DataFrame({"at": trace["step"], "value": trace["norm"], "cut": trace["clipped"]})
    kept, cut = translate(say("left as it is")), translate(say("clipped, down to the limit"))
    frame["what"] = np.where(frame["value"] > limit, cut, kept)
    low, high = span(np.asarray(trace["norm"]), [limit])
    domain = reach(picture, 0.8 * low, 1.25 * high, log=True)
    x = alt.X(
        "at:Q",
        scale=alt.Scale(nice=False),
        axis=step_axis(translate(say("step")), *span(np.asarray(trace["step"]), [0, 1])),
    )
    y = alt.Y(
        "value:Q",
        scale=fixed(domain, log=True),
        axis=log_axis(translate(say("norm |g| (log scale)")), domain),
    )
    colours = alt.Scale(domain=[kept, cut], range=[BLUE, ORANGE])
    shapes = alt.Scale(domain=[kept, cut], range=["circle", "triangle-down"])
    shown = legend()
    shown.symbolType = alt.Undefined
    points = (
        alt.Chart(frame)
        .mark_point(filled=True, size=40, opacity=0.9)
        .encode(
            x=x,
            y=y,
            color=alt.Color("what:N", scale=colours, legend=shown),
            shape=alt.Shape("what:N", scale=shapes, legend=shown),
        )
    )
    drops = (
        alt.Chart(frame[frame["value"] > limit])
        .mark_rule(color=ORANGE, strokeWidth=1, opacity=0.7)
        .encode(x=x, y=y, y2=alt.Y2("cut:Q"))
    )
    line = alt.Chart(pd.DataFrame({"value": [limit]})).mark_rule(color=GREY).encode(y=y)
    finding = say(
        "{share}% of the steps are clipped, at {limit}",
        share=number(100 * picture.outcome.scalars["share"]),
        limit=chosen_number(limit),
    )
    detail = say(
        "Together the updates go {left}% of the way",
        left=number(100 * picture.outcome.scalars["path_left"]),
    )
    return layered([line, drops, points], heading(picture, finding, detail))


@shows("clipping_trace")
def clipped_share(picture: Picture) -> alt.LayerChart:
    """The share of the steps that each limit clips; answers are shares."""
    translate, table = words(picture), picture.outcome.tables["by_limit"]
    limit, scalars = setting(picture, "limit"), picture.outcome.scalars
    x_domain = span(table["limit"]) if len(table["limit"]) else (0.1, 10.0)
    x_domain = (min(x_domain[0], 0.9 * limit), max(x_domain[1], 1.1 * limit))
    y_domain = reach(picture, 0.0, 1.0, slack=0.05)
    x = alt.X(
        "at:Q",
        scale=fixed(x_domain, log=True),
        axis=log_axis(translate(say("limit c (log scale)")), x_domain),
    )
    share = share_axis(translate(say("share of the steps clipped")))
    y = alt.Y("value:Q", scale=fixed(y_domain), axis=share)
    named = {"share": (translate(say("share of the steps clipped")), Style(BLUE, width=3))}
    finding = say(
        "A limit of {limit} clips {share}% of the steps",
        limit=chosen_number(limit),
        share=number(100 * scalars["share_expected"]),
    )
    detail = say("Median norm {median}", median=chosen_number(picture.settings["median"]))
    return layered(
        [
            *band(picture, y_domain, channel="y"),
            *lines(picture, table, x, y, named, key="limit"),
            *landmark(limit, x_domain, log=True, name="c"),
            *rules(picture, y_domain, channel="y"),
        ],
        heading(picture, finding, detail),
    )
