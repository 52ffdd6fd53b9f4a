"""Charts of normalization over axes: what shares a mean, what moves, and how many there are."""

from __future__ import annotations

import math
from typing import Any

import altair as alt
import numpy as np
import pandas as pd

from engine.charts.kit.axes import layered, log_axis
from engine.charts.kit.marks import (
    answer_rows,
    band,
    caption,
    heading,
    numbers,
    reach,
    rules,
    words,
)
from engine.charts.kit.numbers import chosen_number, number, whole
from engine.charts.kit.options import chosen, ranked
from engine.charts.kit.picture import Picture
from engine.charts.kit.shows import shows
from engine.charts.kit.theme import BLUE, ORANGE, PALE
from engine.i18n import Message, say, say_count

#: The options of questions that rank the operations.
OPTIONS = {
    "BatchNorm": "batch",
    "LayerNorm": "layer",
    "InstanceNorm": "instance",
    "GroupNorm": "group",
    "LayerNorm last": "last",
}

STILL = 1e-3  # a change below it is no more than what epsilon leaves


def one_mean(picture: Picture, frame: pd.DataFrame) -> dict[str, Any]:
    """The channels that make the cells dark which share a mean (`together`).

    Gives the frame the column `share` that they show.
    """
    translate = words(picture)
    names = [translate(say("one mean")), translate(say("other means"))]
    frame["share"] = np.where(frame["together"], names[0], names[1])
    return {
        "color": alt.Color(
            "share:N",
            scale=alt.Scale(domain=names, range=[BLUE, PALE]),
            legend=alt.Legend(title=None, orient="bottom"),
        ),
        "opacity": alt.Opacity(
            "share:N", scale=alt.Scale(domain=names, range=[1.0, 0.35]), legend=None
        ),
    }


@shows("normalization_axes")
def shared_mean(picture: Picture) -> alt.LayerChart:
    """The tensor as cells, a row a sample; dark ones share their mean with the first."""
    frame = _cells(picture)
    cells = _grid(picture, frame, PALE).encode(**one_mean(picture, frame))
    scalars = picture.outcome.scalars
    finding = say(
        "{operation}: {means}, {values}",
        operation=_name(picture.settings["operation"]),
        means=say_count("{count} mean", "{count} means", int(scalars["means"])),
        values=say_count(
            "{count} value in each", "{count} values in each", int(scalars["values_per_mean"])
        ),
    )
    said = [
        (mark, caption(picture, mark, value, (-math.inf, math.inf)))
        for mark, value in numbers(picture)
    ]
    title = heading(picture, finding, *_sizes(picture, frame))
    return layered([cells, *answer_rows(said, drawn=False)], title)


@shows("normalization_axes")
def moved_outputs(picture: Picture) -> alt.LayerChart:
    """How much each output moved; the inputs that were multiplied have a frame."""
    translate = words(picture)
    frame = _cells(picture)
    frame["shown"] = np.where(frame["moved"] > STILL, frame["moved"], 0.0)
    top = max(float(frame["moved"].max()) if len(frame) else 1.0, 0.1)
    # Even the smallest change is told from none at all.
    moved = alt.Color(
        "shown:Q",
        scale=alt.Scale(domain=[0.0, top], range=["#9CCBEB", "#00497A"]),
        legend=alt.Legend(
            title=translate(say("change of the output")), orient="bottom", tickCount=4
        ),
    )
    cells = _grid(picture, frame, PALE).encode(
        color=alt.condition("datum.shown > 0", moved, alt.value("#C9CAD0"))
    )
    frames = _grid(picture, frame[frame["touched"]], "transparent").mark_rect(
        filled=False, stroke=ORANGE, strokeWidth=2
    )
    share = float((frame["moved"] > STILL).mean()) if len(frame) else 0.0
    finding = say(
        "{operation}: {percent}% of these outputs move",
        operation=_name(picture.settings["operation"]),
        percent=number(100 * share),
    )
    detail = say(
        "Orange frames: inputs multiplied by {factor}",
        factor=chosen_number(picture.settings["factor"]),
    )
    title = heading(picture, finding, detail, *_sizes(picture, frame))
    return layered([cells, frames, *chosen(picture)], title)


@shows("normalization_axes")
def mean_counts(picture: Picture) -> alt.LayerChart:
    """How many means each normalization takes of this tensor."""
    finding = say_count(
        "{operation} takes {count} mean",
        "{operation} takes {count} means",
        int(picture.outcome.scalars["means"]),
        operation=_name(picture.settings["operation"]),
    )
    return _counts(picture, "means", finding, say("number of means (log scale)"))


@shows("normalization_axes")
def learned_counts(picture: Picture) -> alt.LayerChart:
    """How many parameters each normalization of this tensor learns."""
    finding = say_count(
        "{operation} learns {count} parameter",
        "{operation} learns {count} parameters",
        int(picture.outcome.scalars["learned"]),
        operation=_name(picture.settings["operation"]),
    )
    return _counts(picture, "learned", finding, say("γ and β together (log scale)"))


