"""The loss of one network trained from four starts."""

from __future__ import annotations

from collections.abc import Mapping

import altair as alt
import numpy as np

from engine.charts.kit.axes import layered, plain_axis, step_axis
from engine.charts.kit.marks import heading, words
from engine.charts.kit.networks import ACTIVATION_NAMES
from engine.charts.kit.numbers import chosen_number, whole
from engine.charts.kit.picture import Picture
from engine.charts.kit.scales import fixed
from engine.charts.kit.series import Style, lines, setting, span
from engine.charts.kit.shows import shows
from engine.charts.kit.theme import BLUE, GREY, ORANGE, SKY
from engine.i18n import Message, say

#: Column, its words and its line. Zero is drawn last and in dots: it may lie on another.
STARTS: Mapping[str, tuple[Message, Style]] = {
    "he": (say("He"), Style(BLUE, width=3)),
    "xavier": (say("Xavier"), Style(ORANGE, (10, 3))),
    "default": (say("PyTorch's default"), Style(SKY, (8, 3, 2, 3), 3.5)),
    "zero": (say("all weights 0"), Style(GREY, (2, 4))),
}
MOST = 1.2  # nats: a loss that jumps higher leaves the plot


@shows("initialization_training")
def start_losses(picture: Picture) -> alt.LayerChart:
    """The training loss by step, from zero, PyTorch's default, Xavier and He."""
    translate, table = words(picture), picture.outcome.tables["losses"]
    last = span(table["step"])[1]
    shown = {name: np.asarray(table[f"loss_{name}"]) for name in STARTS}
    high = min(1.05 * span(*shown.values())[1], MOST)
    x = alt.X("at:Q", scale=fixed((0.0, last)), axis=step_axis(translate(say("step")), 0, last))
    title = translate(say("training loss (nats)"))
    y = alt.Y("value:Q", scale=fixed((0.0, high)), axis=plain_axis(title))
    named = {name: (translate(words_), style) for name, (words_, style) in STARTS.items()}
    detail = say(
        "{activation}, {depth} hidden layers, learning rate {rate}; the same data for all",
        activation=ACTIVATION_NAMES[str(picture.settings["activation"])],
        depth=whole(setting(picture, "depth")),
        rate=chosen_number(picture.settings["rate"]),
    )
    drawn = lines(picture, {"step": table["step"], **shown}, x, y, named, key="step")
    return layered(drawn, heading(picture, _finding(picture), detail))


def _finding(picture: Picture) -> Message:
    """When the loss of each start is halved; of those that never get there, how many."""
    halved = {name: picture.outcome.scalars[f"half_{name}"] for name in STARTS}
    steps = {name: whole(step) for name, step in halved.items()}
    if not halved["he"]:
        return say("He's start has not halved its loss here")
    if not halved["xavier"]:
        return say("Loss halved after {he} steps with He, by Xavier not at all", he=steps["he"])
    if not halved["default"]:
        return say(
            "Loss halved after {he} steps with He, {xavier} with Xavier, never with the default",
            he=steps["he"],
            xavier=steps["xavier"],
        )
    return say(
        "Loss halved after {he} steps with He, {xavier} with Xavier, {default} with the default",
        he=steps["he"],
        xavier=steps["xavier"],
        default=steps["default"],
    )
