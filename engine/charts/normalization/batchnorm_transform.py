"""Charts of the batch-norm transform: its stages, its slope, γ and β swapped."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import altair as alt
import numpy as np
import pandas as pd

from engine.charts.kit.axes import layered, plain_axis
from engine.charts.kit.marks import (
    Domain,
    answer_rows,
    band,
    caption,
    heading,
    numbers,
    reach,
    rules,
    stroke,
    words,
)
from engine.charts.kit.numbers import chosen_number, number
from engine.charts.kit.options import verdicts
from engine.charts.kit.picture import Picture
from engine.charts.kit.scales import fixed
from engine.charts.kit.series import Style, lines, setting, span
from engine.charts.kit.shows import shows
from engine.charts.kit.theme import BLUE, ORANGE
from engine.i18n import Message, say

STAGES: Mapping[str, Message] = {
    "x": say("before: x"),
    "x_hat": say("normalized"),
    "y": say("after: y"),
    "swapped": say("γ and β swapped"),
}


@shows("batchnorm_transform")
def bn_stages(picture: Picture) -> alt.LayerChart:
    """Each value of a batch before, normalized, and after γ and β; the first in another colour."""
    scalars = picture.outcome.scalars
    finding = say(
        "Value 1: {x} → {x_hat} → {y}",
        x=chosen_number(picture.settings["x_1"]),
        x_hat=number(scalars["x_hat"]),
        y=number(scalars["y"]),
    )
    detail = say(
        "Batch mean {mean}, variance {variance}. γ = {gamma}, β = {beta}",
        mean=number(scalars["mean"]),
        variance=number(scalars["variance"]),
        **affine(picture),
    )
    return _staged(picture, ("x", "x_hat", "y"), heading(picture, finding, detail))


@shows("batchnorm_transform")
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
        slope=number(scalars["slope"]),
        constant=number(scalars["slope_constant"]),
    )
    detail = say("γ = {gamma}, β = {beta}", **affine(picture))
    return layered(
        [
            *lines(picture, table, x, y, named),
            *_sloping(picture, (setting(picture, "x_1"), scalars["y"]), domains),
            dot.encode(x=x, y=y),
        ],
        heading(picture, finding, detail),
    )


@shows("batchnorm_transform")
def bn_swapped(picture: Picture) -> alt.LayerChart:
    """The normalized batch with γ and β in their places, and with their places swapped."""
    scalars = picture.outcome.scalars
    finding = say(
        "Spread {y_std} with γ as the scale, but {swapped_std} with β as the scale",
        y_std=number(scalars["y_std"]),
        swapped_std=number(scalars["swapped_std"]),
    )
    detail = say("γ = {gamma}, β = {beta}", **affine(picture))
    return _staged(picture, ("x_hat", "y", "swapped"), heading(picture, finding, detail))


def affine(picture: Picture) -> dict[str, str]:
    return {name: chosen_number(picture.settings[name]) for name in ("gamma", "beta")}


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
    return layers + answer_rows(
        [(mark, caption(picture, mark, slope, anywhere)) for mark, slope in marked]
    )
