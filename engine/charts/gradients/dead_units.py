"""Charts of ReLU units in a batch, over many samples and through training."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping

import altair as alt
import numpy as np
import pandas as pd

from engine.charts.kit import theme
from engine.charts.kit.axes import layered, legend
from engine.charts.kit.marks import band, heading, reach, rules, words
from engine.charts.kit.marks import figure as powers
from engine.charts.kit.picture import Picture
from engine.charts.kit.scales import GREY, fixed
from engine.charts.kit.series import Style, figure, lines, plain_axis, setting, span, step_axis
from engine.i18n import say, say_count

BLUE, ORANGE, SKY, *_ = theme.SERIES
MEASURED, EXPECTED = Style(BLUE, width=3), Style(ORANGE, (6, 3))


def _probability(share: float) -> str:
    """Three digits; close below 1 as many as it takes to tell it from 1."""
    if not 0.9995 <= share < 1:
        return powers(share, 3)
    return f"{share:.{min(1 - math.floor(math.log10(1 - share)), 15)}f}"


def batch_positives(picture: Picture) -> alt.LayerChart:
    """How likely each number of positive values is in one batch; answers are probabilities."""
    translate = words(picture)
    table, scalars = picture.outcome.tables["counts"], picture.outcome.scalars
    silent, some = translate(say("all zero: no gradient")), translate(say("at least one positive"))
    frame = pd.DataFrame({"at": table["positive"], "value": table["expected"]}).assign(
        left=lambda f: f["at"] - 0.4,
        right=lambda f: f["at"] + 0.4,
        series=lambda f: np.where(f["at"] == 0, silent, some),
    )
    n = setting(picture, "batch")
    domain = reach(picture, 0.0, 1.1 * span(table["expected"])[1], slack=1.0)
    x = fixed((-0.6, n + 0.6))
    bars = (
        alt.Chart(frame)
        .mark_rect()
        .encode(
            x=alt.X(
                "left:Q",
                scale=x,
                axis=step_axis(translate(say("positive values in the batch")), 0, n),
            ),
            x2=alt.X2("right:Q"),
            y=alt.Y("value:Q", scale=fixed(domain), axis=plain_axis(translate(say("probability")))),
            y2=alt.datum(0.0),
            color=alt.Color(
                "series:N",
                scale=alt.Scale(domain=[silent, some], range=[ORANGE, BLUE]),
                legend=legend(),
            ),
        )
    )
    finding = say(
        "None of {n} outputs is above 0, with probability {share}",
        n=f"{n:.0f}",
        share=_probability(scalars["none"]),
    )
    detail = say(
        "z has mean {mean}, deviation {std}: one value is negative with {negative}",
        mean=figure(picture.settings["mean"], "g"),
        std=figure(picture.settings["std"], "g"),
        negative=_probability(scalars["negative"]),
    )
    return layered(
        [
            *band(picture, domain, channel="y"),
            bars,
            *rules(picture, domain, channel="y"),
        ],
        heading(picture, finding, detail),
    )


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
        percent=figure(100 * scalars["dead"]),
    )
    detail = say(
        "bias {bias}, {units} units; a typical one fires on {rate}% of inputs",
        bias=figure(picture.settings["bias"], "g"),
        units=figure(picture.settings["units"], "g"),
        rate=figure(100 * scalars["typical_rate"], ".2g"),
    )
    return layered(
        [
            *band(picture, domain, channel="y"),
            lines(shown, x, y, named, key="samples"),
            *rules(picture, domain, channel="y"),
        ],
        heading(picture, finding, detail),
    )


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
        percent=figure(100 * picture.outcome.scalars["firing_rate"]),
    )
    detail = say("bias {bias}", bias=figure(picture.settings["bias"], "g"))
    return layered([bars], heading(picture, finding, detail))


def dead_by_step(picture: Picture) -> alt.LayerChart:
    """The share of dead units, step by step; a gray line where the steps become small."""
    translate = words(picture)
    table, scalars = picture.outcome.tables["steps"], picture.outcome.scalars
    shown = {"step": table["step"], "dead": 100 * np.asarray(table["dead"])}
    last = max(span(table["step"])[1], 1.0)
    domain = (0.0, 104.0)
    x_scale = fixed((0.0, last))
    x = alt.X("at:Q", scale=x_scale, axis=step_axis(translate(say("step")), 0, last))
    y = alt.Y("value:Q", scale=fixed(domain), axis=plain_axis(translate(say("dead units (%)"))))
    turn = (
        alt.Chart(alt.InlineData(values=[{}]))
        .mark_rule(color=GREY, strokeDash=[4, 3], strokeWidth=1.5)
        .encode(x=alt.XDatum(setting(picture, "large_steps"), scale=x_scale))
    )
    named = {"dead": (translate(say("dead units (%)")), MEASURED)}
    finding = say(
        "{before}% dead before, {after}% after the large steps, {end}% at the end",
        before=figure(scalars["percent_start"]),
        after=figure(scalars["percent_after"]),
        end=figure(scalars["percent_end"]),
    )
    detail = say(
        "learning rate {rate} up to the gray line, then 0.1",
        rate=figure(picture.settings["learning_rate"], "g"),
    )
    return layered(
        [
            *band(picture, domain, channel="y"),
            turn,
            lines(shown, x, y, named, key="step"),
            *rules(picture, domain, channel="y"),
        ],
        heading(picture, finding, detail),
    )


CHARTS: Mapping[str, Callable[[Picture], alt.LayerChart]] = {
    "batch_positives": batch_positives,
    "silent_units": silent_units,
    "firing_rates": firing_rates,
    "dead_by_step": dead_by_step,
}
LAB: Mapping[str, tuple[str, ...]] = {
    "relu_batch": ("batch_positives",),
    "dead_units": ("silent_units", "firing_rates"),
    "dead_training": ("dead_by_step",),
}
