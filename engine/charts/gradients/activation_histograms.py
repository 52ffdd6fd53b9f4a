"""A chart of the histograms of activations, a row for each layer."""

from __future__ import annotations

import altair as alt
import numpy as np
import pandas as pd

from engine.charts.kit.axes import layered, plain_axis
from engine.charts.kit.marks import heading, words
from engine.charts.kit.networks import ACTIVATION_NAMES
from engine.charts.kit.numbers import chosen_number, number
from engine.charts.kit.picture import Picture
from engine.charts.kit.scales import fixed
from engine.charts.kit.series import columns_of, span
from engine.charts.kit.shows import shows
from engine.charts.kit.theme import BLUE, GREY
from engine.i18n import say

ROW = 0.85  # of the space from one layer's floor to the next: its tallest bar


@shows("activation_histograms")
def layer_histograms(picture: Picture) -> alt.LayerChart:
    """A histogram for each layer, the first on top; each by its own tallest bar."""
    translate, scalars = words(picture), picture.outcome.scalars
    frame = _rows(columns_of(picture, "histogram", "layer", "left", "right", "share"))
    domain = span(frame["left"].to_numpy(), frame["right"].to_numpy())
    depth = int(frame["layer"].max()) if len(frame) else 1
    x = alt.X("left:Q", scale=fixed(domain), axis=plain_axis(translate(say("activation a"))))
    axis = alt.Axis(title=translate(say("layer")), values=list(range(1, depth + 1)), format="d")
    y = alt.Y("floor:Q", scale=fixed((depth + 0.15, 0.0)), axis=axis)
    floors = alt.Chart(pd.DataFrame({"floor": range(1, depth + 1)})).mark_rule(
        color=GREY, strokeWidth=1
    )
    bars = alt.Chart(frame[frame["share"] > 0]).mark_rect(color=BLUE)
    finding = say(
        "Standard deviation: {first} in layer 1, {last} in layer {depth}",
        first=number(scalars["std_first"], 2),
        last=number(scalars["std_last"], 2),
        depth=depth,
    )
    detail = say(
        "{activation}, σ√n = {spread}; {saturated}% of the last layer saturated",
        activation=ACTIVATION_NAMES[str(picture.settings["activation"])],
        spread=chosen_number(picture.settings["spread"]),
        saturated=number(100 * scalars["saturated_last"], 2),
    )
    scaled = say("Each row by its own tallest bar")
    return layered(
        [
            bars.encode(x=x, x2="right:Q", y=y, y2="top:Q"),
            floors.encode(y=y),
        ],
        heading(picture, finding, detail, scaled),
    )


def _rows(histogram: pd.DataFrame) -> pd.DataFrame:
    """With the floor and the top of each bar, in layers."""
    tallest = histogram.groupby("layer")["share"].transform("max")
    height = np.where(tallest > 0, histogram["share"] / tallest, 0.0)
    floor = histogram["layer"].astype(float)
    return histogram.assign(floor=floor, top=floor - ROW * height)
