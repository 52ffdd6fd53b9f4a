"""Charts of what moves confidence: training, L2, label smoothing, and chance."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping

import altair as alt
import numpy as np
import pandas as pd

from engine.charts.kit import theme
from engine.charts.kit.axes import layered, legend, log_axis
from engine.charts.kit.marks import band, heading, reach, rules, words
from engine.charts.kit.picture import Picture
from engine.charts.kit.scales import GREY, fixed, landmark, plain_axis
from engine.i18n import as_written, say

Layers = list[alt.Chart]
LOSSES = ("early_train_loss", "train_loss", "early_test_loss", "test_loss")


def training_gap(picture: Picture) -> alt.LayerChart:
    """Confidence and accuracy on new samples by training step. Marked numbers are shares."""
    translate = words(picture)
    frame = columns_of(picture, "steps", "step", "confidence", "accuracy")
    scalars = picture.outcome.scalars
    last = float(frame["step"].max()) if len(frame) else 10.0
    lowest = float(frame[["confidence", "accuracy"]].to_numpy().min(initial=0.9))
    up = reach(picture, math.floor(lowest * 20) / 20, 1.0)
    steps = (1.0, max(last, 2.0))
    x = alt.X(
        "step:Q",
        scale=fixed(steps, log=True),
        axis=log_axis(translate(say("training step (log scale)")), steps),
    )
    title = plain_axis(translate(say("share, on new samples")))
    names = {
        "confidence": translate(say("mean confidence")),
        "accuracy": translate(say("accuracy")),
    }
    colour, dash = (
        series_colour(list(names.values()), reverse=True),
        series_dash(list(names.values())),
    )
    between = (
        alt.Chart(frame)
        .mark_area(opacity=0.18, color=theme.SERIES[1])
        .encode(x=x, y=alt.Y("confidence:Q", scale=fixed(up), axis=title), y2=alt.Y2("accuracy:Q"))
    )
    lines = [
        alt.Chart(frame.assign(series=name))
        .mark_line(strokeWidth=2.5)
        .encode(
            x=x, y=alt.Y(f"{column}:Q", scale=fixed(up), axis=title), color=colour, strokeDash=dash
        )
        for column, name in names.items()
    ]
    early = min(float(picture.settings.get("early", 1)), last)  # type: ignore[arg-type]
    layers = [*band(picture, up, channel="y"), between, *lines]
    if 1 < early < last:
        layers += landmark(early, steps, log=True)
    finding = say(
        "Step {early} to {last}: gap {before} → {after}",
        early=f"{early:.0f}",
        last=f"{last:.0f}",
        before=signed(scalars.get("early_gap", math.nan)),
        after=signed(scalars.get("gap", math.nan)),
    )
    losses = {name: f"{scalars.get(name, math.nan):.3f}" for name in LOSSES}
    detail = say(
        "Loss in training {early_train_loss} → {train_loss}, on new samples {early_test_loss} → "
        "{test_loss}",
        **losses,
    )
    return layered([*layers, *rules(picture, up, channel="y")], heading(picture, finding, detail))


def l2_gap(picture: Picture) -> alt.LayerChart:
    """The gap after training, by L2 strength. Marked numbers are strengths."""
    translate = words(picture)
    table = columns_of(picture, "sweep", "l2", "gap")
    frame = table[table["l2"] > 0]
    ends = (float(frame["l2"].min()), float(frame["l2"].max())) if len(frame) else (0.001, 1.0)
    domain = reach(picture, *ends, log=True)
    x = alt.X(
        "l2:Q",
        scale=fixed(domain, log=True),
        axis=log_axis(translate(say("L2 strength λ (log scale)")), domain),
    )
    y = alt.Y("gap:Q", axis=plain_axis(translate(say("gap: confidence − accuracy"))))
    line = alt.Chart(frame).mark_line(strokeWidth=2.5, point=alt.OverlayMarkDef(size=60))
    plain = alt.Chart(table[table["l2"] == 0]).encode(y=y)
    none = plain.mark_rule(strokeDash=[6, 4], color=theme.SERIES[1])
    none_name = plain.mark_text(
        align="right", dx=-4, dy=10, text=translate(say("without L2"))
    ).encode(x=alt.XValue("width"))
    zero = alt.Chart(pd.DataFrame({"gap": [0.0]})).encode(y=y)
    level = zero.mark_rule(color=GREY, strokeWidth=1.5)
    level_name = zero.mark_text(
        align="left", dx=4, dy=10, text=translate(say("calibrated"))
    ).encode(x=alt.XValue(0))
    balanced = picture.outcome.scalars.get("l2_balanced", math.nan)
    gaps = frame.sort_values("l2")["gap"]
    if len(gaps) and (gaps.min() > 0 or gaps.max() < 0):  # zero at none of them
        finding = say(
            "More L2, less gap: from {first} to {last}",
            first=signed(gaps.iloc[0]),
            last=signed(gaps.iloc[-1]),
        )
    else:
        finding = say("More L2, less gap: zero near λ = {value}", value=f"{balanced:.2g}")
    detail = say(
        "{samples} training samples, {features} features",
        samples=picture.settings.get("samples", "?"),
        features=picture.settings.get("features", "?"),
    )
    layers = [
        *band(picture, domain, log=True),
        level,
        level_name,
        none,
        none_name,
        line.encode(x=x, y=y),
    ]
    return layered([*layers, *rules(picture, domain, log=True)], heading(picture, finding, detail))


def ece_sizes(picture: Picture) -> alt.LayerChart:
    """ECE by size of the test set: boxes of what was drawn, a line of theory. Marks are ECEs."""
    translate = words(picture)
    names = ("samples", "expected", "low", "quarter", "median", "three_quarters", "high")
    frame = columns_of(picture, "sizes", *names)
    ends = (float(frame["low"].min()), float(frame["high"].max())) if len(frame) else (0.001, 1.0)
    domain = reach(picture, *ends, log=True)
    sizes = (60.0, 16_000.0)
    x_title = translate(say("test examples n (log scale)"))
    x_axis = alt.Axis(title=x_title, values=list(frame["samples"]), format=",")
    x = alt.X("samples:Q", scale=fixed(sizes, log=True), axis=x_axis)
    title = log_axis(translate(say("ECE (log scale)")), domain)

    def y(column: str) -> alt.Y:
        return alt.Y(f"{column}:Q", scale=fixed(domain, log=True), axis=title)

    base = alt.Chart(frame).encode(x=x)
    layers: Layers = [
        *band(picture, domain, channel="y", log=True),
        base.mark_line(strokeDash=[4, 4], color=GREY).encode(y=y("expected")),
        base.mark_rule(strokeWidth=1.5, color=theme.SERIES[0]).encode(
            y=y("low"), y2=alt.Y2("high:Q")
        ),
        base.mark_rule(strokeWidth=12, color=theme.SERIES[0], opacity=0.55).encode(
            y=y("quarter"), y2=alt.Y2("three_quarters:Q")
        ),
        base.mark_tick(thickness=3, size=18, orient="horizontal", color=theme.SERIES[0]).encode(
            y=y("median")
        ),
    ]
    samples = picture.settings.get("samples", 100)
    if isinstance(samples, (int, float)) and sizes[0] < samples < sizes[1]:
        layers += landmark(float(samples), sizes, log=True)
    finding = say(
        "On {n} examples ECE is about {ece}",
        n=f"{samples:,}",
        ece=f"{picture.outcome.scalars.get('ece', math.nan):.2g}",
    )
    detail = say(
        "k = {scale} (1 is perfect), {bins} bins; dashed: theory; boxes: middle half, lines: 90%",
        scale=f"{picture.settings.get('scale', 1):g}",
        bins=picture.settings.get("bins", "?"),
    )
    layers += rules(picture, domain, channel="y", log=True)
    return layered(layers, heading(picture, finding, detail))


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
        target=f"{picture.outcome.scalars.get('target', math.nan):.3g}",
    )
    detail = say(
        "{classes} classes, smoothing {smoothing}",
        classes=picture.settings.get("classes", "?"),
        smoothing=picture.settings.get("smoothing", "?"),
    )
    layers = [*band(picture, up, channel="y"), *lines, *rules(picture, up, channel="y")]
    return layered(layers, heading(picture, finding, detail))


def signed(value: float) -> str:
    """A gap with its sign, and the minus that people write."""
    return as_written(f"{value:+.3f}")


def columns_of(picture: Picture, table: str, *columns: str) -> pd.DataFrame:
    found = picture.outcome.tables.get(table, {})
    return pd.DataFrame({name: found.get(name, np.array([])) for name in columns})


def series_colour(names: list[str], *, reverse: bool = False) -> alt.Color:
    colours = list(theme.SERIES[:2])
    scale = alt.Scale(domain=names, range=colours[::-1] if reverse else colours)
    return alt.Color("series:N", scale=scale, legend=legend("stroke"))


def series_dash(names: list[str]) -> alt.StrokeDash:
    """The first of two lines drawn through and the second dashed, in the legend too."""
    scale = alt.Scale(domain=names, range=[[1, 0], [6, 3]])
    return alt.StrokeDash("series:N", scale=scale, legend=legend("stroke"))


CHARTS: Mapping[str, Callable[[Picture], alt.LayerChart]] = {
    "training_gap": training_gap,
    "l2_gap": l2_gap,
    "ece_sizes": ece_sizes,
    "smoothing_steps": smoothing_steps,
}
