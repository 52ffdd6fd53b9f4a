"""What a chart says beside its plot is what is in the plot, on every chart of every question."""

from __future__ import annotations

import json
import math
import re
from collections.abc import Iterator, Mapping
from typing import Any

import pytest

from engine import questions
from engine.charts.kit.marks import SWATCH
from engine.charts.kit.theme import DARK, SERIES
from engine.charts.kit.wrapping import lines_of
from engine.study import draw_chart, draw_strip
from tests.charts.gallery import course, items

Spec = dict[str, Any]
CHANNELS = ("color", "strokeDash", "strokeWidth", "shape", "opacity", "fill", "stroke")
#: Markup, a hyphen for a minus, and powers of ten as Python or nobody writes them.
RAW = re.compile(
    r"\$|\\(?!u[0-9a-f]{4})[A-Za-z]|\*\*|`|\{\{|(?<![\w)\]])-(?=\.?\d)|\de[-+]\d|×10[¹²³](?![⁰¹²³⁴⁵⁶⁷⁸⁹])"
)


def drawn(item: str, seed: int, language: str) -> Iterator[Spec]:
    """The charts of a question, with a wrong answer on them and with none."""
    template = course().templates[item]
    variant = questions.draw(template, seed, language)
    for answer in (next(iter(variant.misconceptions.values()), variant.answer), None):
        for found in (
            draw_chart(template, variant, answer, "light"),
            draw_strip(variant, answer, "light"),
        ):
            if found is not None:
                yield found[0]


def layers(spec: Spec, outer: Mapping[str, Any] | None = None) -> Iterator[Spec]:
    here = {**(outer or {}), **{k: spec[k] for k in ("data", "encoding") if k in spec}}
    if "layer" not in spec:
        yield {**here, **spec}
    for layer in spec.get("layer", ()):
        yield from layers(layer, here)


def rows(spec: Spec, layer: Spec) -> list[dict[str, Any]]:
    data = layer["data"]
    found: list[dict[str, Any]] = (
        spec["datasets"][data["name"]] if "name" in data else data["values"]
    )
    return found


def legends(spec: Spec) -> dict[str, tuple[set[str], set[str]]]:
    """field -> (the entries of its legend, what its layers draw)."""
    told: dict[str, tuple[set[str], set[str]]] = {}
    for layer in layers(spec):
        encoding = layer.get("encoding", {})
        for channel in CHANNELS:
            coded = encoding.get(channel, {})
            if coded.get("type") != "nominal" or coded.get("legend", True) is None:
                continue
            field = coded["field"]
            entries, there = told.setdefault(field, (set(), set()))
            visible = {str(r[field]) for r in rows(spec, layer) if can_be_seen(encoding, r)}
            there |= visible
            scale = coded.get("scale") or {}
            entries |= set(scale["domain"]) if "domain" in scale else visible
    return told


def can_be_seen(encoding: Mapping[str, Any], row: Mapping[str, Any]) -> bool:
    """Whether a row has a place, and not one beyond both ends of an axis."""
    for channel in ("x", "y"):
        coded = encoding.get(channel, {})
        if "field" not in coded or coded.get("type") != "quantitative":
            continue
        value = row.get(coded["field"])
        if value is None or not math.isfinite(value):
            return False
        domain = (coded.get("scale") or {}).get("domain")
        ends = [value, row.get(encoding.get(f"{channel}2", {}).get("field"), value)]
        if isinstance(domain, list) and (max(ends) < domain[0] or min(ends) > domain[1]):
            return False
    return True


def swatches(spec: Spec) -> Iterator[tuple[str, str]]:
    """(colour, dash) of each piece of a line beside the words of an answer."""
    for layer in layers(spec):
        if layer["encoding"].get("x2", {}).get("value") == SWATCH:
            yield style(layer)


def style(layer: Spec) -> tuple[str, str]:
    return str(layer["mark"].get("color")), str(layer["mark"].get("strokeDash", [1, 0]))


