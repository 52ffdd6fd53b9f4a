"""Charts of one layer's weights: how they are spread, and what that does to a signal."""

from __future__ import annotations

import json
import math
from collections.abc import Mapping, Sequence

import altair as alt
import numpy as np
import pandas as pd

from engine.charts.kit import theme
from engine.charts.kit.axes import layered, legend, plain_axis
from engine.charts.kit.bars import named_bars
from engine.charts.kit.marks import band, heading, reach, rules, words
from engine.charts.kit.networks import SCHEME_NAMES
from engine.charts.kit.numbers import number, whole
from engine.charts.kit.options import badges
from engine.charts.kit.picture import Picture
from engine.charts.kit.shows import shows
from engine.charts.kit.theme import BLUE, GREY, SKY
from engine.i18n import Message, say
from engine.simulations.initialization.weight_initialization import SCHEMES, limit

#: option -> its scheme in the simulation's table, and its words
FRAMEWORKS: Mapping[str, tuple[str, Message]] = {
    "pytorch": ("pytorch_linear", say("PyTorch Linear, default")),
    "keras": ("keras_dense", say("Keras Dense, default")),
    "flax": ("flax_dense", say("Flax Dense, default")),
    "he": ("he_normal", say("He normal")),
}


@shows("weight_initialization")
def weight_histogram(picture: Picture) -> alt.LayerChart:
    """Drawn weights as a density, the formula's density over it, ± the marks' values."""
    translate = words(picture)
    table = pd.DataFrame(picture.outcome.tables.get("histogram", _EMPTY_HISTOGRAM))
    sigma = picture.outcome.scalars.get("sigma", 1.0)
    edge = float(table["right"].max()) if len(table) else 3 * sigma
    edge = max(abs(end) for end in reach(picture, -edge, edge))
    domain = (-edge, edge)
    x = alt.Scale(domain=list(domain), nice=False)
    drawn, expected = translate(say("drawn weights")), translate(say("by the formula"))
    series = alt.Color(
        "series:N",
        scale=alt.Scale(domain=[drawn, expected], range=[SKY, BLUE]),
        legend=legend(),
    )
    bars = (
        alt.Chart(table.assign(series=drawn))
        .mark_bar(binSpacing=0)
        .encode(
            x=alt.X(
                "left:Q", bin="binned", scale=x, axis=plain_axis(translate(say("weight (no unit)")))
            ),
            x2=alt.X2("right:Q"),
            y=alt.Y("density:Q", axis=plain_axis(translate(say("density (per unit of weight)")))),
            color=series,
        )
    )
    curve = (
        alt.Chart(table.assign(series=expected))
        .mark_line(interpolate="linear", strokeWidth=2)
        .encode(x=alt.X("centre:Q", scale=x), y=alt.Y("expected:Q"), color=series)
    )
    finding = say(
        "{count} weights drawn: standard deviation {std}",
        count=whole(picture.outcome.scalars.get("count", 0)),
        std=number(picture.outcome.scalars.get("std", math.nan)),
    )
    layers = [*band(picture, domain), bars, curve, *_landmarks(picture, sigma, domain)]
    return layered(
        [*layers, *rules(picture, domain, places=lambda a: (a, -a))],
        heading(picture, finding, _formula(picture, sigma)),
    )


def _own_layers(picture: Picture) -> list[tuple[str, str, float]]:
    """A bar for each framework whose layer's size is among the question's numbers."""
    found = []
    for option, (scheme, name) in FRAMEWORKS.items():
        n_in, n_out = (picture.numbers.get(f"{end}_{option}") for end in ("in", "out"))
        if isinstance(n_in, (int, float)) and isinstance(n_out, (int, float)):
            called = f"{words(picture)(name)}, {number(n_in, 6)} → {number(n_out, 6)}"
            found.append((option, called, SCHEMES[scheme].sigma(n_in, n_out)))
    return found


#: One of each variance, for comparing: option of a question -> scheme and name. Uniform and normal
#: draws of a scheme have the same variance.
COMPARED: Mapping[str, tuple[str, Message]] = {
    "he": ("he_normal", say("He")),
    "xavier": ("xavier_normal", say("Xavier")),
    "lecun": ("lecun_normal", say("LeCun")),
    "default": ("pytorch_linear", say("PyTorch default")),
}


