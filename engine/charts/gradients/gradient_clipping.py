"""Charts of gradient clipping: the length, the entries, the direction."""

from __future__ import annotations

import math
from collections.abc import Mapping

import altair as alt
import numpy as np
import pandas as pd

from engine.charts.kit.axes import layered, legend, plain_axis
from engine.charts.kit.marks import (
    answer_rows,
    band,
    caption,
    heading,
    numbers,
    reach,
    rules,
    stroke,
    words,
)
from engine.charts.kit.numbers import chosen_number, number
from engine.charts.kit.options import chosen
from engine.charts.kit.picture import Picture
from engine.charts.kit.scales import fixed, landmark
from engine.charts.kit.series import setting, span
from engine.charts.kit.shows import shows
from engine.charts.kit.theme import BLUE, GREY, ORANGE
from engine.i18n import Message, say

STAGES: Mapping[str, tuple[Message, str, str]] = {
    "before": (say("before"), GREY, "circle"),
    "by_norm": (say("clipped by norm"), BLUE, "square"),
    "by_value": (say("clipped by value"), ORANGE, "triangle-up"),
}

ASIDE = {"before": -0.22, "by_norm": 0.0, "by_value": 0.22}


@shows("gradient_clipping")
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
        norm=number(picture.outcome.scalars["norm"]),
        limit=chosen_number(limit),
        factor=number(picture.outcome.scalars["factor"]),
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


@shows("gradient_clipping")
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
        norm=number(scalars["norm"]),
        by_norm=number(scalars["norm_by_norm"]),
        by_value=number(scalars["norm_by_value"]),
    )
    return layered(
        [
            *band(picture, domain),
            bars,
            *landmark(limit, domain, name="c"),
            *(rules(picture, domain) if any_number(picture) else chosen(picture)),
        ],
        heading(picture, finding, say("c = {limit}", limit=chosen_number(limit))),
    )


@shows("gradient_clipping")
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
        angle=number(scalars["angle_by_value"]),
    )
    detail = say(
        "Cosine {cosine}. Lengths are not shown.", cosine=number(scalars["cosine_by_value"])
    )
    return layered(
        [
            arc.mark_line(color=GREY, strokeWidth=1).encode(x=x, y=y),
            arms,
            *answers,
            *answer_rows(said),
            *([] if any_number(picture) else chosen(picture)),
        ],
        heading(picture, finding, detail),
    )


def _arm(value: float) -> pd.DataFrame:
    """From the origin to the point of the unit circle with this cosine."""
    inside = min(max(value, -1.0), 1.0)
    return pd.DataFrame({"x": [0.0, inside], "y": [0.0, math.sqrt(1 - inside**2)]})


def any_number(picture: Picture) -> bool:
    return any(not isinstance(mark.value, str) for mark in picture.marks)
