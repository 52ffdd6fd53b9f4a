"""A chart of training with batch norm, with noise after it, and without."""

from __future__ import annotations

import math

import altair as alt

from engine.charts.kit.axes import layered
from engine.charts.kit.losses import losses_by_step
from engine.charts.kit.marks import heading, words
from engine.charts.kit.networks import PAIR
from engine.charts.kit.numbers import number, whole
from engine.charts.kit.options import chosen
from engine.charts.kit.picture import Picture
from engine.charts.kit.series import Style, lines
from engine.charts.kit.shows import shows
from engine.charts.kit.theme import GREY, SKY
from engine.i18n import say

NOISY = {**PAIR, "noisy": (say("with batch norm and noise"), Style(SKY, (8, 2, 2, 2)))}


@shows("noisy_normalization")
def noisy_losses(picture: Picture) -> alt.LayerChart:
    """The loss by step of three networks; the grey line is half the loss of guessing."""
    translate = words(picture)
    scalars = picture.outcome.scalars
    named = {f"loss_{name}": (translate(text), style) for name, (text, style) in NOISY.items()}
    losses = losses_by_step(picture, named, say("loss (log scale)"), most=20.0)
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
        half.encode(y=alt.YDatum(math.log(2) / 2, scale=losses.scale)),
        *lines(picture, losses.shown, losses.x, losses.y, named, key="step"),
        *chosen(picture),
    ]
    return layered(layers, heading(picture, finding, detail))


def _steps(picture: Picture, name: str) -> str:
    scalars = picture.outcome.scalars
    steps = whole(scalars[f"steps_{name}"])
    return steps if scalars[f"reached_{name}"] > 0.5 else f"> {picture.settings['steps']}"
