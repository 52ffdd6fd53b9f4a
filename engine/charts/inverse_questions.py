"""Charts of questions that ask the other way round: not for the size that is drawn, but for the
weight, the deviation, the layer or the count that leads to it.

They are those of the size itself; only the answers stand elsewhere. So the lab has no use for them.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping

import altair as alt

from engine.charts.gradients.gradient_chain import chain_sizes
from engine.charts.gradients.leaky_relu import leaky_path
from engine.charts.initialization.signal_propagation import signal_forward, signal_schemes
from engine.charts.kit.marks import moved
from engine.charts.kit.picture import Picture
from engine.charts.kit.series import setting
from engine.i18n import say


def chain_weights(picture: Picture) -> alt.LayerChart:
    """The gradient at each layer of a chain; answers are weights, drawn where they would lead."""
    slope, steps = setting(picture, "slope"), setting(picture, "depth") - 1
    led = moved(picture, lambda weight: (slope * abs(weight)) ** steps)
    told = say("A weight's line: where the first layer would end with it") if led.marks else None
    return chain_sizes(led, told)


def signal_deviations(picture: Picture) -> alt.LayerChart:
    """The rms after each ReLU layer; answers are deviations of the weights, as above."""
    half, depth = setting(picture, "width") / 2, setting(picture, "depth")
    led = moved(picture, lambda sigma: (sigma**2 * half) ** (depth / 2))
    told = say("A line of σ: where the last layer would end with it") if led.marks else None
    return signal_schemes(led, told)


def signal_layers(picture: Picture) -> alt.LayerChart:
    """The rms after each layer; answers are layers."""
    return signal_forward(picture, "x")


def leaky_count(picture: Picture) -> alt.LayerChart:
    """The gradient that is left after each negative unit; answers are numbers of units."""
    return leaky_path(picture, "x")


CHARTS: Mapping[str, Callable[[Picture], alt.LayerChart]] = {
    "chain_weights": chain_weights,
    "signal_deviations": signal_deviations,
    "signal_layers": signal_layers,
    "leaky_count": leaky_count,
}
LAB: Mapping[str, tuple[str, ...]] = {}