def texts(part: object) -> Iterator[str]:
    """Every text that a reader may see; the ids in data are no words."""
    if isinstance(part, dict):
        for key, value in part.items():
            if key == "labelExpr":
                yield from re.findall(r'": "((?:[^"\\]|\\u[0-9a-f]{4})*)"', str(value))
            elif key in ("text", "subtitle", "title", "domain", "name", "series"):
                yield from [value] if isinstance(value, str) else texts(value)
            elif isinstance(value, (dict, list)):
                yield from texts(value)
    elif isinstance(part, list):
        for value in part:
            yield from [value] if isinstance(value, str) else texts(value)


@pytest.mark.parametrize("item", items())
def test_a_legend_names_what_is_drawn_and_texts_are_plain(item: str) -> None:
    for seed, language in ((11, "en"), (0, "ko")):
        for spec in drawn(item, seed, language):
            for field, (entries, there) in legends(spec).items():
                assert entries == there, f"{field}, seed {seed}"
            lines = [
                style(layer)
                for layer in layers(spec)
                if layer["encoding"].get("x2", {}).get("value") != SWATCH
            ]
            assert set(swatches(spec)) <= set(lines)
            shown = {key: value for key, value in spec.items() if key != "config"}
            raw = [t for t in texts(shown) if RAW.search(t) and t != "name"]
            assert raw == []


@pytest.mark.parametrize("item", ["xavier-normal/keeps-both", "he-normal/which-side"])
def test_a_network_that_tapers_has_its_first_and_its_last_width(item: str) -> None:
    template = course().templates[item]
    for seed in range(6):
        variant = questions.draw(template, seed, "en")
        found = draw_chart(template, variant, None, "light")
        assert found is not None
        subtitle = " ".join(lines_of(found[0]["title"]["subtitle"]))
        width, last = variant.parameters["width"], variant.parameters.get("last")
        told = re.search(r"(?:(\d+) to )?(\d+) units wide", subtitle)
        assert told is not None
        assert int(told[1] or told[2]) == width
        if last is not None:
            assert int(told[2]) == last


def test_a_race_names_its_rates_as_the_options_do() -> None:
    template = course().templates["learning-rate/race"]
    for seed in range(12):
        variant = questions.draw(template, seed, "en")
        found = draw_chart(template, variant, None, "light")
        assert found is not None
        told = json.dumps(found[0], ensure_ascii=False)
        for option in variant.options:
            rate = option.text.strip("$").removeprefix(r"\eta=")
            assert f"η = {rate} (" in told
        assert any(
            lines_of(found[0]["title"]["text"])[0].startswith(f"η = {rate} ")
            for rate in (o.text.strip("$").removeprefix(r"\eta=") for o in variant.options)
        )


def brightness(colour: str) -> float:
    """Relative luminance, as the contrast of WCAG has it."""
    parts = [int(colour[n : n + 2], 16) / 255 for n in (1, 3, 5)]
    linear = [p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def test_what_a_chart_is_about_is_its_brightest_line_in_the_dark() -> None:
    dark = [brightness(DARK.get(colour, colour)) for colour in SERIES]
    assert dark[0] == max(dark[:4])
    page = brightness("#14171C")
    assert all((light + 0.05) / (page + 0.05) >= 4.5 for light in dark)


def test_this_network_is_not_the_dimmest_line_in_the_dark() -> None:
    compared = [t for t in course().templates.values() if t.chart == "signal_schemes"]
    assert compared
    for template in compared:
        found = draw_chart(template, questions.draw(template, 0, "en"), None, "dark")
        assert found is not None
        scale = next(
            layer["encoding"]["color"]["scale"]
            for layer in layers(found[0])
            if "scale" in layer["encoding"].get("color", {})
        )
        assert max(scale["range"], key=brightness) == scale["range"][0]


def test_a_heading_is_broken_for_the_width_that_there_is() -> None:
    template = course().templates["learning-rate/race"]
    found = draw_chart(template, questions.draw(template, 1, "en"), None, "light")
    assert found is not None
    told = found[0]["title"]["text"]
    assert len(lines_of(told)) > 1
    widest = json.loads(told["expr"].removeprefix("width >= 620 ? ").partition(" : ")[0])
    assert len(widest) == 1
    assert widest == [" ".join(lines_of(told))]
