"""Charts of standardized values: their shape beside a bell, and two batches on one axis of z."""

from __future__ import annotations

from collections.abc import Callable, Mapping

import altair as alt
import numpy as np
import pandas as pd

from engine.charts.kit import theme
from engine.charts.kit.axes import layered, legend
from engine.charts.kit.marks import band, heading, reach, rules, words
from engine.charts.kit.picture import Picture
from engine.charts.kit.scales import GREY, fixed, landmark
from engine.charts.kit.series import Style, chosen, figure, lines, plain_axis, ranked, setting, span
from engine.i18n import Message, say

BLUE, ORANGE, SKY, _, _ = theme.SERIES
WATCHED = ("first", "second", "third", "fourth")
AXES: Mapping[str, Message] = {
    "standardize": say("z = (x − mean) ÷ std (no unit)"),
    "center": say("x − mean (unit of x)"),
    "min_max": say("(x − min) ÷ (max − min), no unit"),
    "mirror": say("−z (no unit)"),
}


def scores_histogram(picture: Picture) -> alt.LayerChart:
    """The transformed values, those below 0 in another colour, and a bell of the same spread."""
    translate, tables = words(picture), picture.outcome.tables
    table, bell = tables["histogram"], tables["bell"]
    domain = reach(picture, *span(table["left"], table["right"]), slack=0.5)
    x_axis = plain_axis(translate(AXES[str(picture.settings["method"])]))
    share = alt.Axis(title=translate(say("share of the values")), format=".0%", tickCount=5)
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
            *(rules(picture, domain) if _any_number(picture) else chosen(picture)),
        ],
        heading(picture, _shares(picture), _skews(picture), say("Dashed: a bell of this spread")),
    )


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
    share = alt.Axis(title=translate(say("share of the values below")), format=".0%", tickCount=5)
    y = alt.Y("value:Q", scale=fixed(y_domain), axis=share)
    named = {
        "share": (translate(say("these values")), Style(BLUE, width=3)),
        "bell": (translate(say("a bell of the same mean and spread")), Style(ORANGE, (10, 3))),
    }
    return layered(
        [
            *band(picture, y_domain, channel="y"),
            *landmark(0.0, x_domain),
            lines(table, x, y, named, key="at"),
            *rules(picture, y_domain, channel="y"),
        ],
        heading(picture, _shares(picture), _skews(picture)),
    )


def batch_strips(picture: Picture) -> alt.LayerChart:
    """Both batches on one axis of z, the watched houses with their size in m²."""
    translate, table = words(picture), picture.outcome.tables["batches"]
    scalars = picture.outcome.scalars
    names = {
        number: translate(
            say(
                "batch {number}: {mean} ± {std} m²",
                number=number,
                mean=figure(scalars[f"mean_{number}"]),
                std=figure(scalars[f"std_{number}"]),
            )
        )
        for number in (1, 2)
    }
    rows = [names[int(number)] for number in table["batch"]]
    frame = pd.DataFrame({"at": table["z"], "batch": rows, "watched": table["watched"]})
    scores = np.array([scalars[f"{name}_z"] for name in WATCHED])
    low, high = span(np.asarray(table["z"]), scores)
    pad = 0.12 * (high - low)
    domain = (low - pad, high + pad)
    x = alt.X(
        "at:Q", scale=fixed(domain), axis=plain_axis(translate(say("z within its own batch")))
    )
    y = alt.Y("batch:N", sort=list(names.values()), axis=alt.Axis(title=None, labels=False))
    houses = pd.DataFrame(
        {
            "at": scores,
            "batch": [names[1], names[1], names[2], names[2]],
            "size": [
                f"{figure(setting(picture, name))} m²{ranked(picture, name)}" for name in WATCHED
            ],
            "drop": [-24, 26, -24, 26],
        }
    )
    houses["right"] = scores > (low + high) / 2
    others = alt.Chart(frame[~frame["watched"].astype(bool)])
    ticks = others.mark_tick(color=GREY, size=26, thickness=1.5).encode(x=x, y=y)
    dots = alt.Chart(houses).mark_point(filled=True, size=110, opacity=1, color=BLUE)
    texts = [
        alt.Chart(houses[(houses["right"] == right) & (houses["drop"] == drop)])
        .mark_text(align="right" if right else "left", dy=drop, fontSize=12)
        .encode(x=x, y=y, text=alt.Text("size:N"))
        for right in (True, False)
        for drop in (-24, 26)
    ]
    titles = [
        alt.Chart(pd.DataFrame({"batch": [name]}))
        .mark_text(align="left", dy=-48, fontStyle="italic", text=name)
        .encode(x=alt.XValue(6), y=y)
        for name in names.values()
    ]
    finding = say(
        "z: {first} m² → {first_z}, {third} m² → {third_z}",
        first=figure(picture.settings["first"]),
        third=figure(picture.settings["third"]),
        first_z=figure(scalars["first_z"], ".2f"),
        third_z=figure(scalars["third_z"], ".2f"),
    )
    return layered(
        [
            ticks,
            *landmark(0.0, domain),
            dots.encode(x=x, y=y),
            *texts,
            *titles,
            *([] if any(ranked(picture, name) for name in WATCHED) else chosen(picture)),
        ],
        heading(picture, finding, say("Thin marks: the other houses of each batch")),
    )


def _shares(picture: Picture) -> Message:
    share = figure(100 * picture.outcome.scalars["below"])
    return say("{share}% of the values are below 0", share=share)


def _skews(picture: Picture) -> Message:
    scalars = picture.outcome.scalars
    return say(
        "Skewness {before} before, {after} after",
        before=figure(scalars["skew"], ".2f"),
        after=figure(scalars["new_skew"], ".2f"),
    )


def _any_number(picture: Picture) -> bool:
    return any(not isinstance(mark.value, str) for mark in picture.marks)


CHARTS: Mapping[str, Callable[[Picture], alt.LayerChart]] = {
    "scores_histogram": scores_histogram,
    "scores_share": scores_share,
    "batch_strips": batch_strips,
}
LAB: Mapping[str, tuple[str, ...]] = {
    "standardization": ("scores_histogram", "scores_share"),
    "batch_scores": ("batch_strips",),
}
