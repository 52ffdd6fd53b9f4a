"""The charts, by name: a picture in, an Altair chart out. No page, no Streamlit."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

import altair as alt
from altair.utils.schemapi import debug_mode

from engine.charts import inverse_questions
from engine.charts.confidence import augmentation, calibration
from engine.charts.confidence.calibration import learner_calibration
from engine.charts.gradients import (
    conditioning,
    dead_units,
    gradient_chain,
    gradient_clipping,
    gradient_descent,
    leaky_relu,
    sigmoid_saturation,
    standardization,
)
from engine.charts.initialization import (
    rectified_moments,
    signal_propagation,
    symmetry,
    truncated_normal,
    weight_initialization,
)
from engine.charts.kit.picture import Mark, Picture
from engine.charts.kit.plain_text import plain_text
from engine.charts.kit.theme import Mode, themed
from engine.charts.kit.wrapping import lines_of
from engine.charts.normalization import (
    batch_size,
    batchnorm_inference,
    batchnorm_transform,
    covariate_shift,
    dropout,
    equal_loss,
    first_step,
    layer_drift,
    moving_average,
    normalization_axes,
    placement,
    residual_network,
    scale_invariance,
    training,
)
from engine.charts.strip import answer_strip

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
    gradient_clipping,
    conditioning,
    gradient_descent,
    standardization,
    weight_initialization,
    signal_propagation,
    dead_units,
    leaky_relu,
    inverse_questions,
    symmetry,
    rectified_moments,
    covariate_shift,
    moving_average,
    batchnorm_inference,
    calibration,
    training,
    layer_drift,
    equal_loss,
    first_step,
    batchnorm_transform,
    batch_size,
    truncated_normal,
    augmentation,
    gradient_chain,
    sigmoid_saturation,
    residual_network,
    normalization_axes,
    placement,
    scale_invariance,
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
