"""Charts of a sigmoid's slope: at one point, over many units, and under inputs of any scale."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping

import altair as alt
import numpy as np
import pandas as pd
from numpy.typing import NDArray

from engine.charts.initialization.signal_propagation import ACTIVATION_NAMES
from engine.charts.kit import theme
from engine.charts.kit.axes import layered, log_axis
from engine.charts.kit.marks import Domain, band, figure, heading, legend, reach, rules, words
from engine.charts.kit.picture import Mark, Picture
from engine.charts.kit.series import Style, lines, plain_axis, setting, span
from engine.i18n import Message, say

BLUE, ORANGE, SKY, GREY, _ = theme.SERIES
Floats = NDArray[np.float64]


def slope_curve(picture: Picture) -> alt.LayerChart:
    """The activation and its slope, with a point at z; answers are slopes."""
    translate = words(picture)
    table, scalars = picture.outcome.tables.get("curve", {}), picture.outcome.scalars
    low, high = span(table.get("value", ()), table.get("slope", ()))
    domain = reach(picture, low, high * 1.02, slack=0.3)
    named = {
        "value": (translate(say("value φ(z)")), Style(GREY, (6, 3))),
        "slope": (translate(say("slope φ′(z)")), Style(BLUE, width=3)),
    }
    x = alt.X("at:Q", scale=alt.Scale(nice=False), axis=plain_axis("z"))
    y = _level(translate(say("value or slope")), domain)
    z = setting(picture, "z")
    point = _point([z], [scalars.get("slope", math.nan)], x, y, BLUE)
    finding = say(
        "At z = {z} the slope is {slope}",
        z=figure(z, 3),
        slope=figure(scalars.get("slope", math.nan), 3),
    )
    detail = say("{activation}; the point is on the slope", activation=_activation(picture))
    parts = [
        *band(picture, domain, channel="y"),
        lines(_columns(table, ("z", "value", "slope")), x, y, named, key="z"),
        point,
        *rules(picture, domain, channel="y"),
    ]
    return layered(parts, heading(picture, finding, detail))


def saturated_units(picture: Picture) -> alt.LayerChart:
    """The share of saturated units by the spread of z, and the rms slope; answers are shares."""
    translate = words(picture)
    table, scalars = picture.outcome.tables.get("shares", {}), picture.outcome.scalars
    domain = (0.0, 1.0)
    named = {
        "share": (translate(say("share of saturated units")), Style(BLUE, width=3)),
        "rms_slope": (translate(say("rms of the slopes")), Style(ORANGE, (10, 3))),
    }
    x = _log_x(translate(say("standard deviation of z (log scale)")), table.get("spread", ()))
    y = _level(translate(say("share, or slope")), domain)
    spread = setting(picture, "spread")
    share = scalars.get("saturated_share", math.nan)
    finding = say(
        "{share}% of the units are saturated, rms slope {slope}",
        share=figure(100 * share, 3),
        slope=figure(scalars.get("rms_slope", math.nan)),
    )
    detail = say(
        "{activation}, z ~ N(0, {spread}²), saturated where |z| > {threshold}",
        activation=_activation(picture),
        spread=figure(spread, 3),
        threshold=figure(setting(picture, "threshold"), 3),
    )
    parts = [
        *band(picture, domain, channel="y"),
        lines(_columns(table, ("spread", "share", "rms_slope")), x, y, named, key="spread"),
        _point([spread], [share], x, y, BLUE),
        *rules(picture, domain, channel="y"),
    ]
    return layered(parts, heading(picture, finding, detail))


def input_gradient(picture: Picture) -> alt.LayerChart:
    """The gradient by the scale of the inputs, for a sigmoid and a linear unit.

    Points stand at the two scales of the run; for a question about several scales at those, with
    the places that the answers gave them.
    """
    translate = words(picture)
    table, scalars = picture.outcome.tables.get("scales", {}), picture.outcome.scalars
    scales = _columns(table, ("scale", "sigmoid", "linear"))
    top = 3.0
    scales["linear"] = np.where(scales["linear"] <= top, scales["linear"], np.nan)
    smallest = span(scales["sigmoid"])[0]
    domain = (max(smallest, 1e-9) / 2, top)
    named = {
        "sigmoid": (translate(say("sigmoid")), Style(BLUE, width=3)),
        "linear": (translate(say("linear unit")), Style(ORANGE, (10, 3))),
    }
    x = _log_x(translate(say("standard deviation of the inputs (log scale)")), scales["scale"])
    title = translate(say("{size} (log scale)", size=say("rms of ∂a/∂w")))
    y = alt.Y(
        "value:Q",
        scale=alt.Scale(type="log", domain=list(domain), nice=False),
        axis=log_axis(title, domain),
    )
    before, after = scalars.get("gradient", math.nan), scalars.get("gradient_scaled", math.nan)
    at = _asked(picture)
    parts = [lines(scales, x, y, named, key="scale")]
    if at:
        curve = np.interp(
            np.log([value for _, value in at]), np.log(scales["scale"]), np.log(scales["sigmoid"])
        )
        places = [value for _, value in at]
        parts.append(_point(places, list(np.exp(curve)), x, y, BLUE))
        texts = [figure(value, 3) for value in places]
        frame = pd.DataFrame({"at": places, "value": np.exp(curve) / 1.2, "text": texts})
        labels = alt.Chart(frame).mark_text(baseline="top")
        parts.append(labels.encode(x=x, y=y, text="text:N"))
        parts += legend(_orders(picture, dict(at)), drawn=False)
        finding = say("The gradient is largest where the inputs are neither small nor large")
        detail = say("One sigmoid unit with weight {weight}", weight=_weight(picture))
    else:
        scale, scaled = setting(picture, "scale"), scalars.get("scaled", math.nan)
        parts.append(_point([scale, scaled], [before, after], x, y, BLUE))
        finding = say(
            "Inputs × {factor}: the sigmoid's gradient goes from {before} to {after}",
            factor=figure(setting(picture, "factor"), 3),
            before=figure(before),
            after=figure(after),
        )
        detail = say(
            "Weight {weight}; a linear unit goes from {before} to {after}",
            weight=_weight(picture),
            before=figure(scale, 3),
            after=figure(scaled, 3),
        )
    return layered(parts, heading(picture, finding, detail))


#: The scales that an order question asks about, by option.
ASKED = ("tiny", "middle", "large", "huge")


def _asked(picture: Picture) -> list[tuple[str, float]]:
    numbers = picture.numbers
    return [(name, float(str(numbers[name]))) for name in ASKED if name in numbers]


def _orders(picture: Picture, at: Mapping[str, float]) -> list[tuple[Mark, str]]:
    """Each answer's order of the scales, in words."""
    said = []
    for role in ("key", "yours"):
        marks = [mark for mark in picture.marks if mark.role == role and mark.value in at]
        if marks:
            order = " → ".join(figure(at[str(mark.value)], 3) for mark in marks)
            said.append((marks[0], f"{marks[0].label}: {order}"))
    return said


