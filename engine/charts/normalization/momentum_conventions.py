"""A chart of what frameworks mean by momentum."""

from __future__ import annotations

import altair as alt
import numpy as np

from engine.charts.kit.axes import layered, plain_axis, step_axis
from engine.charts.kit.marks import heading, words
from engine.charts.kit.numbers import chosen_number, number
from engine.charts.kit.options import ranked
from engine.charts.kit.picture import Picture
from engine.charts.kit.series import Style, lines, span
from engine.charts.kit.shows import shows
from engine.charts.kit.theme import BLUE, ORANGE, SKY
from engine.i18n import say


@shows("momentum_conventions")
def momentum_memory(picture: Picture) -> alt.LayerChart:
    """What is left of the old value in three frameworks; in the legend, the answers' places."""
    translate = words(picture)
    table = picture.outcome.tables["memory"]
    styles = {
        "PyTorch": Style(BLUE, width=3),
        "Keras": Style(ORANGE, (10, 3)),
        "Flax": Style(SKY, (8, 3, 2, 3)),
    }
    shown: dict[str, np.ndarray[tuple[int], np.dtype[np.float64]]] = {}
    named: dict[str, tuple[str, Style]] = {}
    for framework, style in styles.items():
        rows = table["framework"] == framework
        shown["batch"], shown[framework] = table["batch"][rows], table["left"][rows]
        momentum = chosen_number(picture.settings[f"{framework.lower()}_momentum"])
        text = say("{framework} {m}", framework=framework, m=momentum)
        named[framework] = (translate(text) + ranked(picture, framework.lower()), style)
    x = alt.X(
        "at:Q",
        scale=alt.Scale(nice=False),
        axis=step_axis(translate(say("training batches")), *span(shown["batch"])),
    )
    y = alt.Y(
        "value:Q",
        scale=alt.Scale(domain=[0.0, 1.0], nice=False),
        axis=plain_axis(translate(say("share of the old value left"))),
    )
    left = picture.outcome.scalars
    lefts = {name: number(left[f"{name.lower()}_left"], 2) for name in styles}
    finding = say("Left at the end: PyTorch {PyTorch}, Keras {Keras}, Flax {Flax}", **lefts)
    detail = say("By framework and its momentum")
    return layered(
        [*lines(picture, shown, x, y, named, key="batch")], heading(picture, finding, detail)
    )
