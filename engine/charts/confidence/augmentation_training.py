"""Accuracy on new pictures of networks trained with augmentation and without."""

from __future__ import annotations

from collections.abc import Mapping

import altair as alt
import numpy as np

from engine.charts.kit.axes import layered, share_axis, step_axis
from engine.charts.kit.marks import heading, words
from engine.charts.kit.numbers import percent, whole
from engine.charts.kit.picture import Picture
from engine.charts.kit.scales import fixed
from engine.charts.kit.series import Style, lines, setting, span
from engine.charts.kit.shows import shows
from engine.charts.kit.theme import BLUE, GREY, ORANGE
from engine.i18n import Message, say

WAYS: Mapping[str, tuple[Message, Style]] = {
    "moved": (say("trained on moved pictures"), Style(BLUE, width=3)),
    "none": (say("without augmentation"), Style(GREY, (6, 3))),
    "mirrored": (say("trained on mirrored pictures"), Style(ORANGE, (2, 3), 3)),
}


@shows("augmentation_training")
def augmentation_curves(picture: Picture) -> alt.LayerChart:
    """The share of new pictures that are named rightly, by training step."""
    translate, table = words(picture), picture.outcome.tables["steps"]
    last = span(table["step"])[1]
    shown = {way: np.asarray(table[f"accuracy_{way}"]) for way in WAYS}
    x = alt.X("at:Q", scale=fixed((0.0, last)), axis=step_axis(translate(say("step")), 0, last))
    title = translate(say("accuracy on new pictures"))
    y = alt.Y("value:Q", scale=fixed((0.0, 1.0)), axis=share_axis(title))
    named = {way: (translate(said), style) for way, (said, style) in WAYS.items()}
    finding = say(
        "New pictures named rightly: {none}% without augmentation, {moved}% with moved pictures",
        none=percent(picture.outcome.scalars["accuracy_none"]),
        moved=percent(picture.outcome.scalars["accuracy_moved"]),
    )
    detail = say(
        "10 letters, {samples} training pictures of each; by guessing 10%",
        samples=whole(setting(picture, "samples")),
    )
    drawn = lines(picture, {"step": table["step"], **shown}, x, y, named, key="step")
    return layered(drawn, heading(picture, finding, detail))
