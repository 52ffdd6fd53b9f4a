"""Titles in lines: a name and its value stay together."""

from __future__ import annotations

import re
from itertools import pairwise

import pytest

from engine import charts
from engine.charts import Picture, lines_of, specification
from engine.charts.kit.wrapping import wrap
from tests.charts.small import SMALL
from tests.outcomes import outcome_of

VALUE = re.compile(r"[−\d]")


@pytest.mark.parametrize(
    ("text", "lines"),
    [
        ("표준편차로 잰 이동: A 0.2, B 0.1, C 0.3", ["표준편차로 잰 이동: A 0.2,", "B 0.1, C 0.3"]),
        ("the condition number is κ = 12 here", ["the condition number is", "κ = 12 here"]),
        ("scales of two features 1 : 30", ["scales of two", "features 1 : 30"]),
        ("far above the limit 1, 3 of them", ["far above the limit 1, 3", "of them"]),
    ],
)
def test_a_name_is_not_parted_from_its_value(text: str, lines: list[str]):
    assert wrap(text, 26) == lines


def test_what_is_too_long_for_a_line_is_parted_all_the_same():
    assert wrap("a = 1 = 2 = 3 = 4", 9) == ["a = 1 = 2", "= 3 = 4"]


@pytest.mark.parametrize("simulation", charts.LAB)
def test_no_title_of_the_lab_parts_a_name_from_its_value(simulation: str):
    outcome, settings = outcome_of(simulation, tuple(SMALL.get(simulation, {}).items()))
    for name in charts.LAB[simulation]:
        for language in ("en", "ko"):
            picture = Picture(outcome, settings, language=language)
            told = lines_of(specification(name, picture, "light")["title"]["text"])
            for line, following in pairwise(told):
                parted = VALUE.match(following) and line[-1] not in ",;.!?:"
                assert not parted, f"{name}: {line} / {following}"
