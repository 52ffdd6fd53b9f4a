"""A chart of how many outputs of a batch are above 0."""

from __future__ import annotations

import math

import altair as alt
import numpy as np
import pandas as pd

from engine.charts.kit.axes import layered, legend, plain_axis, step_axis
from engine.charts.kit.marks import band, heading, reach, rules, words
from engine.charts.kit.numbers import chosen_number, number, whole
from engine.charts.kit.picture import Picture
from engine.charts.kit.scales import fixed
from engine.charts.kit.series import setting, span
from engine.charts.kit.shows import shows
from engine.charts.kit.theme import BLUE, ORANGE
from engine.i18n import say


def _probability(share: float) -> str:
    """Three digits; close below 1 as many as it takes to tell it from 1."""
    if not 0.9995 <= share < 1:
        return number(share)
    return f"{share:.{min(1 - math.floor(math.log10(1 - share)), 15)}f}"


@shows("relu_batch")
def batch_positives(picture: Picture) -> alt.LayerChart:
    """How likely each number of positive values is in one batch; answers are probabilities."""
    translate = words(picture)
    table, scalars = picture.outcome.tables["counts"], picture.outcome.scalars
    silent, some = translate(say("all zero: no gradient")), translate(say("at least one positive"))
    frame = pd.DataFrame({"at": table["positive"], "value": table["expected"]}).assign(
        left=lambda f: f["at"] - 0.4,
        right=lambda f: f["at"] + 0.4,
        series=lambda f: np.where(f["at"] == 0, silent, some),
    )
    n = setting(picture, "batch")
    domain = reach(picture, 0.0, 1.1 * span(table["expected"])[1], slack=1.0)
    x = fixed((-0.6, n + 0.6))
    bars = (
        alt.Chart(frame)
        .mark_rect()
        .encode(
            x=alt.X(
                "left:Q",
                scale=x,
                axis=step_axis(translate(say("positive values in the batch")), 0, n),
            ),
            x2=alt.X2("right:Q"),
            y=alt.Y("value:Q", scale=fixed(domain), axis=plain_axis(translate(say("probability")))),
            y2=alt.datum(0.0),
            color=alt.Color(
                "series:N",
                scale=alt.Scale(domain=[silent, some], range=[ORANGE, BLUE]),
                legend=legend(),
            ),
        )
    )
    finding = say(
        "None of {n} outputs is above 0, with probability {share}",
        n=whole(n),
        share=_probability(scalars["none"]),
    )
    detail = say(
        "z has mean {mean}, deviation {std}: one value is negative with {negative}",
        mean=chosen_number(picture.settings["mean"]),
        std=chosen_number(picture.settings["std"]),
        negative=_probability(scalars["negative"]),
    )
    return layered(
        [
            *band(picture, domain, channel="y"),
            bars,
            *rules(picture, domain, channel="y"),
        ],
        heading(picture, finding, detail),
    )
