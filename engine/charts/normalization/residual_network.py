"""Charts of skip connections: signals, gradients, shattered gradients, slices of the loss."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping

import altair as alt
import numpy as np
import pandas as pd
from numpy.typing import NDArray

from engine.charts.initialization.signal_propagation import lines_by_layer
from engine.charts.kit import theme
from engine.charts.kit.axes import layered, log_axis
from engine.charts.kit.marks import (
    band,
    caption,
    figure,
    heading,
    legend,
    numbers,
    reach,
    rules,
    words,
)
from engine.charts.kit.picture import Picture
from engine.charts.kit.series import Style, chosen, lines, plain_axis, ranked, setting, span
from engine.charts.kit.series import figure as printed
from engine.i18n import Message, say, say_count

BLUE, ORANGE, SKY, GREY, _ = theme.SERIES
Floats = NDArray[np.float64]

#: column of the run, option of an order question -> its words
VARIANTS: Mapping[str, Message] = {
    "plain": say("no skip"),
    "skip": say("skip"),
    "scaled": say("skip, ÷ √L"),
    "bn": say("skip, BN"),
}


def residual_signal(picture: Picture) -> alt.LayerChart:
    """The standard deviation after each block in four networks; answers are deviations."""
    scalars = picture.outcome.scalars
    finding = say(
        "At the end: {plain} without skips, {skip} with them",
        plain=figure(scalars.get("plain_std", math.nan)),
        skip=figure(scalars.get("skip_std", math.nan)),
    )
    size = say("standard deviation of the signal")
    return lines_by_layer(picture, _variants(picture, "std"), size, finding, _made(picture))


def residual_gradient(picture: Picture) -> alt.LayerChart:
    """The gradient at each block in four networks, 1 at the last."""
    scalars = picture.outcome.scalars
    finding = say(
        "Gradient, first block ÷ last: {plain} without skips, {skip} with them",
        plain=figure(scalars.get("plain_gradient", math.nan)),
        skip=figure(scalars.get("skip_gradient", math.nan)),
    )
    size = say("norm of ∂L/∂x, last block = 1")
    return lines_by_layer(picture, _variants(picture, "gradient"), size, finding, _made(picture))


def _variants(picture: Picture, what: str) -> list[tuple[Message | str, Floats]]:
    translate = words(picture)
    table = picture.outcome.tables.get("blocks", {})
    return [
        (
            translate(said) + ranked(picture, name),
            np.asarray(table.get(f"{name}_{what}", ()), dtype=np.float64),
        )
        for name, said in VARIANTS.items()
    ]


def _made(picture: Picture) -> Message:
    return say(
        "Weights {gain} × He, branch × {scale}, {width} units wide",
        gain=figure(setting(picture, "gain"), 3),
        scale=figure(setting(picture, "branch_scale"), 3),
        width=picture.settings.get("width", "?"),
    )


def residual_branch(picture: Picture) -> alt.LayerChart:
    """The deviation at the end by the factor on the branch, and the run; answers are factors."""
    translate = words(picture)
    depth, gain = setting(picture, "depth"), setting(picture, "gain")
    scale, scalars = setting(picture, "branch_scale"), picture.outcome.scalars
    domain = reach(picture, 0.0, max(2 * scale, 0.1), slack=0.5)
    at = np.linspace(max(domain[0], 0.0), domain[1], 81)
    expected = (1 + (at * gain) ** 2) ** (depth / 2)
    measured = scalars.get("skip_std", math.nan)
    y_domain = (0.8, 1.3 * max(float(expected.max()), measured))
    x = alt.X(
        "at:Q",
        scale=alt.Scale(domain=list(domain), nice=False),
        axis=plain_axis(translate(say("factor on the branch (no unit)"))),
    )
    title = translate(
        say(
            "{size} (log scale)",
            size=say("standard deviation after {depth} blocks", depth=int(depth)),
        )
    )
    y = alt.Y(
        "value:Q",
        scale=alt.Scale(type="log", domain=list(y_domain), nice=False),
        axis=log_axis(title, y_domain),
    )
    named = {"value": ("", Style(BLUE, width=3))}
    point = alt.Chart(pd.DataFrame({"at": [scale], "value": [measured]})).mark_point(
        filled=True, size=110, color=ORANGE, opacity=1
    )
    finding = say(
        "With the branch × {scale} the deviation ends at {std}",
        scale=figure(scale, 3),
        std=figure(measured, 3),
    )
    parts = [
        *band(picture, domain),
        lines({"at": at, "value": expected}, x, y, named, key="at"),
        point.encode(x=x, y=y),
        *rules(picture, domain),
    ]
    detail = say("Line: formula, for a branch that ends linear. Point: the network drawn")
    return layered(parts, heading(picture, finding, detail))


def gradient_lines(picture: Picture) -> alt.LayerChart:
    """dy/dx along a line of inputs, without skips below and with them above."""
    translate = words(picture)
    table = picture.outcome.tables.get("line", {})
    columns = {n: np.asarray(table.get(n, ()), np.float64) for n in ("x", "plain", "skip")}
    columns["skip"] = columns["skip"] + 4.0
    columns["plain"] = columns["plain"] - 4.0
    named = {
        "skip": (translate(say("with skip connections")), Style(ORANGE)),
        "plain": (translate(say("without skip connections")), Style(BLUE, (8, 2), width=1.5)),
    }
    x = alt.X("at:Q", scale=alt.Scale(nice=False), axis=plain_axis(translate(say("input x"))))
    low, high = span(columns["plain"], columns["skip"])
    y = alt.Y(
        "value:Q",
        scale=alt.Scale(domain=[min(low, -7.0), max(high, 7.0)], nice=False),
        axis=alt.Axis(
            title=translate(say("dy/dx (own scale, shifted)")), labels=False, ticks=False
        ),
    )
    parts = [lines(columns, x, y, named, key="x"), *chosen(picture)]
    return layered(parts, heading(picture, _alike(picture), _shape(picture)))


def gradient_lags(picture: Picture) -> alt.LayerChart:
    """How alike gradients are by the distance of their inputs."""
    translate = words(picture)
    table = picture.outcome.tables.get("lags", {})
    columns = {n: np.asarray(table.get(n, ()), np.float64) for n in ("lag", "plain", "skip")}
    columns["none"] = np.zeros(len(columns["lag"]))
    named = {
        "skip": (translate(say("with skip connections")), Style(ORANGE)),
        "plain": (translate(say("without skip connections")), Style(BLUE, (8, 2))),
        "none": (translate(say("unrelated")), Style(GREY, (2, 2), width=1.5)),
    }
    x = alt.X(
        "at:Q",
        scale=alt.Scale(nice=False),
        axis=plain_axis(translate(say("distance (points of the line)"))),
    )
    low = span(columns["plain"], columns["skip"])[0]
    y = alt.Y(
        "value:Q",
        scale=alt.Scale(domain=[min(low, -0.3), 1.0], nice=False),
        axis=plain_axis(translate(say("autocorrelation of dy/dx"))),
    )
    parts = [lines(columns, x, y, named, key="lag"), *chosen(picture)]
    return layered(parts, heading(picture, _alike(picture), _shape(picture)))


def _alike(picture: Picture) -> Message:
    scalars = picture.outcome.scalars
    return say(
        "Gradients 5 points apart correlate by {plain} without skips, by {skip} with them",
        plain=printed(scalars.get("plain_lag5", math.nan), ".2f"),
        skip=printed(scalars.get("skip_lag5", math.nan), ".2f"),
    )


def _shape(picture: Picture) -> Message:
    return say_count(
        "ReLU with BN, {count} layer, {width} units wide, branch × {branch}",
        "ReLU with BN, {count} layers, {width} units wide, branch × {branch}",
        int(setting(picture, "depth")),
        width=picture.settings.get("width", "?"),
        branch=figure(setting(picture, "branch"), 3),
    )


def loss_slices(picture: Picture) -> alt.LayerChart:
    """The loss along one direction, before and after the weights were multiplied by k."""
    translate = words(picture)
    table, scalars = picture.outcome.tables.get("slices", {}), picture.outcome.scalars
    names = ("t", "before", "after", "normalized")
    columns = {name: np.asarray(table.get(name, ()), np.float64) for name in names}
    k = figure(setting(picture, "factor"), 3)
    named = {
        "before": (translate(say("around w")), Style(BLUE, width=3)),
        "after": (translate(say("around {k}·w, same direction", k=k)), Style(ORANGE, (10, 3))),
        "normalized": (
            translate(say("around {k}·w, direction × {k}", k=k)),
            Style(SKY, (2, 3), width=4),
        ),
    }
    x = alt.X(
        "at:Q", scale=alt.Scale(nice=False), axis=plain_axis(translate(say("step t along d")))
    )
    high = span(columns["before"], columns["after"])[1]
    y = alt.Y(
        "value:Q",
        scale=alt.Scale(domain=[0.0, 1.05 * high], nice=False),
        axis=plain_axis(translate(say("loss (mean squared error)"))),
    )
    finding = say(
        "Same loss {loss}, but the curvature goes from {before} to {after}",
        loss=figure(scalars.get("loss", math.nan)),
        before=figure(scalars.get("curvature", math.nan), 3),
        after=figure(scalars.get("curvature_scaled", math.nan), 3),
    )
    said = [
        (mark, caption(picture, mark, value, (-math.inf, math.inf)))
        for mark, value in numbers(picture)
    ]
    parts = [lines(columns, x, y, named, key="t"), *legend(said, drawn=False)]
    return layered(parts, heading(picture, finding))


CHARTS: Mapping[str, Callable[[Picture], alt.LayerChart]] = {
    "residual_signal": residual_signal,
    "residual_gradient": residual_gradient,
    "residual_branch": residual_branch,
    "gradient_lines": gradient_lines,
    "gradient_lags": gradient_lags,
    "loss_slices": loss_slices,
}
#: simulation -> the charts that show it, the best first
LAB: Mapping[str, tuple[str, ...]] = {
    "residual_network": ("residual_signal", "residual_gradient", "residual_branch"),
    "gradient_shattering": ("gradient_lines", "gradient_lags"),
    "loss_slice": ("loss_slices",),
}
