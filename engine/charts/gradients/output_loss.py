"""A chart of the gradients of two losses behind a sigmoid."""

from __future__ import annotations

import altair as alt
import numpy as np

from engine.charts.kit.axes import layered, plain_axis
from engine.charts.kit.marks import band, heading, reach, rules, words
from engine.charts.kit.numbers import chosen_number, number
from engine.charts.kit.picture import Picture
from engine.charts.kit.scales import fixed, landmark
from engine.charts.kit.series import Style, lines, setting, span
from engine.charts.kit.shows import shows
from engine.charts.kit.theme import BLUE, ORANGE
from engine.i18n import say


@shows("output_loss")
def output_gradients(picture: Picture) -> alt.LayerChart:
    """The gradient in z of squared error and log loss; answers are gradients."""
    translate, scalars = words(picture), picture.outcome.scalars
    table = {name: np.asarray(column) for name, column in picture.outcome.tables["curve"].items()}
    low, high = span(table["log_loss"], table["squared"])
    domain = reach(picture, low - 0.03, high + 0.03)
    across = span(table["z"])
    x = alt.X("at:Q", scale=fixed(across), axis=plain_axis("z"))
    title = translate(say("gradient in z"))
    y = alt.Y("value:Q", scale=fixed(domain), axis=plain_axis(title))
    named = {
        "log_loss": (translate(say("log loss")), Style(BLUE, width=3)),
        "squared": (translate(say("squared error")), Style(ORANGE, (10, 3))),
    }
    finding = say(
        "At z = {z} the log loss has a gradient of {log_loss}, the squared error {squared}",
        z=chosen_number(picture.settings["z"]),
        log_loss=number(scalars["log_loss"]),
        squared=number(scalars["squared"], 2),
    )
    detail = say(
        "The answer is {target}, the network says p = {p}",
        target=chosen_number(picture.settings["target"]),
        p=number(scalars["probability"], 2),
    )
    return layered(
        [
            *band(picture, domain, channel="y"),
            *landmark(setting(picture, "z"), across),
            *lines(picture, table, x, y, named, key="z"),
            *rules(picture, domain, channel="y"),
        ],
        heading(picture, finding, detail),
    )
