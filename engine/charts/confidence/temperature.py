"""Charts of what temperature does: to the loss, and to every confidence."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping

import altair as alt
import pandas as pd

from engine.charts.confidence.confidence_training import Layers, columns_of, series_colour
from engine.charts.kit.axes import layered, log_axis
from engine.charts.kit.marks import band, heading, reach, rules, words
from engine.charts.kit.picture import Picture
from engine.charts.kit.scales import fixed, landmark, plain_axis
from engine.i18n import say


def nll_temperature(picture: Picture) -> alt.LayerChart:
    """The loss against the temperature, lowest at T*. Marked numbers are temperatures.

    A question's number `divided_by` is a temperature to point at.
    """
    translate = words(picture)
    frame = columns_of(picture, "curve", "temperature", "nll")
    scalars = picture.outcome.scalars
    best = scalars.get("temperature", 1.0)
    ends = (float(frame["temperature"].min()), float(frame["temperature"].max()))
    domain = reach(picture, *(ends if len(frame) else (0.1, 10.0)), log=True)
    x = alt.X(
        "temperature:Q",
        scale=fixed(domain, log=True),
        axis=log_axis(translate(say("temperature T (log scale)")), domain),
    )
    y = alt.Y(
        "nll:Q",
        scale=alt.Scale(zero=False),
        axis=plain_axis(translate(say("negative log-likelihood (nats)"))),
    )
    line = alt.Chart(frame).mark_line(strokeWidth=2.5).encode(x=x, y=y)
    lowest = pd.DataFrame(
        {"temperature": [best], "nll": [scalars.get("nll_after", math.nan)], "name": ["T*"]}
    )
    bottom = alt.Chart(lowest).encode(x=x, y=y)
    layers: Layers = [*band(picture, domain, log=True), line]
    layers += [
        bottom.mark_point(size=110, filled=True),
        bottom.mark_text(align="left", dx=8, dy=-12).encode(text=alt.Text("name:N")),
    ]
    used = picture.numbers.get("divided_by")
    for row, (value, name) in enumerate(((1.0, "T = 1"), (used, f"T = {used}"))):
        if isinstance(value, (int, float)) and domain[0] < value < domain[1] and value != best:
            layers += landmark(float(value), domain, log=True, name=name, row=row)
    finding = say("The loss is lowest at T = {best}", best=f"{best:.3g}")
    detail = say(
        "There ECE is {after} instead of {before}; accuracy stays {accuracy}",
        after=f"{scalars.get('ece_after', math.nan):.2g}",
        before=f"{scalars.get('ece', math.nan):.2g}",
        accuracy=f"{scalars.get('accuracy', math.nan):.3f}",
    )
    return layered([*layers, *rules(picture, domain, log=True)], heading(picture, finding, detail))


def confidence_histogram(picture: Picture) -> alt.LayerChart:
    """How sure the model is over all predictions, before and after T*. Marks are confidences.

    A question's number `said` is a confidence to point at.
    """
    translate = words(picture)
    frame = columns_of(picture, "histogram", "low", "high", "share", "share_after")
    scalars = picture.outcome.scalars
    start = float(frame["low"].min()) if len(frame) else 0.0
    domain = reach(picture, start, 1.0)
    before, after = translate(say("as the model says it")), translate(say("divided by T*"))
    colour = series_colour([before, after])
    x_axis = plain_axis(translate(say("confidence")))
    x = alt.X("low:Q", scale=fixed(domain), axis=x_axis)
    y_axis = plain_axis(translate(say("share of the predictions")))
    bars = (
        alt.Chart(frame.assign(series=before))
        .mark_rect()
        .encode(
            x=x,
            x2=alt.X2("high:Q"),
            y=alt.Y("share:Q", axis=y_axis),
            y2=alt.Y2Datum(0),
            color=colour,
        )
    )
    # A last row closes the outline at 1.
    closed = pd.concat([frame, frame.tail(1).assign(low=frame["high"].max())])
    outline = (
        alt.Chart(closed.assign(series=after))
        .mark_line(interpolate="step-after", strokeWidth=3)
        .encode(x=x, y=alt.Y("share_after:Q", axis=y_axis), color=colour)
    )
    layers: Layers = [*band(picture, domain), bars, outline]
    said = picture.numbers.get("said")
    if isinstance(said, (int, float)) and domain[0] <= said <= domain[1]:
        layers += landmark(float(said), domain)
    finding = say(
        "T* = {best} moves the mean confidence {before} → {after}",
        best=f"{scalars.get('temperature', math.nan):.2f}",
        before=f"{scalars.get('confidence', math.nan):.3f}",
        after=f"{scalars.get('confidence_after', math.nan):.3f}",
    )
    detail = say(
        "Accuracy before and after: {value}", value=f"{scalars.get('accuracy', math.nan):.3f}"
    )
    return layered([*layers, *rules(picture, domain)], heading(picture, finding, detail))


CHARTS: Mapping[str, Callable[[Picture], alt.LayerChart]] = {
    "nll_temperature": nll_temperature,
    "confidence_histogram": confidence_histogram,
}
