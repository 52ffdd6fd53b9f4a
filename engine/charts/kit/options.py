"""Answers that are options, in words, and which kind of answer a chart has been given."""

from __future__ import annotations

import math
from collections import Counter
from dataclasses import replace

import altair as alt

from engine.charts.kit.marks import ORDER, answer_rows, rules
from engine.charts.kit.picture import Mark, Picture

VERDICTS = {"true", "misleading", "false"}


def any_number(picture: Picture) -> bool:
    """Whether an answer is a number; else they are options, or there is none."""
    return any(not isinstance(mark.value, str) for mark in picture.marks)


def badges(picture: Picture) -> dict[str, list[Mark]]:
    """option id -> the marks on it, to be named beside that option in the chart.

    Where an answer ranks options, each label has its place added: “answer #1”.
    """
    found: dict[str, list[Mark]] = {}
    named = Counter(mark.role for mark in picture.marks)
    places: Counter[str] = Counter()
    for mark in sorted(picture.marks, key=lambda m: ORDER[m.role]):
        if isinstance(mark.value, str):
            places[mark.role] += 1
            place = f" #{places[mark.role]}" if named[mark.role] > 1 else ""
            found.setdefault(mark.value, []).append(replace(mark, label=mark.label + place))
    return found


def chosen(picture: Picture) -> list[alt.Chart]:
    """Rows above the plot that say which option is the answer and which the learner picked.

    The answer comes first; the places of each are in order, whatever the options' order is.
    """
    said = [
        (mark, f"{mark.label}: {picture.options.get(option, option)}")
        for option, marks in badges(picture).items()
        for mark in marks
    ]
    given = {(mark.role, mark.value): place for place, mark in enumerate(picture.marks)}
    said.sort(key=lambda pair: (pair[0].role != "key", given[pair[0].role, pair[0].value]))
    return answer_rows(said, drawn=False)


def ranked(picture: Picture, option: str) -> str:
    """The places of an option in an order: ` (answer: 2, your answer: 1)`; empty without marks."""
    places: dict[str, int] = {}
    said = []
    for mark in picture.marks:
        places[mark.role] = places.get(mark.role, 0) + 1
        if mark.value == option:
            said.append(f"{mark.label}: {places[mark.role]}")
    return f" ({', '.join(said)})" if said else ""


def verdicts(picture: Picture) -> list[alt.Chart]:
    """Rows above the plot with the verdicts on a claim; nothing where the answers are others."""
    found = {mark.value for mark in picture.marks}
    return chosen(picture) if found and found <= VERDICTS else []


def chosen_numbers(picture: Picture) -> list[alt.Chart]:
    """The answers that are numbers, in rows above the plot, where no axis is theirs."""
    if not any_number(picture):
        return []
    return rules(picture, (-math.inf, math.inf), places=lambda _value: ())
