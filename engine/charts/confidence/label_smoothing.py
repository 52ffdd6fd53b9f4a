"""A chart of confidence in training, with smoothed and with one-hot labels."""

from __future__ import annotations

import math

import altair as alt

from engine.charts.kit.axes import layered, log_axis, plain_axis
from engine.charts.kit.marks import band, heading, reach, rules, words
from engine.charts.kit.numbers import number
from engine.charts.kit.picture import Picture
from engine.charts.kit.scales import fixed
from engine.charts.kit.series import columns_of, series_colour, series_dash
from engine.charts.kit.shows import shows
from engine.i18n import say


@shows("label_smoothing")
def smoothing_steps(picture: Picture) -> alt.LayerChart:
    """Confidence by training step with smoothed and with one-hot labels. Marks are confidences."""
    translate = words(picture)
    frame = columns_of(picture, "steps", "step", "smoothed", "one_hot")
    steps = (1.0, float(frame["step"].max()) if len(frame) else 10.0)
    lowest = float(frame[["smoothed", "one_hot"]].to_numpy().min(initial=0.5))
    up = reach(picture, math.floor(lowest * 10) / 10, 1.02)
    names = {
        "smoothed": translate(say("smoothed labels")),
        "one_hot": translate(say("one-hot labels")),
    }
    colour, dash = series_colour(list(names.values())), series_dash(list(names.values()))
    x = alt.X(
        "step:Q",
        scale=fixed(steps, log=True),
        axis=log_axis(translate(say("training step (log scale)")), steps),
    )
    title = plain_axis(translate(say("confidence in the right class")))
    lines = [
        alt.Chart(frame.assign(series=name))
        .mark_line(strokeWidth=2.5)
        .encode(
            x=x, y=alt.Y(f"{column}:Q", scale=fixed(up), axis=title), color=colour, strokeDash=dash
        )
        for column, name in names.items()
    ]
    finding = say(
        "Smoothed labels stop the confidence at {target}",
        target=number(picture.outcome.scalars.get("target", math.nan)),
    )
    detail = say(
        "{classes} classes, smoothing {smoothing}",
        classes=picture.settings.get("classes", "?"),
        smoothing=picture.settings.get("smoothing", "?"),
    )
    layers = [*band(picture, up, channel="y"), *lines, *rules(picture, up, channel="y")]
    return layered(layers, heading(picture, finding, detail))
