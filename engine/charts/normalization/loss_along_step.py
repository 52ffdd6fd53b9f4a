"""A chart of the loss after one step, by its length."""

from __future__ import annotations

import altair as alt
import numpy as np

from engine.charts.kit.axes import layered, log_axis
from engine.charts.kit.marks import heading, words
from engine.charts.kit.networks import PAIR
from engine.charts.kit.numbers import chosen_number, number
from engine.charts.kit.options import chosen
from engine.charts.kit.picture import Picture
from engine.charts.kit.scales import fixed, landmark
from engine.charts.kit.series import lines, setting, span
from engine.charts.kit.shows import shows
from engine.charts.kit.theme import GREY
from engine.i18n import say


@shows("loss_along_step")
def step_losses(picture: Picture) -> alt.LayerChart:
    """The loss after one step by its length, from equal losses. Both log, cut off at the edges."""
    translate = words(picture)
    table, scalars = picture.outcome.tables["lengths"], picture.outcome.scalars
    named = {f"after_{name}": (translate(text), style) for name, (text, style) in PAIR.items()}
    columns = [np.asarray(table[name], dtype=np.float64) for name in named]
    low, high = span(*columns)
    domain = (max(low, 1e-3) / 1.3, min(max(high, 1e-2), 10.0) * 1.3)
    lengths = np.asarray(table["length"], dtype=np.float64)
    across = (float(lengths.min(initial=0.01)), float(lengths.max(initial=0.1)))
    shown = {"length": lengths} | {
        name: np.clip(column, domain[0], domain[1])
        for name, column in zip(named, columns, strict=True)
    }
    x = alt.X(
        "at:Q",
        scale=fixed(across, log=True),
        axis=log_axis(translate(say("length of the step η (log scale)")), across),
    )
    y = alt.Y(
        "value:Q",
        scale=fixed(domain, log=True),
        axis=log_axis(translate(say("loss after the step (log scale)")), domain),
    )
    start = alt.Chart(alt.InlineData(values=[{}])).mark_rule(color=GREY, strokeDash=[2, 2])
    finding = say(
        "Longest step that lowers the loss: {none} without batch norm, {bn} with it",
        none=number(scalars["longest_none"], 2),
        bn=number(scalars["longest_bn"], 2),
    )
    detail = say(
        "Both start at the loss {loss} (grey). Step η = {length}: the gradient changes by {none} "
        "and {bn} times its length",
        loss=chosen_number(setting(picture, "loss")),
        length=chosen_number(setting(picture, "length")),
        none=number(scalars["change_none"], 2),
        bn=number(scalars["change_bn"], 2),
    )
    layers = [
        start.encode(y=alt.YDatum(setting(picture, "loss"), scale=fixed(domain, log=True))),
        *landmark(setting(picture, "length"), across, log=True),
        *lines(picture, shown, x, y, named, key="length"),
        *chosen(picture),
    ]
    return layered(layers, heading(picture, finding, detail))
