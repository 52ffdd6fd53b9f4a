"""Charts of weights scaled in front of batch normalization."""

from __future__ import annotations

import math

import altair as alt
import numpy as np
import pandas as pd

from engine.charts.kit.axes import layered, log_axis, plain_axis, step_axis
from engine.charts.kit.marks import band, heading, reach, rules, words
from engine.charts.kit.numbers import chosen_number, number
from engine.charts.kit.options import chosen
from engine.charts.kit.picture import Picture
from engine.charts.kit.series import Style, lines, setting, span
from engine.charts.kit.shows import shows
from engine.charts.kit.theme import BLUE, GREY, ORANGE, SKY
from engine.i18n import say


@shows("scale_invariance")
def gradient_scaling(picture: Picture) -> alt.LayerChart:
    """The gradient's norm for weights αW, on two log axes; answers are norms."""
    translate = words(picture)
    table, scalars = picture.outcome.tables["scales"], picture.outcome.scalars
    alpha = setting(picture, "alpha")
    x_domain = (min(0.05, 0.5 * alpha), max(20.0, 2 * alpha))
    shown = np.asarray((table["alpha"] >= x_domain[0]) & (table["alpha"] <= x_domain[1]))
    curve = {"x": table["alpha"][shown], "value": table["gradient"][shown]}
    ends = span(curve["value"], [scalars["gradient_scaled"]]) if shown.any() else (0.1, 10.0)
    domain = reach(picture, *ends, log=True, slack=0.2)
    x = alt.X(
        "at:Q",
        scale=alt.Scale(type="log", domain=list(x_domain), nice=False),
        axis=log_axis(translate(say("factor α on the weights (log scale)")), x_domain),
    )
    y = alt.Y(
        "value:Q",
        scale=alt.Scale(type="log", domain=list(domain), nice=False),
        axis=log_axis(translate(say("norm of the gradient (log scale)")), domain),
    )
    points = pd.DataFrame(
        {"at": [1.0, alpha], "value": [scalars["gradient"], scalars["gradient_scaled"]]}
    )
    dots = alt.Chart(points).mark_point(filled=True, size=90, color=ORANGE, opacity=1)
    finding = say(
        "Weights times {alpha}, gradient times {ratio}",
        alpha=chosen_number(alpha),
        ratio=number(scalars["gradient_ratio"]),
    )
    detail = say("Orange: the gradient at W (α = 1) and at αW")
    return layered(
        [
            *band(picture, domain, channel="y", log=True),
            *lines(picture, curve, x, y, {"value": ("", Style(BLUE, width=3))}),
            dots.encode(x=x, y=y),
            *rules(picture, domain, channel="y", log=True),
        ],
        heading(picture, finding, detail),
    )


@shows("scale_invariance")
def scaled_std(picture: Picture) -> alt.LayerChart:
    """The deviation of the outputs for weights αW; answers are deviations."""
    translate = words(picture)
    table, scalars = picture.outcome.tables["scales"], picture.outcome.scalars
    alpha = setting(picture, "alpha")
    domain = reach(picture, 0.0, 1.1, slack=0.2)
    x_domain = (1e-5, 100.0)
    x = alt.X(
        "at:Q",
        scale=alt.Scale(type="log", domain=list(x_domain), nice=False),
        axis=log_axis(translate(say("factor α on the weights (log scale)")), x_domain),
    )
    y = alt.Y(
        "value:Q",
        scale=alt.Scale(domain=list(domain), nice=False),
        axis=plain_axis(translate(say("deviation of the outputs (no unit)"))),
    )
    named = {"std": ("", Style(BLUE, width=3))}
    point = pd.DataFrame({"at": [alpha], "value": [scalars["output_std"]]})
    dot = alt.Chart(point).mark_point(filled=True, size=110, color=ORANGE, opacity=1)
    finding = say(
        "Weights times {alpha}: outputs with deviation {std}",
        alpha=chosen_number(alpha),
        std=number(scalars["output_std"]),
    )
    detail = say(
        "ε = {epsilon}; at α=1 the pre-activations have deviation {spread}",
        epsilon=chosen_number(setting(picture, "epsilon")),
        spread=chosen_number(picture.settings["spread"]),
    )
    return layered(
        [
            *band(picture, domain, channel="y"),
            *lines(picture, table, x, y, named, key="alpha"),
            dot.encode(x=x, y=y),
            *rules(picture, domain, channel="y"),
            *chosen(picture),
        ],
        heading(picture, finding, detail),
    )


