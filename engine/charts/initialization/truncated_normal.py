"""Charts of what frameworks do by default, and of normal distributions with their tails cut."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping

import altair as alt
import pandas as pd

from engine.charts.kit import theme
from engine.charts.kit.axes import layered, legend
from engine.charts.kit.bars import named_bars
from engine.charts.kit.marks import heading, reach, rules, words
from engine.charts.kit.picture import Picture
from engine.charts.kit.scales import fixed, landmark
from engine.charts.kit.series import figure, plain_axis, setting, span
from engine.i18n import Message, say
from engine.simulations.initialization.weight_initialization import SCHEMES

BLUE, _, SKY, GREY, _ = theme.SERIES

#: option -> its scheme in the simulation's table, and its words
FRAMEWORKS: Mapping[str, tuple[str, Message]] = {
    "pytorch": ("pytorch_linear", say("PyTorch Linear, default")),
    "keras": ("keras_dense", say("Keras Dense, default")),
    "flax": ("flax_dense", say("Flax Dense, default")),
    "he": ("he_normal", say("He normal")),
}


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


def _own_layers(picture: Picture) -> list[tuple[str, str, float]]:
    """A bar for each framework whose layer's size is among the question's numbers."""
    found = []
    for option, (scheme, name) in FRAMEWORKS.items():
        n_in, n_out = (picture.numbers.get(f"{end}_{option}") for end in ("in", "out"))
        if isinstance(n_in, (int, float)) and isinstance(n_out, (int, float)):
            called = f"{words(picture)(name)}, {n_in:g} → {n_out:g}"
            found.append((option, called, SCHEMES[scheme].sigma(n_in, n_out)))
    return found


def truncated_density(picture: Picture) -> alt.LayerChart:
    """Drawn weights under the bell before the cut; answers stand at ± their value."""
    translate = words(picture)
    drawn, curve = picture.outcome.tables["histogram"], picture.outcome.tables["density"]
    scalars = picture.outcome.scalars
    edge = max(abs(end) for end in span(curve["x"], drawn["left"], drawn["right"]))
    edge = max(abs(end) for end in reach(picture, -edge, edge, slack=0.2))
    domain = (-edge, edge)
    names = [translate(say("drawn weights")), translate(say("the normal before the cut"))]
    color = alt.Color("series:N", scale=alt.Scale(domain=names, range=[SKY, GREY]), legend=legend())
    x_axis = plain_axis(translate(say("weight (no unit)")))
    y_axis = plain_axis(translate(say("density (per unit of weight)")))
    bars = alt.Chart(pd.DataFrame(dict(drawn)).assign(series=names[0])).mark_rect(opacity=0.8)
    bell = alt.Chart(pd.DataFrame(dict(curve)).assign(series=names[1])).mark_line(
        strokeDash=[6, 3], clip=True
    )
    finding = say(
        "The weights have deviation {std}: {percent}% of {scale}",
        std=figure(scalars["expected_std"]),
        percent=figure(100 * scalars["ratio"]),
        scale=figure(picture.settings["scale"]),
    )
    detail = say(
        "Cut at ±{limit}, which is {multiple} times the deviation before",
        limit=figure(scalars["limit"]),
        multiple=figure(scalars["limit"] / setting(picture, "scale")),
    )
    return layered(
        [
            bars.encode(
                x=alt.X("left:Q", scale=fixed(domain), axis=x_axis),
                x2=alt.X2("right:Q"),
                y=alt.Y("density:Q", axis=y_axis),
                y2=alt.datum(0.0),
                color=color,
            ),
            bell.encode(x=alt.X("x:Q", scale=fixed(domain)), y="normal:Q", color=color),
            *_cuts(scalars["limit"], domain),
            *rules(picture, domain, places=lambda a: (a, -a)),
        ],
        heading(picture, finding, detail),
    )


def _cuts(limit: float, domain: tuple[float, float]) -> list[alt.Chart]:
    """Both cuts, where they are on the plot."""
    if not math.isfinite(limit) or limit > domain[1]:
        return []
    return [*landmark(-limit, domain), *landmark(limit, domain)]


CHARTS: Mapping[str, Callable[[Picture], alt.LayerChart]] = {
    "framework_bars": framework_bars,
    "truncated_density": truncated_density,
}

LAB: Mapping[str, tuple[str, ...]] = {"truncated_normal": ("truncated_density",)}
