"""How the values of each layer are spread: one histogram above the other."""

from __future__ import annotations

import altair as alt
import numpy as np
import pandas as pd

from engine.charts.kit.axes import layered, plain_axis
from engine.charts.kit.marks import heading, words
from engine.charts.kit.networks import network_words
from engine.charts.kit.numbers import number
from engine.charts.kit.picture import Picture
from engine.charts.kit.scales import fixed
from engine.charts.kit.series import span
from engine.charts.kit.shows import shows
from engine.charts.kit.theme import BLUE
from engine.i18n import say

ROOM = 0.88  # of a row's height: what its highest bar takes


@shows("activation_histograms")
def layer_histograms(picture: Picture) -> alt.LayerChart:
    """A histogram a layer, the first on top, each as high as its row; all over the same axis."""
    translate = words(picture)
    table, scalars = picture.outcome.tables["histograms"], picture.outcome.scalars
    frame = pd.DataFrame(dict(table))
    highest = frame.groupby("layer")["share"].transform("max").where(lambda most: most > 0, 1.0)
    frame["foot"] = -frame["layer"].astype(float)
    frame["top"] = frame["foot"] + ROOM * frame["share"] / highest
    frame = frame[frame["share"] > 0]
    layers = np.unique(table["layer"])
    backward = picture.settings.get("quantity") == "gradients"
    title = say("gradient ∂L/∂z") if backward else say("activation (no unit)")
    x_domain = span(table["left"], table["right"])
    rows = alt.Axis(
        title=translate(say("layer")),
        values=[-float(layer) for layer in layers],
        labelExpr="format(-datum.value, 'd')",
        labelBaseline="bottom",
        ticks=False,
    )
    y_scale = fixed((-float(layers[-1]), 0.0 - float(layers[0]) + 1.0))
    bars = (
        alt.Chart(frame[["left", "right", "foot", "top"]])
        .mark_rect(color=BLUE)
        .encode(
            x=alt.X("left:Q", scale=fixed(x_domain), axis=plain_axis(translate(title))),
            x2=alt.X2("right:Q"),
            y=alt.Y("foot:Q", scale=y_scale, axis=rows),
            y2=alt.Y2("top:Q"),
        )
    )
    ends = {"first": number(scalars["first_std"], 2), "last": number(scalars["last_std"], 2)}
    finding = (
        say("Spread of the gradients: {first} in the first layer, {last} in the last", **ends)
        if backward
        else say(
            "Spread of the activations: {first} after the first layer, {last} at the end", **ends
        )
    )
    return layered([bars], heading(picture, finding, network_words(picture)))
