"""The charts, by name: a picture in, an Altair chart out. No page, no Streamlit."""

from __future__ import annotations

from collections.abc import Callable, Mapping

import altair as alt

from engine.charts import averages, calibration, inference, initialization, propagation, shift
from engine.charts.calibration import learner_calibration
from engine.charts.picture import Mark, Picture
from engine.charts.theme import Mode, themed

__all__ = ["CHARTS", "Chart", "Mark", "Mode", "Picture", "learner_calibration", "themed"]

Chart = alt.Chart | alt.LayerChart | alt.HConcatChart | alt.VConcatChart | alt.FacetChart

CHARTS: Mapping[str, Callable[[Picture], Chart]] = {
    **initialization.CHARTS,
    **propagation.CHARTS,
    **shift.CHARTS,
    **averages.CHARTS,
    **inference.CHARTS,
    **calibration.CHARTS,
}