@shows("weight_initialization")
def layer_factors(picture: Picture) -> alt.LayerChart:
    """By what one layer multiplies the rms of a signal and of a gradient; a rule at 1."""
    translate = words(picture)
    names = {
        "forward_linear": say("forward, linear"),
        "backward_linear": say("backward, linear"),
        "forward_relu": say("forward, ReLU"),
        "backward_relu": say("backward, ReLU"),
    }
    scalars = picture.outcome.scalars
    frame = pd.DataFrame(
        [
            {"name": translate(name), "factor": scalars[key], "option": key}
            for key, name in names.items()
            if key in scalars
        ],
        columns=["name", "factor", "option"],
    )
    low_high = _room(picture, max(1.2, float(frame["factor"].max() if len(frame) else 1)))
    finding = say(
        "One layer, {n_in} → {n_out}: only a factor of 1 keeps the size",
        n_in=picture.settings.get("n_in", "?"),
        n_out=picture.settings.get("n_out", "?"),
    )
    detail = say(
        "{scheme}, σ = {sigma}",
        scheme=SCHEME_NAMES.get(str(picture.settings.get("scheme")), say("weights")),
        sigma=number(scalars.get("sigma", math.nan)),
    )
    title = translate(say("factor on the rms (× per layer)"))
    scale = alt.Scale(domain=list(low_high), nice=False)
    one = alt.Chart(pd.DataFrame({"one": [1.0]})).mark_rule(color=GREY)
    return _bars(
        picture,
        frame,
        low_high,
        title,
        finding,
        detail,
        over=[one.encode(x=alt.X("one:Q", scale=scale))],
    )


def _formula(picture: Picture, sigma: float) -> Message:
    scheme = str(picture.settings.get("scheme", "xavier_normal"))
    name = SCHEME_NAMES.get(scheme, scheme)
    bound = limit(SCHEMES[scheme].distribution, sigma) if scheme in SCHEMES else math.inf
    if math.isinf(bound):
        return say("{scheme}: σ = {sigma}, no bound", scheme=name, sigma=number(sigma))
    return say(
        "{scheme}: σ = {sigma}, bound a = {bound}",
        scheme=name,
        sigma=number(sigma),
        bound=number(bound),
    )


def _landmarks(picture: Picture, sigma: float, domain: tuple[float, float]) -> list[alt.Chart]:
    """Short ticks at ±σ, and at ±a where there is a bound, named at the foot of the plot."""
    scheme = SCHEMES.get(str(picture.settings.get("scheme", "")))
    bound = limit(scheme.distribution, sigma) if scheme else math.inf
    named = [(sigma, "σ"), *([(bound, "a")] if math.isfinite(bound) else [])]
    layers = []
    for sign in (-1, 1):  # both names stand on the inner side of their tick
        rows = [(sign * at, f"−{name}" if sign < 0 else name) for at, name in named]
        base = alt.Chart(pd.DataFrame(rows, columns=["at", "name"])).encode(
            x=alt.X("at:Q", scale=alt.Scale(domain=list(domain), nice=False)),
            y=alt.YValue(theme.HEIGHT),
        )
        layers.append(base.mark_rule(color=GREY).encode(y2=alt.Y2Value(theme.HEIGHT - 24)))
        text = base.mark_text(
            align="left" if sign < 0 else "right",
            dx=-4 * sign,
            dy=-16,
            fontSize=14,
            fontWeight="bold",
            color="#1A1A1A",  # on the bars, in both themes
        )
        layers.append(text.encode(text=alt.Text("name:N")))
    return layers


@shows("weight_initialization")
def scheme_bars(picture: Picture) -> alt.LayerChart:
    """The standard deviation that each scheme gives this layer, one bar each."""
    translate = words(picture)
    table = picture.outcome.tables.get("schemes", {})
    sigmas = dict(zip(table.get("scheme", ()), table.get("sigma", ()), strict=True))
    frame = pd.DataFrame(
        [
            {"name": translate(name), "sigma": float(sigmas[scheme]), "option": option}
            for option, (scheme, name) in COMPARED.items()
            if scheme in sigmas
        ],
        columns=["name", "sigma", "option"],
    )
    low_high = _room(picture, float(frame["sigma"].max()) if len(frame) else 1.0)
    finding = say(
        "One layer, {n_in} → {n_out}: four schemes, four spreads",
        n_in=picture.settings.get("n_in", "?"),
        n_out=picture.settings.get("n_out", "?"),
    )
    return _bars(picture, frame, low_high, translate(say("σ of a weight (no unit)")), finding)


