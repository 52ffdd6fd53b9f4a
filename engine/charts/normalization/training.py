"""Charts of networks that are trained, and of what normalization does to a deep one."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping

import altair as alt
import numpy as np
import pandas as pd

from engine.charts.initialization.signal_propagation import ACTIVATION_NAMES
from engine.charts.kit import theme
from engine.charts.kit.axes import layer_axis, layered, log_axis
from engine.charts.kit.marks import band, figure, heading, reach, rules, words
from engine.charts.kit.picture import Picture
from engine.charts.kit.scales import GREY, fixed, landmark
from engine.charts.kit.series import (
    Style,
    chosen,
    lines,
    plain_axis,
    ranked,
    setting,
    span,
    step_axis,
)
from engine.i18n import Message, say

BLUE, ORANGE, SKY, LIGHT, _ = theme.SERIES
WITHOUT, WITH = say("without batch norm"), say("with batch norm")
#: One look for the two networks everywhere: column ending -> words, style.
PAIR = {"none": (WITHOUT, Style(ORANGE, (6, 3))), "bn": (WITH, Style(BLUE))}


def label_memory(picture: Picture) -> alt.LayerChart:
    """Accuracy by epoch on random labels: of those learned, and on new samples."""
    translate = words(picture)
    table, scalars = picture.outcome.tables["epochs"], picture.outcome.scalars
    named = {
        "train_bn": (translate(say("training, with batch norm")), Style(BLUE)),
        "train_none": (translate(say("training, without")), Style(ORANGE, (10, 3))),
        "test_bn": (translate(say("new samples, with batch norm")), Style(SKY, (3, 2))),
        "test_none": (translate(say("new samples, without")), Style(GREY, (8, 2, 2, 2))),
    }
    domain = reach(picture, 0.35, 1.02, slack=0.7)
    x = alt.X(
        "at:Q",
        scale=alt.Scale(nice=False),
        axis=step_axis(translate(say("epochs")), *span(table["epoch"])),
    )
    y = alt.Y(
        "value:Q", scale=fixed(domain), axis=plain_axis(translate(say("accuracy (share right)")))
    )
    finding = say(
        "Batch norm memorizes: {train}% of the labels, {test}% of new ones",
        train=figure(100 * scalars["train_bn"], 3),
        test=figure(100 * scalars["test_bn"], 3),
    )
    detail = say(
        "{with_bn} epochs with it, {without} without; {samples} samples",
        with_bn=f"{scalars['epochs_bn']:.0f}",
        without=f"{scalars['epochs_none']:.0f}",
        samples=picture.settings["samples"],
    )
    drawn = [lines(table, x, y, named, key="epoch"), *_finish(picture, x, y)]
    layers = [*band(picture, domain, channel="y"), *drawn]
    answers = [*rules(picture, domain, channel="y"), *chosen(picture)]
    return layered([*layers, *answers], heading(picture, finding, detail))


def _finish(picture: Picture, x: alt.X, y: alt.Y) -> list[alt.Chart]:
    """A point where each network knows all its labels; it is not trained any further."""
    scalars = picture.outcome.scalars
    rows = [
        (scalars[f"epochs_{name}"], scalars[f"train_{name}"], style.color)
        for name, (_, style) in PAIR.items()
    ]
    frame = pd.DataFrame(rows, columns=["at", "value", "colour"])
    points = alt.Chart(frame).mark_point(filled=True, size=90, opacity=1)
    return [points.encode(x=x, y=y, color=alt.Color("colour:N", scale=None))]


def rates_with_norm(picture: Picture) -> alt.LayerChart:
    """The loss by learning rate, log on both axes; crosses at the top where there is none.

    Marked numbers are rates; marked options are named above the plot.
    """
    translate = words(picture)
    table = picture.outcome.tables["rates"]
    lost = say("no number any more (diverged)")
    rates = np.asarray(table["rate"])
    low, high = span(table["loss_none"], table["loss_bn"])
    top = max(high * 2, 4.0)
    up = (min(max(low / 2, 1e-5), 0.1), top)
    across = reach(picture, float(rates.min(initial=1)), float(rates.max(initial=1)), log=True)
    pad = (across[1] / across[0]) ** 0.03
    across = (across[0] / pad, across[1] * pad)
    x = alt.X(
        "at:Q",
        scale=fixed(across, log=True),
        axis=log_axis(translate(say("learning rate η (log scale)")), across),
    )
    y = alt.Y(
        "value:Q",
        scale=fixed(up, log=True),
        axis=log_axis(translate(say("loss after the last step (log scale)")), up),
    )
    named = {f"loss_{name}": (translate(text), style) for name, (text, style) in PAIR.items()}
    shown = {n: np.clip(c, up[0], None) if n != "rate" else c for n, c in table.items()}
    points = []
    for name, (_, style) in PAIR.items():
        column = np.asarray(shown[f"loss_{name}"], dtype=np.float64)
        frame = pd.DataFrame({"at": rates, "value": np.where(np.isfinite(column), column, top)})
        fine = np.isfinite(column)
        base = alt.Chart(frame[fine]).mark_point(filled=True, size=45, color=style.color)
        points.append(base.encode(x=x, y=y))
        # side by side where both are lost
        shift = -4 if name == "none" else 4
        cross = alt.Chart(frame[~fine]).mark_text(
            text="×", fontSize=20, fontWeight="bold", color=style.color, dy=8, dx=shift
        )
        points.append(cross.encode(x=x, y=y))
    finding = say(
        "Works without batch norm: {without}. With it: {with_bn}",
        without=_range(picture, "none"),
        with_bn=_range(picture, "bn"),
    )
    detail = say(
        "{depth} layers, {steps} steps. ×: {lost}. Grey: the loss of guessing",
        depth=picture.settings["depth"],
        steps=picture.settings["steps"],
        lost=lost,
    )
    guess = alt.Chart(alt.InlineData(values=[{}])).mark_rule(color=GREY, strokeDash=[2, 2])
    layers = [
        guess.encode(y=alt.YDatum(math.log(2), scale=fixed(up, log=True))),
        *landmark(setting(picture, "rate"), across, log=True),
        lines(shown, x, y, named, key="rate"),
        *points,
    ]
    answers = [*rules(picture, across, log=True), *chosen(picture)]
    return layered([*layers, *answers], heading(picture, finding, detail))


def _range(picture: Picture, name: str) -> Message | str:
    low, high = (picture.outcome.scalars[f"{end}_{name}"] for end in ("lowest", "highest"))
    if not low > 0:
        return say("no rate")
    return f"{low:g}" if low == high else f"{low:g} – {high:g}"


def depth_and_norm(picture: Picture) -> alt.LayerChart:
    """The gradient by layer, over the last layer's, without normalization, with BN, with LN.

    Marked numbers are ratios; places in an order stand beside the names.
    """
    translate = words(picture)
    table, scalars = picture.outcome.tables["layers"], picture.outcome.scalars
    said = {
        "none": (say("plain"), Style(ORANGE, (6, 3))),
        "bn": (say("batch norm"), Style(BLUE)),
        "ln": (say("layer norm"), Style(SKY, (8, 2, 2, 2))),
    }
    named = {
        f"delta_{option}": (translate(text) + ranked(picture, option), style)
        for option, (text, style) in said.items()
    }
    columns = [np.asarray(table[name], dtype=np.float64) for name in named]
    shown = {
        "layer": table["layer"],
        **{n: np.where(c > 0, c, np.nan) for n, c in zip(named, columns, strict=True)},
    }
    low, high = span(*(shown[name] for name in named))
    low = low if low > 0 else 0.1
    domain = reach(picture, low / 1.5, max(high, low) * 1.5, log=True)
    depth = len(table["layer"])
    x = alt.X(
        "at:Q",
        scale=alt.Scale(nice=False),
        axis=layer_axis(translate(say("layer")), max(depth, 1)),
    )
    title = translate(say("gradient ÷ that of the last layer (log scale)"))
    y = alt.Y("value:Q", scale=fixed(domain, log=True), axis=log_axis(title, domain))
    finding = say(
        "At layer 1: plain {none}, batch norm {bn}, layer norm {ln}",
        **{name: figure(scalars[f"ratio_{name}"]) for name in ("none", "bn", "ln")},
    )
    activation = str(picture.settings["activation"])
    detail = say(
        "{activation}, {depth} layers of {width} units, before any training",
        activation=ACTIVATION_NAMES.get(activation, activation),
        depth=depth,
        width=picture.settings["width"],
    )
    layers = [
        *band(picture, domain, channel="y", log=True),
        lines(shown, x, y, named, key="layer"),
        *rules(picture, domain, channel="y", log=True),
    ]
    return layered(layers, heading(picture, finding, detail))


CHARTS: Mapping[str, Callable[[Picture], alt.LayerChart]] = {
    "label_memory": label_memory,
    "rates_with_norm": rates_with_norm,
    "depth_and_norm": depth_and_norm,
}
LAB: Mapping[str, tuple[str, ...]] = {
    "random_labels": ("label_memory",),
    "learning_rate_sweep": ("rates_with_norm",),
    "normalization_depth": ("depth_and_norm",),
}
