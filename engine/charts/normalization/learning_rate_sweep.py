"""A chart of learning rates with and without batch norm."""

from __future__ import annotations

import math

import altair as alt
import numpy as np
import pandas as pd

from engine.charts.kit.axes import layered, log_axis
from engine.charts.kit.marks import heading, reach, rules, words
from engine.charts.kit.networks import PAIR
from engine.charts.kit.numbers import number
from engine.charts.kit.options import chosen
from engine.charts.kit.picture import Picture
from engine.charts.kit.scales import fixed, landmark
from engine.charts.kit.series import lines, setting, span
from engine.charts.kit.shows import shows
from engine.charts.kit.theme import GREY
from engine.i18n import Message, say


@shows("learning_rate_sweep")
def rates_with_norm(picture: Picture) -> alt.LayerChart:
    """The loss by learning rate, log on both axes; crosses at the top where there is none.

    Marked numbers are rates; marked options are named above the plot.
    """
    translate = words(picture)
    table = picture.outcome.tables["rates"]
    lost = say("no number any more (diverged)")
    rates = np.asarray(table["rate"])
    low, high = span(table["loss_none"], table["loss_bn"])
    top = max(high * 2, 4.0)
    up = (min(max(low / 2, 1e-5), 0.1), top)
    across = reach(picture, float(rates.min(initial=1)), float(rates.max(initial=1)), log=True)
    pad = (across[1] / across[0]) ** 0.03
    across = (across[0] / pad, across[1] * pad)
    x = alt.X(
        "at:Q",
        scale=fixed(across, log=True),
        axis=log_axis(translate(say("learning rate η (log scale)")), across),
    )
    y = alt.Y(
        "value:Q",
        scale=fixed(up, log=True),
        axis=log_axis(translate(say("loss after the last step (log scale)")), up),
    )
    named = {f"loss_{name}": (translate(text), style) for name, (text, style) in PAIR.items()}
    shown = {n: np.clip(c, up[0], None) if n != "rate" else c for n, c in table.items()}
    points = []
    for name, (_, style) in PAIR.items():
        column = np.asarray(shown[f"loss_{name}"], dtype=np.float64)
        frame = pd.DataFrame({"at": rates, "value": np.where(np.isfinite(column), column, top)})
        fine = np.isfinite(column)
        base = alt.Chart(frame[fine]).mark_point(filled=True, size=45, color=style.color)
        points.append(base.encode(x=x, y=y))
        # side by side where both are lost
        shift = -4 if name == "none" else 4
        cross = alt.Chart(frame[~fine]).mark_text(
            text="×", fontSize=20, fontWeight="bold", color=style.color, dy=8, dx=shift
        )
        points.append(cross.encode(x=x, y=y))
    finding = say(
        "Works without batch norm: {without}. With it: {with_bn}",
        without=_range(picture, "none"),
        with_bn=_range(picture, "bn"),
    )
    detail = say(
        "{depth} layers, {steps} steps. ×: {lost}. Grey: the loss of guessing",
        depth=picture.settings["depth"],
        steps=picture.settings["steps"],
        lost=lost,
    )
    guess = alt.Chart(alt.InlineData(values=[{}])).mark_rule(color=GREY, strokeDash=[2, 2])
    layers = [
        guess.encode(y=alt.YDatum(math.log(2), scale=fixed(up, log=True))),
        *landmark(setting(picture, "rate"), across, log=True),
        *lines(picture, shown, x, y, named, key="rate"),
        *points,
    ]
    answers = [*rules(picture, across, log=True), *chosen(picture)]
    return layered([*layers, *answers], heading(picture, finding, detail))


def _range(picture: Picture, name: str) -> Message | str:
    low, high = (picture.outcome.scalars[f"{end}_{name}"] for end in ("lowest", "highest"))
    if not low > 0:
        return say("no rate")
    return number(low, 6) if low == high else f"{number(low, 6)} – {number(high, 6)}"
