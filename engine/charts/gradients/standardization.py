"""Charts of standardized values: their shape beside a bell, and the shares below each z."""

from __future__ import annotations

from collections.abc import Mapping

import altair as alt
import numpy as np
import pandas as pd

from engine.charts.kit.axes import layered, legend, plain_axis, share_axis
from engine.charts.kit.marks import band, heading, reach, rules, words
from engine.charts.kit.numbers import decimals, number
from engine.charts.kit.options import chosen
from engine.charts.kit.picture import Picture
from engine.charts.kit.scales import fixed, landmark
from engine.charts.kit.series import Style, lines, span
from engine.charts.kit.shows import shows
from engine.charts.kit.theme import BLUE, ORANGE, SKY
from engine.i18n import Message, say

AXES: Mapping[str, Message] = {
    "standardize": say("z = (x − mean) ÷ std (no unit)"),
    "center": say("x − mean (unit of x)"),
    "min_max": say("(x − min) ÷ (max − min), no unit"),
    "mirror": say("−z (no unit)"),
}


@shows("standardization")
def scores_histogram(picture: Picture) -> alt.LayerChart:
    """The transformed values, those below 0 in another colour, and a bell of the same spread."""
    translate, tables = words(picture), picture.outcome.tables
    table, bell = tables["histogram"], tables["bell"]
    domain = reach(picture, *span(table["left"], table["right"]), slack=0.5)
    x_axis = plain_axis(translate(AXES[str(picture.settings["method"])]))
    share = share_axis(translate(say("share of the values")))
    y = alt.Y("value:Q", axis=share, scale=alt.Scale(domainMin=0))
    below, above = translate(say("below 0")), translate(say("0 and above"))
    frame = pd.DataFrame(
        {
            "left": table["left"],
            "right": table["right"],
            "value": table["share"],
            "side": np.where((table["left"] + table["right"]) / 2 < 0, below, above),
        }
    )
    colours = alt.Scale(domain=[below, above], range=[SKY, BLUE])
    bars = (
        alt.Chart(frame)
        .mark_rect(clip=True)
        .encode(
            x=alt.X("left:Q", scale=fixed(domain), axis=x_axis),
            x2=alt.X2("right:Q"),
            y=y,
            y2=alt.datum(0.0),
            color=alt.Color("side:N", scale=colours, legend=legend()),
        )
    )
    curve = alt.Chart(pd.DataFrame({"at": bell["at"], "value": bell["share"]}))
    dashed = curve.mark_line(color=ORANGE, strokeDash=[10, 3], strokeWidth=2.5, clip=True)
    return layered(
        [
            *band(picture, domain),
            bars,
            dashed.encode(x=alt.X("at:Q", scale=fixed(domain), axis=x_axis), y=y),
            *landmark(0.0, domain),
            *(rules(picture, domain) if any_number(picture) else chosen(picture)),
        ],
        heading(picture, _shares(picture), _skews(picture), say("Dashed: a bell of this spread")),
    )


@shows("standardization")
def scores_share(picture: Picture) -> alt.LayerChart:
    """The share of the values below each z, beside that of a bell; answers are shares."""
    translate, table = words(picture), picture.outcome.tables["below"]
    x_domain = span(table["at"])
    x = alt.X(
        "at:Q",
        scale=fixed(x_domain),
        axis=plain_axis(translate(AXES[str(picture.settings["method"])])),
    )
    y_domain = reach(picture, 0.0, 1.0, slack=0.05)
    share = share_axis(translate(say("share of the values below")))
    y = alt.Y("value:Q", scale=fixed(y_domain), axis=share)
    named = {
        "share": (translate(say("these values")), Style(BLUE, width=3)),
        "bell": (translate(say("a bell of the same mean and spread")), Style(ORANGE, (10, 3))),
    }
    return layered(
        [
            *band(picture, y_domain, channel="y"),
            *landmark(0.0, x_domain),
            *lines(picture, table, x, y, named, key="at"),
            *rules(picture, y_domain, channel="y"),
        ],
        heading(picture, _shares(picture), _skews(picture)),
    )


def _shares(picture: Picture) -> Message:
    share = number(100 * picture.outcome.scalars["below"])
    return say("{share}% of the values are below 0", share=share)


def _skews(picture: Picture) -> Message:
    scalars = picture.outcome.scalars
    return say(
        "Skewness {before} before, {after} after",
        before=decimals(scalars["skew"], 2),
        after=decimals(scalars["new_skew"], 2),
    )


def any_number(picture: Picture) -> bool:
    return any(not isinstance(mark.value, str) for mark in picture.marks)
