"""Every number that a chart shows is written as people write it, wherever the sliders stand."""

from __future__ import annotations

import json
import math
import re
from collections.abc import Iterator
from typing import Any

import altair as alt
import pytest
import vl_convert

from engine import charts
from engine.charts import Picture
from engine.charts.kit.axes import log_axis, plain_axis
from engine.charts.kit.numbers import (
    TICK_LABELS,
    chosen_number,
    decimals,
    number,
    percent,
    power,
    whole,
)
from engine.course import Experiment, run_experiment
from engine.questions.placeholders import shown
from engine.simulations import SIMULATIONS
from tests.charts.small import SMALL

#: What Python writes and people do not: 1e+03, 0.30000000000000004, nan, inf, -0.
RAW = re.compile(
    r"\d[eE][-+−]\d|(?!0\.9999)\b\d+\.\d{12}|(?<![A-Za-z])(?:nan|NaN|inf|Infinity)(?![A-Za-z])"
    r"|(?<![\w.,)⁰-⁹])[-−]0(?:\.0*)?(?![\d.,])"
)
LOG_LABELS = re.compile(r"\((\{.*\})\)\[format\(datum\.value, '\.1e'\)\]")


def words_in(part: Any) -> Iterator[str]:
    """Every string of a specification that somebody may read, its data's among them."""
    if isinstance(part, dict):
        for key, value in part.items():
            if key == "labelExpr":
                yield from _labels(value)
            elif key not in ("name", "config"):
                yield from words_in(value)
    elif isinstance(part, list):
        for value in part:
            yield from words_in(value)
    elif isinstance(part, str) and not part.startswith("#"):
        yield part


def _labels(expression: str) -> Iterator[str]:
    """What an axis can show, without the expression's own numbers; ticks of Vega's are its own."""
    found = LOG_LABELS.fullmatch(expression)
    if found is not None:
        yield from json.loads(found[1]).values()
    elif expression != TICK_LABELS:
        yield expression


def bare_texts(part: Any) -> Iterator[Any]:
    """Marks that write a number of the data without anybody having said how."""
    if isinstance(part, dict):
        text = part.get("text")
        if isinstance(text, dict) and text.get("type") == "quantitative" and "format" not in text:
            yield text
        for value in part.values():
            yield from bare_texts(value)
    elif isinstance(part, list):
        for value in part:
            yield from bare_texts(value)


def ends_of(simulation: str) -> Iterator[Experiment]:
    """The simulation with each parameter at both of its ends and at each of its choices."""
    base = SMALL.get(simulation, {})
    begun = Experiment.of(simulation, base, 0)
    yield begun
    for name, allowed in SIMULATIONS[simulation].ranges().items():
        values = [*(allowed.choices or ()), allowed.low, allowed.high]
        if isinstance(begun.values[name], bool):
            values = [False, True]
        for value in values:
            if value is not None and value != begun.values[name]:
                yield Experiment.of(simulation, {**base, name: value}, 0)


@pytest.mark.parametrize("simulation", SIMULATIONS)
def test_no_chart_of_the_lab_shows_a_number_as_python_writes_it(simulation: str):
    for experiment in ends_of(simulation):
        outcome = run_experiment.__wrapped__(experiment)
        for name in charts.LAB[simulation]:
            for language in ("en", "ko"):
                picture = Picture(outcome, experiment.values, language=language)
                drawn = charts.specification(name, picture, "light")
                at = f"{name} with {experiment.changed()}"
                assert [text for text in words_in(drawn) if RAW.search(text)] == [], at
                assert list(bare_texts(drawn)) == [], at


@pytest.mark.parametrize(
    "raw",
    ["1e+03", "a 5.84e-06", "5.84e−06 %", "0.30000000000000004", "nan", "x = inf", "-0", "−0.0"],
)
def test_what_python_writes_is_found(raw: str):
    assert RAW.search(raw)


@pytest.mark.parametrize("written", ["5.84×10⁻⁶ %", "1000", "−0.5", "10⁻⁰", "instant", "W1-0.5"])
def test_what_people_write_is_not(written: str):
    assert not RAW.search(written)


