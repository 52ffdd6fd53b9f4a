"""Charts of a model's confidence against its accuracy, and of what a temperature does to it."""

from __future__ import annotations

import math

import altair as alt
import numpy as np
import pandas as pd

from engine.charts.confidence.ece_noise import Layers
from engine.charts.kit.axes import layered, legend, log_axis, plain_axis
from engine.charts.kit.marks import band, heading, reach, rules, words
from engine.charts.kit.numbers import decimals, number, whole
from engine.charts.kit.picture import Picture
from engine.charts.kit.scales import fixed, landmark
from engine.charts.kit.series import columns_of, series_colour, setting
from engine.charts.kit.shows import shows
from engine.charts.kit.theme import BLUE, ORANGE, SKY
from engine.charts.learner import OVER, UNDER, diagonal
from engine.i18n import Translator, say


@shows("calibration")
def reliability_diagram(picture: Picture) -> alt.LayerChart:
    """Accuracy against confidence, a point a bin, with the gap drawn up or down to the diagonal.

    Marked numbers are accuracies. A question's number `said` is a confidence to point at.
    """
    translate = words(picture)
    frame = bins(picture)
    scalars = picture.outcome.scalars
    start = float(frame["low"].min()) if len(frame) else 0.0
    bottom = min(start, float(frame["accuracy"].min())) if len(frame) else 0.0
    across, up = (start, 1.0), reach(picture, math.floor(bottom * 10) / 10, 1.0)
    x = alt.X(
        "confidence:Q",
        scale=fixed(across),
        axis=plain_axis(translate(say("confidence (stated probability)"))),
    )
    y = alt.Y(
        "accuracy:Q", scale=fixed(up), axis=plain_axis(translate(say("accuracy (share right)")))
    )
    gaps = (
        alt.Chart(frame)
        .mark_rule(strokeWidth=6)
        .encode(x=x, y=y, y2=alt.Y2("confidence:Q"), color=signs(translate, frame, symbol="stroke"))
    )
    points = (
        alt.Chart(frame)
        .mark_circle(opacity=1, color=BLUE)
        .encode(x=x, y=y, size=alt.Size("count:Q", legend=None, scale=alt.Scale(range=[20, 160])))
    )
    finding = say(
        "Says {confidence} on average, is right {accuracy}",
        confidence=decimals(scalars.get("confidence", math.nan), 3),
        accuracy=decimals(scalars.get("accuracy", math.nan), 3),
    )
    detail = say(
        "{bins} bins, ECE = {ece}; dashed: both equal",
        bins=picture.settings.get("bins", len(frame)),
        ece=number(scalars.get("ece", math.nan)),
    )
    layers = [*band(picture, up, channel="y"), diagonal(across, up), gaps, points]
    details = [detail]
    said = picture.numbers.get("said")
    if isinstance(said, (int, float)) and start <= said <= 1:
        layers += landmark(float(said), across)
        if int(setting(picture, "classes")) == 2:
            layers.append(_rightness(setting(picture, "scale"), across, up))
            details.append(say("Curve: what is right by the formula"))
    return layered([*layers, *rules(picture, up, channel="y")], heading(picture, finding, *details))


def _rightness(scale: float, across: tuple[float, float], up: tuple[float, float]) -> alt.Chart:
    """How often a binary model is right at each confidence if its logits are `scale` too large."""
    said = np.linspace(max(across[0], 0.5), 0.999, 120)
    right = 1 / (1 + (1 / said - 1) ** (1 / scale))
    frame = pd.DataFrame({"confidence": said, "accuracy": right})
    curve: alt.Chart = (
        alt.Chart(frame)
        .mark_line(clip=True, strokeWidth=2, color=BLUE)
        .encode(
            x=alt.X("confidence:Q", scale=fixed(across)),
            y=alt.Y("accuracy:Q", scale=fixed(up)),
        )
    )
    return curve


