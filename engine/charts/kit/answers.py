"""What the right answers of many draws were: for whoever writes a question, not for learners."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Mapping, Sequence

import altair as alt

from engine.charts.kit import theme
from engine.charts.kit.numbers import number
from engine.charts.kit.wrapping import wrap
from engine.i18n import Message, Translator, say

#: Bars of a histogram; distinct values that are few enough for a bar each.
BARS, FEW = 16, 12
#: From here on the ends are so far apart that only powers of ten show anything.
WIDE = 100.0
#: Options or orders that get a bar each.
MOST = 14


def answer_histogram(values: Sequence[float], translate: Translator) -> alt.Chart:
    """How often the right value lay where. values: at least one, finite."""
    rows = [
        {"from": low, "to": high, "label": label, "draws": count}
        for low, high, label, count in bars(values)
    ]
    return _bars(rows, translate(say("right answer")), translate, turned=len(rows) > 6)


def answer_counts(counts: Mapping[str, int], translate: Translator) -> alt.Chart:
    """How often each option, or each set or order of options, was right."""
    shown = list(counts.items())[:MOST]
    rows = [{"label": label, "draws": count} for label, count in shown]
    chart = alt.Chart(alt.InlineData(values=rows)).mark_bar(color=theme.SERIES[0])
    drawn: alt.Chart = chart.encode(
        x=alt.X("draws:Q", title=translate(say("draws")), axis=alt.Axis(tickMinStep=1)),
        y=alt.Y("label:N", sort=None, title=None, axis=alt.Axis(labelLimit=220)),
        tooltip=["label:N", "draws:Q"],
    ).properties(
        width="container", height=max(60, 26 * len(rows)), title=_title(describe(counts), translate)
    )
    return drawn


def _bars(
    rows: list[dict[str, object]], title: str, translate: Translator, *, turned: bool
) -> alt.Chart:
    chart = alt.Chart(alt.InlineData(values=rows)).mark_bar(color=theme.SERIES[0])
    axis = alt.Axis(labelAngle=-45 if turned else 0, labelOverlap=False)
    drawn: alt.Chart = chart.encode(
        x=alt.X("label:N", sort=None, title=title, axis=axis),
        y=alt.Y("draws:Q", title=translate(say("draws")), axis=alt.Axis(tickMinStep=1)),
        tooltip=["label:N", "draws:Q"],
    ).properties(width="container", height=180)
    return drawn


def bars(values: Sequence[float]) -> list[tuple[float, float, str, int]]:
    """(from, to, label, how many): a bar for each value where they are few, else for intervals,
    which are powers of a number where the values span several powers of ten.
    """
    distinct = sorted(set(values))
    if len(distinct) <= FEW:
        counted = Counter(values)
        names = _labels(distinct)
        return [(v, v, name, counted[v]) for v, name in zip(distinct, names, strict=True)]
    low, high = distinct[0], distinct[-1]
    log = low > 0 and high / low >= WIDE
    begin, end = (math.log10(low), math.log10(high)) if log else (low, high)
    width = (end - begin) / BARS
    found = [0] * BARS
    for value in values:
        at = math.log10(value) if log else value
        found[min(max(int((at - begin) / width), 0), BARS - 1)] += 1
    edges = [begin + width * number for number in range(BARS + 1)]
    ends = [10**edge if log else edge for edge in edges]
    middles = [(edges[n] + edges[n + 1]) / 2 for n in range(BARS)]
    names = _labels([10**middle if log else middle for middle in middles])
    return [(ends[n], ends[n + 1], names[n], found[n]) for n in range(BARS)]


def _labels(values: Sequence[float]) -> list[str]:
    """The values with as few digits as tell them apart."""
    for digits in (2, 3, 4, 6):
        names = [number(value, digits) for value in values]
        if len(set(names)) == len(names):
            return names
    return [number(value, 9) for value in values]


def describe_values(values: Sequence[float]) -> Message:
    """The histogram in words."""
    ordered = sorted(values)
    return say(
        "{count} right answers, {distinct} of them distinct, from {low} to {high}; the middle one "
        "is {middle}.",
        count=len(ordered),
        distinct=len(set(ordered)),
        low=number(ordered[0], 2),
        high=number(ordered[-1], 2),
        middle=number(ordered[len(ordered) // 2], 2),
    )


def describe(counts: Mapping[str, int]) -> Message:
    """The counts in words: the most frequent and the rarest."""
    total = sum(counts.values())
    most, times = next(iter(counts.items()))
    return say(
        "{distinct} different right answers; the most frequent, {most}, in {times} of {total} "
        "draws",
        distinct=len(counts),
        most=most,
        times=times,
        total=total,
    )


def _title(finding: Message, translate: Translator) -> alt.TitleParams:
    return alt.TitleParams(text=wrap(translate(finding), 56), frame="bounds", offset=8)
