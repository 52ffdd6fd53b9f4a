"""In the dark theme, what a chart draws in the page's colour is in the dark page's."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from typing import Any

import altair as alt
import pandas as pd
import pytest

from engine import questions
from engine.charts import themed
from engine.charts.kit import theme
from engine.charts.kit.scales import over_lines
from engine.charts.kit.theme import DARK, colour
from engine.study import draw_chart
from tests.charts.gallery import PAGE, ROOT, SEED, course, items

#: White and black in every way that a browser reads, but for the theme's own.
GLARING = re.compile(
    r"(?i)white|black|#f{3,4}|#f{6}|#f{8}|#0{3,4}|#0{6}|rgba?\((255|0)[, ]+\1[, ]+\1.*"
)


def texts(part: Any, at: str = "") -> Iterator[tuple[str, str]]:
    """Every text of a specification that could be a colour, with where it stands."""
    if isinstance(part, dict):
        for key, value in part.items():
            if key not in ("data", "datasets"):
                yield from texts(value, f"{at}.{key}")
    elif isinstance(part, list):
        for value in part:
            yield from texts(value, at)
    elif isinstance(part, str):
        yield at, part


def glaring(specification: dict[str, Any]) -> list[tuple[str, str]]:
    return [(at, text) for at, text in texts(specification) if GLARING.fullmatch(text)]


def test_the_grounds_are_the_pages() -> None:
    """The page's colours stand in Streamlit's settings; the charts' must be the same."""
    page = tomllib.loads((ROOT / ".streamlit" / "config.toml").read_text("utf-8"))["theme"]
    for mode in ("light", "dark"):
        ground = page[mode]["backgroundColor"]
        assert colour(theme.PAGE, mode) == PAGE[mode] == ground
        assert DARK["#FFFFFF"] == page["dark"]["backgroundColor"]


def test_words_over_lines_stand_on_a_seam_of_the_pages_colour() -> None:
    base = alt.Chart(pd.DataFrame({"x": [1], "name": ["a"]})).encode(x="x:Q", text="name:N")
    for mode in ("light", "dark"):
        drawn = themed(alt.layer(*over_lines(base)), mode)
        seam, words = (layer["mark"] for layer in drawn["layer"])
        assert (seam["color"], seam["stroke"]) == (PAGE[mode], PAGE[mode])
        assert drawn["config"]["text"]["color"] != PAGE[mode]
        assert "color" not in words


@pytest.mark.parametrize("item", items())
def test_nothing_in_a_dark_chart_is_white_or_black(item: str) -> None:
    template = course().templates[item]
    variant = questions.draw(template, SEED, "en")
    wrong = next(iter(variant.misconceptions.values()), variant.answer)
    drawn = draw_chart(template, variant, wrong, "dark")
    assert drawn is not None
    assert glaring(drawn[0]) == []


@pytest.mark.parametrize("colour", ["white", "#fff", "#FFFFFF", "rgb(255, 255, 255)", "black"])
def test_a_glaring_colour_is_noticed(colour: str) -> None:
    assert glaring({"layer": [{"mark": {"type": "rect", "stroke": colour}}]})
