"""Charts of gradient clipping: the entries, the length, the direction, and which steps it meets."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping

import altair as alt
import numpy as np
import pandas as pd

from engine.charts.kit import theme
from engine.charts.kit.axes import layered, legend, log_axis
from engine.charts.kit.marks import band, caption, heading, numbers, reach, rules, stroke, words
from engine.charts.kit.marks import legend as answer_rows
from engine.charts.kit.picture import Picture
from engine.charts.kit.scales import GREY, fixed, landmark
from engine.charts.kit.series import (
    Style,
    chosen,
    figure,
    lines,
    plain_axis,
    setting,
    span,
    step_axis,
)
from engine.i18n import Message, say

BLUE, ORANGE, SKY, _, _ = theme.SERIES
STAGES: Mapping[str, tuple[Message, str, str]] = {
    "before": (say("before"), "#8A8A8A", "circle"),
    "by_norm": (say("clipped by norm"), BLUE, "square"),
    "by_value": (say("clipped by value"), ORANGE, "triangle-up"),
}
ASIDE = {"before": -0.22, "by_norm": 0.0, "by_value": 0.22}


def clipped_entries(picture: Picture) -> alt.LayerChart:
    """Each entry before and after, by norm and by value; answers are entries."""
    translate, table = words(picture), picture.outcome.tables["entries"]
    limit = setting(picture, "limit")
    count = 3 if setting(picture, "fourth") == 0 else 4  # a gradient of three entries
    table = {name: np.asarray(column)[:count] for name, column in table.items()}
    low, high = span(table["before"], [limit, -limit])
    pad = 0.06 * (high - low)
    domain = reach(picture, low - pad, high + pad, slack=0.2)
    x = alt.X(
        "at:Q",
        scale=fixed((0.5, count + 0.5)),
        axis=alt.Axis(
            title=translate(say("entry of the gradient")),
            values=list(range(1, count + 1)),
            format="d",
        ),
    )
    y = alt.Y("value:Q", scale=fixed(domain), axis=plain_axis(translate(say("size (no unit)"))))
    frame = pd.concat(
        [
            pd.DataFrame(
                {
                    "at": np.asarray(table["entry"]) + ASIDE[name],
                    "value": table[name],
                    "stage": translate(said),
                }
            )
            for name, (said, _, _) in STAGES.items()
        ],
        ignore_index=True,
    )
    stages = [translate(said) for said, _, _ in STAGES.values()]
    colours = alt.Scale(domain=stages, range=[color for _, color, _ in STAGES.values()])
    shapes = alt.Scale(domain=stages, range=[shape for _, _, shape in STAGES.values()])
    shown = legend()
    shown.symbolType = alt.Undefined
    base = alt.Chart(frame).encode(x=x, color=alt.Color("stage:N", scale=colours, legend=shown))
    stems = base.mark_rule(strokeWidth=5, opacity=0.6, clip=True).encode(y=y, y2=alt.datum(0.0))
    heads = base.mark_point(filled=True, size=80, opacity=1, clip=True).encode(
        y=y, shape=alt.Shape("stage:N", scale=shapes, legend=shown)
    )
    ends = alt.Chart(pd.DataFrame({"value": [limit, -limit]}))
    finding = say(
        "Norm {norm}, limit {limit}: by norm every entry times {factor}",
        norm=figure(picture.outcome.scalars["norm"]),
        limit=figure(limit),
        factor=figure(picture.outcome.scalars["factor"]),
    )
    return layered(
        [
            *band(picture, domain, channel="y"),
            ends.mark_rule(color=GREY, strokeDash=[4, 3]).encode(y=y),
            stems,
            heads,
            *rules(picture, domain, channel="y"),
        ],
        heading(picture, finding, say("Dashed: plus and minus the limit")),
    )


def clipped_lengths(picture: Picture) -> alt.LayerChart:
    """The norm before and after, by norm and by value; answers are norms."""
    translate, scalars = words(picture), picture.outcome.scalars
    columns = {"before": "norm", "by_norm": "norm_by_norm", "by_value": "norm_by_value"}
    frame = pd.DataFrame(
        {
            "stage": [translate(said) for said, _, _ in STAGES.values()],
            "value": [scalars[columns[name]] for name in STAGES],
        }
    )
    limit = setting(picture, "limit")
    high = max(1.05 * float(frame["value"].max()), 1.05 * limit, 1e-6)
    low, high = reach(picture, 0.0, high, slack=0.4)
    domain = (min(low, 0.0), high)
    stages = list(frame["stage"])
    colours = alt.Scale(domain=stages, range=[color for _, color, _ in STAGES.values()])
    bars = (
        alt.Chart(frame)
        .mark_bar(height={"band": 0.55}, clip=True)
        .encode(
            x=alt.X(
                "value:Q",
                scale=fixed(domain),
                axis=plain_axis(translate(say("norm |g| (no unit)"))),
            ),
            y=alt.Y("stage:N", sort=stages, axis=alt.Axis(title=None, labelLimit=110)),
            color=alt.Color("stage:N", scale=colours, legend=None),
        )
    )
    finding = say(
        "By norm {by_norm}, by value {by_value}; before {norm}",
        norm=figure(scalars["norm"]),
        by_norm=figure(scalars["norm_by_norm"]),
        by_value=figure(scalars["norm_by_value"]),
    )
    return layered(
        [
            *band(picture, domain),
            bars,
            *landmark(limit, domain, name="c"),
            *(rules(picture, domain) if _any_number(picture) else chosen(picture)),
        ],
        heading(picture, finding, say("c = {limit}", limit=figure(limit))),
    )


def clipped_direction(picture: Picture) -> alt.LayerChart:
    """The directions before and after as arms of one length; answers are cosines, so arms, too."""
    translate, scalars = words(picture), picture.outcome.scalars
    domain_x, domain_y = (-0.25, 1.1), (-0.05, 1.05)
    x = alt.X(
        "x:Q",
        scale=fixed(domain_x),
        axis=plain_axis(translate(say("along the gradient: the cosine"))),
    )
    y = alt.Y("y:Q", scale=fixed(domain_y), axis=plain_axis(translate(say("across it"))))
    named = {
        translate(say("before, and clipped by norm")): (1.0, BLUE, [1, 0]),
        translate(say("clipped by value")): (scalars["cosine_by_value"], ORANGE, [10, 3]),
    }
    frame = pd.concat(
        [_arm(value).assign(arm=name) for name, (value, _, _) in named.items()], ignore_index=True
    )
    shown = legend("stroke")
    colours = alt.Scale(domain=list(named), range=[color for _, color, _ in named.values()])
    dashes = alt.Scale(domain=list(named), range=[dash for _, _, dash in named.values()])
    arms = (
        alt.Chart(frame)
        .mark_line(strokeWidth=4, clip=True)
        .encode(
            x=x,
            y=y,
            color=alt.Color("arm:N", scale=colours, legend=shown),
            strokeDash=alt.StrokeDash("arm:N", scale=dashes, legend=shown),
        )
    )
    turn = np.linspace(0, math.pi / 2, 40)
    arc = alt.Chart(pd.DataFrame({"x": np.cos(turn), "y": np.sin(turn)}))
    marked = [(m, v) for m, v in numbers(picture) if -1 <= v <= 1]
    answers = [
        alt.Chart(_arm(v)).mark_line(clip=True, **stroke(m)).encode(x=x, y=y) for m, v in marked
    ]
    anywhere = (float("-inf"), float("inf"))
    said = [(m, caption(picture, m, v, anywhere)) for m, v in numbers(picture)]
    finding = say(
        "By value the direction turns by {angle}°, by norm by 0°",
        angle=figure(scalars["angle_by_value"]),
    )
    detail = say(
        "Cosine {cosine}. Lengths are not shown.", cosine=figure(scalars["cosine_by_value"])
    )
    return layered(
        [
            arc.mark_line(color=GREY, strokeWidth=1).encode(x=x, y=y),
            arms,
            *answers,
            *answer_rows(said),
            *([] if _any_number(picture) else chosen(picture)),
        ],
        heading(picture, finding, detail),
    )


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
    share = alt.Axis(title=translate(say("share of the steps clipped")), format=".0%", tickCount=5)
    y = alt.Y("value:Q", scale=fixed(y_domain), axis=share)
    named = {"share": (translate(say("share of the steps clipped")), Style(BLUE, width=3))}
    finding = say(
        "A limit of {limit} clips {share}% of the steps",
        limit=figure(limit),
        share=figure(100 * scalars["share_expected"]),
    )
    detail = say("Median norm {median}", median=figure(picture.settings["median"]))
    return layered(
        [
            *band(picture, y_domain, channel="y"),
            lines(table, x, y, named, key="limit"),
            *landmark(limit, x_domain, log=True, name="c"),
            *rules(picture, y_domain, channel="y"),
        ],
        heading(picture, finding, detail),
    )


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
        share=figure(100 * picture.outcome.scalars["share"]),
        limit=figure(limit),
    )
    detail = say(
        "Together the updates go {left}% of the way",
        left=figure(100 * picture.outcome.scalars["path_left"]),
    )
    return layered([line, drops, points], heading(picture, finding, detail))


def _arm(value: float) -> pd.DataFrame:
    """From the origin to the point of the unit circle with this cosine."""
    inside = min(max(value, -1.0), 1.0)
    return pd.DataFrame({"x": [0.0, inside], "y": [0.0, math.sqrt(1 - inside**2)]})


def _any_number(picture: Picture) -> bool:
    return any(not isinstance(mark.value, str) for mark in picture.marks)


CHARTS: Mapping[str, Callable[[Picture], alt.LayerChart]] = {
    "clipped_entries": clipped_entries,
    "clipped_lengths": clipped_lengths,
    "clipped_direction": clipped_direction,
    "clipped_share": clipped_share,
    "clipping_steps": clipping_steps,
}
LAB: Mapping[str, tuple[str, ...]] = {
    "gradient_clipping": ("clipped_entries", "clipped_lengths", "clipped_direction"),
    "clipping_trace": ("clipping_steps", "clipped_share"),
}