@shows("scale_invariance")
def norm_step(picture: Picture) -> alt.LayerChart:
    """A step at a right angle to the weights; the new length is swung down to the axis."""
    translate = words(picture)
    scalars = picture.outcome.scalars
    norm, step, after = setting(picture, "norm"), scalars["step"], scalars["next_norm"]
    kept = math.sqrt(max(after**2 - step**2, 0.0))
    domain = reach(picture, 0.0, 1.08 * max(after, norm), slack=0.4)
    turn = np.linspace(0.0, math.atan2(step, kept), 40)
    paths = {
        "weights": [(0.0, 0.0), (kept, 0.0)],
        "step": [(kept, 0.0), (kept, step)],
        "after": [(0.0, 0.0), (kept, step)],
        "arc": [(after * math.cos(angle), after * math.sin(angle)) for angle in turn],
    }
    styles = {
        "weights": Style(BLUE, width=4),
        "step": Style(ORANGE, width=4),
        "after": Style(SKY, (8, 3), 3),
        "arc": Style(GREY, (2, 3), 2),
    }
    height = max(1.15 * step, 0.35 * after, 1e-9)
    x = alt.X(
        "x:Q",
        scale=alt.Scale(domain=list(domain), nice=False),
        axis=plain_axis(translate(say("length along W"))),
    )
    y = alt.Y(
        "y:Q",
        scale=alt.Scale(domain=[0.0, height], nice=False),
        axis=plain_axis(translate(say("length along the gradient"))),
    )
    drawn = [
        alt.Chart(pd.DataFrame(path, columns=["x", "y"]).assign(order=range(len(path))))
        .mark_line(
            color=styles[name].color,
            strokeDash=list(styles[name].dash),
            strokeWidth=styles[name].width,
            clip=True,
        )
        .encode(x=x, y=y, order="order:Q")
        for name, path in paths.items()
    ]
    finding = say("|W|: {norm} → {after}", norm=chosen_number(norm), after=number(after, 4))
    detail = say(
        "Blue: the weights. Orange: a step of {step}. Dashed: the new weights.",
        step=number(step),
    )
    return layered(
        [*band(picture, domain), *drawn, *rules(picture, domain)],
        heading(picture, finding, detail),
    )


@shows("scale_invariance")
def norm_growth(picture: Picture) -> alt.LayerChart:
    """The norm of the weights over the steps, without and with weight decay."""
    translate = words(picture)
    table = picture.outcome.tables["training"]
    decay = chosen_number(picture.settings["decay"])
    named = {
        "plain": (translate(say("without weight decay")), Style(BLUE, width=3)),
        "decayed": (translate(say("with λ = {decay}", decay=decay)), Style(ORANGE, (10, 3))),
    }
    low, high = span(table["plain"], table["decayed"])
    domain = (max(low - 0.1 * (high - low) - 1e-3, 0.0), high + 0.1 * (high - low) + 1e-3)
    x = alt.X(
        "at:Q",
        scale=alt.Scale(nice=False),
        axis=step_axis(translate(say("step")), *span(table["step"])),
    )
    y = alt.Y(
        "value:Q",
        scale=alt.Scale(domain=list(domain), nice=False, zero=False),
        axis=plain_axis(translate(say("norm of the weights"))),
    )
    last = [float(table[name][-1]) if len(table[name]) else 0.0 for name in named]
    finding = say(
        "|W| ends at {plain}, with decay at {decayed}",
        plain=number(last[0]),
        decayed=number(last[1]),
    )
    detail = say(
        "η = {rate}, λ = {decay}; every step is at a right angle to W",
        rate=chosen_number(picture.settings["rate"]),
        decay=decay,
    )
    return layered(
        [*lines(picture, table, x, y, named, key="step")], heading(picture, finding, detail)
    )
