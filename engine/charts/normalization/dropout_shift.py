"""Charts of dropout in front of batch normalization."""

from __future__ import annotations

import altair as alt
import numpy as np
import pandas as pd

from engine.charts.kit.axes import layered, plain_axis
from engine.charts.kit.marks import Domain, band, heading, reach, rules, words
from engine.charts.kit.numbers import chosen_number, number
from engine.charts.kit.options import chosen
from engine.charts.kit.picture import Picture
from engine.charts.kit.series import Style, histograms, lines, setting, span
from engine.charts.kit.shows import shows
from engine.charts.kit.theme import BLUE, ORANGE
from engine.i18n import Message, say


@shows("dropout_shift")
def dropout_outputs(picture: Picture) -> alt.LayerChart:
    """BN's outputs in training, with dropout, and at test, without."""
    translate = words(picture)
    table, scalars = picture.outcome.tables["outputs"], picture.outcome.scalars
    named = {
        "train": (translate(say("training, with dropout")), ORANGE),
        "test": (translate(say("test, without dropout")), BLUE),
    }
    axes = translate(say("output of BN (no unit)")), translate(say("share of the outputs (%)"))
    bars = histograms(table, named, span(table["left"], table["right"]), axes)
    finding = say(
        "BN's outputs: deviation 1 in training, {std} at test", std=number(scalars["test_std"])
    )
    return layered([bars, *chosen(picture)], heading(picture, finding, _scene(picture)))


@shows("dropout_shift")
def dropout_ratio(picture: Picture) -> alt.LayerChart:
    """How many times larger the variance is in training, by the probability of dropping."""
    scalars = picture.outcome.scalars
    finding = say(
        "Dropping {percent}%: variance in training {ratio} times that at test",
        percent=number(100 * setting(picture, "drop")),
        ratio=number(scalars["ratio"]),
    )
    top = max(1.3 * scalars["ratio"], 2.0)
    domain = reach(picture, 0.8, top, slack=0.4)
    title = say("variance in training ÷ at test")
    return _curve(picture, "ratio", scalars["ratio"], domain, finding, title)


@shows("dropout_shift")
def dropout_test_std(picture: Picture) -> alt.LayerChart:
    """The deviation of BN's outputs at test, by the probability of dropping."""
    std = picture.outcome.scalars["test_std"]
    finding = say(
        "Dropping {percent}%: BN's outputs have deviation {std} at test",
        percent=number(100 * setting(picture, "drop")),
        std=number(std),
    )
    domain = reach(picture, 0.0, 1.1, slack=0.2)
    title = say("deviation at test (no unit)")
    return _curve(picture, "test_std", std, domain, finding, title)


def _curve(
    picture: Picture, column: str, value: float, domain: Domain, finding: Message, title: Message
) -> alt.LayerChart:
    translate = words(picture)
    table = picture.outcome.tables["drops"]
    shown = np.asarray(table[column]) <= domain[1]
    curve = {"x": np.asarray(table["drop"])[shown], "value": np.asarray(table[column])[shown]}
    x = alt.X(
        "at:Q",
        scale=alt.Scale(domain=[0.0, 0.9], nice=False),
        axis=plain_axis(translate(say("probability of dropping"))),
    )
    y = alt.Y(
        "value:Q",
        scale=alt.Scale(domain=list(domain), nice=False, zero=False),
        axis=plain_axis(translate(title)),
    )
    point = pd.DataFrame({"at": [setting(picture, "drop")], "value": [value]})
    dot = alt.Chart(point).mark_point(filled=True, size=110, color=ORANGE, opacity=1)
    return layered(
        [
            *band(picture, domain, channel="y"),
            *lines(picture, curve, x, y, {"value": ("", Style(BLUE, width=3))}),
            dot.encode(x=x, y=y),
            *rules(picture, domain, channel="y"),
        ],
        heading(picture, finding, _scene(picture)),
    )


def _scene(picture: Picture) -> Message:
    scalars = picture.outcome.scalars
    return say(
        "Values with mean {mean} and variance {variance}, dropped with {drop}",
        mean=number(scalars["input_mean"]),
        variance=number(scalars["input_variance"]),
        drop=chosen_number(picture.settings["drop"]),
    )
