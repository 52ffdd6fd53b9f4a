"""What a desired retention costs and brings: minutes a day against the share known."""

from __future__ import annotations

from collections.abc import Sequence

import altair as alt
import pandas as pd

from engine.charts.kit.axes import layered, plain_axis, share_axis
from engine.charts.kit.scales import fixed
from engine.charts.kit.theme import BLUE, ORANGE
from engine.charts.kit.wrapping import wrap
from engine.i18n import Translator, say

#: How far apart two named points are at least, as parts of the chart's width or height.
ROOM = (0.13, 0.16)


def workload_chart(
    points: Sequence[tuple[float, float, float]], chosen: float, language: str = "en"
) -> alt.LayerChart:
    """A point for each desired retention, joined in their order, named where there is room.

    points: (retention, minutes a day, share known), at least one. chosen: the learner's retention;
    its point, if it is one of them, has another colour and shape.
    """
    translate = Translator(language)
    ordered = sorted(points)
    frame = pd.DataFrame(ordered, columns=["retention", "minutes", "known"])
    frame["chosen"] = [_is(retention, chosen) for retention, _, _ in ordered]
    frame["label"] = _labels(ordered, chosen)
    most, least = float(frame["minutes"].max()), float(frame["known"].min())
    x = alt.X(
        "minutes:Q",
        scale=fixed((0.0, max(most * 1.12, 0.1))),
        axis=plain_axis(translate(say("minutes of reviews a day"))),
    )
    y = alt.Y(
        "known:Q",
        scale=fixed((max(0.0, least - 0.05), 1.0)),
        axis=share_axis(translate(say("share of items known"))),
    )
    base = alt.Chart(frame).encode(x=x, y=y)
    mine = alt.condition("datum.chosen", alt.value(ORANGE), alt.value(BLUE))
    shape = alt.condition("datum.chosen", alt.value("diamond"), alt.value("circle"))
    size = alt.condition("datum.chosen", alt.value(220), alt.value(80))
    title = alt.TitleParams(
        text=wrap(translate(say("What a desired retention costs and brings"))), frame="bounds"
    )
    return layered(
        [
            base.mark_line(color=BLUE, opacity=0.4).encode(order="retention:Q"),
            base.mark_point(filled=True, opacity=1).encode(color=mine, shape=shape, size=size),
            base.mark_text(align="left", baseline="top", dx=7, dy=5).encode(text="label:N"),
        ],
        title,
    )


def _labels(points: Sequence[tuple[float, float, float]], chosen: float) -> list[str]:
    """The retention of each point; none of one that lies too close to another with a name."""
    across, up = (_spread([point[part] for point in points]) for part in (1, 2))
    named: list[tuple[float, float]] = []
    labels = [""] * len(points)
    last = len(points) - 1
    # The learner's own first, then both ends.
    turns = sorted(
        range(len(points)), key=lambda at: (not _is(points[at][0], chosen), at not in (0, last))
    )
    for at in turns:
        retention, minutes, known = points[at]
        x, y = minutes / across, known / up
        if all(abs(x - other) > ROOM[0] or abs(y - height) > ROOM[1] for other, height in named):
            named.append((x, y))
            labels[at] = f"{retention:.0%}"
    return labels


def _is(retention: float, chosen: float) -> bool:
    return abs(retention - chosen) < 0.005


def _spread(values: Sequence[float]) -> float:
    return max(values) - min(values) or 1.0
