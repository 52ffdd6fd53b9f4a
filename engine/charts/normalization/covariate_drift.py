"""Charts of three networks' shift, measured two ways at equal loss."""

from __future__ import annotations

import math

import altair as alt
import numpy as np
import pandas as pd

from engine.charts.kit.axes import layer_axis, layered, legend, log_axis, plain_axis
from engine.charts.kit.marks import heading, reach, rules, words
from engine.charts.kit.networks import ACTIVATION_NAMES
from engine.charts.kit.numbers import chosen_number, decimals, number, whole
from engine.charts.kit.options import chosen
from engine.charts.kit.picture import Picture
from engine.charts.kit.scales import fixed, landmark
from engine.charts.kit.series import Style, lines, setting, span
from engine.charts.kit.shows import shows
from engine.charts.kit.theme import BLUE, GREY, ORANGE, SKY
from engine.i18n import Message, say

#: The networks of `covariate_drift`: column ending -> words, style.
THREE = {
    "none": (say("no normalization"), Style(ORANGE, (6, 3))),
    "bn": (say("batch norm"), Style(BLUE)),
    "ln": (say("layer norm"), Style(SKY, (8, 2, 2, 2))),
}


@shows("covariate_drift")
def cosine_by_layer(picture: Picture) -> alt.LayerChart:
    """What each layer's gradient keeps of its direction, at equal loss. 1: all of it."""
    scalars = picture.outcome.scalars
    finding = say(
        "Cosine at layer {layer}: {none} without normalization, {bn} with batch norm",
        layer=_layer(picture),
        none=decimals(scalars["cosine_none"], 2),
        bn=decimals(scalars["cosine_bn"], 2),
    )
    return _by_layer(picture, "cosine", say("cosine of the two gradients"), finding, log=False)


def _angle(cosine: float) -> float:
    return math.degrees(math.acos(min(max(cosine, -1.0), 1.0)))


def _over(part: float, whole: float) -> float:
    return min(max(part / whole, 1e-4), 1e4) if whole > 0 and part > 0 else 1.0


def _layer(picture: Picture) -> int:
    return min(int(setting(picture, "layer")), int(setting(picture, "depth")))


def _where(picture: Picture) -> Message:
    activation = str(picture.settings["activation"])
    return say(
        "{depth} layers, {activation}, learning rate {rate}, all at the same losses (0.6 to 0.1)",
        depth=picture.settings["depth"],
        activation=ACTIVATION_NAMES.get(activation, activation),
        rate=chosen_number(setting(picture, "rate")),
    )


@shows("covariate_drift")
def drift_by_layer(picture: Picture) -> alt.LayerChart:
    """How far the means of each layer's inputs move in a step, at equal loss. Log scale."""
    scalars = picture.outcome.scalars
    finding = say(
        "At layer {layer} the means move {none} deviations a step, with batch norm {bn}",
        layer=_layer(picture),
        none=number(scalars["drift_none"], 2),
        bn=number(scalars["drift_bn"], 2),
    )
    return _by_layer(picture, "drift", say("drift of the means (deviations)"), finding, log=True)


@shows("covariate_drift")
def shift_two_ways(picture: Picture) -> alt.LayerChart:
    """Either normalization relative to none, by both measures: below 1 is less shift."""
    translate = words(picture)
    scalars = picture.outcome.scalars
    turn = {name: _angle(scalars[f"cosine_{name}"]) for name in THREE}
    rows = []
    for measure, values in (
        (say("drift of the means"), {name: scalars[f"drift_{name}"] for name in THREE}),
        (say("turn of the gradient"), turn),
    ):
        for name in ("bn", "ln"):
            times = _over(values[name], values["none"])
            rows.append(
                (translate(measure), translate(THREE[name][0]), times, f"× {number(times, 2)}")
            )
    frame = pd.DataFrame(rows, columns=["measure", "network", "times", "text"])
    low, high = span(frame["times"].to_numpy(), [1.0])
    domain = (low / 1.4, high * 2.5)
    x = alt.X(
        "times:Q",
        scale=fixed(domain, log=True),
        axis=log_axis(translate(say("normalized ÷ plain (log scale)")), domain),
    )
    measures = list(dict.fromkeys(frame["measure"]))
    names = list(dict.fromkeys(frame["network"]))
    axis = alt.Axis(labelLimit=110, labelExpr="split(datum.label, ' ')")
    y = alt.Y("measure:N", sort=measures, title=None, axis=axis)
    offset = alt.YOffset("network:N", sort=names)
    colour = alt.Color(
        "network:N", scale=alt.Scale(domain=names, range=[BLUE, SKY]), legend=legend()
    )
    base = alt.Chart(frame)
    bars = base.mark_bar().encode(x=x, x2=alt.datum(1.0), y=y, yOffset=offset, color=colour)
    right = alt.XDatum(max(1.0, float(frame["times"].max())), scale=fixed(domain, log=True))
    text = base.mark_text(align="left", dx=6).encode(x=right, y=y, yOffset=offset, text="text:N")
    one = alt.Chart(alt.InlineData(values=[{}])).mark_rule(color=GREY, strokeWidth=1.5)
    finding = say(
        "Layer {layer}, with batch norm: drift × {drift}, turn × {turn}",
        layer=_layer(picture),
        drift=number(frame["times"][0], 2),
        turn=number(frame["times"][2], 2),
    )
    angles = say(
        "The gradient turns by {none}° without, {bn}° with batch norm, {ln}° with layer norm",
        **{name: whole(value) for name, value in turn.items()},
    )
    layers = [
        bars,
        one.encode(x=alt.XDatum(1.0, scale=fixed(domain, log=True))),
        text,
        *chosen(picture),
    ]
    return layered(layers, heading(picture, finding, angles, _where(picture)))


def _by_layer(
    picture: Picture, measure: str, size: Message, finding: Message, *, log: bool
) -> alt.LayerChart:
    translate = words(picture)
    table = picture.outcome.tables["layers"]
    named = {f"{measure}_{end}": (translate(text), style) for end, (text, style) in THREE.items()}
    columns = [np.asarray(table[name], dtype=np.float64) for name in named]
    low, high = span(*columns)
    if log:
        low = max(low, 1e-6)
        domain = reach(picture, low / 1.3, max(high, low) * 1.3, log=True)
        axis = log_axis(translate(say("{size} (log scale)", size=size)), domain)
    else:
        domain = reach(picture, min(low - 0.05, 0.0), 1.05)
        axis = plain_axis(translate(size))
    across = (2.0, float(setting(picture, "depth")))
    x = alt.X("at:Q", scale=fixed(across), axis=layer_axis(translate(say("layer")), int(across[1])))
    y = alt.Y("value:Q", scale=fixed(domain, log=log), axis=axis)
    layers = [
        *landmark(_layer(picture), across),
        *lines(picture, table, x, y, named, key="layer"),
        *rules(picture, domain, channel="y", log=log),
        *chosen(picture),
    ]
    return layered(layers, heading(picture, finding, _where(picture)))
