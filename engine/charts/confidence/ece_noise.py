"""A chart of the ECE that chance alone gives, by the size of the test set."""

from __future__ import annotations

import math

import altair as alt

from engine.charts.kit.axes import layered, log_axis
from engine.charts.kit.marks import band, heading, reach, rules, words
from engine.charts.kit.numbers import number, whole
from engine.charts.kit.picture import Picture
from engine.charts.kit.scales import fixed, landmark
from engine.charts.kit.series import columns_of
from engine.charts.kit.shows import shows
from engine.charts.kit.theme import BLUE, GREY
from engine.i18n import say

Layers = list[alt.Chart]


@shows("ece_noise")
def ece_sizes(picture: Picture) -> alt.LayerChart:
    """ECE by size of the test set: boxes of what was drawn, a line of theory. Marks are ECEs."""
    translate = words(picture)
    names = ("samples", "expected", "low", "quarter", "median", "three_quarters", "high")
    frame = columns_of(picture, "sizes", *names)
    ends = (float(frame["low"].min()), float(frame["high"].max())) if len(frame) else (0.001, 1.0)
    domain = reach(picture, *ends, log=True)
    sizes = (60.0, 16_000.0)
    x_title = translate(say("test examples n (log scale)"))
    x_axis = alt.Axis(title=x_title, values=list(frame["samples"]), format="d")
    x = alt.X("samples:Q", scale=fixed(sizes, log=True), axis=x_axis)
    title = log_axis(translate(say("ECE (log scale)")), domain)

    def y(column: str) -> alt.Y:
        return alt.Y(f"{column}:Q", scale=fixed(domain, log=True), axis=title)

    base = alt.Chart(frame).encode(x=x)
    layers: Layers = [
        *band(picture, domain, channel="y", log=True),
        base.mark_line(strokeDash=[4, 4], color=GREY).encode(y=y("expected")),
        base.mark_rule(strokeWidth=1.5, color=BLUE).encode(y=y("low"), y2=alt.Y2("high:Q")),
        base.mark_rule(strokeWidth=12, color=BLUE, opacity=0.55).encode(
            y=y("quarter"), y2=alt.Y2("three_quarters:Q")
        ),
        base.mark_tick(thickness=3, size=18, orient="horizontal", color=BLUE).encode(y=y("median")),
    ]
    samples = picture.settings.get("samples", 100)
    if isinstance(samples, (int, float)) and sizes[0] < samples < sizes[1]:
        layers += landmark(float(samples), sizes, log=True)
    finding = say(
        "On {n} examples ECE is about {ece}",
        n=whole(samples),
        ece=number(picture.outcome.scalars.get("ece", math.nan), 2),
    )
    detail = say(
        "k = {scale} (1 is perfect), {bins} bins; dashed: theory; boxes: middle half, lines: 90%",
        scale=number(picture.settings.get("scale", 1), 6),
        bins=picture.settings.get("bins", "?"),
    )
    layers += rules(picture, domain, channel="y", log=True)
    return layered(layers, heading(picture, finding, detail))
