"""A chart of the factor of a step back, by the size of the weights, for four activations."""

from __future__ import annotations

from collections.abc import Mapping

import altair as alt
import numpy as np

from engine.charts.kit.axes import layered, log_axis
from engine.charts.kit.marks import band, heading, reach, rules, words
from engine.charts.kit.networks import ACTIVATION_NAMES
from engine.charts.kit.numbers import chosen_number, number
from engine.charts.kit.picture import Picture
from engine.charts.kit.scales import fixed, landmark
from engine.charts.kit.series import Style, lines, setting
from engine.charts.kit.shows import shows
from engine.charts.kit.theme import BLUE, GREY, ORANGE, SKY
from engine.i18n import say

STYLES: Mapping[str, Style] = {
    "linear": Style(GREY, (2, 2)),
    "relu": Style(SKY, (8, 3, 2, 3)),
    "tanh": Style(BLUE, width=3),
    "sigmoid": Style(ORANGE, (10, 3)),
}
ACROSS, UP = (0.1, 30.0), (0.01, 30.0)


@shows("backward_factor")
def factor_by_spread(picture: Picture) -> alt.LayerChart:
    """The factor of a step back against σ√n, log on both axes; answers are factors."""
    translate, scalars = words(picture), picture.outcome.scalars
    domain = reach(picture, *UP, log=True)
    title = translate(say("{size} (log scale)", size=say("σ√n of the weights")))
    x = alt.X("at:Q", scale=fixed(ACROSS, log=True), axis=log_axis(title, ACROSS))
    title = translate(say("{size} (log scale)", size=say("factor of a step back")))
    y = alt.Y("value:Q", scale=fixed(domain, log=True), axis=log_axis(title, domain))
    named = {name: (translate(ACTIVATION_NAMES[name]), style) for name, style in STYLES.items()}
    table = {name: np.asarray(column) for name, column in picture.outcome.tables["factors"].items()}
    level = alt.Chart(alt.InlineData(values=[{}])).mark_rule(color=GREY, strokeWidth=1.5)
    spread = setting(picture, "spread")
    finding = say(
        "σ√n = {spread}: tanh {tanh}, ReLU {relu}, sigmoid {sigmoid} a step back",
        spread=chosen_number(spread),
        tanh=number(scalars["tanh"], 2),
        relu=number(scalars["relu"], 2),
        sigmoid=number(scalars["sigmoid"], 2),
    )
    detail = say("Below the line at 1 the gradient vanishes, above it explodes")
    return layered(
        [
            *band(picture, domain, channel="y", log=True),
            level.encode(y=alt.YDatum(1.0, scale=fixed(domain, log=True))),
            *landmark(spread, ACROSS, log=True),
            *lines(picture, table, x, y, named, key="spread"),
            *rules(picture, domain, channel="y", log=True),
        ],
        heading(picture, finding, detail),
    )
