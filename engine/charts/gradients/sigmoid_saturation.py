"""Charts of a sigmoid's slope: at one point, and over many units."""

from __future__ import annotations

import math
from collections.abc import Mapping

import altair as alt
import numpy as np
import pandas as pd
from numpy.typing import NDArray

from engine.charts.kit.axes import layered, log_axis, plain_axis
from engine.charts.kit.marks import Domain, band, heading, reach, rules, words
from engine.charts.kit.networks import ACTIVATION_NAMES
from engine.charts.kit.numbers import chosen_number, number
from engine.charts.kit.picture import Picture
from engine.charts.kit.series import Floats, Style, lines, setting, span
from engine.charts.kit.shows import shows
from engine.charts.kit.theme import BLUE, GREY, ORANGE
from engine.i18n import Message, say


@shows("sigmoid_saturation")
def saturated_units(picture: Picture) -> alt.LayerChart:
    """The share of saturated units by the spread of z, and the rms slope; answers are shares."""
    translate = words(picture)
    table, scalars = picture.outcome.tables.get("shares", {}), picture.outcome.scalars
    domain = (0.0, 1.0)
    named = {
        "share": (translate(say("share of saturated units")), Style(BLUE, width=3)),
        "rms_slope": (translate(say("rms of the slopes")), Style(ORANGE, (10, 3))),
    }
    x = log_x(translate(say("standard deviation of z (log scale)")), table.get("spread", ()))
    y = _level(translate(say("share, or slope")), domain)
    spread = setting(picture, "spread")
    share = scalars.get("saturated_share", math.nan)
    finding = say(
        "{share}% of the units are saturated, rms slope {slope}",
        share=number(100 * share),
        slope=number(scalars.get("rms_slope", math.nan), 2),
    )
    detail = say(
        "{activation}, z ~ N(0, {spread}²), saturated where |z| > {threshold}",
        activation=_activation(picture),
        spread=chosen_number(spread),
        threshold=chosen_number(setting(picture, "threshold")),
    )
    parts = [
        *band(picture, domain, channel="y"),
        *lines(
            picture, floats_of(table, ("spread", "share", "rms_slope")), x, y, named, key="spread"
        ),
        points_at([spread], [share], x, y, BLUE),
        *rules(picture, domain, channel="y"),
    ]
    return layered(parts, heading(picture, finding, detail))


@shows("sigmoid_saturation")
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
    point = points_at([z], [scalars.get("slope", math.nan)], x, y, BLUE)
    finding = say(
        "At z = {z} the slope is {slope}",
        z=chosen_number(z),
        slope=number(scalars.get("slope", math.nan)),
    )
    detail = say("{activation}; the point is on the slope", activation=_activation(picture))
    parts = [
        *band(picture, domain, channel="y"),
        *lines(picture, floats_of(table, ("z", "value", "slope")), x, y, named, key="z"),
        point,
        *rules(picture, domain, channel="y"),
    ]
    return layered(parts, heading(picture, finding, detail))


def _activation(picture: Picture) -> Message:
    return ACTIVATION_NAMES[str(picture.settings.get("activation", "sigmoid"))]


def floats_of(
    table: Mapping[str, NDArray[np.generic]], names: tuple[str, ...]
) -> dict[str, Floats]:
    return {name: np.asarray(table.get(name, ()), dtype=np.float64) for name in names}


def _level(title: str, domain: Domain) -> alt.Y:
    return alt.Y(
        "value:Q", scale=alt.Scale(domain=list(domain), nice=False), axis=plain_axis(title)
    )


def log_x(title: str, values: Floats | NDArray[np.generic] | tuple[()]) -> alt.X:
    low, high = span(np.asarray(values, dtype=np.float64))
    domain = (low, high) if low > 0 else (0.1, 1.0)
    scale = alt.Scale(type="log", domain=list(domain), nice=False)
    return alt.X("at:Q", scale=scale, axis=log_axis(title, domain))


def points_at(xs: list[float], ys: list[float], x: alt.X, y: alt.Y, color: str) -> alt.Chart:
    frame = pd.DataFrame({"at": xs, "value": ys}).dropna()
    points: alt.Chart = alt.Chart(frame).mark_point(
        filled=True, size=110, color=color, opacity=1, clip=True
    )
    return points.encode(x=x, y=y)
