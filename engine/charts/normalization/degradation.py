"""A chart of training loss by depth, without skip connections and with them."""

from __future__ import annotations

import altair as alt
import numpy as np

from engine.charts.kit.axes import layered, log_axis, step_axis
from engine.charts.kit.marks import heading, words
from engine.charts.kit.numbers import chosen_number, number, whole
from engine.charts.kit.picture import Picture
from engine.charts.kit.scales import fixed
from engine.charts.kit.series import Style, lines, span
from engine.charts.kit.shows import shows
from engine.charts.kit.theme import BLUE, ORANGE
from engine.i18n import Message, say

#: column -> its words for a number of layers, its style: colour for skips, dash and width for depth
DRAWN = {
    "plain_shallow": ("shallow", Style(ORANGE, (6, 3), 2)),
    "plain_deep": ("deep", Style(ORANGE, width=3.5)),
    "skip_shallow": ("shallow", Style(BLUE, (6, 3), 2)),
    "skip_deep": ("deep", Style(BLUE, width=3.5)),
}


@shows("degradation")
def degradation_losses(picture: Picture) -> alt.LayerChart:
    """The training loss by step: a shallower and a deeper network, without skips and with them."""
    translate = words(picture)
    table, scalars = picture.outcome.tables["steps"], picture.outcome.scalars
    named = {name: (translate(_named(picture, name)), style) for name, (_, style) in DRAWN.items()}
    columns = [np.asarray(table[name], dtype=np.float64) for name in named]
    low, high = span(*columns)
    domain = (min(max(low, 1e-3), 0.3) / 1.2, min(max(high, 0.7), 5.0) * 1.2)
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
        axis=log_axis(translate(say("training loss (log scale)")), domain),
    )
    finding = say(
        "{deep} layers end at the training loss {plain} without skips, at {skip} with them",
        deep=whole(picture.settings["deep"]),
        plain=number(scalars["loss_plain_deep"], 2),
        skip=number(scalars["loss_skip_deep"], 2),
    )
    detail = say(
        "Batch norm everywhere, He's initialization, learning rate {rate}",
        rate=chosen_number(picture.settings["rate"]),
    )
    return layered(
        lines(picture, shown, x, y, named, key="step"), heading(picture, finding, detail)
    )


def _named(picture: Picture, name: str) -> Message:
    layers = whole(picture.settings[DRAWN[name][0]])
    if name.startswith("plain"):
        return say("{layers} layers, no skips", layers=layers)
    return say("{layers} layers, skips", layers=layers)
