"""Charts of gradients on their way back: a chain of equal factors, and four activations."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping

import altair as alt
import numpy as np
from numpy.typing import NDArray

from engine.charts.initialization.signal_propagation import ACTIVATION_NAMES, lines_by_layer
from engine.charts.kit import theme
from engine.charts.kit.axes import layered, log_axis
from engine.charts.kit.marks import band, figure, heading, reach, rules, words
from engine.charts.kit.picture import Picture
from engine.charts.kit.series import Style, lines, ranked, setting, step_axis
from engine.i18n import Message, say
from engine.simulations.kit.network import ACTIVATIONS

BLUE, ORANGE, SKY, GREY, _ = theme.SERIES
Floats = NDArray[np.float64]


def chain_sizes(picture: Picture, told: Message | None = None) -> alt.LayerChart:
    """The gradient at each layer of a chain of equal factors; answers are sizes.

    told: one more line under the title.
    """
    first = picture.outcome.scalars.get("first", math.nan)
    finding = (
        say("At the first layer the gradient is {value} times as large", value=figure(first))
        if first > 1
        else say("At the first layer {value} of the gradient is left", value=figure(first))
    )
    size = say("gradient, last layer = 1")
    details = (_steps(picture), told) if told else (_steps(picture),)
    return lines_by_layer(picture, [(size, _of(picture, "plain"))], size, finding, *details)


def chain_skips(picture: Picture) -> alt.LayerChart:
    """The gradient at each layer of a chain, without and with skip connections."""
    scalars = picture.outcome.scalars
    finding = say(
        "At the first layer: {plain} without skips, {skip} with them",
        plain=figure(scalars.get("first", math.nan)),
        skip=figure(scalars.get("skip_first", math.nan)),
    )
    factor = scalars.get("factor", math.nan)
    series: list[tuple[Message | str, Floats]] = [
        (say("no skip connection: × {factor}", factor=figure(factor, 3)), _of(picture, "plain")),
        (say("skip connections: × {factor}", factor=figure(1 + factor, 3)), _of(picture, "skip")),
    ]
    return lines_by_layer(
        picture, series, say("gradient, last layer = 1"), finding, _steps(picture)
    )


def chain_steps(picture: Picture) -> alt.LayerChart:
    """The gradient by steps back, and the size that is too small; answers are steps."""
    translate = words(picture)
    limit, scalars = setting(picture, "limit"), picture.outcome.scalars
    back, plain = _of(picture, "back"), _of(picture, "plain")
    linear = _of(picture, "linear")
    needed = scalars.get("steps_below", -1.0)
    last = max(float(back.max()) if len(back) else 1.0, 1.0)
    x_domain = reach(picture, 0.0, min(last, 1.5 * needed) if needed > 0 else last, slack=1.0)
    shown = (back <= x_domain[1]) & (plain > 0)
    low = min(limit, float(plain[shown].min()) if shown.any() else limit)
    y_domain = (low / 3, max(3.0, float(plain[shown].max()) * 3 if shown.any() else 3.0))
    table = {
        "at": back[shown],
        "plain": plain[shown],
        "linear": np.where(linear[shown] > y_domain[0], linear[shown], np.nan),
        "limit": np.full(int(shown.sum()), limit),
    }
    named = {
        "plain": (translate(say("multiplied at every step")), Style(BLUE, width=3)),
        "linear": (translate(say("if it were subtracted at every step")), Style(ORANGE, (10, 3))),
        "limit": (translate(say("too small: {limit}", limit=figure(limit))), Style(GREY, (3, 3))),
    }
    x = alt.X(
        "at:Q",
        scale=alt.Scale(domain=list(x_domain), nice=False),
        axis=step_axis(translate(say("steps back from the last layer")), *x_domain),
    )
    title = translate(say("{size} (log scale)", size=say("gradient, last layer = 1")))
    y = alt.Y(
        "value:Q",
        scale=alt.Scale(type="log", domain=list(y_domain), nice=False),
        axis=log_axis(title, y_domain),
    )
    finding = (
        say("Too small after {steps} steps", steps=figure(needed, 4))
        if needed > 0
        else say("It never becomes too small")
    )
    parts = [
        *band(picture, x_domain),
        lines(table, x, y, named, key="at"),
        *rules(picture, x_domain),
    ]
    factor = figure(picture.outcome.scalars.get("factor", math.nan), 3)
    detail = say("Every step back multiplies it by {factor}", factor=factor)
    return layered(parts, heading(picture, finding, detail))


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
        sigmoid=figure(scalars.get("sigmoid", math.nan)),
        relu=figure(scalars.get("relu", math.nan)),
    )
    detail = say(
        "Weights: σ√n = {sigma}, {width} units a layer",
        sigma=figure(scalars.get("sigma_w", math.nan), 3),
        width=picture.settings.get("width", "?"),
    )
    return lines_by_layer(picture, series, say("norm of ∂L/∂z, last layer = 1"), finding, detail)


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
        share=figure(100 * scalars.get("saturated_share", 0.0), 3),
        value=figure(scalars.get("delta_ratio", math.nan)),
    )
    return lines_by_layer(picture, series, say("norm of the gradient ∂L/∂z"), finding)


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
                say("largest {format}: {limit}", format=_format(picture), limit=figure(limit))
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
        factor=figure(scalars.get("factor", math.nan), 3),
        width=picture.settings.get("width", "?"),
    )
    parts = [
        *band(picture, x_domain),
        lines(rows, x, y, named, key="at"),
        *rules(picture, x_domain),
    ]
    return layered(parts, heading(picture, finding, detail))


def _format(picture: Picture) -> str:
    return str(picture.settings.get("format", "float32"))


def _of(picture: Picture, column: str) -> Floats:
    return np.asarray(picture.outcome.tables.get("chain", {}).get(column, ()), dtype=np.float64)


def _steps(picture: Picture) -> Message:
    return say(
        "Every step back multiplies it by {factor}; {layers} layers",
        factor=figure(picture.outcome.scalars.get("factor", math.nan), 3),
        layers=picture.settings.get("depth", "?"),
    )


CHARTS: Mapping[str, Callable[[Picture], alt.LayerChart]] = {
    "chain_sizes": chain_sizes,
    "chain_skips": chain_skips,
    "chain_steps": chain_steps,
    "activations_backward": activations_backward,
    "gradient_saturated": gradient_saturated,
    "overflow_layers": overflow_layers,
}
#: simulation -> the charts that show it, the best first
LAB: Mapping[str, tuple[str, ...]] = {
    "gradient_chain": ("chain_sizes", "chain_skips", "chain_steps"),
    "gradient_activations": ("activations_backward",),
    "signal_propagation": ("gradient_saturated",),
    "float_overflow": ("overflow_layers",),
}
