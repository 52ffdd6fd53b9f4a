"""Charts of one shift: moments of a layer that drift, a gradient that turns."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping

import altair as alt
import numpy as np
import pandas as pd

from engine.charts.kit import theme
from engine.charts.kit.axes import layered, legend
from engine.charts.kit.marks import figure, heading, rules, words
from engine.charts.kit.picture import Picture
from engine.charts.kit.scales import fixed
from engine.charts.kit.series import plain_axis, ranked, span
from engine.i18n import say

BLUE, ORANGE, SKY, _, _ = theme.SERIES


def layer_moves(picture: Picture) -> alt.LayerChart:
    """Each layer's inputs at two times: means as points, a deviation to each side as a bar."""
    translate = words(picture)
    table = picture.outcome.tables["layers"]
    rows, texts = [], []
    for number, letter in enumerate(table["layer"]):
        name = translate(say("layer {letter}", letter=str(letter).upper()))
        name += ranked(picture, str(letter))
        texts.append(name)
        for when, title in (("then", say("at first")), ("now", say("10 steps later"))):
            mean, std = float(table[when][number]), float(table["std"][number])
            rows.append((name, translate(title), mean, mean - std, mean + std))
    frame = pd.DataFrame(rows, columns=["layer", "when", "mean", "low", "high"])
    low, high = span(frame["low"].to_numpy(), frame["high"].to_numpy())
    margin = 0.05 * (high - low) + 1e-6
    x = alt.X(
        "mean:Q",
        scale=fixed((low - margin, high + margin)),
        axis=plain_axis(translate(say("input of the layer (no unit)"))),
    )
    y = alt.Y(
        "layer:N",
        sort=texts,
        title=None,
        axis=alt.Axis(labelLimit=120, labelExpr="split(replace(datum.label, ')', ''), / \\(|, /)"),
    )
    times = [translate(say("at first")), translate(say("10 steps later"))]
    colour = alt.Color(
        "when:N",
        scale=alt.Scale(domain=times, range=[SKY, BLUE]),
        legend=legend("circle"),
    )
    offset = alt.YOffset("when:N", sort=times)
    base = alt.Chart(frame)
    bars = base.mark_rule(strokeWidth=5, opacity=0.7).encode(
        x=alt.X("low:Q", scale=fixed((low - margin, high + margin))),
        x2=alt.X2("high:Q"),
        y=y,
        yOffset=offset,
        color=colour,
    )
    shape = alt.Shape(
        "when:N",
        scale=alt.Scale(domain=times, range=["circle", "diamond"]),
        legend=legend("circle"),
    )
    points = base.mark_point(filled=True, size=110, opacity=1).encode(
        x=x, y=y, yOffset=offset, color=colour, shape=shape
    )
    told = picture.outcome.scalars
    finding = say(
        "Drift in deviations: A {a}, B {b}, C {c}",
        **{letter: figure(told[f"drift_{letter}"]) for letter in "abc"},
    )
    detail = say("Points: means. Bars: one standard deviation to each side")
    return layered([bars, points, *chosen_numbers(picture)], heading(picture, finding, detail))


def chosen_numbers(picture: Picture) -> list[alt.Chart]:
    """The answers that are numbers, in rows above the plot, where no axis is theirs."""
    plain = [mark for mark in picture.marks if not isinstance(mark.value, str)]
    if not plain:
        return []
    return rules(picture, (-math.inf, math.inf), places=lambda _value: ())


def gradient_arrows(picture: Picture) -> alt.LayerChart:
    """Both gradients as arrows from 0, on axes of one scale. Answers are named above the plot."""
    translate = words(picture)
    table, told = picture.outcome.tables["gradients"], picture.outcome.scalars
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
        angle=f"{told['angle']:.0f}",
        cosine=figure(told["cosine"], 3),
    )
    detail = say("The distance of the two is {distance}", distance=figure(told["distance"], 3))
    return layered([shafts, tips, *chosen_numbers(picture)], heading(picture, finding, detail))


CHARTS: Mapping[str, Callable[[Picture], alt.LayerChart]] = {
    "layer_moves": layer_moves,
    "gradient_arrows": gradient_arrows,
}
LAB: Mapping[str, tuple[str, ...]] = {
    "layer_drift": ("layer_moves",),
    "gradient_turn": ("gradient_arrows",),
}
