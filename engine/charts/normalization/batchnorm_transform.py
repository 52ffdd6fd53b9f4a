"""Charts of the batch-norm transform: its stages, its outputs, its zeros, its epsilon."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

import altair as alt
import numpy as np
import pandas as pd

from engine.charts.kit import theme
from engine.charts.kit.axes import layered, legend, log_axis
from engine.charts.kit.marks import (
    Domain,
    band,
    caption,
    heading,
    moved,
    numbers,
    reach,
    rules,
    stroke,
    words,
)
from engine.charts.kit.marks import legend as rows
from engine.charts.kit.picture import Picture
from engine.charts.kit.scales import fixed
from engine.charts.kit.series import Style, chosen, figure, lines, plain_axis, setting, span
from engine.i18n import Message, say

BLUE, ORANGE, SKY, _, _ = theme.SERIES

VERDICTS = {"true", "misleading", "false"}
STAGES: Mapping[str, Message] = {
    "x": say("before: x"),
    "x_hat": say("normalized"),
    "y": say("after: y"),
    "swapped": say("γ and β swapped"),
}


def bn_stages(picture: Picture) -> alt.LayerChart:
    """Each value of a batch before, normalized, and after γ and β; the first in another colour."""
    scalars = picture.outcome.scalars
    finding = say(
        "Value 1: {x} → {x_hat} → {y}",
        x=figure(picture.settings["x_1"]),
        x_hat=figure(scalars["x_hat"]),
        y=figure(scalars["y"]),
    )
    detail = say(
        "Batch mean {mean}, variance {variance}. γ = {gamma}, β = {beta}",
        mean=figure(scalars["mean"]),
        variance=figure(scalars["variance"]),
        **_affine(picture),
    )
    return _staged(picture, ("x", "x_hat", "y"), heading(picture, finding, detail))


def bn_swapped(picture: Picture) -> alt.LayerChart:
    """The normalized batch with γ and β in their places, and with their places swapped."""
    scalars = picture.outcome.scalars
    finding = say(
        "Spread {y_std} with γ as the scale, but {swapped_std} with β as the scale",
        y_std=figure(scalars["y_std"]),
        swapped_std=figure(scalars["swapped_std"]),
    )
    detail = say("γ = {gamma}, β = {beta}", **_affine(picture))
    return _staged(picture, ("x_hat", "y", "swapped"), heading(picture, finding, detail))


def bn_slope(picture: Picture) -> alt.LayerChart:
    """Output 1 as value 1 alone moves; the answers are lines of their slope through the point."""
    translate = words(picture)
    table, scalars = picture.outcome.tables["nudged"], picture.outcome.scalars
    low, high = span(table["y"], table["constant"])
    margin = 0.05 * (high - low) + 1e-9
    domains = span(table["x"]), (low - margin, high + margin)
    x = alt.X("at:Q", scale=fixed(domains[0]), axis=plain_axis(translate(say("value 1 (input x)"))))
    y = alt.Y(
        "value:Q", scale=fixed(domains[1]), axis=plain_axis(translate(say("output 1 (no unit)")))
    )
    named = {
        "y": (translate(say("output 1, μ and σ follow the value")), Style(BLUE, width=3)),
        "constant": (translate(say("if μ and σ were constants")), Style(ORANGE, (8, 3, 2, 3))),
    }
    point = pd.DataFrame({"at": [setting(picture, "x_1")], "value": [scalars["y"]]})
    dot = alt.Chart(point).mark_point(filled=True, size=120, color=BLUE, opacity=1)
    finding = say(
        "Slope {slope}; with constant μ and σ it would be {constant}",
        slope=figure(scalars["slope"]),
        constant=figure(scalars["slope_constant"]),
    )
    detail = say("γ = {gamma}, β = {beta}", **_affine(picture))
    return layered(
        [
            lines(table, x, y, named),
            *_sloping(picture, (setting(picture, "x_1"), scalars["y"]), domains),
            dot.encode(x=x, y=y),
        ],
        heading(picture, finding, detail),
    )


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
        mean=figure(scalars["y_mean"]),
        variance=figure(scalars["y_variance"]),
    )
    told = say("γ = {gamma}, β = {beta}", **_affine(picture))
    if numbers(picture):
        told = say("γ = {gamma}, β = {beta}. Answers stand at β ± their root.", **_affine(picture))
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
        heading(picture, finding, told),
    )


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
    percent = figure(100 * picture.outcome.scalars["expected_zeros"])
    details = [say("γ = {gamma}, β = {beta}", **_affine(picture))]
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
        variance=figure(variance),
        kept=figure(scalars["kept_std"]),
    )
    detail = say("ε = {eps}, before γ and β", eps=figure(picture.settings["eps"], "g"))
    return layered(
        [
            *band(picture, domain, channel="y"),
            lines(table, x, y, named, key="variance"),
            dot.encode(x=x, y=y),
            *rules(picture, domain, channel="y"),
        ],
        heading(picture, finding, detail),
    )


def verdicts(picture: Picture) -> list[alt.Chart]:
    """Rows above the plot with the verdicts on a claim; nothing where the answers are others."""
    found = {mark.value for mark in picture.marks}
    return chosen(picture) if found and found <= VERDICTS else []


def _affine(picture: Picture) -> dict[str, str]:
    return {name: figure(picture.settings[name]) for name in ("gamma", "beta")}


def _around(middle: float, variance: float) -> Sequence[float]:
    """Where an answer that is a variance is drawn; one below 0 has no root."""
    root = float(np.sqrt(max(variance, 0.0)))
    return (middle - root, middle + root)


def _staged(picture: Picture, stages: Sequence[str], title: alt.TitleParams) -> alt.LayerChart:
    """One row of dots a stage, one under the other; thin lines follow each value down."""
    translate = words(picture)
    table = picture.outcome.tables["batch"]
    names = {stage: translate(STAGES[stage]) for stage in stages}
    frame = pd.DataFrame(
        [
            {"member": int(member), "row": names[stage], "step": step, "value": float(value)}
            for step, stage in enumerate(stages)
            for member, value in zip(table["member"], table[stage], strict=True)
        ],
        columns=["member", "row", "step", "value"],
    )
    frame["which"] = np.where(frame["member"] == 1, "first", "other")
    low, high = span(frame["value"].to_numpy())
    margin = 0.05 * (high - low) + 1e-6
    domain = reach(picture, low - margin, high + margin, slack=0.3)
    x = alt.X("value:Q", scale=fixed(domain), axis=plain_axis(translate(say("value (no unit)"))))
    order = list(names.values())
    y = alt.Y("row:N", sort=order, title=None, scale=alt.Scale(domain=order))
    color = alt.Color(
        "which:N",
        scale=alt.Scale(domain=["first", "other"], range=[ORANGE, BLUE]),
        legend=None,
    )
    base = alt.Chart(frame)
    threads = base.mark_line(strokeWidth=1, opacity=0.5).encode(
        x=x, y=y, color=color, detail="member:N", order=alt.Order("step:Q")
    )
    dots = base.mark_point(filled=True, size=110, opacity=0.9).encode(x=x, y=y, color=color)
    answers = [*rules(picture, domain), *verdicts(picture)]
    return layered([*band(picture, domain), threads, dots, *answers], title)


def _sloping(
    picture: Picture, point: tuple[float, float], domains: tuple[Domain, Domain]
) -> list[alt.Chart]:
    """A line of each answer's slope through the point, and a row above that says what it is."""
    marked = numbers(picture)
    layers: list[alt.Chart] = []
    ends = np.array(domains[0])
    for mark, slope in marked:
        frame = pd.DataFrame({"at": ends, "value": point[1] + slope * (ends - point[0])})
        line = alt.Chart(frame).mark_line(clip=True, **stroke(mark))
        layers.append(
            line.encode(
                x=alt.X("at:Q", scale=fixed(domains[0])),
                y=alt.Y("value:Q", scale=fixed(domains[1])),
            )
        )
    anywhere = (-np.inf, np.inf)
    return layers + rows(
        [(mark, caption(picture, mark, slope, anywhere)) for mark, slope in marked]
    )


CHARTS: Mapping[str, Callable[[Picture], alt.LayerChart]] = {
    "bn_stages": bn_stages,
    "bn_swapped": bn_swapped,
    "bn_slope": bn_slope,
    "bn_output": bn_output,
    "relu_zeros": relu_zeros,
    "epsilon_std": epsilon_std,
}

LAB: Mapping[str, tuple[str, ...]] = {
    "batchnorm_transform": ("bn_stages", "bn_slope", "bn_swapped"),
    "batchnorm_output": ("bn_output", "relu_zeros", "epsilon_std"),
}
