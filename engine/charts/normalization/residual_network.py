"""Charts of skip connections: signals, gradients, the factor on the branch."""

from __future__ import annotations

import math
from collections.abc import Mapping

import altair as alt
import numpy as np
import pandas as pd

from engine.charts.kit.axes import layered, log_axis, plain_axis
from engine.charts.kit.layers import lines_by_layer
from engine.charts.kit.marks import band, heading, reach, rules, words
from engine.charts.kit.numbers import chosen_number, number
from engine.charts.kit.options import ranked
from engine.charts.kit.picture import Picture
from engine.charts.kit.series import Floats, Style, lines, setting
from engine.charts.kit.shows import shows
from engine.charts.kit.theme import BLUE, ORANGE
from engine.i18n import Message, say

#: column of the run, option of an order question -> its words
VARIANTS: Mapping[str, Message] = {
    "plain": say("no skip"),
    "skip": say("skip"),
    "scaled": say("skip, ÷ √L"),
    "bn": say("skip, BN"),
}


@shows("residual_network")
def residual_signal(picture: Picture) -> alt.LayerChart:
    """The standard deviation after each block in four networks; answers are deviations."""
    scalars = picture.outcome.scalars
    finding = say(
        "At the end: {plain} without skips, {skip} with them",
        plain=number(scalars.get("plain_std", math.nan), 2),
        skip=number(scalars.get("skip_std", math.nan), 2),
    )
    size = say("standard deviation of the signal")
    return lines_by_layer(picture, _variants(picture, "std"), size, finding, _made(picture))


@shows("residual_network")
def residual_gradient(picture: Picture) -> alt.LayerChart:
    """The gradient at each block in four networks, 1 at the last."""
    scalars = picture.outcome.scalars
    finding = say(
        "Gradient, first block ÷ last: {plain} without skips, {skip} with them",
        plain=number(scalars.get("plain_gradient", math.nan), 2),
        skip=number(scalars.get("skip_gradient", math.nan), 2),
    )
    size = say("norm of ∂L/∂x, last block = 1")
    return lines_by_layer(picture, _variants(picture, "gradient"), size, finding, _made(picture))


def _variants(picture: Picture, what: str) -> list[tuple[Message | str, Floats]]:
    translate = words(picture)
    table = picture.outcome.tables.get("blocks", {})
    return [
        (
            translate(said) + ranked(picture, name),
            np.asarray(table.get(f"{name}_{what}", ()), dtype=np.float64),
        )
        for name, said in VARIANTS.items()
    ]


def _made(picture: Picture) -> Message:
    return say(
        "Weights {gain} × He, branch × {scale}, {width} units wide",
        gain=chosen_number(setting(picture, "gain")),
        scale=chosen_number(setting(picture, "branch_scale")),
        width=picture.settings.get("width", "?"),
    )


@shows("residual_network")
def residual_branch(picture: Picture) -> alt.LayerChart:
    """The deviation at the end by the factor on the branch, and the run; answers are factors."""
    translate = words(picture)
    depth, gain = setting(picture, "depth"), setting(picture, "gain")
    scale, scalars = setting(picture, "branch_scale"), picture.outcome.scalars
    domain = reach(picture, 0.0, max(2 * scale, 0.1), slack=0.5)
    at = np.linspace(max(domain[0], 0.0), domain[1], 81)
    expected = (1 + (at * gain) ** 2) ** (depth / 2)
    measured = scalars.get("skip_std", math.nan)
    y_domain = (0.8, 1.3 * max(float(expected.max()), measured))
    x = alt.X(
        "at:Q",
        scale=alt.Scale(domain=list(domain), nice=False),
        axis=plain_axis(translate(say("factor on the branch (no unit)"))),
    )
    title = translate(
        say(
            "{size} (log scale)",
            size=say("standard deviation after {depth} blocks", depth=int(depth)),
        )
    )
    y = alt.Y(
        "value:Q",
        scale=alt.Scale(type="log", domain=list(y_domain), nice=False),
        axis=log_axis(title, y_domain),
    )
    named = {"value": ("", Style(BLUE, width=3))}
    point = alt.Chart(pd.DataFrame({"at": [scale], "value": [measured]})).mark_point(
        filled=True, size=110, color=ORANGE, opacity=1
    )
    finding = say(
        "With the branch × {scale} the deviation ends at {std}",
        scale=chosen_number(scale),
        std=number(measured),
    )
    parts = [
        *band(picture, domain),
        *lines(picture, {"at": at, "value": expected}, x, y, named, key="at"),
        point.encode(x=x, y=y),
        *rules(picture, domain),
    ]
    detail = say("Line: formula, for a branch that ends linear. Point: the network drawn")
    return layered(parts, heading(picture, finding, detail))
