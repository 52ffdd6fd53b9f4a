"""Charts of internal covariate shift: moments that drift, gradients that turn."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping

import altair as alt
import numpy as np
import pandas as pd

from engine.charts import theme
from engine.charts.axes import layered, legend, log_axis
from engine.charts.landmarks import GREY, fixed
from engine.charts.marks import band, figure, heading, reach, rules, words
from engine.charts.picture import Picture
from engine.charts.series import chosen, lines, plain_axis, ranked, setting, span, step_axis
from engine.charts.training import PAIR
from engine.words import Message, say

BLUE, ORANGE, SKY, _, _ = theme.SERIES


def shift_two_ways(picture: Picture) -> alt.LayerChart:
    """With batch norm relative to without, for each measure: below 1 is less shift."""
    translate = words(picture)
    told = picture.outcome.scalars
    turn = {name: math.degrees(math.acos(min(told[f"cosine_{name}"], 1.0))) for name in PAIR}
    rows = {
        translate(say("drift of the means")): _over(told["drift_bn"], told["drift_none"]),
        translate(say("turn of the gradient")): _over(turn["bn"], turn["none"]),
    }
    frame = pd.DataFrame({"measure": list(rows), "times": list(rows.values())})
    low, high = span(frame["times"].to_numpy(), [1.0])
    domain = (low / 1.4, high * 1.6)
    title = translate(say("with batch norm ÷ without (log scale)"))
    x = alt.X("times:Q", scale=fixed(domain, log=True), axis=log_axis(title, domain))
    names = alt.Axis(labelLimit=110, labelExpr="split(datum.label, ' ')")
    y = alt.Y("measure:N", sort=list(rows), title=None, axis=names)
    colours = alt.Scale(domain=list(rows), range=[BLUE, ORANGE])
    base = alt.Chart(frame)
    bars = base.mark_bar(size=34).encode(
        x=x, x2=alt.datum(1.0), y=y, color=alt.Color("measure:N", scale=colours, legend=None)
    )
    label = alt.Chart(frame.assign(text=[f"× {figure(v)}" for v in rows.values()]))
    text = label.mark_text(align="left", dx=6, dy=-26).encode(
        x=alt.XDatum(1.0, scale=fixed(domain, log=True)), y=y, text="text:N"
    )
    one = alt.Chart(alt.InlineData(values=[{}])).mark_rule(color=GREY, strokeWidth=1.5)
    finding = say(
        "Batch norm: drift × {drift}, yet the gradient turns × {turn}",
        drift=figure(frame["times"][0]),
        turn=figure(frame["times"][1]),
    )
    layers = [
        bars,
        one.encode(x=alt.XDatum(1.0, scale=fixed(domain, log=True))),
        text,
        *chosen(picture),
    ]
    angles = say(
        "Angle {bn}° with batch norm, {none}° without",
        **{name: f"{value:.0f}" for name, value in turn.items()},
    )
    return layered(layers, heading(picture, finding, angles, _where(picture)))


def _over(part: float, whole: float) -> float:
    return min(max(part / whole, 1e-4), 1e4) if whole > 0 and part > 0 else 1.0


def drift_steps(picture: Picture) -> alt.LayerChart:
    """How far the means of the inputs moved in every ten steps. Marked numbers are drifts."""
    told = picture.outcome.scalars
    finding = say(
        "The means drift {none} deviations in 10 steps, with batch norm {bn}",
        none=figure(told["drift_none"]),
        bn=figure(told["drift_bn"]),
    )
    return _by_step(picture, "drift", say("drift of the means (deviations)"), finding, log=True)


def cosine_steps(picture: Picture) -> alt.LayerChart:
    """What the gradient keeps of its direction. Marked numbers are cosines."""
    told = picture.outcome.scalars
    finding = say(
        "Cosine before and after: {none} without batch norm, {bn} with it",
        none=figure(told["cosine_none"]),
        bn=figure(told["cosine_bn"]),
    )
    return _by_step(picture, "cosine", say("cosine of the two gradients"), finding, log=False)


def _by_step(
    picture: Picture, measure: str, size: Message, finding: Message, *, log: bool
) -> alt.LayerChart:
    translate = words(picture)
    table = picture.outcome.tables["steps"]
    named = {f"{measure}_{end}": (translate(text), style) for end, (text, style) in PAIR.items()}
    low, high = span(*(np.asarray(table[name], dtype=np.float64) for name in named))
    if log:
        low = max(low, 1e-6)
        domain = reach(picture, low / 1.3, max(high, low) * 1.3, log=True)
        axis = log_axis(translate(say("{size} (log scale)", size=size)), domain)
    else:
        domain = reach(picture, min(low - 0.05, 0.0), 1.05)
        axis = plain_axis(translate(size))
    x = alt.X(
        "at:Q",
        scale=alt.Scale(nice=False),
        axis=step_axis(translate(say("training step")), *span(table["step"])),
    )
    y = alt.Y("value:Q", scale=fixed(domain, log=log), axis=axis)
    layers = [
        *band(picture, domain, channel="y", log=log),
        lines(table, x, y, named, key="step"),
        *rules(picture, domain, channel="y", log=log),
    ]
    return layered(layers, heading(picture, finding, _where(picture)))


def _where(picture: Picture) -> Message:
    return say(
        "Layer {layer} of {depth}, tanh, learning rate {rate}",
        layer=min(int(setting(picture, "layer")), int(setting(picture, "depth"))),
        depth=picture.settings["depth"],
        rate=f"{setting(picture, 'rate'):g}",
    )


def layer_moves(picture: Picture) -> alt.LayerChart:
    """Each layer's inputs at two times: means as points, a deviation to each side as a bar."""
    translate = words(picture)
    table = picture.outcome.tables["layers"]
    rows, texts = [], []
    for number, letter in enumerate(table["layer"]):
        name = translate(say("layer {letter}", letter=str(letter).upper()))
        name += ranked(picture, str(letter))
        texts.append(name)
        for when, title in (("then", say("at first")), ("now", say("10 steps later"))):
            mean, std = float(table[when][number]), float(table["std"][number])
            rows.append((name, translate(title), mean, mean - std, mean + std))
    frame = pd.DataFrame(rows, columns=["layer", "when", "mean", "low", "high"])
    low, high = span(frame["low"].to_numpy(), frame["high"].to_numpy())
    margin = 0.05 * (high - low) + 1e-6
    x = alt.X(
        "mean:Q",
        scale=fixed((low - margin, high + margin)),
        axis=plain_axis(translate(say("input of the layer (no unit)"))),
    )
    y = alt.Y(
        "layer:N",
        sort=texts,
        title=None,
        axis=alt.Axis(labelLimit=120, labelExpr="split(replace(datum.label, ')', ''), / \\(|, /)"),
    )
    times = [translate(say("at first")), translate(say("10 steps later"))]
    colour = alt.Color(
        "when:N",
        scale=alt.Scale(domain=times, range=[SKY, BLUE]),
        legend=legend("circle"),
    )
    offset = alt.YOffset("when:N", sort=times)
    base = alt.Chart(frame)
    bars = base.mark_rule(strokeWidth=5, opacity=0.7).encode(
        x=alt.X("low:Q", scale=fixed((low - margin, high + margin))),
        x2=alt.X2("high:Q"),
        y=y,
        yOffset=offset,
        color=colour,
    )
    shape = alt.Shape(
        "when:N",
        scale=alt.Scale(domain=times, range=["circle", "diamond"]),
        legend=legend("circle"),
    )
    points = base.mark_point(filled=True, size=110, opacity=1).encode(
        x=x, y=y, yOffset=offset, color=colour, shape=shape
    )
    told = picture.outcome.scalars
    finding = say(
        "Drift in deviations: A {a}, B {b}, C {c}",
        **{letter: figure(told[f"drift_{letter}"]) for letter in "abc"},
    )
    detail = say("Points: means. Bars: one standard deviation to each side")
    return layered([bars, points, *chosen_numbers(picture)], heading(picture, finding, detail))


