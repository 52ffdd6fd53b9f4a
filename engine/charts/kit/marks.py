"""The answers on a chart: the key, the learner's own, a misconception's, always drawn alike.

A number is a rule across the plot, and a row above the plot says in words what it is. An option
is a badge of words for the chart's own label. A chart works out its domain with `reach`, so that a
wild answer is pinned to the edge instead of squashing the plot:

    low, high = reach(picture, data.min(), data.max())
    scale = alt.Scale(domain=[low, high], nice=False)
    alt.layer(*band(picture, (low, high)), bars, *rules(picture, (low, high))).properties(
        title=heading(picture, say("…")), width="container", height=theme.HEIGHT)
"""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import Any, Literal

import altair as alt

from engine.charts.kit import theme
from engine.charts.kit.numbers import chosen_number
from engine.charts.kit.picture import Mark, Picture
from engine.charts.kit.wrapping import details_of, wrap
from engine.i18n import Message, Translator, say

Channel = Literal["x", "y"]
Domain = tuple[float, float]

ROW = 17  # pixels between the words of two answers
SWATCH = 26  # pixels of line before the words
ORDER = {"key": 0, "misconception": 1, "yours": 2}  # the learner's own is drawn last, on top
DIGITS = str.maketrans("−⁻⁺⁰¹²³⁴⁵⁶⁷⁸⁹", "--+0123456789")
POWER = re.compile(r"\s*[×x·]\s*10\^?\{?([-+]?\d+)\}?$")


def words(picture: Picture) -> Translator:
    """What puts this chart's messages into the language of its reader."""
    return Translator(picture.language)


def heading(picture: Picture, finding: Message, *details: Message) -> alt.TitleParams:
    """The title, which says the finding, and smaller lines under it, wrapped for a phone."""
    translate = words(picture)
    return alt.TitleParams(
        text=wrap(translate(finding)),
        subtitle=details_of([translate(detail) for detail in details]),
        frame="bounds",
        offset=8,
    )


def numbers(picture: Picture) -> list[tuple[Mark, float]]:
    """The marks that are a number, or an option whose text is one, in drawing order."""
    found = ((mark, number_of(picture, mark)) for mark in picture.marks)
    kept = [(mark, value) for mark, value in found if value is not None and math.isfinite(value)]
    return sorted(kept, key=lambda pair: ORDER[pair[0].role])


def number_of(picture: Picture, mark: Mark) -> float | None:
    """The number a mark stands for; None for an option in words."""
    if not isinstance(mark.value, str):
        return float(mark.value)
    text = picture.options.get(mark.value, "").translate(DIGITS).replace("$", "")
    text = POWER.sub(r"e\1", text.replace(r"\times", "×").strip())
    try:
        return float(text)
    except ValueError:
        return None


def reach(
    picture: Picture, low: float, high: float, *, log: bool = False, slack: float = 0.6
) -> Domain:
    """`low` to `high`, widened to show the marks that lie within `slack` spans of them.

    On a log axis spans are decades, `low` and `high` must be above 0 and marks that are not
    are left out. Never empty: equal ends are moved apart.
    """
    start, end = (math.log10(low), math.log10(high)) if log else (low, high)
    if not end > start:
        pad = 0.5 if log else max(abs(start) * 0.1, 1e-3)
        start, end = start - pad, end + pad
    span = end - start
    room, first, last = slack * span, start, end
    for _, value in numbers(picture):
        if log and value <= 0:
            continue
        at = math.log10(value) if log else value
        if start - room <= at <= end + room:
            first, last = min(first, at - 0.02 * span), max(last, at + 0.02 * span)
    return (10.0**first, 10.0**last) if log else (first, last)


def moved(picture: Picture, to: Callable[[float], float]) -> Picture:
    """The picture with its answers where `to` puts them, still called what they are.

    For a chart of another quantity than the one asked for: the size to which a weight leads.
    """
    marks = tuple(
        Mark(mark.role, _led(to, value), caption(picture, mark, value, (value, value)))
        for mark, value in numbers(picture)
    )
    if picture.accepted is None:
        return replace(picture, marks=marks)
    low, high = sorted(_led(to, end) for end in picture.accepted)
    return replace(picture, marks=marks, accepted=(low, high))


def _led(to: Callable[[float], float], value: float) -> float:
    try:
        return to(value)
    except OverflowError:
        return math.inf