def _counts(picture: Picture, column: str, finding: Message, title: Message) -> alt.LayerChart:
    translate = words(picture)
    table = picture.outcome.tables["operations"]
    names = [str(name) for name in table["operation"]]
    noted = {"InstanceNorm": " (affine)"} if column == "learned" else {}  # else it learns nothing
    frame = pd.DataFrame(
        {
            "name": [
                translate(_name(name)) + noted.get(name, "") + ranked(picture, OPTIONS[name])
                for name in names
            ],
            "count": table[column],
            "text": [whole(count) for count in table[column]],
            "own": [name == picture.settings["operation"] for name in names],
        }
    )
    top = float(frame["count"].max()) if len(frame) else 10.0
    domain = reach(picture, 0.8, 6 * top, log=True)  # room for the numbers
    scale = alt.Scale(type="log", domain=list(domain), nice=False)
    base = alt.Chart(frame).encode(
        x=alt.X("count:Q", scale=scale, axis=log_axis(translate(title), domain)),
        y=alt.Y("name:N", sort=list(frame["name"]), title=None, axis=_broken()),
    )
    bars = base.mark_bar(size=14, clip=True).encode(
        x2=alt.datum(domain[0]),
        color=alt.condition("datum.own", alt.value(BLUE), alt.value(PALE)),
    )
    texts = base.mark_text(align="left", dx=4).encode(text="text:N")
    return layered(
        [
            *band(picture, domain, log=True),
            bars,
            texts,
            *rules(picture, domain, log=True),
        ],
        heading(picture, finding, _tensor(picture)),
    )


def _cells(picture: Picture) -> pd.DataFrame:
    """The cells, a column of the picture for each channel and pixel."""
    frame = pd.DataFrame(dict(picture.outcome.tables["cells"]))
    pixels = int(frame["pixel"].max()) if len(frame) else 1
    frame["place"] = (frame["channel"] - 1) * (pixels + (0.6 if pixels > 1 else 0.0)) + frame[
        "pixel"
    ]
    frame["left"], frame["right"] = frame["place"] - 0.46, frame["place"] + 0.46
    frame["top"], frame["bottom"] = frame["sample"] - 0.44, frame["sample"] + 0.44
    return frame


def _grid(picture: Picture, frame: pd.DataFrame, color: str) -> alt.Chart:
    translate = words(picture)
    middles = frame.groupby("channel")["place"].mean() if len(frame) else pd.Series([1.0], [1])
    names = ", ".join(f"'{number(at, 4)}': '{whole(channel)}'" for channel, at in middles.items())
    rows = sorted({int(sample) for sample in frame["sample"]}) or [1]
    grid: alt.Chart = (
        alt.Chart(frame)
        .mark_rect(color=color)
        .encode(
            x=alt.X(
                "left:Q",
                scale=alt.Scale(nice=False, zero=False),
                axis=alt.Axis(
                    title=translate(say("channel (its pixels side by side)")),
                    values=[float(number(at, 4)) for at in middles],
                    labelExpr=f"({{{names}}})[format(datum.value, '.4~g')]",
                    grid=False,
                    labelOverlap=True,
                ),
            ),
            x2=alt.X2("right:Q"),
            y=alt.Y(
                "top:Q",
                scale=alt.Scale(nice=False, zero=False, reverse=True),
                axis=alt.Axis(title=translate(say("sample")), values=rows, format="d", grid=False),
            ),
            y2=alt.Y2("bottom:Q"),
        )
    )
    return grid


def _sizes(picture: Picture, frame: pd.DataFrame) -> list[Message]:
    """The tensor's sizes, and that only its corner is drawn where that is so."""
    said = [_tensor(picture)]
    sizes = {name: int(str(picture.settings[name])) for name in ("samples", "channels")}
    pixels = int(str(picture.settings["height"])) * int(str(picture.settings["width"]))
    if len(frame) < sizes["samples"] * sizes["channels"] * pixels:
        said.append(say("Only a corner of the tensor is drawn."))
    return said


def _tensor(picture: Picture) -> Message:
    n, c, h, w, g = (
        whole(picture.settings[name])
        for name in ("samples", "channels", "height", "width", "groups")
    )
    if picture.settings["operation"] == "GroupNorm":
        return say("N = {n}, C = {c}, H = {h}, W = {w}, g = {g}", n=n, c=c, h=h, w=w, g=g)
    return say("N = {n}, C = {c}, H = {h}, W = {w}", n=n, c=c, h=h, w=w)


def _name(operation: object) -> Message | str:
    return say("LayerNorm, last axis") if operation == "LayerNorm last" else str(operation)


def _broken() -> alt.Axis:
    """Labels in lines, so that a phone has room for the bars."""
    return alt.Axis(labelExpr="split(replace(datum.label, ' (', '#('), '#')", labelLimit=150)
