"""A chart of the gradient in a deep network under three kinds of normalization."""

from __future__ import annotations

import altair as alt
import numpy as np

from engine.charts.kit.axes import layer_axis, layered, log_axis
from engine.charts.kit.marks import band, heading, reach, rules, words
from engine.charts.kit.networks import ACTIVATION_NAMES
from engine.charts.kit.numbers import number
from engine.charts.kit.options import ranked
from engine.charts.kit.picture import Picture
from engine.charts.kit.scales import fixed
from engine.charts.kit.series import Style, lines, span
from engine.charts.kit.shows import shows
from engine.charts.kit.theme import BLUE, ORANGE, SKY
from engine.i18n import say


@shows("normalization_depth")
def depth_and_norm(picture: Picture) -> alt.LayerChart:
    """The gradient by layer, over the last layer's, without normalization, with BN, with LN.

    Marked numbers are ratios; places in an order stand beside the names.
    """
    translate = words(picture)
    table, scalars = picture.outcome.tables["layers"], picture.outcome.scalars
    said = {
        "none": (say("plain"), Style(ORANGE, (6, 3))),
        "bn": (say("batch norm"), Style(BLUE)),
        "ln": (say("layer norm"), Style(SKY, (8, 2, 2, 2))),
    }
    named = {
        f"delta_{option}": (translate(text) + ranked(picture, option), style)
        for option, (text, style) in said.items()
    }
    columns = [np.asarray(table[name], dtype=np.float64) for name in named]
    shown = {
        "layer": table["layer"],
        **{n: np.where(c > 0, c, np.nan) for n, c in zip(named, columns, strict=True)},
    }
    low, high = span(*(shown[name] for name in named))
    low = low if low > 0 else 0.1
    domain = reach(picture, low / 1.5, max(high, low) * 1.5, log=True)
    depth = len(table["layer"])
    x = alt.X(
        "at:Q",
        scale=alt.Scale(nice=False),
        axis=layer_axis(translate(say("layer")), max(depth, 1)),
    )
    title = translate(say("gradient ÷ that of the last layer (log scale)"))
    y = alt.Y("value:Q", scale=fixed(domain, log=True), axis=log_axis(title, domain))
    finding = say(
        "At layer 1: plain {none}, batch norm {bn}, layer norm {ln}",
        **{name: number(scalars[f"ratio_{name}"], 2) for name in ("none", "bn", "ln")},
    )
    activation = str(picture.settings["activation"])
    detail = say(
        "{activation}, {depth} layers of {width} units, before any training",
        activation=ACTIVATION_NAMES.get(activation, activation),
        depth=depth,
        width=picture.settings["width"],
    )
    layers = [
        *band(picture, domain, channel="y", log=True),
        *lines(picture, shown, x, y, named, key="layer"),
        *rules(picture, domain, channel="y", log=True),
    ]
    return layered(layers, heading(picture, finding, detail))
