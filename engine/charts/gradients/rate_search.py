"""Charts of the search for a learning rate: the loss by rate, and three losses by step."""

from __future__ import annotations

import altair as alt
import numpy as np
import pandas as pd

from engine.charts.kit.axes import layered, log_axis, step_axis
from engine.charts.kit.marks import Domain, band, heading, reach, rules, words
from engine.charts.kit.numbers import chosen_number, number
from engine.charts.kit.picture import Picture
from engine.charts.kit.scales import fixed, landmark
from engine.charts.kit.series import Floats, Style, lines, span
from engine.charts.kit.shows import shows
from engine.charts.kit.theme import BLUE, GREY, ORANGE, SKY
from engine.i18n import Message, say

HIGHEST = 20.0  # losses at the start: what is above is cut off


@shows("rate_search")
def loss_by_rate(picture: Picture) -> alt.LayerChart:
    """The loss after the steps for each rate, log on both axes; answers are rates."""
    translate, scalars = words(picture), picture.outcome.scalars
    table = picture.outcome.tables["rates"]
    losses = _cut(table["loss"], scalars["loss_start"])
    low, high = span(table["rate"])
    across = reach(picture, low, high, log=True) if low > 0 else (0.001, 100.0)
    title = translate(say("learning rate η (log scale)"))
    x = alt.X("at:Q", scale=fixed(across, log=True), axis=log_axis(title, across))
    y = _loss(picture, say("loss after the last step (log scale)"), losses)
    shown = {"rate": np.asarray(table["rate"]), "loss": losses}
    points = alt.Chart(pd.DataFrame({"at": shown["rate"], "value": losses}))
    finding = say(
        "Of these rates {rate} is best: the loss comes to {loss}",
        rate=number(scalars["best_rate"], 2),
        loss=number(scalars["best_loss"], 2),
    )
    return layered(
        [
            *band(picture, across, log=True),
            _at_start(y, scalars["loss_start"]),
            *landmark(scalars["best_rate"], across, log=True),
            *lines(picture, shown, x, y, {"loss": ("", Style(BLUE))}, key="rate"),
            points.mark_point(filled=True, size=40, color=BLUE, clip=True).encode(x=x, y=y),
            *rules(picture, across, log=True),
        ],
        heading(picture, finding, _setting(picture)),
    )


@shows("rate_search")
def loss_curves(picture: Picture) -> alt.LayerChart:
    """The loss by step with a good rate, with one too small and one too large."""
    translate, scalars = words(picture), picture.outcome.scalars
    table = picture.outcome.tables["curves"]
    styles = {"small": Style(SKY, (8, 3)), "good": Style(BLUE, width=3), "large": Style(ORANGE)}
    named = {
        name: (f"η = {number(scalars[f'{name}_rate'], 2)}", style) for name, style in styles.items()
    }
    shown = {name: _cut(table[name], scalars["loss_start"]) for name in styles}
    losses = np.concatenate(list(shown.values()))
    steps = step_axis(translate(say("step")), *span(table["step"], [0.0, 1.0]))
    x = alt.X("at:Q", scale=alt.Scale(nice=False), axis=steps)
    y = _loss(picture, say("loss (log scale)"), losses)
    finding = say(
        "Loss at the end: {small} with η = {small_rate}, {good} with {good_rate}",
        **{name: number(scalars[f"{name}_loss"], 2) for name in styles},
        **{f"{name}_rate": number(scalars[f"{name}_rate"], 2) for name in styles},
    )
    return layered(
        [
            _at_start(y, scalars["loss_start"]),
            *lines(picture, {"step": table["step"], **shown}, x, y, named, key="step"),
        ],
        heading(picture, finding, _setting(picture)),
    )


def _cut(losses: object, first: float) -> Floats:
    return np.minimum(np.asarray(losses, dtype=np.float64), HIGHEST * first)


def _loss(picture: Picture, title: Message, losses: Floats) -> alt.Y:
    low, high = span(losses)
    domain: Domain = (low * 0.8, high * 1.25) if low > 0 else (0.01, 10.0)
    axis = log_axis(words(picture)(title), domain)
    return alt.Y("value:Q", scale=fixed(domain, log=True), axis=axis)


def _at_start(y: alt.Y, loss: float) -> alt.Chart:
    rule = alt.Chart(pd.DataFrame({"value": [loss]})).mark_rule(color=GREY, strokeDash=[4, 3])
    dashed: alt.Chart = rule.encode(y=y)
    return dashed


def _setting(picture: Picture) -> Message:
    return say(
        "{units} hidden units, {steps} steps. Dashed: the loss at the start",
        units=chosen_number(picture.settings["units"]),
        steps=chosen_number(picture.settings["steps"]),
    )
