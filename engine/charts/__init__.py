"""The charts, by name: a picture in, an Altair chart out. No page, no Streamlit."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

import altair as alt
from altair.utils.schemapi import debug_mode

from engine.charts import (
    averages,
    calibration,
    clipping,
    conditioning,
    descent,
    inference,
    initialization,
    propagation,
    shift,
    standardizing,
)
from engine.charts.calibration import learner_calibration
from engine.charts.picture import Mark, Picture
from engine.charts.strip import answer_strip
from engine.charts.theme import Mode, themed

__all__ = [
    "CHARTS",
    "LAB",
    "Chart",
    "Mark",
    "Mode",
    "Picture",
    "answer_strip",
    "learner_calibration",
    "specification",
    "themed",
]

Chart = alt.Chart | alt.LayerChart | alt.HConcatChart | alt.VConcatChart | alt.FacetChart


def _by_simulation(*told: Mapping[str, tuple[str, ...]]) -> dict[str, tuple[str, ...]]:
    """The charts of each simulation, whichever module they are in."""
    names = sorted({name for lab in told for name in lab})
    return {name: tuple(chart for lab in told for chart in lab.get(name, ())) for name in names}


CHARTS: Mapping[str, Callable[[Picture], Chart]] = {
    **clipping.CHARTS,
    **conditioning.CHARTS,
    **descent.CHARTS,
    **standardizing.CHARTS,
    **initialization.CHARTS,
    **propagation.CHARTS,
    **shift.CHARTS,
    **averages.CHARTS,
    **inference.CHARTS,
    **calibration.CHARTS,
}

#: simulation -> the charts that show it from its settings alone, the best first
LAB: Mapping[str, tuple[str, ...]] = _by_simulation(
    clipping.LAB,
    conditioning.LAB,
    descent.LAB,
    standardizing.LAB,
    initialization.LAB,
    propagation.LAB,
    shift.LAB,
    averages.LAB,
    inference.LAB,
    calibration.LAB,
)


def specification(name: str, picture: Picture, mode: Mode) -> dict[str, Any]:
    """The chart called `name` as a Vega-Lite specification, ready for the page.

    Raises KeyError for an unknown name.
    """
    # Altair checks every part against the schema as it is made, which takes longer than making
    # it. The tests check every chart; a learner need not wait for it.
    with debug_mode(False):
        return themed(CHARTS[name](picture), mode)
