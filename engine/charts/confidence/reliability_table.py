"""Charts of a few rows of confidence and accuracy: ECE, and each row's gap."""

from __future__ import annotations

import math

import altair as alt
import numpy as np
import pandas as pd

from engine.charts.confidence.calibration import bins, signs
from engine.charts.kit import theme
from engine.charts.kit.axes import layered, plain_axis
from engine.charts.kit.marks import band, heading, reach, rules, words
from engine.charts.kit.numbers import number, whole
from engine.charts.kit.options import badges
from engine.charts.kit.picture import Picture
from engine.charts.kit.scales import fixed, landmark, over_lines
from engine.charts.kit.shows import shows
from engine.charts.kit.theme import GREY
from engine.charts.kit.wrapping import wrap
from engine.i18n import say


@shows("reliability_table")
def ece_bars(picture: Picture) -> alt.LayerChart:
    """A bar a bin: as wide as its share of the predictions, as high as its gap.

    So the mean height, at which a rule of the right answer lies, is ECE. Marked numbers are ECEs.
    """
    translate = words(picture)
    frame = bins(picture)
    total = frame["count"].sum()
    edges = np.concatenate([[0.0], np.cumsum(frame["count"]) / max(total, 1)])
    frame = frame.assign(left=edges[:-1], right=edges[1:], size=frame["gap"].abs())
    frame["middle"] = (frame["left"] + frame["right"]) / 2
    top = float(frame["size"].max()) if len(frame) else 0.1
    _, highest = reach(picture, 0.0, max(top, 1e-3) * 1.15)
    across, up = (0.0, 1.0), (0.0, highest)
    x_title = translate(say("share of the predictions (on each bar: its mean confidence)"))
    x = alt.X("left:Q", scale=fixed(across), axis=plain_axis(wrap(x_title)))
    y = alt.Y(
        "size:Q", scale=fixed(up), axis=plain_axis(translate(say("gap |accuracy − confidence|")))
    )
    bars = (
        alt.Chart(frame)
        .mark_rect(stroke=theme.PAGE, strokeWidth=1)
        .encode(x=x, x2=alt.X2("right:Q"), y=y, y2=alt.Y2Datum(0), color=signs(translate, frame))
    )
    name = alt.Chart(frame).encode(
        x=alt.X("middle:Q", scale=fixed(across)),
        y=y,
        text=alt.Text("confidence:Q", format=".2f"),
    )
    names = over_lines(name, dy=-8, fontWeight="bold")
    finding = say(
        "ECE {ece} is the mean height, wide bars counting more",
        ece=number(picture.outcome.scalars.get("ece", math.nan)),
    )
    layers = [*band(picture, up, channel="y"), bars, *rules(picture, up, channel="y")]
    return layered([*layers, *(names if len(frame) <= 6 else [])], heading(picture, finding))


@shows("reliability_table")
def gap_bars(picture: Picture) -> alt.LayerChart:
    """Confidence minus accuracy of each row, with what chance leaves open; right is too sure.

    Marked numbers are gaps; marked options are rows `row-1` … `row-4`, in the order given.
    """
    translate = words(picture)
    frame = bins(picture)
    ends = frame["confidence"] - frame["high"], frame["confidence"] - frame["low"]
    frame = frame.assign(least=ends[0], most=ends[1], name=_row_names(picture, frame))
    frame["place"] = _places(picture, frame)
    extent = float(np.abs(frame[["least", "most"]].to_numpy()).max(initial=0.02)) * 1.1
    low, high = reach(picture, -extent, extent)
    domain = (min(low, -high), max(high, -low))
    title = [
        translate(say("confidence − accuracy")),
        translate(say("← not sure enough · too sure →")),
    ]
    x = alt.X("gap:Q", scale=fixed(domain), axis=plain_axis(title))
    base = alt.Chart(frame).encode(y=alt.Y("name:N", sort=None, axis=None))
    bars = base.mark_bar(height={"band": 0.3}).encode(
        x=x, color=signs(translate, frame, shown=False)
    )
    whiskers = base.mark_rule(strokeWidth=2, color=GREY).encode(
        x=alt.X("least:Q", scale=fixed(domain)), x2=alt.X2("most:Q")
    )
    left = alt.XValue(0)
    name = base.mark_text(align="left", dx=4, dy=-20).encode(x=left, text=alt.Text("name:N"))
    place = base.mark_text(align="left", dx=4, dy=20, fontWeight="bold")
    texts = [name, place.encode(x=left, text=alt.Text("place:N"))]
    layers = [*band(picture, domain), bars, whiskers, *landmark(0.0, domain)]
    layers += [*rules(picture, domain), *texts]
    worst = float(frame["gap"].abs().max()) if len(frame) else 0.0
    finding = say("Largest gap between said and right: {gap}", gap=number(worst))
    detail = say("Grey: gaps that chance leaves possible")
    return layered(layers, heading(picture, finding, detail))


def _row_names(picture: Picture, frame: pd.DataFrame) -> list[str]:
    translate = words(picture)
    rows = frame["row"] if "row" in frame else frame.index + 1
    said = zip(rows, frame["confidence"], frame["accuracy"], strict=True)
    return [
        picture.options.get(f"row-{whole(row)}")
        or translate(say("says {said}, right {right}", said=number(c), right=number(a)))
        for row, c, a in said
    ]


def _places(picture: Picture, frame: pd.DataFrame) -> list[str]:
    """What each row is to each answer: "answer #1", where rows were ranked."""
    rows = frame["row"] if "row" in frame else frame.index + 1
    said = badges(picture)
    return [" · ".join(mark.label for mark in said.get(f"row-{whole(row)}", [])) for row in rows]
