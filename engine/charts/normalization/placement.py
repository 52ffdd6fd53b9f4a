"""Charts of where batch normalization stands, and of what a bias in front of it still does."""

from __future__ import annotations

from collections.abc import Callable, Mapping

import altair as alt
import numpy as np
import pandas as pd

from engine.charts.kit import theme
from engine.charts.kit.axes import layered, legend, log_axis
from engine.charts.kit.marks import band, heading, reach, rules, words
from engine.charts.kit.picture import Picture
from engine.charts.kit.series import chosen, figure, histograms, plain_axis, ranked, span
from engine.i18n import Message, say

BLUE, ORANGE, SKY, *_ = theme.SERIES
PALE = "#9A9CA5"
#: Gradients below it are what rounding leaves of 0.
NOTHING = 1e-9
MEANS = {"BN → ReLU": "before", "ReLU → BN": "after", "BN": "plain", "ReLU": "relu"}
PARTS = {"weights": BLUE, "biases": ORANGE, "affine": SKY, "running": PALE}


def bias_gradients(picture: Picture) -> alt.LayerChart:
    """The size of ∂L/∂b in every pipeline; no bar where it is 0."""
    translate = words(picture)
    table = picture.outcome.tables["pipelines"]
    frame = pd.DataFrame({"name": table["pipeline"], "size": table["bias_gradient"]})
    frame["own"] = frame["name"] == picture.settings["pipeline"]
    gone = frame["size"] < NOTHING
    frame["text"] = np.where(gone, "0", [figure(size, ".1g") for size in frame["size"]])
    kept = frame[~gone]
    low, high = span(kept["size"].to_numpy()) if len(kept) else (0.1, 1.0)
    domain = (10.0 ** np.floor(np.log10(low) - 0.3), 5 * high)
    frame["size"] = np.where(gone, np.nan, frame["size"])
    frame["end"] = np.where(gone, domain[0], frame["size"])
    scale = alt.Scale(type="log", domain=list(domain), nice=False)
    axis = log_axis(translate(say("rms of ∂L/∂b (log scale)")), domain)
    y = _rows(list(frame["name"]))
    bars = (
        alt.Chart(frame[~gone])
        .mark_bar(size=8, yOffset=6)
        .encode(
            x=alt.X("size:Q", scale=scale, axis=axis),
            x2=alt.datum(domain[0]),
            y=y,
            color=alt.condition("datum.own", alt.value(BLUE), alt.value(PALE)),
        )
    )
    texts = (
        alt.Chart(frame)
        .mark_text(align="left", dx=4, dy=6)
        .encode(x=alt.X("end:Q", scale=scale, axis=axis), y=y, text="text:N")
    )
    size = picture.outcome.scalars["bias_gradient"]
    pipeline = picture.settings["pipeline"]
    if size < NOTHING:
        finding: Message = say("{pipeline}: the bias has no gradient", pipeline=pipeline)
    else:
        finding = say(
            "{pipeline}: the bias has a gradient of rms {size}",
            pipeline=pipeline,
            size=figure(size, ".2g"),
        )
    detail = say("BN: batch normalization, LN: layer normalization. Same weights in all.")
    layers = [bars, texts, _names(frame, y), *chosen(picture)]
    chart = layered(layers, heading(picture, finding, detail))
    chart.height = 340
    return chart


def relu_bn_outputs(picture: Picture) -> alt.LayerChart:
    """What comes out of both orders, for the same pre-activations."""
    translate = words(picture)
    table, scalars = picture.outcome.tables["outputs"], picture.outcome.scalars
    named = {
        "before": (translate(say("BN → ReLU")), ORANGE),
        "after": (translate(say("ReLU → BN")), BLUE),
    }
    axes = translate(say("output (no unit)")), translate(say("share of the outputs (%)"))
    domain = reach(picture, *span(table["left"], table["right"]), slack=0.3)
    bars = histograms(table, named, domain, axes)
    finding = say(
        "ReLU → BN starts at {floor}, and {percent}% of it is negative",
        floor=figure(scalars["after_floor"], ".2f"),
        percent=figure(100 * scalars["after_negative"], ".0f"),
    )
    detail = say(
        "BN → ReLU has no negative output. Its mean is {mean}.",
        mean=figure(scalars["before_mean"], ".2g"),
    )
    return layered(
        [*band(picture, domain), bars, *rules(picture, domain)],
        heading(picture, finding, detail),
    )


