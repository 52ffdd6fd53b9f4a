"""Charts of ReLU, PReLU and GELU: the functions, and their slopes."""

from __future__ import annotations

from collections.abc import Mapping

import altair as alt
import numpy as np

from engine.charts.kit.axes import layered, plain_axis
from engine.charts.kit.marks import band, heading, reach, rules, words
from engine.charts.kit.numbers import chosen_number, number
from engine.charts.kit.picture import Picture
from engine.charts.kit.scales import fixed, landmark
from engine.charts.kit.series import Style, lines, setting, span
from engine.charts.kit.shows import shows
from engine.charts.kit.theme import BLUE, ORANGE, SKY
from engine.i18n import Message, say

STYLES: Mapping[str, Style] = {
    "relu": Style(ORANGE, (6, 3)),
    "prelu": Style(SKY, (8, 3, 2, 3)),
    "gelu": Style(BLUE, width=3),
}


@shows("rectifiers")
def rectifier_values(picture: Picture) -> alt.LayerChart:
    """Output against input; answers are outputs."""
    finding = {
        "relu": say("At z = {z} ReLU gives out {relu}", **_said(picture, "")),
        "all": say(
            "At z = {z} ReLU gives out {relu}, PReLU {prelu}, GELU {gelu}", **_said(picture, "")
        ),
    }
    return _curves(picture, "values", say("output"), finding)


@shows("rectifiers")
def rectifier_slopes(picture: Picture) -> alt.LayerChart:
    """The slope against the input; answers are slopes."""
    finding = {
        "relu": say("At z = {z} ReLU has slope {relu}", **_said(picture, "_slope")),
        "all": say(
            "At z = {z} ReLU has slope {relu}, PReLU {prelu}, GELU {gelu}",
            **_said(picture, "_slope"),
        ),
    }
    return _curves(picture, "slopes", say("slope"), finding)


def _said(picture: Picture, ending: str) -> dict[str, str]:
    scalars = picture.outcome.scalars
    here = {name: number(scalars[name + ending], 2) for name in STYLES}
    return {"z": chosen_number(picture.settings["z"]), **here}


def _curves(
    picture: Picture, name: str, title: Message, finding: Mapping[str, Message]
) -> alt.LayerChart:
    translate, shown = words(picture), str(picture.settings["shown"])
    table = {key: np.asarray(column) for key, column in picture.outcome.tables[name].items()}
    drawn = STYLES if shown == "all" else {"relu": Style(BLUE, width=3)}
    slope = chosen_number(picture.settings["slope"])
    called = {
        "relu": say("ReLU"),
        "prelu": say("PReLU with slope {slope} below 0", slope=slope),
        "gelu": say("GELU"),
    }
    named = {key: (translate(called[key]), style) for key, style in drawn.items()}
    low, high = span(*(table[key] for key in drawn))
    pad = 0.05 * (high - low)
    domain = reach(picture, low - pad, high + pad)
    across = span(table["z"])
    x = alt.X("at:Q", scale=fixed(across), axis=plain_axis("z"))
    y = alt.Y("value:Q", scale=fixed(domain), axis=plain_axis(translate(title)))
    return layered(
        [
            *band(picture, domain, channel="y"),
            *landmark(setting(picture, "z"), across),
            *lines(picture, table, x, y, named, key="z"),
            *rules(picture, domain, channel="y"),
        ],
        heading(picture, finding[shown]),
    )
