"""A chart of training with batch norm, with noise after it, and without."""

from __future__ import annotations

import math

import altair as alt
import numpy as np

from engine.charts.kit.axes import layered, log_axis, step_axis
from engine.charts.kit.marks import heading, words
from engine.charts.kit.networks import PAIR
from engine.charts.kit.numbers import number, whole
from engine.charts.kit.options import chosen
from engine.charts.kit.picture import Picture
from engine.charts.kit.scales import fixed
from engine.charts.kit.series import Style, lines, span
from engine.charts.kit.shows import shows
from engine.charts.kit.theme import GREY, SKY
from engine.i18n import say

NOISY = {**PAIR, "noisy": (say("with batch norm and noise"), Style(SKY, (8, 2, 2, 2)))}


@shows("noisy_normalization")
def noisy_losses(picture: Picture) -> alt.LayerChart:
    """The loss by step of three networks; the grey line is half the loss of guessing."""
    translate = words(picture)
    table, scalars = picture.outcome.tables["steps"], picture.outcome.scalars
    named = {f"loss_{name}": (translate(text), style) for name, (text, style) in NOISY.items()}
    columns = [np.asarray(table[name], dtype=np.float64) for name in named]
    low, high = span(*columns)
    domain = (min(max(low, 1e-3), 0.3) / 1.2, min(max(high, 0.7), 20.0) * 1.2)
    shown = {"step": table["step"]} | {
        name: np.clip(column, domain[0], domain[1])
        for name, column in zip(named, columns, strict=True)
    }
    x = alt.X(
        "at:Q",
        scale=alt.Scale(nice=False),
        axis=step_axis(translate(say("training step")), *span(table["step"])),
    )
    y = alt.Y(
        "value:Q",
        scale=fixed(domain, log=True),
        axis=log_axis(translate(say("loss (log scale)")), domain),
    )
    half = alt.Chart(alt.InlineData(values=[{}])).mark_rule(color=GREY, strokeDash=[2, 2])
    finding = say(
        "Steps to half of guessing: {none} without batch norm, {bn} with it, {noisy} with noise",
        **{name: _steps(picture, name) for name in NOISY},
    )
    detail = say(
        "Means move {none}, {bn} and {noisy} deviations a step",
        **{name: number(scalars[f"drift_{name}"], 2) for name in NOISY},
    )
    layers = [
        half.encode(y=alt.YDatum(math.log(2) / 2, scale=fixed(domain, log=True))),
        *lines(picture, shown, x, y, named, key="step"),
        *chosen(picture),
    ]
    return layered(layers, heading(picture, finding, detail))


def _steps(picture: Picture, name: str) -> str:
    scalars = picture.outcome.scalars
    steps = whole(scalars[f"steps_{name}"])
    return steps if scalars[f"reached_{name}"] > 0.5 else f"> {picture.settings['steps']}"
