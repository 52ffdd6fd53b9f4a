"""Charts of ReLU units over many samples: which never fire, and how often the others do."""

from __future__ import annotations

import altair as alt
import numpy as np
import pandas as pd

from engine.charts.kit.axes import layered, plain_axis
from engine.charts.kit.marks import band, heading, rules, words
from engine.charts.kit.numbers import chosen_number, number
from engine.charts.kit.picture import Picture
from engine.charts.kit.scales import fixed
from engine.charts.kit.series import Style, lines, setting
from engine.charts.kit.shows import shows
from engine.charts.kit.theme import BLUE, ORANGE
from engine.i18n import say, say_count

MEASURED, EXPECTED = Style(BLUE, width=3), Style(ORANGE, (6, 3))


@shows("dead_units")
def silent_units(picture: Picture) -> alt.LayerChart:
    """The share of units without a sign of life, by samples seen; answers are per cent."""
    translate = words(picture)
    table, scalars = picture.outcome.tables["silent"], picture.outcome.scalars
    shown = {
        "samples": table["samples"],
        "measured": 100 * np.asarray(table["measured"]),
        "expected": 100 * np.asarray(table["expected"]),
    }
    named = {
        "measured": (translate(say("units drawn here")), MEASURED),
        "expected": (translate(say("by the formula")), EXPECTED),
    }
    samples = setting(picture, "samples")
    domain = (0.0, 102.0)
    x = alt.X(
        "at:Q",
        scale=fixed((1.0, max(samples, 2.0)), log=True),
        axis=alt.Axis(
            title=translate(say("samples seen (log scale)")),
            values=[10.0**power for power in range(4)],
            format="d",
        ),
    )
    y = alt.Y(
        "value:Q",
        scale=fixed(domain),
        axis=plain_axis(translate(say("units that never fired (%)"))),
    )
    finding = say_count(
        "{percent}% never fire in {count} sample",
        "{percent}% never fire in {count} samples",
        int(samples),
        percent=number(100 * scalars["dead"]),
    )
    detail = say(
        "bias {bias}, {units} units; a typical one fires on {rate}% of inputs",
        bias=chosen_number(picture.settings["bias"]),
        units=chosen_number(picture.settings["units"]),
        rate=number(100 * scalars["typical_rate"], 2),
    )
    return layered(
        [
            *band(picture, domain, channel="y"),
            *lines(picture, shown, x, y, named, key="samples"),
            *rules(picture, domain, channel="y"),
        ],
        heading(picture, finding, detail),
    )


@shows("dead_units")
def firing_rates(picture: Picture) -> alt.LayerChart:
    """How often the units fire, as a histogram."""
    translate = words(picture)
    table = picture.outcome.tables["rates"]
    frame = pd.DataFrame(
        {name: 100 * np.asarray(table[name], dtype=np.float64) for name in table},
        columns=["left", "right", "share"],
    )
    bars = (
        alt.Chart(frame)
        .mark_bar(binSpacing=1, color=BLUE)
        .encode(
            x=alt.X(
                "left:Q",
                bin="binned",
                scale=fixed((0, 100)),
                axis=plain_axis(translate(say("samples on which a unit fires (%)"))),
            ),
            x2=alt.X2("right:Q"),
            y=alt.Y("share:Q", axis=plain_axis(translate(say("units (%)")))),
        )
    )
    finding = say(
        "Units fire on {percent}% of the samples on average",
        percent=number(100 * picture.outcome.scalars["firing_rate"]),
    )
    detail = say("bias {bias}", bias=chosen_number(picture.settings["bias"]))
    return layered([bars], heading(picture, finding, detail))
