"""The charts, by name: a picture in, an Altair chart out. No page, no Streamlit."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

import altair as alt
from altair.utils.schemapi import debug_mode

from engine.charts import (
    augmentation,
    averages,
    batch_size,
    calibration,
    clipping,
    conditioning,
    defaults,
    descent,
    drift,
    dropout,
    equal_loss,
    first_step,
    gradients,
    inference,
    initialization,
    invariance,
    leaky,
    placement,
    propagation,
    rectifiers,
    residual,
    saturation,
    shift,
    solving,
    standardizing,
    symmetry,
    tensor_axes,
    training,
    transform,
    variance,
)
from engine.charts.calibration import learner_calibration
from engine.charts.picture import Mark, Picture
from engine.charts.plain_text import plain_text
from engine.charts.strip import answer_strip
from engine.charts.theme import Mode, themed
from engine.charts.wrapping import lines_of

__all__ = [
    "CHARTS",
    "LAB",
    "Chart",
    "Mark",
    "Mode",
    "Picture",
    "answer_strip",
    "learner_calibration",
    "lines_of",
    "plain_text",
    "specification",
    "themed",
]

Chart = alt.Chart | alt.LayerChart | alt.HConcatChart | alt.VConcatChart | alt.FacetChart


#: Every module of charts, in the order in which the lab offers the charts of one simulation.
_MODULES = (
    clipping,
    conditioning,
    descent,
    standardizing,
    initialization,
    propagation,
    rectifiers,
    leaky,
    solving,
    symmetry,
    variance,
    shift,
    averages,
    inference,
    calibration,
    training,
    drift,
    equal_loss,
    first_step,
    transform,
    batch_size,
    defaults,
    augmentation,
    gradients,
    saturation,
    residual,
    tensor_axes,
    placement,
    invariance,
    dropout,
)

CHARTS: Mapping[str, Callable[[Picture], Chart]] = {
    name: chart for module in _MODULES for name, chart in module.CHARTS.items()
}

#: simulation -> the charts that show it from its settings alone, the best first
LAB: Mapping[str, tuple[str, ...]] = {
    name: tuple(chart for module in _MODULES for chart in module.LAB.get(name, ()))
    for name in sorted({name for module in _MODULES for name in module.LAB})
}


def specification(name: str, picture: Picture, mode: Mode) -> dict[str, Any]:
    """The chart called `name` as a Vega-Lite specification, ready for the page.

    Raises KeyError for an unknown name.
    """
    # Altair checks every part against the schema as it is made, which takes longer than making
    # it. The tests check every chart; a learner need not wait for it.
    with debug_mode(False):
        return themed(CHARTS[name](picture), mode)
