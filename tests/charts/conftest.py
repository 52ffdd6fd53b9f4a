"""Charts as a reader meets them: a real outcome, a real picture, real pixels."""

from __future__ import annotations

import dataclasses
import io
from collections.abc import Callable
from typing import Any

import altair as alt
import pytest
import vl_convert
from PIL import Image

from engine.charts import Mark, Picture, themed
from engine.charts.kit.theme import Theme
from engine.simulations import Outcome
from tests.outcomes import outcome_of

WIDTH = 320  # a small phone, in CSS pixels


@pytest.fixture
def picture_of() -> Callable[..., Picture]:
    """picture_of(simulation, settings, marks, ...): what a page would hand to a chart."""

    def make(
        simulation: str, settings: dict[str, object] | None = None, *marks: Mark, **more: Any
    ) -> Picture:
        outcome, used = outcome_of(simulation, tuple((settings or {}).items()))
        return Picture(outcome, used, marks=marks, **more)

    return make


@pytest.fixture
def emptied() -> Callable[[Picture], Picture]:
    """The same picture with no row in any table."""

    def empty(picture: Picture) -> Picture:
        tables = {
            name: {column: values[:0] for column, values in table.items()}
            for name, table in picture.outcome.tables.items()
        }
        outcome = Outcome(picture.outcome.scalars, tables)
        return dataclasses.replace(picture, outcome=outcome)

    return empty


@pytest.fixture
def drawn() -> Callable[[alt.TopLevelMixin, Theme], Image.Image]:
    """The chart's pixels on the page of `mode`, as wide as a phone."""

    def draw(chart: alt.TopLevelMixin, mode: Theme) -> Image.Image:
        specification = themed(chart, mode)
        specification["background"] = "white" if mode == "light" else "#0E1117"
        if specification.get("width") == "container":  # what a page of that width makes of it
            specification["width"] = WIDTH
            specification["autosize"] = {"type": "fit-x", "contains": "padding"}
        png = vl_convert.vegalite_to_png(specification)
        return Image.open(io.BytesIO(png)).convert("RGB")

    return draw
