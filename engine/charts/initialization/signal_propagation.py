"""Charts of a deep network, layer by layer, on log axes; a size of 0 is a gap in the line."""

from __future__ import annotations

import math

import altair as alt
import numpy as np

from engine.charts.kit.axes import layered, plain_axis
from engine.charts.kit.layers import lines_by_layer
from engine.charts.kit.marks import Channel, heading, moved, words
from engine.charts.kit.networks import network_words
from engine.charts.kit.numbers import number
from engine.charts.kit.options import chosen
from engine.charts.kit.picture import Picture
from engine.charts.kit.scales import fixed
from engine.charts.kit.series import Floats, Style, lines, setting, span
from engine.charts.kit.shows import shows
from engine.charts.kit.theme import BLUE, ORANGE
from engine.i18n import Message, say, say_count
from engine.simulations.initialization.weight_initialization import SCHEMES
from engine.simulations.kit.mean_field import predict


@shows("signal_propagation")
def gradient_saturated(picture: Picture) -> alt.LayerChart:
    """The gradient at each layer, and in the title how many units are saturated all the same."""
    table, scalars = picture.outcome.tables.get("layers", {}), picture.outcome.scalars
    columns = {
        "delta_norm": say("this network"),
        "predicted_delta_norm": say("predicted for wide layers"),
    }
    series: list[tuple[Message | str, Floats]] = [
        (said, np.asarray(table.get(name, ()), np.float64)) for name, said in columns.items()
    ]
    finding = say(
        "{share}% of the units are saturated; gradient, first ÷ last: {value}",
        share=number(100 * scalars.get("saturated_share", 0.0)),
        value=number(scalars.get("delta_ratio", math.nan), 2),
    )
    return lines_by_layer(picture, series, say("norm of the gradient ∂L/∂z"), finding)


Series = list[tuple[Message | str, "np.ndarray[tuple[int], np.dtype[np.float64]]"]]

COMPARED = {
    "he_normal": say("He (predicted)"),
    "xavier_normal": say("Xavier (predicted)"),
    "pytorch_linear": say("PyTorch default (predicted)"),
}


@shows("signal_propagation")
def signal_schemes(picture: Picture, note: Message | None = None) -> alt.LayerChart:
    """The rms after each layer of this network, beside what other initializations would give.

    note: one more line under the title.
    """
    series = [(say("this network"), _column(picture, "rms")), *_alternatives(picture)]
    details = (network_words(picture), note) if note else ()
    size = say("rms of activations")
    return lines_by_layer(picture, series, size, _forward_finding(picture), *details)


@shows("signal_propagation")
def gradient_backward(picture: Picture) -> alt.LayerChart:
    """The norm of dL/dz at each layer: read it from right to left."""
    series = [
        (say("this network"), _column(picture, "delta_norm")),
        (say("predicted for wide layers"), _column(picture, "predicted_delta_norm")),
    ]
    return lines_by_layer(
        picture, series, say("norm of the gradient ∂L/∂z"), _backward_finding(picture)
    )


@shows("signal_propagation")
def signal_and_gradient(picture: Picture) -> alt.LayerChart:
    """Both directions in one plot: each relative to where it starts."""
    rms, delta = _column(picture, "rms"), _column(picture, "delta_rms")
    start = delta[-1] if len(delta) and delta[-1] > 0 else 1.0
    series = [
        (say("signal, going forward →"), rms),
        (say("gradient, going backward ←"), delta / start),
    ]
    scalars = picture.outcome.scalars
    finding = say(
        "Forward {signal} times, backward {gradient} times",
        signal=number(scalars.get("final_rms", math.nan), 2),
        gradient=number(scalars.get("delta_rms_ratio", math.nan), 2),
    )
    return lines_by_layer(picture, series, say("rms a unit, relative to its start"), finding)


@shows("signal_propagation")
def signal_collapse(picture: Picture) -> alt.LayerChart:
    """Spread over everything beside spread across the batch: the second sees a collapse."""
    series = [
        (say("over all units and samples"), _column(picture, "std")),
        (say("across the batch"), _column(picture, "across_sd")),
    ]
    value = picture.outcome.scalars.get("final_across_sd", math.nan)
    finding = say("At the end, inputs differ by {value}", value=number(value, 2))
    return lines_by_layer(picture, series, say("standard deviation"), finding)


@shows("signal_propagation")
def gradient_detectors(picture: Picture) -> alt.LayerChart:
    """Three sizes a layer, each relative to the last: who sees a gradient vanish, and who does not.

    The gradient dL/dz sees it. The weight gradient dL/dW is that times the signal of the layer
    before, and where the signal falls as the gradient does, it stays level.
    """
    series: Series = []
    for name, column in (
        (say("gradient ∂L/∂z"), "delta_norm"),
        (say("weight gradient ∂L/∂W"), "weight_gradient_norm"),
        (say("rms of activations"), "rms"),
    ):
        sizes = _column(picture, column)
        last = sizes[-1] if len(sizes) and sizes[-1] > 0 else 1.0
        with np.errstate(over="ignore"):
            series.append((name, sizes / last))
    scalars = picture.outcome.scalars
    finding = say(
        "First layer ÷ last: gradient {gradient}, weight gradient {weights}",
        gradient=number(scalars.get("delta_ratio", math.nan), 2),
        weights=number(scalars.get("weight_gradient_ratio", math.nan), 2),
    )
    return lines_by_layer(picture, series, say("size, last layer = 1"), finding)


