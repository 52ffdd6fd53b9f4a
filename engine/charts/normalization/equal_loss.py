"""Charts that compare networks with and without batch norm where they have come equally far."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping

import altair as alt
import numpy as np
import pandas as pd

from engine.charts.initialization.signal_propagation import ACTIVATION_NAMES
from engine.charts.kit import theme
from engine.charts.kit.axes import layer_axis, layered, legend, log_axis
from engine.charts.kit.marks import figure, heading, reach, rules, words
from engine.charts.kit.picture import Picture
from engine.charts.kit.scales import GREY, fixed, landmark
from engine.charts.kit.series import Style, chosen, lines, plain_axis, setting, span, step_axis
from engine.charts.kit.series import figure as printed
from engine.charts.normalization.training import PAIR
from engine.i18n import Message, say

BLUE, ORANGE, SKY, _, _ = theme.SERIES
#: The networks of `covariate_drift`: column ending -> words, style.
THREE = {
    "none": (say("no normalization"), Style(ORANGE, (6, 3))),
    "bn": (say("batch norm"), Style(BLUE)),
    "ln": (say("layer norm"), Style(SKY, (8, 2, 2, 2))),
}
NOISY = {**PAIR, "noisy": (say("with batch norm and noise"), Style(SKY, (8, 2, 2, 2)))}


def shift_two_ways(picture: Picture) -> alt.LayerChart:
    """Either normalization relative to none, by both measures: below 1 is less shift."""
    translate = words(picture)
    told = picture.outcome.scalars
    turn = {name: _angle(told[f"cosine_{name}"]) for name in THREE}
    rows = []
    for measure, values in (
        (say("drift of the means"), {name: told[f"drift_{name}"] for name in THREE}),
        (say("turn of the gradient"), turn),
    ):
        for name in ("bn", "ln"):
            times = _over(values[name], values["none"])
            rows.append(
                (translate(measure), translate(THREE[name][0]), times, f"× {figure(times)}")
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
        drift=figure(frame["times"][0]),
        turn=figure(frame["times"][2]),
    )
    angles = say(
        "The gradient turns by {none}° without, {bn}° with batch norm, {ln}° with layer norm",
        **{name: f"{value:.0f}" for name, value in turn.items()},
    )
    layers = [
        bars,
        one.encode(x=alt.XDatum(1.0, scale=fixed(domain, log=True))),
        text,
        *chosen(picture),
    ]
    return layered(layers, heading(picture, finding, angles, _where(picture)))


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
        rate=f"{setting(picture, 'rate'):g}",
    )


def drift_by_layer(picture: Picture) -> alt.LayerChart:
    """How far the means of each layer's inputs move in a step, at equal loss. Log scale."""
    told = picture.outcome.scalars
    finding = say(
        "At layer {layer} the means move {none} deviations a step, with batch norm {bn}",
        layer=_layer(picture),
        none=figure(told["drift_none"]),
        bn=figure(told["drift_bn"]),
    )
    return _by_layer(picture, "drift", say("drift of the means (deviations)"), finding, log=True)


def cosine_by_layer(picture: Picture) -> alt.LayerChart:
    """What each layer's gradient keeps of its direction, at equal loss. 1: all of it."""
    told = picture.outcome.scalars
    finding = say(
        "Cosine at layer {layer}: {none} without normalization, {bn} with batch norm",
        layer=_layer(picture),
        none=printed(told["cosine_none"], ".2f"),
        bn=printed(told["cosine_bn"], ".2f"),
    )
    return _by_layer(picture, "cosine", say("cosine of the two gradients"), finding, log=False)


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
        lines(table, x, y, named, key="layer"),
        *rules(picture, domain, channel="y", log=log),
        *chosen(picture),
    ]
    return layered(layers, heading(picture, finding, _where(picture)))


def shift_table(picture: Picture) -> alt.LayerChart:
    """Both networks of a table by both measures: to the left is less shift, above is farther."""
    translate = words(picture)
    table, told = picture.outcome.tables["rows"], picture.outcome.scalars
    names = {
        "plain": (translate(PAIR["none"][0]), ORANGE, "circle"),
        "with": (translate(PAIR["bn"][0]), BLUE, "diamond"),
    }
    frame = pd.DataFrame(
        {
            "network": [names[str(name)][0] for name in table["network"]],
            "x": np.asarray(table["drift"], dtype=np.float64),
            "y": np.asarray(table["cosine"], dtype=np.float64),
            "text": [
                translate(say("loss {loss}", loss=f"{float(loss):.2f}")) for loss in table["loss"]
            ],
        }
    )
    low, high = span(frame["x"].to_numpy())
    across = (max(low, 1e-6) / 2, max(high, 1e-6) * 2.5)
    bottom, top = span(frame["y"].to_numpy())
    up = (min(0.0, bottom - 0.1), max(1.0, top + 0.05))
    x = alt.X(
        "x:Q",
        scale=fixed(across, log=True),
        axis=log_axis(translate(say("drift of the means (left: less shift)")), across),
    )
    y = alt.Y(
        "y:Q",
        scale=fixed(up),
        axis=plain_axis(translate(say("cosine of the gradients (up: less shift)"))),
    )
    domain = [name for name, _, _ in names.values()]
    colour = alt.Color(
        "network:N",
        scale=alt.Scale(domain=domain, range=[colour for _, colour, _ in names.values()]),
        legend=legend("circle"),
    )
    shape = alt.Shape(
        "network:N",
        scale=alt.Scale(domain=domain, range=[shape for _, _, shape in names.values()]),
        legend=legend("circle"),
    )
    base = alt.Chart(frame)
    points = base.mark_point(filled=True, size=160, opacity=1)
    labels = base.mark_text(dy=-14).encode(x=x, y=y, text="text:N")
    finding = say(
        "With batch norm: drift × {drift}, cosine {plain} → {normalized}",
        drift=figure(told["drift_times"]),
        plain=printed(setting(picture, "cosine_plain"), ".2f"),
        normalized=printed(setting(picture, "cosine_with"), ".2f"),
    )
    equal = 0.8 < told["loss_times"] < 1.25
    detail = say("Both at the same loss") if equal else say("At very different losses")
    layers = [points.encode(x=x, y=y, color=colour, shape=shape), labels, *chosen(picture)]
    return layered(layers, heading(picture, finding, detail))


