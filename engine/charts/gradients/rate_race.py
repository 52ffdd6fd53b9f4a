"""A chart of four learning rates at once."""

from __future__ import annotations

from collections.abc import Mapping

import altair as alt
import numpy as np

from engine.charts.gradients.gradient_descent import LEAST
from engine.charts.kit.axes import layered, log_axis, step_axis
from engine.charts.kit.marks import heading, words
from engine.charts.kit.numbers import chosen_number, number
from engine.charts.kit.options import ranked
from engine.charts.kit.picture import Picture
from engine.charts.kit.scales import fixed
from engine.charts.kit.series import Style, lines, setting, span
from engine.charts.kit.shows import shows
from engine.charts.kit.theme import BLUE, ORANGE, PURPLE, SKY
from engine.i18n import say

RATES: Mapping[str, Style] = {
    "first": Style(BLUE),
    "second": Style(ORANGE, (10, 3)),
    "third": Style(SKY, (8, 3, 2, 3)),
    "fourth": Style(PURPLE, (3, 3)),
}


@shows("rate_race")
def rate_race(picture: Picture) -> alt.LayerChart:
    """The error under four learning rates at once; in the legend, the places of the answers."""
    translate, table = words(picture), picture.outcome.tables["race"]
    named = {
        name: (
            f"η = {chosen_number(setting(picture, name))}" + ranked(picture, name),
            style,
        )
        for name, style in RATES.items()
    }
    shown = {
        name: np.where(np.asarray(column) >= LEAST, column, np.nan)
        for name, column in table.items()
        if name != "step"
    }
    low, high = span(*shown.values())
    y_domain = (max(low, LEAST), max(min(high, 100.0), 1.3))
    y = alt.Y(
        "value:Q",
        scale=fixed(y_domain, log=True),
        axis=log_axis(translate(say("error, share of the first (log scale)")), y_domain),
    )
    steps = step_axis(translate(say("step")), *span(table["step"]))
    x = alt.X("at:Q", scale=alt.Scale(nice=False), axis=steps)
    fastest = min(RATES, key=lambda name: abs(picture.outcome.scalars[f"{name}_factor"]))
    finding = say(
        "η = {rate} is fastest: {factor} times the error is left at each step",
        rate=chosen_number(setting(picture, fastest)),
        factor=number(abs(picture.outcome.scalars[f"{fastest}_factor"])),
    )
    detail = say(
        "Curvature λ = {curvature}; 1/λ would need a single step",
        curvature=chosen_number(picture.settings["curvature"]),
    )
    return layered(
        [*lines(picture, {"step": table["step"], **shown}, x, y, named, key="step")],
        heading(picture, finding, detail),
    )
