"""Charts of batch normalization before ReLU and after it."""

from __future__ import annotations

import altair as alt
import numpy as np
import pandas as pd

from engine.charts.kit.axes import layered, plain_axis
from engine.charts.kit.marks import band, heading, reach, rules, words
from engine.charts.kit.numbers import chosen_number, decimals, number, whole
from engine.charts.kit.options import ranked
from engine.charts.kit.picture import Picture
from engine.charts.kit.series import histograms, span
from engine.charts.kit.shows import shows
from engine.charts.kit.theme import BLUE, ORANGE
from engine.charts.normalization.redundant_bias import named_rows, names_above
from engine.i18n import say

MEANS = {"BN → ReLU": "before", "ReLU → BN": "after", "BN": "plain", "ReLU": "relu"}


@shows("relu_bn_order")
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
        floor=decimals(scalars["after_floor"], 2),
        percent=whole(100 * scalars["after_negative"]),
    )
    detail = say(
        "BN → ReLU has no negative output. Its mean is {mean}.",
        mean=number(scalars["before_mean"], 2),
    )
    return layered(
        [*band(picture, domain), bars, *rules(picture, domain)],
        heading(picture, finding, detail),
    )


@shows("relu_bn_order")
def relu_bn_means(picture: Picture) -> alt.LayerChart:
    """The mean output of four orders; beside their names, the places the answers gave them."""
    translate = words(picture)
    table = picture.outcome.tables["means"]
    frame = pd.DataFrame(
        {
            "name": [str(name) + ranked(picture, MEANS[str(name)]) for name in table["layers"]],
            "mean": table["mean"],
            "text": [number(mean, 2) for mean in table["mean"]],
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
    y = named_rows(list(frame["name"]))
    bars = alt.Chart(frame).mark_bar(size=14, color=BLUE, yOffset=8)
    above, below = frame[frame["mean"] >= 0], frame[frame["mean"] < 0]
    texts = [
        alt.Chart(above).mark_text(align="left", dx=4, dy=8).encode(x=x, y=y, text="text:N"),
        alt.Chart(below).mark_text(align="right", dx=-4, dy=8).encode(x=x, y=y, text="text:N"),
    ]
    bars = bars.encode(x=x, y=y, x2=alt.datum(0.0))
    finding = say(
        "Mean of BN → ReLU: {before}, of ReLU → BN: {after}",
        before=number(picture.outcome.scalars["before_mean"], 2),
        after=chosen_number(picture.settings["beta_after"]),
    )
    detail = say(
        "Pre-activations with mean {mean} and deviation {std}",
        mean=chosen_number(picture.settings["mean"]),
        std=chosen_number(picture.settings["std"]),
    )
    return layered([bars, *texts, names_above(frame, y)], heading(picture, finding, detail))
