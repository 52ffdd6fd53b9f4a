"""A chart of gradients on their way back under four activations."""

from __future__ import annotations

import math

import altair as alt
import numpy as np

from engine.charts.kit.layers import lines_by_layer
from engine.charts.kit.marks import words
from engine.charts.kit.networks import ACTIVATION_NAMES
from engine.charts.kit.numbers import number
from engine.charts.kit.options import ranked
from engine.charts.kit.picture import Picture
from engine.charts.kit.series import Floats
from engine.charts.kit.shows import shows
from engine.i18n import Message, say
from engine.simulations.kit.network import ACTIVATIONS


@shows("gradient_activations")
def activations_backward(picture: Picture) -> alt.LayerChart:
    """The gradient at each layer under four activations with the same weights."""
    translate = words(picture)
    table = picture.outcome.tables.get("layers", {})
    series: list[tuple[Message | str, Floats]] = [
        (translate(said) + ranked(picture, name), np.asarray(table.get(name, ()), np.float64))
        for name, said in ACTIVATION_NAMES.items()
        if name in ACTIVATIONS
    ]
    scalars = picture.outcome.scalars
    finding = say(
        "First layer ÷ last: sigmoid {sigmoid}, ReLU {relu}",
        sigmoid=number(scalars.get("sigmoid", math.nan), 2),
        relu=number(scalars.get("relu", math.nan), 2),
    )
    detail = say(
        "Weights: σ√n = {sigma}, {width} units a layer",
        sigma=number(scalars.get("sigma_w", math.nan)),
        width=picture.settings.get("width", "?"),
    )
    return lines_by_layer(picture, series, say("norm of ∂L/∂z, last layer = 1"), finding, detail)
