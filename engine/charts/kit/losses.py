"""Losses by training step on a log axis, cut off where they leave what can be read."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

import altair as alt
import numpy as np
from numpy.typing import NDArray

from engine.charts.kit.axes import log_axis, step_axis
from engine.charts.kit.marks import words
from engine.charts.kit.picture import Picture
from engine.charts.kit.scales import fixed
from engine.charts.kit.series import span
from engine.i18n import Message, say

#: The axis reaches at least from one of these to the other (nats: guessing has ln 2), and no lower
#: than the last.
LOW, HIGH, LOWEST = 0.3, 0.7, 1e-3
ROOM = 1.2


@dataclass(frozen=True)
class LossesByStep:
    """The columns as they are shown, with `step`, and the axes; `scale` is that of the losses."""

    shown: dict[str, NDArray[Any]]
    x: alt.X
    y: alt.Y
    scale: alt.Scale


def losses_by_step(
    picture: Picture, columns: Iterable[str], title: Message, most: float
) -> LossesByStep:
    """The losses of table `steps`; what is above `most` runs along the upper edge."""
    translate, table = words(picture), picture.outcome.tables["steps"]
    losses = {name: np.asarray(table[name], dtype=np.float64) for name in columns}
    low, high = span(*losses.values())
    domain = (min(max(low, LOWEST), LOW) / ROOM, min(max(high, HIGH), most) * ROOM)
    scale = fixed(domain, log=True)
    return LossesByStep(
        {"step": table["step"]} | {name: np.clip(loss, *domain) for name, loss in losses.items()},
        alt.X(
            "at:Q",
            scale=alt.Scale(nice=False),
            axis=step_axis(translate(say("training step")), *span(table["step"])),
        ),
        alt.Y("value:Q", scale=scale, axis=log_axis(translate(title), domain)),
        scale,
    )