def chosen_numbers(picture: Picture) -> list[alt.Chart]:
    """The answers that are numbers, in rows above the plot, where no axis is theirs."""
    plain = [mark for mark in picture.marks if not isinstance(mark.value, str)]
    if not plain:
        return []
    return rules(picture, (-math.inf, math.inf), places=lambda _value: ())


def gradient_arrows(picture: Picture) -> alt.LayerChart:
    """Both gradients as arrows from 0, on axes of one scale. Answers are named above the plot."""
    translate = words(picture)
    table, told = picture.outcome.tables["gradients"], picture.outcome.scalars
    names = {
        "before": translate(say("before the earlier layers moved")),
        "after": translate(say("after they moved")),
    }
    frame = pd.DataFrame(
        {
            "series": [names[str(when)] for when in table["when"]],
            "x": np.asarray(table["first"], dtype=np.float64),
            "y": np.asarray(table["second"], dtype=np.float64),
        }
    )
    edge = 1.15 * max(
        1e-3, *(abs(end) for end in span(frame["x"].to_numpy(), frame["y"].to_numpy()))
    )
    scale = fixed((-edge, edge))
    x = alt.X("x:Q", scale=scale, axis=plain_axis(translate(say("gradient of weight 1"))))
    y = alt.Y("y:Q", scale=scale, axis=plain_axis(translate(say("gradient of weight 2"))))
    order = list(names.values())
    colour = alt.Color(
        "series:N", scale=alt.Scale(domain=order, range=[ORANGE, BLUE]), legend=legend("stroke")
    )
    dash = alt.StrokeDash(
        "series:N", scale=alt.Scale(domain=order, range=[[6, 3], [1, 0]]), legend=legend("stroke")
    )
    ends = pd.concat([frame, frame.assign(x=0.0, y=0.0)])
    shafts = (
        alt.Chart(ends).mark_line(strokeWidth=3).encode(x=x, y=y, color=colour, strokeDash=dash)
    )
    heads = alt.Chart(
        frame.assign(turned=np.degrees(np.arctan2(frame["x"], frame["y"])))
    ).mark_point(shape="triangle-up", filled=True, size=160, opacity=1)
    tips = heads.encode(
        x=x,
        y=y,
        color=colour,
        angle=alt.Angle("turned:Q", scale=alt.Scale(domain=[0, 360], range=[0, 360])),
    )
    finding = say(
        "The gradient turned by {angle}°: cosine {cosine}",
        angle=f"{told['angle']:.0f}",
        cosine=f"{told['cosine']:.3g}".replace("-", "−"),
    )
    detail = say("The distance of the two is {distance}", distance=figure(told["distance"], 3))
    return layered([shafts, tips, *chosen_numbers(picture)], heading(picture, finding, detail))


CHARTS: Mapping[str, Callable[[Picture], alt.LayerChart]] = {
    "shift_two_ways": shift_two_ways,
    "drift_steps": drift_steps,
    "cosine_steps": cosine_steps,
    "layer_moves": layer_moves,
    "gradient_arrows": gradient_arrows,
}
LAB: Mapping[str, tuple[str, ...]] = {
    "covariate_drift": ("shift_two_ways", "drift_steps", "cosine_steps"),
    "layer_drift": ("layer_moves",),
    "gradient_turn": ("gradient_arrows",),
}
