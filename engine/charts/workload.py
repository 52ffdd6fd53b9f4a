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


def workload_chart(
    points: Sequence[tuple[float, float, float]], chosen: float, language: str = "en"
) -> alt.LayerChart:
    """A point for each desired retention, joined in their order, with the retention beside it.

    points: (retention, minutes a day, share known), at least one. chosen: the learner's retention;
    its point, if it is one of them, has another colour and shape.
    """
    translate = Translator(language)
    ordered = sorted(points)
    frame = pd.DataFrame(ordered, columns=["retention", "minutes", "known"])
    frame["label"] = [f"{retention:.0%}" for retention in frame["retention"]]
    frame["chosen"] = [abs(retention - chosen) < 0.005 for retention in frame["retention"]]
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
