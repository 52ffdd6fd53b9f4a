"""Light and dark are one chart in other colours, so that one of them need be looked at."""

from __future__ import annotations

from typing import Any

import pytest

from engine import charts
from engine.charts import Picture, specification
from engine.charts.kit.theme import DARK, theme
from tests.charts.small import SMALL
from tests.outcomes import outcome_of


def darkened(part: Any) -> Any:
    """A specification with the colours that differ by page as they are on the dark one."""
    if isinstance(part, dict):
        return {key: darkened(value) for key, value in part.items()}
    if isinstance(part, list):
        return [darkened(value) for value in part]
    return DARK.get(part, part) if isinstance(part, str) else part


@pytest.mark.parametrize("simulation", charts.LAB)
def test_a_dark_chart_is_the_light_one_in_other_colours(simulation: str):
    outcome, settings = outcome_of(simulation, tuple(SMALL.get(simulation, {}).items()))
    for name in charts.LAB[simulation]:
        picture = Picture(outcome, settings)
        light, dark = (specification(name, picture, mode) for mode in ("light", "dark"))
        themes = [drawn.pop("config") for drawn in (light, dark)]
        assert dark == darkened(light), name
        assert [theme("light"), theme("dark")] == themes


def said_axes(drawn: Any, channel: str) -> list[Any]:
    """The axes of a channel whose ticks are numbers."""
    encoded = [layer.get("encoding", {}).get(channel) for layer in drawn["layer"]]
    return [e.get("axis", {}) for e in encoded if e and e.get("type") == "quantitative"]


@pytest.mark.parametrize("simulation", charts.LAB)
def test_no_axis_is_left_to_write_its_numbers_in_its_own_way(simulation: str):
    outcome, settings = outcome_of(simulation, tuple(SMALL.get(simulation, {}).items()))
    for name in charts.LAB[simulation]:
        drawn = specification(name, Picture(outcome, settings), "light")
        for channel in ("x", "y"):
            axes = said_axes(drawn, channel)
            said = [axis for axis in axes if axis is None or axis.keys() & {"labelExpr", "format"}]
            bare = [axis for axis in axes if axis and axis.get("labels") is False]
            assert not axes or said or bare, f"{name}: {channel}"