def band(
    picture: Picture, domain: Domain, *, channel: Channel = "x", log: bool = False
) -> list[alt.Chart]:
    """The accepted interval as a pale band, drawn under everything; nothing without one."""
    if picture.accepted is None:
        return []
    low, high = (_pinned(end, domain) for end in picture.accepted)
    if not high > low:
        return []
    chart = _one().mark_rect(color=theme.KEY, opacity=0.2)
    scale = _scale(domain, log)
    if channel == "x":
        return [chart.encode(x=alt.XDatum(low, scale=scale), x2=alt.X2Datum(high))]
    return [chart.encode(y=alt.YDatum(low, scale=scale), y2=alt.Y2Datum(high))]


def rules(
    picture: Picture,
    domain: Domain,
    *,
    channel: Channel = "x",
    log: bool = False,
    places: Callable[[float], Sequence[float]] = lambda value: (value,),
) -> list[alt.Chart]:
    """A rule across the plot for every number marked, and above the plot what each one is.

    `channel` is the axis that the numbers are on. A number outside `domain` stands at its edge
    and is said to be off the chart. `places` says where an answer is drawn, if not at its value:
    `lambda a: (a, -a)` for one that counts on both sides of 0, `middle - a` and `middle + a` for a
    deviation around `middle`.
    """
    scale = _scale(domain, log)
    marked = numbers(picture)
    layers: list[alt.Chart] = []
    for mark, value in marked:
        rule = _one().mark_rule(**stroke(mark))
        for end in places(value):
            at = _pinned(end, domain)
            if channel == "x":
                layers.append(rule.encode(x=alt.XDatum(at, scale=scale)))
            else:
                layers.append(rule.encode(y=alt.YDatum(at, scale=scale)))
    said = [(mark, caption(picture, mark, value, domain, places(value))) for mark, value in marked]
    return layers + answer_rows(said, drawn=bool(layers))


def answer_rows(said: list[tuple[Mark, str]], *, drawn: bool = True) -> list[alt.Chart]:
    """Rows above the plot: a piece of each mark's line, and its words beside it.

    drawn: whether the plot has such lines; without them there is nothing to show a piece of.
    Rows never overlap, however close the answers are, and never need more than a phone's width.
    """
    layers: list[alt.Chart] = []
    left = SWATCH + 6 if drawn else 0
    for row, (mark, text) in enumerate(reversed(said)):  # the key ends up on top
        y = alt.YValue(-8 - ROW * row)
        if drawn:
            swatch = _one().mark_rule(**stroke(mark))
            layers.append(swatch.encode(x=alt.XValue(0), x2=alt.X2Value(SWATCH), y=y))
        limit = alt.expr("max(320, width)")
        label = _one().mark_text(align="left", baseline="middle", text=text, limit=limit)
        layers.append(label.encode(x=alt.XValue(left), y=y))
    return layers


def caption(
    picture: Picture, mark: Mark, value: float, domain: Domain, ends: Sequence[float] = ()
) -> str:
    """The mark's label, with its number if that is not in it, and where it is if not in sight.

    `ends` are where it is drawn, if not at its value; one of them in sight is enough.
    """
    label = mark.label
    if not any(character.isdigit() for character in label):
        text = picture.options.get(mark.value) if isinstance(mark.value, str) else None
        label = f"{label}: {text or chosen_number(value)}"
    drawn = ends or (value,)
    if any(domain[0] <= end <= domain[1] for end in drawn):
        return label
    if drawn[0] < domain[0]:
        return words(picture)(say("{answer} ◀ (off the chart)", answer=label))
    return words(picture)(say("{answer} ▶ (off the chart)", answer=label))


def _one() -> alt.Chart:
    return alt.Chart(alt.InlineData(values=[{}]))


def stroke(mark: Mark) -> dict[str, Any]:
    """How the line of an answer is drawn, for charts that draw it as more than a rule."""
    return {
        "color": theme.ROLE_COLOURS[mark.role],
        "strokeDash": theme.DASHES[mark.role],
        "strokeWidth": 2.5,
    }


def _scale(domain: Domain, log: bool) -> alt.Scale:
    kind: Literal["log", "linear"] = "log" if log else "linear"
    return alt.Scale(type=kind, domain=list(domain), nice=False, zero=alt.Undefined)


def _pinned(value: float, domain: Domain) -> float:
    return min(max(value, domain[0]), domain[1])
