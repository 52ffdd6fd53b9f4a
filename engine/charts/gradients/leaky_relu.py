"""Charts of leaky ReLU: its shape, its gain, and the gradient it lets through."""

from __future__ import annotations

import math
from dataclasses import replace

import altair as alt
import numpy as np
import pandas as pd

from engine.charts.kit.axes import layered, log_axis, plain_axis, step_axis
from engine.charts.kit.marks import Channel, band, heading, reach, rules, words
from engine.charts.kit.numbers import chosen_number, number
from engine.charts.kit.picture import Picture
from engine.charts.kit.scales import fixed, landmark
from engine.charts.kit.series import Style, lines, setting, span
from engine.charts.kit.shows import shows
from engine.charts.kit.theme import BLUE, ORANGE
from engine.i18n import say

LEAKY, RELU = Style(BLUE, width=3), Style(ORANGE, (6, 3))


@shows("leaky_relu")
def leaky_shape(picture: Picture) -> alt.LayerChart:
    """Output against input, with ReLU beside it; a thin line at the input, answers are outputs."""
    translate = words(picture)
    table = picture.outcome.tables["shape"]
    low, high = span(table["z"])
    domain = reach(picture, min(-0.5, span(table["leaky"])[0]), max(high, 1.0), slack=0.5)
    x = alt.X("at:Q", scale=fixed((low, high)), axis=plain_axis(translate(say("input x"))))
    y = alt.Y("value:Q", scale=fixed(domain), axis=plain_axis(translate(say("output"))))
    slope = chosen_number(picture.settings["slope"])
    named = {
        "relu": (translate(say("ReLU")), RELU),
        "leaky": (translate(say("leaky ReLU, slope {slope}", slope=slope)), LEAKY),
    }
    finding = say(
        "For {x} the output is {y}",
        x=chosen_number(picture.settings["x"]),
        y=number(picture.outcome.scalars["output"]),
    )
    return layered(
        [
            *band(picture, domain, channel="y"),
            *landmark(setting(picture, "x"), (low, high)),
            *lines(picture, table, x, y, named, key="z"),
            *rules(picture, domain, channel="y"),
        ],
        heading(picture, finding, say("slope {slope} below 0", slope=slope)),
    )


@shows("leaky_relu")
def leaky_gain(picture: Picture) -> alt.LayerChart:
    """The standard deviation of a weight by slope, with a point at this one."""
    translate = words(picture)
    table, scalars = picture.outcome.tables["gain"], picture.outcome.scalars
    root = math.sqrt(setting(picture, "n_in"))
    shown = {"slope": table["slope"], "sigma": np.asarray(table["gain"]) / root}
    low, high = (1 / root, math.sqrt(2) / root)
    domain = reach(picture, low - 0.1 * (high - low), high + 0.1 * (high - low))
    x = alt.X(
        "at:Q", scale=fixed((0.0, 1.0)), axis=plain_axis(translate(say("slope below 0 (no unit)")))
    )
    y = alt.Y(
        "value:Q",
        scale=fixed(domain),
        axis=plain_axis(translate(say("σ of a weight (no unit)"))),
    )
    here = pd.DataFrame({"at": [setting(picture, "slope")], "value": [scalars["sigma"]]})
    point = alt.Chart(here).mark_point(color=ORANGE, filled=True, size=110, opacity=1)
    finding = say(
        "Slope {slope}: gain {gain}, σ = {sigma}",
        slope=chosen_number(picture.settings["slope"]),
        gain=number(scalars["gain"]),
        sigma=number(scalars["sigma"]),
    )
    detail = say(
        "{n_in} inputs. From ReLU (slope 0) to linear (slope 1)",
        n_in=chosen_number(picture.settings["n_in"]),
    )
    return layered(
        [
            *band(picture, domain, channel="y"),
            *lines(picture, shown, x, y, {"sigma": ("σ", LEAKY)}, key="slope"),
            point.encode(x=x, y=y),
            *rules(picture, domain, channel="y"),
        ],
        heading(picture, finding, detail),
    )


@shows("leaky_relu")
def leaky_path(picture: Picture, channel: Channel = "y") -> alt.LayerChart:
    """The gradient that is left after each negative unit, on a log axis; ReLU leaves a gap.

    channel: "x" where answers are numbers of units, "y" where they are shares that are left.
    """
    translate = words(picture)
    table, scalars = picture.outcome.tables["path"], picture.outcome.scalars
    units = np.concatenate([[0], np.asarray(table["unit"])])
    left = np.concatenate([[1.0], np.asarray(table["left"], dtype=np.float64)])
    frame = pd.DataFrame({"at": units, "value": np.where(left > 0, left, np.nan)})
    positive = left[left > 0]
    shares = picture if channel == "y" else replace(picture, marks=())
    domain = reach(shares, 0.5 * float(positive.min()), 1.5, log=True, slack=1.0)
    last = setting(picture, "units")
    across = (0.0, last) if channel == "y" else reach(picture, 0.0, last, slack=3.0)
    drawn = alt.Chart(frame).mark_line(
        color=BLUE, strokeWidth=2.5, point=alt.OverlayMarkDef(size=60, color=BLUE)
    )
    title = translate(say("{size} (log scale)", size=say("share of the gradient left")))
    path = drawn.encode(
        x=alt.X(
            "at:Q",
            scale=fixed(across),
            axis=step_axis(translate(say("negative units passed")), *across),
        ),
        y=alt.Y("value:Q", scale=fixed(domain, log=True), axis=log_axis(title, domain)),
    )
    finding = say(
        "After {units} negative units {left} of the gradient is left",
        units=chosen_number(last),
        left=number(scalars["left"], 2),
    )
    along, log = (domain, True) if channel == "y" else (across, False)
    detail = say(
        "slope {slope}; with ReLU nothing is left after the first one",
        slope=chosen_number(picture.settings["slope"]),
    )
    return layered(
        [
            *band(picture, along, channel=channel, log=log),
            path,
            *rules(picture, along, channel=channel, log=log),
        ],
        heading(picture, finding, detail),
    )


@shows("leaky_relu", in_lab=False)
def leaky_count(picture: Picture) -> alt.LayerChart:
    """The gradient that is left after each negative unit; answers are numbers of units."""
    return leaky_path(picture, "x")
