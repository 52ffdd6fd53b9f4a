"""A chart of the signal in many networks of one kind."""

from __future__ import annotations

import math

import altair as alt
import pandas as pd

from engine.charts.kit.axes import layer_axis, layered, legend, log_axis
from engine.charts.kit.marks import heading, rules, words
from engine.charts.kit.networks import network_words
from engine.charts.kit.numbers import number, whole
from engine.charts.kit.picture import Picture
from engine.charts.kit.shows import shows
from engine.charts.kit.theme import ORANGE, SKY
from engine.i18n import say


@shows("signal_spread")
def spread_band(picture: Picture) -> alt.LayerChart:
    """The rms after each layer in many networks: a band with two thirds of them, some as lines."""
    translate = words(picture)
    quantiles = pd.DataFrame(picture.outcome.tables.get("quantiles", {}), columns=_QUANTILES)
    some = pd.DataFrame(picture.outcome.tables.get("networks", {}), columns=_NETWORKS)
    edges = (quantiles["low"].min(), quantiles["high"].max()) if len(quantiles) else (0.5, 2.0)
    if len(some):
        edges = (min(edges[0], some["rms"].min()), max(edges[1], some["rms"].max()))
    domain = (edges[0] / 1.1, edges[1] * 1.1)
    size = translate(say("{size} (log scale)", size=say("rms of activations")))
    scale = alt.Scale(type="log", domain=list(domain), nice=False)
    x = alt.X(
        "layer:Q",
        axis=layer_axis(translate(say("layer")), len(quantiles) or 1),
        scale=alt.Scale(nice=False, zero=False),
    )
    y = alt.Y("low:Q", scale=scale, axis=log_axis(size, domain))
    names = [translate(say("two thirds of all networks")), translate(say("single networks"))]
    colour = alt.Color(
        "series:N",
        scale=alt.Scale(domain=names, range=[SKY, ORANGE]),
        legend=legend(),
    )
    area = alt.Chart(quantiles.assign(series=names[0])).mark_area(opacity=0.55)
    lines = alt.Chart(some.assign(series=names[1])).mark_line(strokeWidth=1)
    scalars = picture.outcome.scalars
    finding = say(
        "Typical networks end a factor of {factor} off the middle",
        factor=number(scalars.get("factor", math.nan), 2),
    )
    detail = say(
        "{count} networks, {network}",
        count=whole(scalars.get("networks", 0)),
        network=network_words(picture),
    )
    middle = scalars.get("middle", 1.0)
    layers = [
        area.encode(x=x, y=y, y2=alt.Y2("high:Q"), color=colour),
        lines.encode(
            x=x, y=alt.Y("rms:Q", scale=scale), detail=alt.Detail("network:N"), color=colour
        ),
        # an answer is a factor: above the middle of the last layer, and below it
        *rules(picture, domain, channel="y", log=True, places=lambda f: (middle * f, middle / f)),
    ]
    return layered(layers, heading(picture, finding, detail))


_QUANTILES = ["layer", "low", "middle", "high"]

_NETWORKS = ["network", "layer", "rms"]
