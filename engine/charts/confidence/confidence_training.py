"""Charts of how training and L2 move confidence away from accuracy."""

from __future__ import annotations

import math

import altair as alt
import pandas as pd

from engine.charts.kit.axes import layered, log_axis, plain_axis
from engine.charts.kit.marks import band, heading, reach, rules, words
from engine.charts.kit.numbers import decimals, number, whole
from engine.charts.kit.picture import Picture
from engine.charts.kit.scales import fixed, landmark
from engine.charts.kit.series import columns_of, series_colour, series_dash
from engine.charts.kit.shows import shows
from engine.charts.kit.theme import GREY, ORANGE
from engine.i18n import say

LOSSES = ("early_train_loss", "train_loss", "early_test_loss", "test_loss")


@shows("confidence_training")
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
        .mark_area(opacity=0.18, color=ORANGE)
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
        early=whole(early),
        last=whole(last),
        before=decimals(scalars.get("early_gap", math.nan), 3, signed=True),
        after=decimals(scalars.get("gap", math.nan), 3, signed=True),
    )
    losses = {name: decimals(scalars.get(name, math.nan), 3) for name in LOSSES}
    detail = say(
        "Loss in training {early_train_loss} → {train_loss}, on new samples {early_test_loss} → "
        "{test_loss}",
        **losses,
    )
    return layered([*layers, *rules(picture, up, channel="y")], heading(picture, finding, detail))


@shows("confidence_training")
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
    none = plain.mark_rule(strokeDash=[6, 4], color=ORANGE)
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
            first=decimals(gaps.iloc[0], 3, signed=True),
            last=decimals(gaps.iloc[-1], 3, signed=True),
        )
    else:
        finding = say("More L2, less gap: zero near λ = {value}", value=number(balanced, 2))
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
