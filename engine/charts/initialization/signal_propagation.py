"""Charts of a deep network, layer by layer, on log axes; a size of 0 is a gap in the line."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from typing import Any

import altair as alt
import numpy as np
import pandas as pd

from engine.charts.initialization.weight_initialization import SCHEME_NAMES
from engine.charts.kit import theme
from engine.charts.kit.axes import layer_axis, layered, legend, log_axis
from engine.charts.kit.marks import Channel, band, figure, heading, reach, rules, words
from engine.charts.kit.picture import Picture
from engine.i18n import Message, say, say_count
from engine.simulations.initialization.weight_initialization import SCHEMES
from engine.simulations.kit.mean_field import predict

Series = list[tuple[Message | str, "np.ndarray[tuple[int], np.dtype[np.float64]]"]]

ACTIVATION_NAMES: Mapping[str, Message] = {
    "linear": say("linear"),
    "tanh": say("tanh"),
    "sigmoid": say("sigmoid"),
    "relu": say("ReLU"),
    "leaky_relu": say("leaky ReLU"),
}
COMPARED = {
    "he_normal": say("He (predicted)"),
    "xavier_normal": say("Xavier (predicted)"),
    "pytorch_linear": say("PyTorch default (predicted)"),
}
DASHES = ([1, 0], [6, 3], [2, 2], [8, 2, 2, 2])


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


def signal_schemes(picture: Picture, told: Message | None = None) -> alt.LayerChart:
    """The rms after each layer of this network, beside what other initializations would give.

    told: one more line under the title.
    """
    series = [(say("this network"), _column(picture, "rms")), *_alternatives(picture)]
    details = (network_words(picture), told) if told else ()
    size = say("rms of activations")
    return lines_by_layer(picture, series, size, _forward_finding(picture), *details)


def signal_collapse(picture: Picture) -> alt.LayerChart:
    """Spread over everything beside spread across the batch: the second sees a collapse."""
    series = [
        (say("over all units and samples"), _column(picture, "std")),
        (say("across the batch"), _column(picture, "across_sd")),
    ]
    value = picture.outcome.scalars.get("final_across_sd", math.nan)
    finding = say("At the end, inputs differ by {value}", value=figure(value))
    return lines_by_layer(picture, series, say("standard deviation"), finding)


def gradient_backward(picture: Picture) -> alt.LayerChart:
    """The norm of dL/dz at each layer: read it from right to left."""
    series = [
        (say("this network"), _column(picture, "delta_norm")),
        (say("predicted for wide layers"), _column(picture, "predicted_delta_norm")),
    ]
    return lines_by_layer(
        picture, series, say("norm of the gradient ∂L/∂z"), _backward_finding(picture)
    )


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
        signal=figure(scalars.get("final_rms", math.nan)),
        gradient=figure(scalars.get("delta_rms_ratio", math.nan)),
    )
    return lines_by_layer(picture, series, say("rms a unit, relative to its start"), finding)


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
        gradient=figure(scalars.get("delta_ratio", math.nan)),
        weights=figure(scalars.get("weight_gradient_ratio", math.nan)),
    )
    return lines_by_layer(picture, series, say("size, last layer = 1"), finding)


def _forward_finding(picture: Picture) -> Message:
    value = picture.outcome.scalars.get("final_rms", math.nan)
    depth = len(_column(picture, "rms"))
    return say_count(
        "After {count} layer the rms is {value}",
        "After {count} layers the rms is {value}",
        depth,
        value=figure(value),
    )


def _backward_finding(picture: Picture) -> Message:
    value = picture.outcome.scalars.get("delta_ratio", math.nan)
    return say("Gradient at the first layer ÷ at the last: {value}", value=figure(value))


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


def lines_by_layer(
    picture: Picture,
    series: Sequence[tuple[Message | str, np.ndarray[Any, np.dtype[np.float64]]]],
    size: Message,
    finding: Message,
    *details: Message,
    channel: Channel = "y",
) -> alt.LayerChart:
    """One line a series over the layers, on a log axis called `size`.

    series: (its words, one value a layer). details: the smaller titles; without them the network
    is named. channel: answers are level rules, or with "x" upright ones, at a layer.
    """
    words_of = words(picture)

    def translate(text: Message | str) -> str:
        return text if isinstance(text, str) else words_of(text)

    frame = pd.concat(
        [_frame(translate(name), column) for name, column in series], ignore_index=True
    )
    sizes = frame["size"].dropna()
    low, high = (sizes.min(), sizes.max()) if len(sizes) else (0.1, 10.0)
    sized = picture if channel == "y" else replace(picture, marks=())
    domain = reach(sized, low * 0.8, high * 1.25, log=True)
    names = [translate(name) for name, _ in series]
    title = translate(say("{size} (log scale)", size=size))
    y = alt.Y(
        "size:Q",
        scale=alt.Scale(type="log", domain=list(domain), nice=False),
        axis=log_axis(title, domain),
    )
    colours = alt.Scale(domain=names, range=list(theme.SERIES[: len(names)]))
    dashes = alt.Scale(domain=names, range=list(DASHES[: len(names)]))
    depth = max((len(column) for _, column in series), default=1)
    layer = layer_axis(translate(say("layer")), depth)
    # An upright rule has a scale of its own, which must be that of the lines.
    scale = (
        alt.Scale(nice=False)
        if channel == "y"
        else alt.Scale(domain=[1, max(depth, 2)], nice=False, zero=alt.Undefined)
    )
    key = legend("stroke") if len(names) > 1 else None  # one line is named by its axis
    lines = (
        alt.Chart(frame)
        .mark_line(point=alt.OverlayMarkDef(size=18), strokeWidth=2)
        .encode(
            x=alt.X("layer:Q", axis=layer, scale=scale),
            y=y,
            color=alt.Color("series:N", scale=colours, legend=key),
            strokeDash=alt.StrokeDash("series:N", scale=dashes, legend=key),
        )
    )
    along = domain if channel == "y" else (1.0, float(max(depth, 2)))
    log = channel == "y"
    layers = [*band(picture, along, channel=channel, log=log), lines]
    layers += rules(picture, along, channel=channel, log=log)
    return layered(layers, heading(picture, finding, *(details or (network_words(picture),))))


def _frame(name: str, column: np.ndarray[tuple[int], np.dtype[np.float64]]) -> pd.DataFrame:
    rows = pd.DataFrame({"layer": np.arange(1, len(column) + 1), "size": column, "series": name})
    rows["size"] = rows["size"].where(np.isfinite(column) & (column > 0))  # a gap in the line
    return rows


def network_words(picture: Picture) -> Message:
    """Activation, initialization and width."""
    settings = picture.settings
    name = str(settings.get("initialization", "xavier_normal"))
    initialization = SCHEME_NAMES.get(name, name)
    if name == "fixed_normal":
        initialization = say("normal with σ = {std}", std=f"{settings.get('std', 0.01):.3g}")
    activation = str(settings.get("activation", "tanh"))
    return say(
        "{activation}, {initialization}, {widths}",
        activation=ACTIVATION_NAMES.get(activation, activation),
        initialization=initialization,
        widths=_widths(picture),
    )


def _widths(picture: Picture) -> Message:
    """How wide the layers are, the first and the last where that changes."""
    first = int(float(str(picture.settings.get("width", 0))))
    layers = picture.outcome.tables.get("layers", {}).get("width", ())
    last = int(np.asarray(layers)[-1]) if len(layers) else first
    if first == last:
        return say("{width} units wide", width=first or "?")
    return say("{first} to {last} units wide", first=first, last=last)


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
        scale=alt.Scale(domain=names, range=[theme.SERIES[2], theme.SERIES[1]]),
        legend=legend(),
    )
    area = alt.Chart(quantiles.assign(series=names[0])).mark_area(opacity=0.55)
    lines = alt.Chart(some.assign(series=names[1])).mark_line(strokeWidth=1)
    scalars = picture.outcome.scalars
    finding = say(
        "Typical networks end a factor of {factor} off the middle",
        factor=figure(scalars.get("factor", math.nan)),
    )
    detail = say(
        "{count} networks, {network}",
        count=f"{scalars.get('networks', 0):.0f}",
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

CHARTS: Mapping[str, Callable[[Picture], alt.LayerChart]] = {
    "signal_forward": signal_forward,
    "signal_schemes": signal_schemes,
    "signal_collapse": signal_collapse,
    "signal_and_gradient": signal_and_gradient,
    "gradient_backward": gradient_backward,
    "gradient_detectors": gradient_detectors,
    "spread_band": spread_band,
}

#: simulation -> the charts that show it from its settings alone, the best first
LAB: Mapping[str, tuple[str, ...]] = {
    "signal_propagation": (
        "signal_schemes",
        "gradient_backward",
        "signal_and_gradient",
        "signal_collapse",
        "gradient_detectors",
        "signal_forward",
    ),
    "signal_spread": ("spread_band",),
}
