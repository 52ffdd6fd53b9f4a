"""The learner's own calibration: how sure they said they were, against how right they were."""

from __future__ import annotations

import json
import math
from collections.abc import Sequence

import altair as alt
import pandas as pd

from engine.charts.kit import theme
from engine.charts.kit.axes import layered, share_axis
from engine.charts.kit.scales import Pair, fixed
from engine.charts.kit.theme import GREY
from engine.charts.kit.wrapping import wrap
from engine.i18n import Message, Translator, say, say_count
from engine.simulations.confidence.calibration import wilson_interval

OVER, UNDER = say("too sure"), say("not sure enough")


def learner_calibration(
    points: Sequence[tuple[float, int, int]], language: str = "en"
) -> alt.LayerChart:
    """How sure a learner was against how right they were.

    points: (stated probability, answers, right ones) for each level of confidence used. Each is a
    point with its counts written under it and Wilson's 95 % interval of the share right. Levels
    without answers are left out; without any answer only the diagonal is drawn.
    """
    translate = Translator(language)
    used = [(stated, n, right) for stated, n, right in points if n > 0]
    frame = pd.DataFrame(
        [(s, n, right / n, *wilson_interval(right, n)) for s, n, right in used],
        columns=["stated", "n", "share", "low", "high"],
    )
    whole = (0.0, 1.0)
    x = alt.X("stated:Q", scale=fixed(whole), axis=_counted_axis(translate, used))
    y_axis = share_axis(translate(say("how often you were right")))
    y = alt.Y("share:Q", scale=fixed(whole), axis=y_axis)
    base = alt.Chart(frame).encode(x=x)
    intervals = base.mark_rule(color=theme.YOURS, strokeWidth=3, opacity=0.45).encode(
        y=alt.Y("low:Q", scale=fixed(whole), axis=y_axis), y2=alt.Y2("high:Q")
    )
    sizes = alt.Size("n:Q", legend=None, scale=alt.Scale(domain=[1, 30], range=[70, 300]))
    dots = base.mark_circle(color=theme.YOURS, opacity=1).encode(y=y, size=sizes)
    finding, detail = _verdict(used)
    title = alt.TitleParams(
        text=wrap(translate(finding)), subtitle=wrap(translate(detail), 48), frame="bounds"
    )
    return layered([diagonal(whole, whole), *_corners(translate), intervals, dots], title)


def _counted_axis(translate: Translator, used: Sequence[tuple[float, int, int]]) -> alt.Axis:
    """A tick at each level that was used, and under it "right/answers"; else at both ends."""
    counts = {f"{stated:.0%}": f"{right}/{n}" for stated, n, right in used}
    ends = [end for end in (0.0, 1.0) if all(abs(end - stated) > 0.08 for stated, _, _ in used)]
    label = "format(datum.value, '.0%')"
    title = [translate(say("how sure you were"))]
    if used:
        title.append(translate(say("(under it: right / answered)")))
    return alt.Axis(
        title=title,
        values=sorted([*ends, *(stated for stated, _, _ in used)]),
        labelExpr=f"[{label}, {json.dumps(counts)}[{label}] || '']",
        labelFontSize=13,
    )


def _verdict(points: Sequence[tuple[float, int, int]]) -> tuple[Message, Message]:
    """What the answers show, and how far chance alone would carry someone perfectly calibrated."""
    answers = sum(n for _, n, _ in points)
    if not answers:
        return say("No answers yet"), say("On the dashed line you are as sure as you are right.")
    said = sum(stated * n for stated, n, _ in points) / answers
    right = sum(r for _, _, r in points) / answers
    chance = 1.96 * math.sqrt(sum(n * s * (1 - s) for s, n, _ in points)) / answers
    finding = say(
        "You said {said} and were right {right}",
        said=f"{said:.0%}",
        right=f"{right:.0%}",
    )
    count = say_count("{count} answer", "{count} answers", answers)
    if abs(said - right) <= chance:
        return finding, say(
            "With {answers}, chance alone can explain the difference.", answers=count
        )
    if said > right:
        return finding, say("Too sure: {answers} are enough to tell.", answers=count)
    return finding, say("You could be surer: {answers} are enough to tell.", answers=count)


def diagonal(across: Pair, up: Pair) -> alt.Chart:
    """Where accuracy equals confidence, as far as both axes reach."""
    ends = [max(across[0], up[0]), min(across[1], up[1])]
    line = alt.Chart(pd.DataFrame({"x": ends, "y": ends}))
    dashed: alt.Chart = line.mark_line(color=GREY, strokeDash=[4, 4], strokeWidth=1.5).encode(
        x=alt.X("x:Q", scale=fixed(across)), y=alt.Y("y:Q", scale=fixed(up))
    )
    return dashed


def _corners(translate: Translator) -> list[alt.Chart]:
    """What a point on either side of the diagonal means."""
    one = alt.Chart(alt.InlineData(values=[{}]))
    above = one.mark_text(text=translate(UNDER), align="left", color=GREY)
    below = one.mark_text(text=translate(OVER), color=GREY)
    # Half-way between the levels 50 % and 75 %, where no interval stands.
    between = alt.XDatum(0.625, scale=fixed((0.0, 1.0)))
    return [
        above.encode(x=alt.XValue(6), y=alt.YValue(10)),
        below.encode(x=between, y=alt.YValue(theme.HEIGHT - 10)),
    ]