@shows("calibration")
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
    finding = say("The loss is lowest at T = {best}", best=number(best))
    detail = say(
        "There ECE is {after} instead of {before}; accuracy stays {accuracy}",
        after=number(scalars.get("ece_after", math.nan), 2),
        before=number(scalars.get("ece", math.nan), 2),
        accuracy=decimals(scalars.get("accuracy", math.nan), 3),
    )
    return layered([*layers, *rules(picture, domain, log=True)], heading(picture, finding, detail))


def bins(picture: Picture) -> pd.DataFrame:
    """The rows with predictions in them, with `sign`, whether each is too sure."""
    table = picture.outcome.tables.get("bins", {})
    names = ("low", "high", "count", "confidence", "accuracy", "gap")
    more = ("row",) if "row" in table else ()
    frame = pd.DataFrame({name: table.get(name, np.array([])) for name in (*more, *names)})
    frame = frame[frame["count"] > 0].reset_index(drop=True)
    translate = words(picture)
    return frame.assign(sign=[translate(OVER if gap > 0 else UNDER) for gap in frame["gap"]])


def signs(
    translate: Translator, frame: pd.DataFrame, *, shown: bool = True, symbol: str = "square"
) -> alt.Color:
    """The colours of what is too sure and what is not sure enough, as far as there is any."""
    signs = {translate(OVER): ORANGE, translate(UNDER): SKY}
    there = {sign: colour for sign, colour in signs.items() if sign in set(frame["sign"])}
    colours = alt.Scale(domain=list(there), range=list(there.values()))
    return alt.Color("sign:N", scale=colours, legend=legend(symbol) if shown and there else None)


@shows("calibration")
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
        best=decimals(scalars.get("temperature", math.nan), 2),
        before=decimals(scalars.get("confidence", math.nan), 3),
        after=decimals(scalars.get("confidence_after", math.nan), 3),
    )
    detail = say(
        "Accuracy before and after: {value}", value=decimals(scalars.get("accuracy", math.nan), 3)
    )
    return layered([*layers, *rules(picture, domain)], heading(picture, finding, detail))


@shows("calibration")
def mistakes(picture: Picture) -> alt.LayerChart:
    """Mistakes in 1,000 that the model expects and that it makes, where it is sure and over all.

    Marked numbers are mistakes in 1,000.
    """
    translate = words(picture)
    scalars = picture.outcome.scalars
    threshold = picture.settings.get("threshold", 0.95)
    groups = {
        "sure_": say("at least {threshold} sure", threshold=f"{threshold:.0%}"),
        "": say("all predictions"),
    }
    whose = {"confidence": translate(say("it expects")), "accuracy": translate(say("it makes"))}
    frame = pd.DataFrame(
        [
            {
                "name": f"{translate(group)}, {said}",
                "wrong": 1000 * (1 - scalars.get(f"{prefix}{column}", 1.0)),
                "series": said,
            }
            for prefix, group in groups.items()
            for column, said in whose.items()
        ]
    )
    frame["label"] = [
        f"{name}: {whole(wrong)}" for name, wrong in zip(frame["name"], frame["wrong"], strict=True)
    ]
    domain = reach(picture, 0.0, float(frame["wrong"].max()) * 1.15 + 1)
    title = translate(say("mistakes in 1,000 predictions"))
    axis = plain_axis(title)
    x = alt.X("wrong:Q", scale=fixed(domain), axis=axis)
    colours = alt.Scale(domain=list(whose.values()), range=[SKY, ORANGE])
    base = alt.Chart(frame).encode(y=alt.Y("name:N", sort=None, axis=None))
    bars = base.mark_bar(height={"band": 0.42}).encode(
        x=x, color=alt.Color("series:N", scale=colours, legend=None)
    )
    text = base.mark_text(align="left", dx=4, dy=-22).encode(
        x=alt.XValue(0), text=alt.Text("label:N")
    )
    finding = say(
        "Where it is sure it expects {expected} mistakes and makes {made}",
        expected=whole(frame["wrong"][0]),
        made=whole(frame["wrong"][1]),
    )
    layers = [*band(picture, domain), bars, *rules(picture, domain)]
    return layered([*layers, text], heading(picture, finding))
