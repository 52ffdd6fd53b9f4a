"""The axis of an estimate after the answer: what was accepted, the key, and what was pointed at."""

from __future__ import annotations

import math
from typing import Literal

import altair as alt

from engine.charts.kit.axes import log_axis, plain_axis
from engine.charts.kit.marks import Domain, band, heading, number_of, rules
from engine.charts.kit.numbers import number
from engine.charts.kit.picture import Picture
from engine.charts.kit.scales import fixed
from engine.charts.kit.wrapping import wrap
from engine.i18n import Message, say

HEIGHT = 46


def answer_strip(
    picture: Picture, domain: Domain, scale: Literal["linear", "log"], title: str
) -> alt.LayerChart:
    """A strip along an axis from `domain[0]` to `domain[1]`, called `title`.

    The picture's marks are rules, its accepted interval a band; its outcome is not looked at.
    """
    log = scale == "log"
    lines = wrap(title)
    axis = log_axis("", domain) if log else plain_axis("")
    axis.title = lines
    ground = alt.Chart(alt.InlineData(values=[{}])).mark_rule(opacity=0)
    layers = [
        ground.encode(x=alt.XDatum(domain[0], scale=fixed(domain, log=log), axis=axis)),
        *band(picture, domain, log=log),
        *rules(picture, domain, log=log),
    ]
    found = _finding(picture, log)
    head = heading(picture, found) if found is not None else alt.Undefined
    return alt.LayerChart(layer=layers, title=head, width="container", height=HEIGHT)


def _finding(picture: Picture, log: bool) -> Message | None:
    """How far the learner's answer lies from the right one; None without both."""
    at = {mark.role: number_of(picture, mark) for mark in picture.marks}
    key, yours = at.get("key"), at.get("yours")
    if key is None or yours is None:
        return None
    if picture.accepted is not None and picture.accepted[0] <= yours <= picture.accepted[1]:
        return say("You pointed at the right place")
    if log:
        if not (key > 0 and yours > 0):
            return None
        factor = 10 ** abs(math.log10(yours) - math.log10(key))
        if factor < 1.05:
            return say("You pointed at the right place")
        if yours > key:
            return say("You pointed {factor} times too high", factor=number(factor, 2))
        return say("You pointed {factor} times too low", factor=number(factor, 2))
    away = yours - key
    if abs(away) <= 0.01 * max(abs(key), abs(yours)):
        return say("You pointed at the right place")
    if away > 0:
        return say("You pointed {away} too high", away=number(away, 2))
    return say("You pointed {away} too low", away=number(-away, 2))
