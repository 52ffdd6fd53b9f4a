"""A chart of units that die in training, step by step."""

from __future__ import annotations

import altair as alt
import numpy as np

from engine.charts.gradients.dead_units import MEASURED
from engine.charts.kit.axes import layered, plain_axis, step_axis
from engine.charts.kit.marks import band, heading, rules, words
from engine.charts.kit.numbers import chosen_number, number
from engine.charts.kit.picture import Picture
from engine.charts.kit.scales import fixed
from engine.charts.kit.series import lines, setting, span
from engine.charts.kit.shows import shows
from engine.charts.kit.theme import GREY
from engine.i18n import say


@shows("dead_training")
def dead_by_step(picture: Picture) -> alt.LayerChart:
    """The share of dead units, step by step; a gray line where the steps become small."""
    translate = words(picture)
    table, scalars = picture.outcome.tables["steps"], picture.outcome.scalars
    shown = {"step": table["step"], "dead": 100 * np.asarray(table["dead"])}
    last = max(span(table["step"])[1], 1.0)
    domain = (0.0, 104.0)
    x_scale = fixed((0.0, last))
    x = alt.X("at:Q", scale=x_scale, axis=step_axis(translate(say("step")), 0, last))
    y = alt.Y("value:Q", scale=fixed(domain), axis=plain_axis(translate(say("dead units (%)"))))
    turn = (
        alt.Chart(alt.InlineData(values=[{}]))
        .mark_rule(color=GREY, strokeDash=[4, 3], strokeWidth=1.5)
        .encode(x=alt.XDatum(setting(picture, "large_steps"), scale=x_scale))
    )
    named = {"dead": (translate(say("dead units (%)")), MEASURED)}
    finding = say(
        "{before}% dead before, {after}% after the large steps, {end}% at the end",
        before=number(scalars["percent_start"]),
        after=number(scalars["percent_after"]),
        end=number(scalars["percent_end"]),
    )
    detail = say(
        "learning rate {rate} up to the gray line, then 0.1",
        rate=chosen_number(picture.settings["learning_rate"]),
    )
    return layered(
        [
            *band(picture, domain, channel="y"),
            turn,
            *lines(picture, shown, x, y, named, key="step"),
            *rules(picture, domain, channel="y"),
        ],
        heading(picture, finding, detail),
    )
