"""Charts of mean and variance through one layer."""

from __future__ import annotations

import json

import altair as alt
import numpy as np
import pandas as pd

from engine.charts.kit.axes import layered, legend, plain_axis
from engine.charts.kit.marks import band, heading, reach, rules, words
from engine.charts.kit.networks import ACTIVATION_NAMES
from engine.charts.kit.numbers import chosen_number, number
from engine.charts.kit.options import badges
from engine.charts.kit.picture import Picture
from engine.charts.kit.scales import fixed, landmark
from engine.charts.kit.series import setting, span
from engine.charts.kit.shows import shows
from engine.charts.kit.theme import BLUE, ORANGE, SKY
from engine.i18n import Message, say


@shows("rectified_moments")
def variance_parts(picture: Picture) -> alt.LayerChart:
    """Var(z) in its two parts, by the formula and measured; answers are variances."""
    scalars, translate = picture.outcome.scalars, words(picture)
    rows = [
        ("n σ² Var(a)", scalars["part_variance"], ""),
        ("n σ² E[a]²", scalars["part_mean"], ""),
        (translate(say("Var(z), formula")), scalars["variance_z"], ""),
        (translate(say("Var(z), measured")), scalars["variance_z_measured"], ""),
    ]
    finding = say("Var(z) = {value}", value=number(scalars["variance_z"]))
    detail = say(
        "n = {n}, σ = {sigma}; the activations' mean counts, too",
        n=chosen_number(picture.settings["n"]),
        sigma=chosen_number(picture.settings["sigma"]),
    )
    title = translate(say("variance of z (no unit)"))
    return _bars(picture, _frame(rows), title, finding, detail, _inputs(picture))


@shows("rectified_moments")
def moment_bars(picture: Picture) -> alt.LayerChart:
    """Variance, squared mean and mean square of an activation; answers are squares, too."""
    scalars, translate = picture.outcome.scalars, words(picture)
    rows = [
        (say("before: s²"), setting(picture, "std") ** 2),
        (say("variance"), scalars["variance"]),
        (say("mean²"), scalars["mean"] ** 2),
        (say("mean square"), scalars["mean_square"]),
    ]
    finding = say(
        "variance {variance} + mean² {mean} = mean square {square}",
        variance=number(scalars["variance"]),
        mean=number(scalars["mean"] ** 2),
        square=number(scalars["mean_square"]),
    )
    frame = _frame([(translate(name), value, "") for name, value in rows])
    title = translate(say("square of an activation (no unit)"))
    return _bars(picture, frame, title, finding, _inputs(picture))


@shows("rectified_moments")
def activation_density(picture: Picture) -> alt.LayerChart:
    """How activations are spread, those that are exactly 0 in a color of their own."""
    translate = words(picture)
    table, scalars = picture.outcome.tables["density"], picture.outcome.scalars
    zero, other = translate(say("exactly 0 (cut by ReLU)")), translate(say("not 0"))
    frame = pd.DataFrame(table, columns=["left", "right", "share"])
    domain = (span(table["left"])[0], span(table["right"])[1]) if len(frame) else (0.0, 1.0)
    parts = [frame.assign(series=other)]
    if scalars["zero_share"] > 0 and len(frame):
        first = frame.iloc[:1].assign(share=scalars["zero_share"], series=zero)
        rest = parts[0].copy()
        shares = np.array(rest["share"], dtype=np.float64)
        shares[0] = max(shares[0] - scalars["zero_share"], 0.0)
        rest = rest.assign(share=shares)
        parts = [first, rest]
    bars = (
        alt.Chart(pd.concat(parts, ignore_index=True))
        .mark_bar(binSpacing=0)
        .encode(
            x=alt.X(
                "left:Q",
                bin="binned",
                scale=fixed(domain),
                axis=plain_axis(translate(say("activation (no unit)"))),
            ),
            x2=alt.X2("right:Q"),
            y=alt.Y("share:Q", stack=None, axis=plain_axis(translate(say("share of activations")))),
            color=alt.Color(
                "series:N",
                scale=alt.Scale(domain=[zero, other], range=[ORANGE, SKY]),
                legend=legend(),
            ),
        )
    )
    finding = say(
        "mean {mean}, variance {variance}, mean square {square}",
        mean=number(scalars["mean"]),
        variance=number(scalars["variance"]),
        square=number(scalars["mean_square"]),
    )
    named = landmark(scalars["mean"], domain, name=translate(say("mean")))
    return layered([bars, *named], heading(picture, finding, _inputs(picture)))


@shows("rectified_moments", in_lab=False)
def mean_squares(picture: Picture) -> alt.LayerChart:
    """The mean square of several inputs, `mean_1`, `std_1` and so on; else of the one set."""
    translate = words(picture)
    rows = []
    for row in range(1, 6):
        mean, std = (picture.numbers.get(f"{name}_{row}") for name in ("mean", "std"))
        if isinstance(mean, (int, float)) and isinstance(std, (int, float)):
            said = say("mean {mean}, σ {std}", mean=number(mean, 6), std=number(std, 6))
            rows.append((translate(said), float(mean**2 + std**2), f"layer-{row}"))
    if not rows:
        rows = [(translate(say("mean square")), picture.outcome.scalars["mean_square"], "layer-1")]
    finding = say("What counts is the mean square: mean² + σ²")
    title = translate(say("mean square of an input (no unit)"))
    return _bars(picture, _frame(rows), title, finding)


def _frame(rows: list[tuple[str, float, str]]) -> pd.DataFrame:
    frame = pd.DataFrame(rows, columns=["name", "value", "option"])
    return frame.assign(row=np.arange(len(frame)))


def _bars(
    picture: Picture, frame: pd.DataFrame, title: str, finding: Message, *details: Message
) -> alt.LayerChart:
    """Horizontal bars with their values beside them, and whose answer each option is."""
    said = badges(picture)
    frame = frame.assign(
        text=[
            number(value) + "".join(f"\n◀ {mark.label}" for mark in said.get(option, []))
            for value, option in zip(frame["value"], frame["option"], strict=True)
        ]
    )
    highest = max(float(frame["value"].max()), 1e-12)
    domain = reach(picture, 0.0, highest * (2.4 if said else 1.4))
    names = json.dumps(
        {str(row): name for row, name in zip(frame["row"], frame["name"], strict=True)},
        ensure_ascii=False,
    )
    axis = alt.Axis(labelLimit=130, labelExpr=f"({names})[datum.label]")
    base = alt.Chart(frame).encode(y=alt.Y("row:O", title=None, axis=axis))
    x = alt.X("value:Q", scale=fixed(domain), axis=plain_axis(title))
    layers = [
        *band(picture, domain),
        base.mark_bar(height={"band": 0.55}, color=BLUE).encode(x=x),
        *rules(picture, domain),
        base.mark_text(align="left", dx=4, lineBreak="\n").encode(x=x, text=alt.Text("text:N")),
    ]
    return layered(layers, heading(picture, finding, *details))


def _inputs(picture: Picture) -> Message:
    settings = picture.settings
    return say(
        "{activation} of a normal with mean {mean}, deviation {std}",
        activation=ACTIVATION_NAMES[str(settings["activation"])],
        mean=chosen_number(settings["mean"]),
        std=chosen_number(settings["std"]),
    )
