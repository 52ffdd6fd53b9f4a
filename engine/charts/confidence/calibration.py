"""Charts of a model's confidence against its accuracy."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping

import altair as alt
import numpy as np
import pandas as pd

from engine.charts.confidence import confidence_training, temperature
from engine.charts.kit import theme
from engine.charts.kit.axes import layered, legend
from engine.charts.kit.marks import badges, band, heading, reach, rules, words
from engine.charts.kit.picture import Picture
from engine.charts.kit.scales import GREY, fixed, landmark, over_lines, plain_axis
from engine.charts.kit.series import setting
from engine.charts.kit.wrapping import wrap
from engine.charts.learner import OVER, UNDER, diagonal, learner_calibration
from engine.i18n import Translator, say

__all__ = ["CHARTS", "learner_calibration"]


def reliability_diagram(picture: Picture) -> alt.LayerChart:
    """Accuracy against confidence, a point a bin, with the gap drawn up or down to the diagonal.

    Marked numbers are accuracies. A question's number `said` is a confidence to point at.
    """
    translate = words(picture)
    frame = _bins(picture)
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
        .encode(
            x=x, y=y, y2=alt.Y2("confidence:Q"), color=_signs(translate, frame, symbol="stroke")
        )
    )
    points = (
        alt.Chart(frame)
        .mark_circle(opacity=1, color=theme.SERIES[0])
        .encode(x=x, y=y, size=alt.Size("count:Q", legend=None, scale=alt.Scale(range=[20, 160])))
    )
    finding = say(
        "Says {confidence} on average, is right {accuracy}",
        confidence=f"{scalars.get('confidence', math.nan):.3f}",
        accuracy=f"{scalars.get('accuracy', math.nan):.3f}",
    )
    detail = say(
        "{bins} bins, ECE = {ece}; dashed: both equal",
        bins=picture.settings.get("bins", len(frame)),
        ece=f"{scalars.get('ece', math.nan):.3g}",
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
        .mark_line(clip=True, strokeWidth=2, color=theme.SERIES[0])
        .encode(
            x=alt.X("confidence:Q", scale=fixed(across)),
            y=alt.Y("accuracy:Q", scale=fixed(up)),
        )
    )
    return curve


def ece_bars(picture: Picture) -> alt.LayerChart:
    """A bar a bin: as wide as its share of the predictions, as high as its gap.

    So the mean height, at which a rule of the right answer lies, is ECE. Marked numbers are ECEs.
    """
    translate = words(picture)
    frame = _bins(picture)
    total = frame["count"].sum()
    edges = np.concatenate([[0.0], np.cumsum(frame["count"]) / max(total, 1)])
    frame = frame.assign(left=edges[:-1], right=edges[1:], size=frame["gap"].abs())
    frame["middle"] = (frame["left"] + frame["right"]) / 2
    top = float(frame["size"].max()) if len(frame) else 0.1
    _, highest = reach(picture, 0.0, max(top, 1e-3) * 1.15)
    across, up = (0.0, 1.0), (0.0, highest)
    x_title = translate(say("share of the predictions (on each bar: its mean confidence)"))
    x = alt.X("left:Q", scale=fixed(across), axis=plain_axis(wrap(x_title)))
    y = alt.Y(
        "size:Q", scale=fixed(up), axis=plain_axis(translate(say("gap |accuracy − confidence|")))
    )
    bars = (
        alt.Chart(frame)
        .mark_rect(stroke=theme.PAGE, strokeWidth=1)
        .encode(x=x, x2=alt.X2("right:Q"), y=y, y2=alt.Y2Datum(0), color=_signs(translate, frame))
    )
    name = alt.Chart(frame).encode(
        x=alt.X("middle:Q", scale=fixed(across)),
        y=y,
        text=alt.Text("confidence:Q", format=".2f"),
    )
    names = over_lines(name, dy=-8, fontWeight="bold")
    finding = say(
        "ECE {ece} is the mean height, wide bars counting more",
        ece=f"{picture.outcome.scalars.get('ece', math.nan):.3g}",
    )
    layers = [*band(picture, up, channel="y"), bars, *rules(picture, up, channel="y")]
    return layered([*layers, *(names if len(frame) <= 6 else [])], heading(picture, finding))


def gap_bars(picture: Picture) -> alt.LayerChart:
    """Confidence minus accuracy of each row, with what chance leaves open; right is too sure.

    Marked numbers are gaps; marked options are rows `row-1` … `row-4`, in the order given.
    """
    translate = words(picture)
    frame = _bins(picture)
    ends = frame["confidence"] - frame["high"], frame["confidence"] - frame["low"]
    frame = frame.assign(least=ends[0], most=ends[1], name=_row_names(picture, frame))
    frame["place"] = _places(picture, frame)
    extent = float(np.abs(frame[["least", "most"]].to_numpy()).max(initial=0.02)) * 1.1
    low, high = reach(picture, -extent, extent)
    domain = (min(low, -high), max(high, -low))
    title = [
        translate(say("confidence − accuracy")),
        translate(say("← not sure enough · too sure →")),
    ]
    x = alt.X("gap:Q", scale=fixed(domain), axis=plain_axis(title))
    base = alt.Chart(frame).encode(y=alt.Y("name:N", sort=None, axis=None))
    bars = base.mark_bar(height={"band": 0.3}).encode(
        x=x, color=_signs(translate, frame, shown=False)
    )
    whiskers = base.mark_rule(strokeWidth=2, color=GREY).encode(
        x=alt.X("least:Q", scale=fixed(domain)), x2=alt.X2("most:Q")
    )
    left = alt.XValue(0)
    name = base.mark_text(align="left", dx=4, dy=-20).encode(x=left, text=alt.Text("name:N"))
    place = base.mark_text(align="left", dx=4, dy=20, fontWeight="bold")
    texts = [name, place.encode(x=left, text=alt.Text("place:N"))]
    layers = [*band(picture, domain), bars, whiskers, *landmark(0.0, domain)]
    layers += [*rules(picture, domain), *texts]
    worst = float(frame["gap"].abs().max()) if len(frame) else 0.0
    finding = say("Largest gap between said and right: {gap}", gap=f"{worst:.3g}")
    detail = say("Grey: gaps that chance leaves possible")
    return layered(layers, heading(picture, finding, detail))


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
    domain = reach(picture, 0.0, float(frame["wrong"].max()) * 1.15 + 1)
    title = translate(say("mistakes in 1,000 predictions"))
    axis = alt.Axis(title=title, tickCount=5, format=",.0f", labelOverlap=True)
    x = alt.X("wrong:Q", scale=fixed(domain), axis=axis)
    colours = alt.Scale(domain=list(whose.values()), range=[theme.SERIES[2], theme.SERIES[1]])
    base = alt.Chart(frame).encode(y=alt.Y("name:N", sort=None, axis=None))
    bars = base.mark_bar(height={"band": 0.42}).encode(
        x=x, color=alt.Color("series:N", scale=colours, legend=None)
    )
    text = base.mark_text(align="left", dx=4, dy=-22).encode(
        x=alt.XValue(0), text=alt.Text("label:N")
    )
    label = "datum.name + ': ' + format(datum.wrong, ',.0f')"
    finding = say(
        "Where it is sure it expects {expected} mistakes and makes {made}",
        expected=f"{frame['wrong'][0]:.0f}",
        made=f"{frame['wrong'][1]:.0f}",
    )
    layers = [*band(picture, domain), bars, *rules(picture, domain)]
    return layered([*layers, text.transform_calculate(label=label)], heading(picture, finding))


def _bins(picture: Picture) -> pd.DataFrame:
    """The rows with predictions in them, with `sign`, whether each is too sure."""
    table = picture.outcome.tables.get("bins", {})
    names = ("low", "high", "count", "confidence", "accuracy", "gap")
    more = ("row",) if "row" in table else ()
    frame = pd.DataFrame({name: table.get(name, np.array([])) for name in (*more, *names)})
    frame = frame[frame["count"] > 0].reset_index(drop=True)
    translate = words(picture)
    return frame.assign(sign=[translate(OVER if gap > 0 else UNDER) for gap in frame["gap"]])


def _row_names(picture: Picture, frame: pd.DataFrame) -> list[str]:
    translate = words(picture)
    rows = frame["row"] if "row" in frame else frame.index + 1
    said = zip(rows, frame["confidence"], frame["accuracy"], strict=True)
    return [
        picture.options.get(f"row-{row:.0f}")
        or translate(say("says {said}, right {right}", said=f"{c:.3g}", right=f"{a:.3g}"))
        for row, c, a in said
    ]


def _places(picture: Picture, frame: pd.DataFrame) -> list[str]:
    """What each row is to each answer: "answer #1", where rows were ranked."""
    rows = frame["row"] if "row" in frame else frame.index + 1
    said = badges(picture)
    return [" · ".join(mark.label for mark in said.get(f"row-{row:.0f}", [])) for row in rows]


def _signs(
    translate: Translator, frame: pd.DataFrame, *, shown: bool = True, symbol: str = "square"
) -> alt.Color:
    """The colours of what is too sure and what is not sure enough, as far as there is any."""
    signs = {translate(OVER): theme.SERIES[1], translate(UNDER): theme.SERIES[2]}
    there = {sign: colour for sign, colour in signs.items() if sign in set(frame["sign"])}
    colours = alt.Scale(domain=list(there), range=list(there.values()))
    return alt.Color("sign:N", scale=colours, legend=legend(symbol) if shown and there else None)


CHARTS: Mapping[str, Callable[[Picture], alt.LayerChart]] = {
    "reliability_diagram": reliability_diagram,
    "ece_bars": ece_bars,
    "gap_bars": gap_bars,
    "mistakes": mistakes,
    **temperature.CHARTS,
    **confidence_training.CHARTS,
}

#: simulation -> the charts that show it from its settings alone, the best first
LAB: Mapping[str, tuple[str, ...]] = {
    "calibration": ("reliability_diagram", "nll_temperature", "confidence_histogram", "mistakes"),
    "reliability_table": ("ece_bars", "gap_bars"),
    "confidence_training": ("training_gap", "l2_gap"),
    "ece_noise": ("ece_sizes",),
    "label_smoothing": ("smoothing_steps",),
}
