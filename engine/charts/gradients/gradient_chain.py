"""Charts of a gradient on its way back through a chain of equal factors."""

from __future__ import annotations

import math

import altair as alt
import numpy as np

from engine.charts.kit.axes import layered, log_axis, step_axis
from engine.charts.kit.layers import lines_by_layer
from engine.charts.kit.marks import band, heading, moved, reach, rules, words
from engine.charts.kit.numbers import chosen_number, number
from engine.charts.kit.picture import Picture
from engine.charts.kit.series import Floats, Style, lines, setting
from engine.charts.kit.shows import shows
from engine.charts.kit.theme import BLUE, GREY, ORANGE
from engine.i18n import Message, say


@shows("gradient_chain")
def chain_sizes(picture: Picture, note: Message | None = None) -> alt.LayerChart:
    """The gradient at each layer of a chain of equal factors; answers are sizes.

    note: one more line under the title.
    """
    first = picture.outcome.scalars.get("first", math.nan)
    finding = (
        say("At the first layer the gradient is {value} times as large", value=number(first, 2))
        if first > 1
        else say("At the first layer {value} of the gradient is left", value=number(first, 2))
    )
    size = say("gradient, last layer = 1")
    details = (_steps(picture), note) if note else (_steps(picture),)
    return lines_by_layer(picture, [(size, _of(picture, "plain"))], size, finding, *details)


@shows("gradient_chain")
def chain_skips(picture: Picture) -> alt.LayerChart:
    """The gradient at each layer of a chain, without and with skip connections."""
    scalars = picture.outcome.scalars
    finding = say(
        "At the first layer: {plain} without skips, {skip} with them",
        plain=number(scalars.get("first", math.nan), 2),
        skip=number(scalars.get("skip_first", math.nan), 2),
    )
    factor = scalars.get("factor", math.nan)
    series: list[tuple[Message | str, Floats]] = [
        (say("no skip connection: × {factor}", factor=number(factor)), _of(picture, "plain")),
        (say("skip connections: × {factor}", factor=number(1 + factor)), _of(picture, "skip")),
    ]
    return lines_by_layer(
        picture, series, say("gradient, last layer = 1"), finding, _steps(picture)
    )


@shows("gradient_chain")
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
        "limit": (
            translate(say("too small: {limit}", limit=chosen_number(limit))),
            Style(GREY, (3, 3)),
        ),
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
        say("Too small after {steps} steps", steps=number(needed, 4))
        if needed > 0
        else say("It never becomes too small")
    )
    parts = [
        *band(picture, x_domain),
        *lines(picture, table, x, y, named, key="at"),
        *rules(picture, x_domain),
    ]
    factor = number(picture.outcome.scalars.get("factor", math.nan))
    detail = say("Every step back multiplies it by {factor}", factor=factor)
    return layered(parts, heading(picture, finding, detail))


def _of(picture: Picture, column: str) -> Floats:
    return np.asarray(picture.outcome.tables.get("chain", {}).get(column, ()), dtype=np.float64)


def _steps(picture: Picture) -> Message:
    return say(
        "Every step back multiplies it by {factor}; {layers} layers",
        factor=number(picture.outcome.scalars.get("factor", math.nan)),
        layers=picture.settings.get("depth", "?"),
    )


@shows("gradient_chain", in_lab=False)
def chain_weights(picture: Picture) -> alt.LayerChart:
    """The gradient at each layer of a chain; answers are weights, drawn where they would lead."""
    slope, steps = setting(picture, "slope"), setting(picture, "depth") - 1
    led = moved(picture, lambda weight: (slope * abs(weight)) ** steps)
    note = say("A weight's line: where the first layer would end with it") if led.marks else None
    return chain_sizes(led, note)
