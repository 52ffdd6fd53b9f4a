"""A chart of training loss by depth, without skip connections and with them."""

from __future__ import annotations

import altair as alt

from engine.charts.kit.axes import layered
from engine.charts.kit.losses import losses_by_step
from engine.charts.kit.marks import heading, words
from engine.charts.kit.numbers import chosen_number, number, whole
from engine.charts.kit.picture import Picture
from engine.charts.kit.series import Style, lines
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
    scalars = picture.outcome.scalars
    named = {name: (translate(_named(picture, name)), style) for name, (_, style) in DRAWN.items()}
    losses = losses_by_step(picture, named, say("training loss (log scale)"), most=5.0)
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
    drawn = lines(picture, losses.shown, losses.x, losses.y, named, key="step")
    return layered(drawn, heading(picture, finding, detail))


def _named(picture: Picture, name: str) -> Message:
    layers = whole(picture.settings[DRAWN[name][0]])
    if name.startswith("plain"):
        return say("{layers} layers, no skips", layers=layers)
    return say("{layers} layers, skips", layers=layers)
