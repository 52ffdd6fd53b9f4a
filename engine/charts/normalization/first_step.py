"""Charts of the first step of training: the size of it, the loss before it."""

from __future__ import annotations

import altair as alt
import numpy as np
import pandas as pd

from engine.charts.kit.axes import layer_axis, layered, log_axis, plain_axis
from engine.charts.kit.marks import band, heading, reach, rules, words
from engine.charts.kit.numbers import chosen_number, decimals, number
from engine.charts.kit.picture import Picture
from engine.charts.kit.scales import fixed, landmark
from engine.charts.kit.series import setting, span
from engine.charts.kit.shows import shows
from engine.charts.kit.theme import BLUE, GREY, ORANGE
from engine.i18n import say


@shows("first_step")
def update_sizes(picture: Picture) -> alt.LayerChart:
    """How much one step changes each layer. Marked numbers are log10 of update over weights."""
    translate = words(picture)
    table, scalars = picture.outcome.tables["layers"], picture.outcome.scalars
    updates = np.asarray(table["update"], dtype=np.float64)
    frame = pd.DataFrame({"layer": table["layer"], "update": updates})
    low, high = span(updates, [-3.0])
    domain = reach(picture, low - 0.4, high + 0.4)
    x = alt.X(
        "layer:Q",
        scale=alt.Scale(domain=[0.5, max(len(frame), 1) + 0.5], nice=False),
        axis=layer_axis(translate(say("layer")), max(len(frame), 1)),
    )
    title = translate(say("log₁₀ of update ÷ weights"))
    y = alt.Y("update:Q", scale=fixed(domain), axis=plain_axis(title))
    points = alt.Chart(frame).mark_point(filled=True, size=110, opacity=1, color=BLUE)
    target = alt.Chart(alt.InlineData(values=[{}])).mark_rule(color=ORANGE, strokeDash=[6, 3])
    finding = say(
        "With rate {rate} a step changes weights by 10 to the {update} of their size",
        rate=chosen_number(setting(picture, "rate")),
        update=decimals(scalars["update"], 2),
    )
    detail = say(
        "tanh, {layers} layers. Dashed: −3, a rule of thumb", layers=picture.settings["layers"]
    )
    layers = [
        *band(picture, domain, channel="y"),
        target.encode(y=alt.YDatum(-3.0, scale=fixed(domain))),
        points.encode(x=x, y=y),
        *rules(picture, domain, channel="y"),
    ]
    return layered(layers, heading(picture, finding, detail))


@shows("first_step")
def initial_loss(picture: Picture) -> alt.LayerChart:
    """The loss before training by the spread of the logits. Marked numbers are losses."""
    translate = words(picture)
    table, scalars = picture.outcome.tables["spreads"], picture.outcome.scalars
    frame = pd.DataFrame({"spread": table["spread"], "loss": table["loss"]})
    low, high = span(frame["loss"].to_numpy(), [scalars["guess"]])
    domain = reach(picture, low / 1.2, high * 1.2, log=True)
    across = (0.009, 11.0)
    x = alt.X(
        "spread:Q",
        scale=fixed(across, log=True),
        axis=log_axis(translate(say("deviation of the logits (log scale)")), across),
    )
    title = translate(say("loss before training (log scale)"))
    y = alt.Y("loss:Q", scale=fixed(domain, log=True), axis=log_axis(title, domain))
    line = alt.Chart(frame).mark_line(
        color=BLUE, strokeWidth=2.5, point=alt.OverlayMarkDef(size=45, color=BLUE)
    )
    guess = alt.Chart(alt.InlineData(values=[{}])).mark_rule(color=GREY, strokeDash=[4, 3])
    finding = say(
        "Logits of deviation {spread}: loss {loss} instead of ln K = {guess}",
        spread=chosen_number(setting(picture, "spread")),
        loss=number(scalars["loss"]),
        guess=number(scalars["guess"]),
    )
    detail = say(
        "{classes} classes. Dashed: the loss of guessing", classes=picture.settings["classes"]
    )
    layers = [
        *band(picture, domain, channel="y", log=True),
        guess.encode(y=alt.YDatum(scalars["guess"], scale=fixed(domain, log=True))),
        *landmark(setting(picture, "spread"), across, log=True),
        line.encode(x=x, y=y),
        *rules(picture, domain, channel="y", log=True),
    ]
    return layered(layers, heading(picture, finding, detail))