@shows("signal_propagation")
def signal_forward(picture: Picture, channel: Channel = "y") -> alt.LayerChart:
    """The rms of the activations after each layer, measured and predicted for wide layers.

    channel: "x" where answers are layers, "y" where they are sizes.
    """
    series = [
        (say("this network"), _column(picture, "rms")),
        (say("predicted for wide layers"), _column(picture, "predicted_rms")),
    ]
    size = say("rms of activations")
    return lines_by_layer(picture, series, size, _forward_finding(picture), channel=channel)


def _forward_finding(picture: Picture) -> Message:
    value = picture.outcome.scalars.get("final_rms", math.nan)
    depth = len(_column(picture, "rms"))
    return say_count(
        "After {count} layer the rms is {value}",
        "After {count} layers the rms is {value}",
        depth,
        value=number(value, 2),
    )


def _backward_finding(picture: Picture) -> Message:
    value = picture.outcome.scalars.get("delta_ratio", math.nan)
    return say("Gradient at the first layer ÷ at the last: {value}", value=number(value, 2))


def _alternatives(picture: Picture) -> Series:
    table = picture.outcome.tables.get("layers", {})
    widths = [int(n) for n in table.get("width", ())]
    if not widths:
        return []
    activation = str(picture.settings.get("activation", "relu"))
    slope = float(str(picture.settings.get("slope", 0.01)))
    first = picture.settings.get("width", widths[0])
    ends = [int(first) if isinstance(first, (int, float)) else widths[0], *widths]
    series: Series = []
    for name, said in COMPARED.items():
        pairs = zip(ends[:-1], widths, strict=True)
        sigmas = [SCHEMES[name].sigma(n_in, n_out) for n_in, n_out in pairs]
        series.append((said, predict(activation, ends, sigmas, slope)[0]))
    return series


def _column(picture: Picture, name: str) -> np.ndarray[tuple[int], np.dtype[np.float64]]:
    column = picture.outcome.tables.get("layers", {}).get(name, ())
    return np.asarray(column, dtype=np.float64)


@shows("signal_propagation", in_lab=False)
def signal_deviations(picture: Picture) -> alt.LayerChart:
    """The rms after each ReLU layer; answers are deviations of the weights, as above."""
    half, depth = setting(picture, "width") / 2, setting(picture, "depth")
    led = moved(picture, lambda sigma: (sigma**2 * half) ** (depth / 2))
    note = say("A line of σ: where the last layer would end with it") if led.marks else None
    return signal_schemes(led, note)


def _bell(
    z: np.ndarray[tuple[int], np.dtype[np.float64]],
) -> np.ndarray[tuple[int], np.dtype[np.float64]]:
    heights: np.ndarray[tuple[int], np.dtype[np.float64]] = np.exp(-(z**2) / 2)
    return heights / math.sqrt(2 * math.pi)


@shows("signal_propagation", in_lab=False)
def signal_layers(picture: Picture) -> alt.LayerChart:
    """The rms after each layer; answers are layers."""
    return signal_forward(picture, "x")


@shows("signal_propagation", in_lab=False)
def shift_inputs(picture: Picture) -> alt.LayerChart:
    """How the inputs of training and test are distributed, whatever a network's layers do.

    `moved`, a number of the question, is the mean of the test inputs; all deviations are 1.
    """
    translate = words(picture)
    place = float(str(picture.numbers.get("moved", 0.0)))
    at = np.linspace(min(0.0, place) - 3.5, max(0.0, place) + 3.5, 141)
    table = {"x": at, "train": _bell(at), "test": _bell(at - place)}
    x = alt.X("at:Q", scale=fixed(span(at)), axis=plain_axis(translate(say("input x (no unit)"))))
    y = alt.Y(
        "value:Q", scale=fixed((0.0, 0.45)), axis=plain_axis(translate(say("density (per unit)")))
    )
    named = {
        "test": (translate(say("test inputs")), Style(ORANGE, width=6)),
        "train": (translate(say("training inputs")), Style(BLUE, (8, 3, 2, 3))),  # on top
    }
    finding = (
        say("The inputs moved, the rule stayed: covariate shift")
        if place
        else say("Neither the inputs nor the rule moved: no shift")
    )
    last = number(picture.outcome.scalars.get("final_rms", np.nan), 2)
    detail = say("From layer to layer the rms falls to {rms}, with a shift or without", rms=last)
    return layered(
        [*lines(picture, table, x, y, named), *chosen(picture)], heading(picture, finding, detail)
    )
