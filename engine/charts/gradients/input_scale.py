"""A chart of a sigmoid's gradient under inputs of any scale."""

from __future__ import annotations

import math
from collections.abc import Mapping

import altair as alt
import numpy as np
import pandas as pd

from engine.charts.gradients.sigmoid_saturation import floats_of, log_x, points_at
from engine.charts.kit.axes import layered, log_axis
from engine.charts.kit.marks import answer_rows, heading, words
from engine.charts.kit.numbers import chosen_number, number
from engine.charts.kit.picture import Mark, Picture
from engine.charts.kit.series import Style, lines, setting, span
from engine.charts.kit.shows import shows
from engine.charts.kit.theme import BLUE, ORANGE
from engine.i18n import say


@shows("input_scale")
def input_gradient(picture: Picture) -> alt.LayerChart:
    """The gradient by the scale of the inputs, for a sigmoid and a linear unit.

    Points stand at the two scales of the run; for a question about several scales at those, with
    the places that the answers gave them.
    """
    translate = words(picture)
    table, scalars = picture.outcome.tables.get("scales", {}), picture.outcome.scalars
    scales = floats_of(table, ("scale", "sigmoid", "linear"))
    top = 3.0
    scales["linear"] = np.where(scales["linear"] <= top, scales["linear"], np.nan)
    smallest = span(scales["sigmoid"])[0]
    domain = (max(smallest, 1e-9) / 2, top)
    named = {
        "sigmoid": (translate(say("sigmoid")), Style(BLUE, width=3)),
        "linear": (translate(say("linear unit")), Style(ORANGE, (10, 3))),
    }
    x = log_x(translate(say("standard deviation of the inputs (log scale)")), scales["scale"])
    title = translate(say("{size} (log scale)", size=say("rms of ∂a/∂w")))
    y = alt.Y(
        "value:Q",
        scale=alt.Scale(type="log", domain=list(domain), nice=False),
        axis=log_axis(title, domain),
    )
    before, after = scalars.get("gradient", math.nan), scalars.get("gradient_scaled", math.nan)
    at = _asked(picture)
    parts = [*lines(picture, scales, x, y, named, key="scale")]
    if at:
        curve = np.interp(
            np.log([value for _, value in at]), np.log(scales["scale"]), np.log(scales["sigmoid"])
        )
        places = [value for _, value in at]
        parts.append(points_at(places, list(np.exp(curve)), x, y, BLUE))
        texts = [number(value) for value in places]
        frame = pd.DataFrame({"at": places, "value": np.exp(curve) / 1.2, "text": texts})
        labels = alt.Chart(frame).mark_text(baseline="top")
        parts.append(labels.encode(x=x, y=y, text="text:N"))
        parts += answer_rows(_orders(picture, dict(at)), drawn=False)
        finding = say("The gradient is largest where the inputs are neither small nor large")
        detail = say("One sigmoid unit with weight {weight}", weight=_weight(picture))
    else:
        scale, scaled = setting(picture, "scale"), scalars.get("scaled", math.nan)
        parts.append(points_at([scale, scaled], [before, after], x, y, BLUE))
        finding = say(
            "Inputs × {factor}: the sigmoid's gradient goes from {before} to {after}",
            factor=chosen_number(setting(picture, "factor")),
            before=number(before, 2),
            after=number(after, 2),
        )
        detail = say(
            "Weight {weight}; a linear unit goes from {before} to {after}",
            weight=_weight(picture),
            before=chosen_number(scale),
            after=number(scaled),
        )
    return layered(parts, heading(picture, finding, detail))


#: The scales that an order question asks about, by option.
ASKED = ("tiny", "middle", "large", "huge")


def _asked(picture: Picture) -> list[tuple[str, float]]:
    numbers = picture.numbers
    return [(name, float(str(numbers[name]))) for name in ASKED if name in numbers]


def _orders(picture: Picture, at: Mapping[str, float]) -> list[tuple[Mark, str]]:
    """Each answer's order of the scales, in words."""
    said = []
    for role in ("key", "yours"):
        marks = [mark for mark in picture.marks if mark.role == role and mark.value in at]
        if marks:
            order = " → ".join(number(at[str(mark.value)]) for mark in marks)
            said.append((marks[0], f"{marks[0].label}: {order}"))
    return said


def _weight(picture: Picture) -> str:
    return chosen_number(setting(picture, "weight"))