def relu_bn_means(picture: Picture) -> alt.LayerChart:
    """The mean output of four orders; beside their names, the places the answers gave them."""
    translate = words(picture)
    table = picture.outcome.tables["means"]
    frame = pd.DataFrame(
        {
            "name": [str(name) + ranked(picture, MEANS[str(name)]) for name in table["layers"]],
            "mean": table["mean"],
            "text": [figure(mean, ".2g") for mean in table["mean"]],
        }
    )
    low, high = span(frame["mean"].to_numpy(), np.zeros(1))
    room = 0.15 * (high - low) + 1e-3
    domain = (low - (room if low < 0 else 0), high + (room if high > 0 else 0))
    x = alt.X(
        "mean:Q",
        scale=alt.Scale(domain=list(domain), nice=False),
        axis=plain_axis(translate(say("mean of the outputs (no unit)"))),
    )
    y = _rows(list(frame["name"]))
    bars = alt.Chart(frame).mark_bar(size=14, color=BLUE, yOffset=8)
    above, below = frame[frame["mean"] >= 0], frame[frame["mean"] < 0]
    texts = [
        alt.Chart(above).mark_text(align="left", dx=4, dy=8).encode(x=x, y=y, text="text:N"),
        alt.Chart(below).mark_text(align="right", dx=-4, dy=8).encode(x=x, y=y, text="text:N"),
    ]
    bars = bars.encode(x=x, y=y, x2=alt.datum(0.0))
    finding = say(
        "Mean of BN → ReLU: {before}, of ReLU → BN: {after}",
        before=figure(picture.outcome.scalars["before_mean"], ".2g"),
        after=figure(picture.settings["beta_after"], ".2g"),
    )
    detail = say(
        "Pre-activations with mean {mean} and deviation {std}",
        mean=figure(picture.settings["mean"], "g"),
        std=figure(picture.settings["std"], "g"),
    )
    return layered([bars, *texts, _names(frame, y)], heading(picture, finding, detail))


def parameter_parts(picture: Picture) -> alt.LayerChart:
    """Weights, biases, γ and β, and running statistics, one after the other on one axis."""
    translate = words(picture)
    table, scalars = picture.outcome.tables["parts"], picture.outcome.scalars
    names = {
        "weights": say("weights ({count})", count=figure(scalars["weights"], ".0f")),
        "biases": say("biases ({count})", count=figure(scalars["biases"], ".0f")),
        "affine": say("γ and β ({count})", count=figure(scalars["affine"], ".0f")),
        "running": say(
            "running statistics, not trained ({count})", count=figure(scalars["running"], ".0f")
        ),
    }
    texts = {part: translate(name) for part, name in names.items()}
    frame = pd.DataFrame({"start": table["start"], "end": table["end"]})
    frame["part"] = [texts[str(part)] for part in table["part"]]
    domain = reach(picture, 0.0, max(float(scalars["total"]), 1.0) * 1.03, slack=0.3)
    bars = (
        alt.Chart(frame)
        .mark_rect()
        .encode(
            x=alt.X(
                "start:Q",
                scale=alt.Scale(domain=list(domain), nice=False),
                axis=alt.Axis(
                    title=translate(say("numbers that the two layers hold")),
                    tickCount=5,
                    format="~s",
                    labelOverlap=True,
                ),
            ),
            x2=alt.X2("end:Q"),
            y=alt.YValue(70),
            y2=alt.Y2Value(150),
            color=alt.Color(
                "part:N",
                scale=alt.Scale(domain=list(texts.values()), range=list(PARTS.values())),
                legend=legend(),
            ),
        )
    )
    finding = say(
        "{total} numbers, of which {trainable} are trained",
        total=figure(scalars["total"], ".0f"),
        trainable=figure(scalars["trainable"], ".0f"),
    )
    detail = say(
        "{k} × {k} kernel, {c} channels in, {f} filters, then BN",
        k=figure(picture.settings["kernel"], ".0f"),
        c=figure(picture.settings["channels"], ".0f"),
        f=figure(picture.settings["filters"], ".0f"),
    )
    return layered(
        [*band(picture, domain), bars, *rules(picture, domain)],
        heading(picture, finding, detail),
    )


def _rows(names: list[str]) -> alt.Y:
    """A row for each name; the names stand above the bars, where a phone has room for them."""
    return alt.Y("name:N", sort=names, title=None, axis=None)


def _names(frame: pd.DataFrame, y: alt.Y) -> alt.Chart:
    text = alt.Chart(frame).mark_text(align="left", baseline="bottom", dy=-1)
    named: alt.Chart = text.encode(x=alt.XValue(4), y=y, text="name:N")
    return named


CHARTS: Mapping[str, Callable[[Picture], alt.LayerChart]] = {
    "bias_gradients": bias_gradients,
    "relu_bn_outputs": relu_bn_outputs,
    "relu_bn_means": relu_bn_means,
    "parameter_parts": parameter_parts,
}

#: The charts that show each simulation, the best first.
LAB: Mapping[str, tuple[str, ...]] = {
    "redundant_bias": ("bias_gradients",),
    "relu_bn_order": ("relu_bn_outputs", "relu_bn_means"),
    "layer_parameters": ("parameter_parts",),
}
