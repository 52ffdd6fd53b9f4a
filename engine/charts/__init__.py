"""The charts, by name: a picture in, an Altair chart out. No page, no Streamlit."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

import altair as alt
from altair.utils.schemapi import debug_mode

from engine.charts.discovery import charts_below
from engine.charts.kit.answers import answer_counts, answer_histogram, describe, describe_values
from engine.charts.kit.picture import Mark, Picture
from engine.charts.kit.plain_text import plain_text
from engine.charts.kit.theme import Theme, themed
from engine.charts.kit.wrapping import lines_of
from engine.charts.knowledge_map import PICK, Concept, concept_map, knowledge_words
from engine.charts.learner import learner_calibration
from engine.charts.strip import answer_strip
from engine.charts.workload import workload_chart

__all__ = [
    "CHARTS",
    "LAB",
    "PICK",
    "Chart",
    "Concept",
    "Mark",
    "Picture",
    "Theme",
    "answer_counts",
    "answer_histogram",
    "answer_strip",
    "concept_map",
    "describe",
    "describe_values",
    "knowledge_words",
    "learner_calibration",
    "lines_of",
    "plain_text",
    "specification",
    "themed",
    "workload_chart",
]

Chart = alt.Chart | alt.LayerChart | alt.HConcatChart | alt.VConcatChart | alt.FacetChart

_FOUND = charts_below(__path__, __name__)

CHARTS: Mapping[str, Callable[[Picture], Chart]] = {
    name: chart for name, (chart, _) in _FOUND.items()
}

#: simulation -> the charts that show it from its settings alone, the best first
LAB: Mapping[str, tuple[str, ...]] = {
    simulation: tuple(
        name
        for name, (_, shown) in _FOUND.items()
        if shown.in_lab and shown.simulation == simulation
    )
    for simulation in sorted({shown.simulation for _, shown in _FOUND.values() if shown.in_lab})
}


def specification(name: str, picture: Picture, mode: Theme) -> dict[str, Any]:
    """The chart called `name` as a Vega-Lite specification, ready for the page.

    Raises KeyError for an unknown name.
    """
    # Altair checks every part against the schema as it is made, which takes longer than making
    # it. The tests check every chart; a learner need not wait for it.
    with debug_mode(False):
        return themed(CHARTS[name](picture), mode)
