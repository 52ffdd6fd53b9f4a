"""A chart of a signal that grows beyond what a format of numbers holds."""

from __future__ import annotations

import math

import altair as alt
import numpy as np

from engine.charts.kit.axes import layered, log_axis, step_axis
from engine.charts.kit.marks import band, heading, reach, rules, words
from engine.charts.kit.numbers import number
from engine.charts.kit.picture import Picture
from engine.charts.kit.series import Style, lines
from engine.charts.kit.shows import shows
from engine.charts.kit.theme import BLUE, GREY, ORANGE, SKY
from engine.i18n import say


@shows("float_overflow")
def overflow_layers(picture: Picture) -> alt.LayerChart:
    """The signal by layer and the largest number of the format; answers are layers."""
    translate = words(picture)
    table, scalars = picture.outcome.tables.get("layers", {}), picture.outcome.scalars
    limit = 10.0 ** scalars.get("log10_limit", 38.53)
    depth = float(len(table.get("layer", ())) or 1)
    reached = max(scalars.get("predicted_layer", -1.0), scalars.get("rms_layer", -1.0))
    x_domain = reach(
        picture, 0.5, min(depth, 1.25 * reached + 1) if reached > 0 else depth, slack=1
    )
    at = np.asarray(table.get("layer", ()), np.float64)
    shown = at <= x_domain[1]
    columns = {
        name: np.asarray(table.get(name, ()), np.float64)[shown]
        for name in ("rms", "predicted", "largest")
    }
    every = np.concatenate([*columns.values(), [1.0, limit]])
    every = every[every > 0]
    y_domain = (float(every.min()) / 3, float(every.max()) * 3)
    named = {
        "rms": (translate(say("rms of activations")), Style(BLUE, width=3)),
        "predicted": (translate(say("predicted for wide layers")), Style(SKY, (3, 3))),
        "largest": (translate(say("largest entry")), Style(GREY, (8, 3, 2, 3))),
        "limit": (
            translate(
                say("largest {format}: {limit}", format=_format(picture), limit=number(limit, 2))
            ),
            Style(ORANGE, (10, 3)),
        ),
    }
    rows = {name: np.where(column > 0, column, np.nan) for name, column in columns.items()}
    rows |= {"at": at[shown], "limit": np.full(int(shown.sum()), limit)}
    x = alt.X(
        "at:Q",
        scale=alt.Scale(domain=list(x_domain), nice=False),
        axis=step_axis(translate(say("layer")), *x_domain),
    )
    title = translate(say("{size} (log scale)", size=say("size")))
    y = alt.Y(
        "value:Q",
        scale=alt.Scale(type="log", domain=list(y_domain), nice=False),
        axis=log_axis(title, y_domain),
    )
    found = scalars.get("rms_layer", -1.0)
    finding = (
        say(
            "The rms is too large for {format} in layer {layer}",
            format=_format(picture),
            layer=int(found),
        )
        if found > 0
        else say("{format} holds the signal in every layer", format=_format(picture))
    )
    detail = say(
        "ReLU, each layer × {factor}, {width} units wide",
        factor=number(scalars.get("factor", math.nan)),
        width=picture.settings.get("width", "?"),
    )
    parts = [
        *band(picture, x_domain),
        *lines(picture, rows, x, y, named, key="at"),
        *rules(picture, x_domain),
    ]
    return layered(parts, heading(picture, finding, detail))


def _format(picture: Picture) -> str:
    return str(picture.settings.get("format", "float32"))
