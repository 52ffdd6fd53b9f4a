"""Charts of what comes out of batch norm: its moments, its zeros, its epsilon."""

from __future__ import annotations

from collections.abc import Sequence

import altair as alt
import numpy as np
import pandas as pd

from engine.charts.kit.axes import layered, legend, log_axis, plain_axis
from engine.charts.kit.marks import band, heading, moved, numbers, rules, words
from engine.charts.kit.numbers import chosen_number, number
from engine.charts.kit.picture import Picture
from engine.charts.kit.scales import fixed
from engine.charts.kit.series import Style, lines, setting, span
from engine.charts.kit.shows import shows
from engine.charts.kit.theme import BLUE, ORANGE, SKY
from engine.charts.normalization.batchnorm_transform import affine
from engine.i18n import say


@shows("batchnorm_output")
def bn_output(picture: Picture) -> alt.LayerChart:
    """The batch before, normalized and after γ and β; answers are variances, drawn at β ± root."""
    translate = words(picture)
    table, scalars = picture.outcome.tables["histograms"], picture.outcome.scalars
    beta = setting(picture, "beta")
    frame = pd.DataFrame(dict(table))
    shown = {"x": say("before: x"), "y": say("after: y")}
    frame = frame[frame["stage"].isin(list(shown))]
    names = {stage: translate(text) for stage, text in shown.items()}
    frame = frame.assign(series=frame["stage"].map(names))
    wide = max(abs(end - beta) for end in span(frame["left"].to_numpy(), frame["right"].to_numpy()))
    domain = (beta - wide, beta + wide)
    x = alt.X("left:Q", scale=fixed(domain), axis=plain_axis(translate(say("value (no unit)"))))
    bars = alt.Chart(frame).mark_rect(opacity=0.55)
    density = say("density (per unit of value)")
    color = alt.Color(
        "series:N",
        scale=alt.Scale(domain=list(names.values()), range=[SKY, BLUE]),
        legend=legend(),
    )
    finding = say(
        "The outputs have mean {mean} and variance {variance}",
        mean=number(scalars["y_mean"]),
        variance=number(scalars["y_variance"]),
    )
    subtitle = say("γ = {gamma}, β = {beta}", **affine(picture))
    if numbers(picture):
        subtitle = say(
            "γ = {gamma}, β = {beta}. Answers stand at β ± their root.", **affine(picture)
        )
    return layered(
        [
            bars.encode(
                x=x,
                x2=alt.X2("right:Q"),
                y=alt.Y("density:Q", axis=plain_axis(translate(density))),
                y2=alt.datum(0.0),
                color=color,
            ),
            *rules(picture, domain, places=lambda v: _around(beta, v)),
        ],
        heading(picture, finding, subtitle),
    )


@shows("batchnorm_output")
def relu_zeros(picture: Picture) -> alt.LayerChart:
    """The density of the outputs; what ReLU sets to zero, the part below 0, in another colour.

    Answers are shares: each stands where so much of the outputs lies to its left.
    """
    translate = words(picture)
    frame = _split_at_zero(picture)
    names = {True: translate(say("below 0: set to zero")), False: translate(say("above 0: kept"))}
    frame = frame.assign(series=[names[bool(below)] for below in frame["right"] <= 0])
    domain = span(frame["left"].to_numpy(), frame["right"].to_numpy())
    led = moved(picture, lambda share: _quantile(picture, share))
    x = alt.X("left:Q", scale=fixed(domain), axis=plain_axis(translate(say("output y (no unit)"))))
    color = alt.Color(
        "series:N",
        scale=alt.Scale(domain=list(names.values()), range=[ORANGE, SKY]),
        legend=legend(),
    )
    bars = alt.Chart(frame).mark_rect(opacity=0.8)
    density = plain_axis(translate(say("density (per unit of value)")))
    percent = number(100 * picture.outcome.scalars["expected_zeros"])
    details = [say("γ = {gamma}, β = {beta}", **affine(picture))]
    if led.marks:
        details.append(say("An answer's line: so much lies on its left"))
    return layered(
        [
            bars.encode(
                x=x,
                x2=alt.X2("right:Q"),
                y=alt.Y("density:Q", axis=density),
                y2=alt.datum(0.0),
                color=color,
            ),
            *band(led, domain),
            *rules(led, domain),
        ],
        heading(picture, say("ReLU sets {percent}% to zero", percent=percent), *details),
    )


def _split_at_zero(picture: Picture) -> pd.DataFrame:
    """The bars of the outputs, the one on both sides of 0 as two."""
    frame = pd.DataFrame(dict(picture.outcome.tables["histograms"]))
    frame = frame.loc[frame["stage"] == "y", ["left", "right", "density"]]
    over = (frame["left"] < 0) & (frame["right"] > 0)
    lower, upper = frame[over].assign(right=0.0), frame[over].assign(left=0.0)
    return pd.concat([frame[~over], lower, upper], ignore_index=True).astype(float)


def _quantile(picture: Picture, share: float) -> float:
    """The level below which this share of the outputs lies."""
    table = picture.outcome.tables["below"]
    if not len(table["level"]):
        return 0.0
    return float(np.interp(share, table["share"], table["level"]))


@shows("batchnorm_output")
def epsilon_std(picture: Picture) -> alt.LayerChart:
    """The deviation of x̂ by the variance of its batch, for two frameworks' ε."""
    translate = words(picture)
    table, scalars = picture.outcome.tables["epsilon"], picture.outcome.scalars
    variance = setting(picture, "std") ** 2
    along = (1e-8, 10.0)
    domain = (0.0, 1.05)
    x = alt.X(
        "at:Q",
        scale=fixed(along, log=True),
        axis=log_axis(translate(say("variance of the batch")), along),
    )
    y = alt.Y(
        "value:Q",
        scale=fixed(domain),
        axis=plain_axis(translate(say("deviation of the normalized values"))),
    )
    named = {
        "PyTorch": (translate(say("ε = 0.00001 (PyTorch, Flax)")), Style(BLUE, width=3)),
        "Keras": (translate(say("ε = 0.001 (Keras)")), Style(ORANGE, (10, 3))),
    }
    at = pd.DataFrame({"at": [min(variance, along[1])], "value": [scalars["kept_std"]]})
    dot = alt.Chart(at).mark_point(filled=True, size=140, color=SKY, opacity=1)
    finding = say(
        "A batch with variance {variance} comes out with deviation {kept}",
        variance=number(variance),
        kept=number(scalars["kept_std"]),
    )
    detail = say("ε = {eps}, before γ and β", eps=chosen_number(picture.settings["eps"]))
    return layered(
        [
            *band(picture, domain, channel="y"),
            *lines(picture, table, x, y, named, key="variance"),
            dot.encode(x=x, y=y),
            *rules(picture, domain, channel="y"),
        ],
        heading(picture, finding, detail),
    )


def _around(middle: float, variance: float) -> Sequence[float]:
    """Where an answer that is a variance is drawn; one below 0 has no root."""
    root = float(np.sqrt(max(variance, 0.0)))
    return (middle - root, middle + root)