@pytest.mark.parametrize(
    ("value", "written"),
    [
        (0.0131, "0.0131"),
        (1600.0, "1600"),
        (16000.0, "1.6×10⁴"),
        (-1.2345e-7, "−1.23×10⁻⁷"),
        (-0.0, "0"),
        (math.nan, "–"),
        (math.inf, "∞"),
        (-math.inf, "−∞"),
        ("0.5", "0.5"),
        (True, "1"),
    ],
)
def test_a_number_has_three_digits(value: object, written: str):
    assert number(value) == written


def test_what_somebody_chose_is_shown_as_it_is_if_it_is_short():
    assert chosen_number(0.3125) == "0.3125"
    assert chosen_number(80000) == "80000"
    assert chosen_number(0.0968245836) == "0.0968"
    assert chosen_number(0.1 + 0.2) == "0.3"
    assert chosen_number(2**31) == "2.15×10⁹"


def test_counts_and_shares_have_their_own_digits():
    assert whole(80000) == "80000"
    assert whole(999_999) == "999999"
    assert whole(1e6) == "1×10⁶"
    assert whole(16_777_216) == "1.68×10⁷"
    assert decimals(0.5, 2) == "0.50"
    assert decimals(0.0251, 3, signed=True) == "+0.025"
    assert decimals(-0.0001, 2) == "0.00"
    assert decimals(1e300, 2) == "1×10³⁰⁰"
    assert percent(0.0000000584) == "5.84×10⁻⁶"


@pytest.mark.parametrize("value", [1600.0, -0.013, 1.2e-5, 80000.0, 1e6, 2.5e-7, 0.0001, 0.3])
def test_charts_write_a_number_as_the_texts_do(value: float):
    assert chosen_number(value) == shown(value)


TICKS = [
    [0.0, 1e-7, 2.5e-7],
    [0.0, 30_000.0, 90_000.0],
    [-2e6, 0.0, 1e6, 3e7],
    [-3e-5, 1e-5],
    [0.0, 1e120],
    [0.0001, 0.0002],
    [-0.3, 0.0, 0.1 + 0.2],
    [999_999.0, 1_234_567.0],
]


@pytest.mark.parametrize("ticks", TICKS)
def test_an_axis_writes_its_ticks_as_a_text_would(ticks: list[float]):
    axis = plain_axis("").to_dict() | {"values": ticks, "labelOverlap": False}
    assert _ticks_drawn(axis, ticks, "linear") == [power(tick) for tick in ticks]
    for tick, said in zip(ticks, [power(tick) for tick in ticks], strict=True):
        assert said in (shown(tick), shown(tick).removeprefix("1×"))


@pytest.mark.parametrize("domain", [(1e-9, 1e-3), (0.2, 40.0), (1e3, 1e60), (0.01, 0.02)])
def test_a_log_axis_does_too(domain: tuple[float, float]):
    axis = log_axis("", domain).to_dict()
    drawn = _ticks_drawn(axis, list(domain), "log")
    assert len(drawn) >= 3
    assert not [label for label in drawn if RAW.search(label) or label == "undefined"]


def _ticks_drawn(axis: dict[str, Any], values: list[float], scale: str) -> list[str]:
    """The labels of an axis as they are rendered, from left to right."""
    x = alt.X("at:Q", scale=alt.Scale(type=scale, zero=False, nice=False))  # type: ignore[arg-type]
    chart = alt.Chart(alt.InlineData(values=[{"at": value} for value in values]))
    specification = chart.mark_point().encode(x=x).to_dict()
    specification["encoding"]["x"]["axis"] = axis
    svg = vl_convert.vegalite_to_svg(specification | {"width": 900})
    drawn = re.findall(r'translate\(([-\d.]+),[-\d.]+\)"[^>]*>([^<]+)</text>', svg)
    return [label for _, label in sorted(drawn, key=lambda found: float(found[0]))]