@shows("weight_initialization", in_lab=False)
def layer_bounds(picture: Picture) -> alt.LayerChart:
    """The bound of each of several layers, `in_1` → `out_1` and so on, under one scheme.

    Without such numbers: the one layer of the settings.
    """
    translate = words(picture)
    scheme = str(picture.settings.get("scheme", "xavier_uniform"))
    frame = pd.DataFrame(
        [
            {
                "name": f"{number(n_in, 6)} → {number(n_out, 6)}",
                "bound": math.sqrt(3) * SCHEMES[scheme].sigma(n_in, n_out),
                "option": option,
            }
            for option, n_in, n_out in _layers(picture)
        ]
    )
    low_high = _room(picture, float(frame["bound"].max()))
    finding = say("The more connections are counted, the smaller the bound")
    detail = say("{scheme}, each layer fan-in → fan-out", scheme=SCHEME_NAMES[scheme])
    title = translate(say("bound a (no unit)"))
    return _bars(picture, frame, low_high, title, finding, detail)


def _layers(picture: Picture) -> list[tuple[str, float, float]]:
    found = []
    for row in range(1, 6):
        n_in, n_out = (picture.numbers.get(f"{end}_{row}") for end in ("in", "out"))
        if isinstance(n_in, (int, float)) and isinstance(n_out, (int, float)):
            found.append((f"layer-{row}", float(n_in), float(n_out)))
    if found:
        return found
    ends = (picture.settings.get(name, 256) for name in ("n_in", "n_out"))
    n_in, n_out = (float(end) if isinstance(end, (int, float)) else 256.0 for end in ends)
    return [("layer-1", n_in, n_out)]


@shows("weight_initialization", in_lab=False)
def framework_bars(picture: Picture) -> alt.LayerChart:
    """The standard deviation of one layer's weights by framework, and He's beside them.

    With numbers `in_pytorch`, `out_pytorch` and so on: of a layer of its own for each.
    """
    translate = words(picture)
    table = picture.outcome.tables["schemes"]
    sigmas = dict(zip(table["scheme"], table["sigma"], strict=True))
    own = _own_layers(picture)
    bars = own or [
        (option, translate(name), float(sigmas[scheme]))
        for option, (scheme, name) in FRAMEWORKS.items()
        if scheme in sigmas
    ]
    one = say(
        "One layer, {n_in} → {n_out}: three defaults, three spreads",
        n_in=picture.settings["n_in"],
        n_out=picture.settings["n_out"],
    )
    finding = say("The rule and the layer's size decide the spread") if own else one
    detail = say("Standard deviation of a weight")
    axis = translate(say("σ of a weight (no unit)"))
    return named_bars(picture, bars, axis, heading(picture, finding, detail))


def _bars(
    picture: Picture,
    frame: pd.DataFrame,
    domain: tuple[float, float],
    title: str,
    finding: Message,
    *details: Message,
    over: Sequence[alt.Chart] = (),
) -> alt.LayerChart:
    """Horizontal bars with their value written on them, and whose answer an option is.

    frame: columns name, option and, second, the value.
    """
    value = str(frame.columns[1])
    said = badges(picture)
    long = frame[value] > 0.2 * domain[1]  # long enough for its number
    shown = frame[value].map(number)
    badge = ["\n".join(f"◀ {mark.label}" for mark in said.get(o, [])) for o in frame["option"]]
    frame = frame.assign(text=shown.where(long, ""), badge=shown.where(~long, "") + "  " + badge)
    x = alt.X(
        f"{value}:Q", scale=alt.Scale(domain=list(domain), nice=False), axis=plain_axis(title)
    )
    names = json.dumps(dict(zip(frame["option"], frame["name"], strict=True)))
    axis = alt.Axis(labelLimit=150, labelExpr=f"({names})[datum.label]")
    base = alt.Chart(frame).encode(y=alt.Y("option:N", sort=None, title=None, axis=axis))
    bars = base.mark_bar(height={"band": 0.6}).encode(x=x)
    inside = base.mark_text(align="left", dx=5, color=theme.PAGE, fontWeight="bold")
    beside = base.mark_text(align="left", dx=3, lineBreak="\n")
    texts = [
        inside.encode(x=alt.XValue(0), text=alt.Text("text:N")),
        beside.encode(x=x, text=alt.Text("badge:N")),
    ]
    return layered(
        [*band(picture, domain), bars, *over, *rules(picture, domain), *texts],
        heading(picture, finding, *details),
    )


def _room(picture: Picture, highest: float) -> tuple[float, float]:
    """0 to beyond the highest bar, with room for badges where there are any."""
    return reach(picture, 0.0, highest * (2.2 if badges(picture) else 1.1))


_EMPTY_HISTOGRAM = {
    name: np.array([], dtype=np.float64)
    for name in ("left", "right", "centre", "density", "expected")
}