def noisy_losses(picture: Picture) -> alt.LayerChart:
    """The loss by step of three networks; the grey line is half the loss of guessing."""
    translate = words(picture)
    table, told = picture.outcome.tables["steps"], picture.outcome.scalars
    named = {f"loss_{name}": (translate(text), style) for name, (text, style) in NOISY.items()}
    columns = [np.asarray(table[name], dtype=np.float64) for name in named]
    low, high = span(*columns)
    domain = (min(max(low, 1e-3), 0.3) / 1.2, min(max(high, 0.7), 20.0) * 1.2)
    shown = {"step": table["step"]} | {
        name: np.clip(column, domain[0], domain[1])
        for name, column in zip(named, columns, strict=True)
    }
    x = alt.X(
        "at:Q",
        scale=alt.Scale(nice=False),
        axis=step_axis(translate(say("training step")), *span(table["step"])),
    )
    y = alt.Y(
        "value:Q",
        scale=fixed(domain, log=True),
        axis=log_axis(translate(say("loss (log scale)")), domain),
    )
    half = alt.Chart(alt.InlineData(values=[{}])).mark_rule(color=GREY, strokeDash=[2, 2])
    finding = say(
        "Steps to half of guessing: {none} without batch norm, {bn} with it, {noisy} with noise",
        **{name: _steps(picture, name) for name in NOISY},
    )
    detail = say(
        "Means move {none}, {bn} and {noisy} deviations a step",
        **{name: figure(told[f"drift_{name}"]) for name in NOISY},
    )
    layers = [
        half.encode(y=alt.YDatum(math.log(2) / 2, scale=fixed(domain, log=True))),
        lines(shown, x, y, named, key="step"),
        *chosen(picture),
    ]
    return layered(layers, heading(picture, finding, detail))


def _steps(picture: Picture, name: str) -> str:
    told = picture.outcome.scalars
    steps = f"{told[f'steps_{name}']:.0f}"
    return steps if told[f"reached_{name}"] > 0.5 else f"> {picture.settings['steps']}"


def step_losses(picture: Picture) -> alt.LayerChart:
    """The loss after one step by its length, from equal losses. Both log, cut off at the edges."""
    translate = words(picture)
    table, told = picture.outcome.tables["lengths"], picture.outcome.scalars
    named = {f"after_{name}": (translate(text), style) for name, (text, style) in PAIR.items()}
    columns = [np.asarray(table[name], dtype=np.float64) for name in named]
    low, high = span(*columns)
    domain = (max(low, 1e-3) / 1.3, min(max(high, 1e-2), 10.0) * 1.3)
    lengths = np.asarray(table["length"], dtype=np.float64)
    across = (float(lengths.min(initial=0.01)), float(lengths.max(initial=0.1)))
    shown = {"length": lengths} | {
        name: np.clip(column, domain[0], domain[1])
        for name, column in zip(named, columns, strict=True)
    }
    x = alt.X(
        "at:Q",
        scale=fixed(across, log=True),
        axis=log_axis(translate(say("length of the step η (log scale)")), across),
    )
    y = alt.Y(
        "value:Q",
        scale=fixed(domain, log=True),
        axis=log_axis(translate(say("loss after the step (log scale)")), domain),
    )
    start = alt.Chart(alt.InlineData(values=[{}])).mark_rule(color=GREY, strokeDash=[2, 2])
    finding = say(
        "Longest step that lowers the loss: {none} without batch norm, {bn} with it",
        none=figure(told["longest_none"]),
        bn=figure(told["longest_bn"]),
    )
    detail = say(
        "Both start at the loss {loss} (grey). Step η = {length}: the gradient changes by {none} "
        "and {bn} times its length",
        loss=f"{setting(picture, 'loss'):g}",
        length=f"{setting(picture, 'length'):g}",
        none=figure(told["change_none"]),
        bn=figure(told["change_bn"]),
    )
    layers = [
        start.encode(y=alt.YDatum(setting(picture, "loss"), scale=fixed(domain, log=True))),
        *landmark(setting(picture, "length"), across, log=True),
        lines(shown, x, y, named, key="length"),
        *chosen(picture),
    ]
    return layered(layers, heading(picture, finding, detail))


CHARTS: Mapping[str, Callable[[Picture], alt.LayerChart]] = {
    "shift_two_ways": shift_two_ways,
    "drift_by_layer": drift_by_layer,
    "cosine_by_layer": cosine_by_layer,
    "shift_table": shift_table,
    "noisy_losses": noisy_losses,
    "step_losses": step_losses,
}
LAB: Mapping[str, tuple[str, ...]] = {
    "covariate_drift": ("cosine_by_layer", "drift_by_layer", "shift_two_ways"),
    "shift_table": ("shift_table",),
    "noisy_normalization": ("noisy_losses",),
    "loss_along_step": ("step_losses",),
}
