"""A chart of the moments of a layer's inputs, which drift."""

from __future__ import annotations

import altair as alt
import pandas as pd

from engine.charts.kit.axes import layered, legend, plain_axis
from engine.charts.kit.marks import heading, words
from engine.charts.kit.numbers import number
from engine.charts.kit.options import chosen_numbers, ranked
from engine.charts.kit.picture import Picture
from engine.charts.kit.scales import fixed
from engine.charts.kit.series import span
from engine.charts.kit.shows import shows
from engine.charts.kit.theme import BLUE, SKY
from engine.i18n import say


@shows("layer_drift")
def layer_moves(picture: Picture) -> alt.LayerChart:
    """Each layer's inputs at two times: means as points, a deviation to each side as a bar."""
    translate = words(picture)
    table = picture.outcome.tables["layers"]
    rows, texts = [], []
    for row, letter in enumerate(table["layer"]):
        name = translate(say("layer {letter}", letter=str(letter).upper()))
        name += ranked(picture, str(letter))
        texts.append(name)
        for when, title in (("then", say("at first")), ("now", say("10 steps later"))):
            mean, std = float(table[when][row]), float(table["std"][row])
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
    scalars = picture.outcome.scalars
    finding = say(
        "Drift in deviations: A {a}, B {b}, C {c}",
        **{letter: number(scalars[f"drift_{letter}"], 2) for letter in "abc"},
    )
    detail = say("Points: means. Bars: one standard deviation to each side")
    return layered([bars, points, *chosen_numbers(picture)], heading(picture, finding, detail))