def _activation(picture: Picture) -> Message:
    return ACTIVATION_NAMES[str(picture.settings.get("activation", "sigmoid"))]


def _weight(picture: Picture) -> str:
    return figure(setting(picture, "weight"), 3)


def _columns(table: Mapping[str, NDArray[np.generic]], names: tuple[str, ...]) -> dict[str, Floats]:
    return {name: np.asarray(table.get(name, ()), dtype=np.float64) for name in names}


def _level(title: str, domain: Domain) -> alt.Y:
    return alt.Y(
        "value:Q", scale=alt.Scale(domain=list(domain), nice=False), axis=plain_axis(title)
    )


def _log_x(title: str, values: Floats | NDArray[np.generic] | tuple[()]) -> alt.X:
    low, high = span(np.asarray(values, dtype=np.float64))
    domain = (low, high) if low > 0 else (0.1, 1.0)
    scale = alt.Scale(type="log", domain=list(domain), nice=False)
    return alt.X("at:Q", scale=scale, axis=log_axis(title, domain))


def _point(xs: list[float], ys: list[float], x: alt.X, y: alt.Y, color: str) -> alt.Chart:
    frame = pd.DataFrame({"at": xs, "value": ys}).dropna()
    points: alt.Chart = alt.Chart(frame).mark_point(
        filled=True, size=110, color=color, opacity=1, clip=True
    )
    return points.encode(x=x, y=y)


CHARTS: Mapping[str, Callable[[Picture], alt.LayerChart]] = {
    "slope_curve": slope_curve,
    "saturated_units": saturated_units,
    "input_gradient": input_gradient,
}
#: simulation -> the charts that show it, the best first
LAB: Mapping[str, tuple[str, ...]] = {
    "sigmoid_saturation": ("saturated_units", "slope_curve"),
    "input_scale": ("input_gradient",),
}
