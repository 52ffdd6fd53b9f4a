"""Reads a chart's specification: its layers, the rows they draw, its title."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

import altair as alt

from engine.charts import CHARTS, LAB, Picture
from engine.charts.kit.shows import shown_by


def layers_of(chart: alt.TopLevelMixin, kind: str) -> list[dict[str, Any]]:
    """The layers drawn with marks of this kind, in the order of the chart."""
    return [s for s in chart.to_dict()["layer"] if s["mark"]["type"] == kind]


def rows_of(chart: alt.TopLevelMixin, layer: Mapping[str, Any]) -> list[dict[str, Any]]:
    """What a layer draws; the chart's own rows if it has none."""
    spec = chart.to_dict()
    data = layer.get("data", spec.get("data"))
    return spec["datasets"][data["name"]] if "name" in data else data["values"]


def title_of(chart: alt.TopLevelMixin) -> str:
    """Title and subtitle in one line."""
    title = chart.to_dict()["title"]
    return " ".join([*title["text"], *title.get("subtitle", [])])


def rules_of(chart: alt.TopLevelMixin, channel: str) -> dict[str | None, Any]:
    """Where rules stand at one value of this channel, by their colors."""
    rules = [r for r in layers_of(chart, "rule") if "datum" in r["encoding"].get(channel, {})]
    return {r["mark"].get("color"): r["encoding"][channel]["datum"] for r in rules}


def charts_of(*simulations: str) -> dict[str, Callable[[Picture], Any]]:
    """The charts of these simulations by name, those that only questions show among them."""
    shown = {name: shown_by(chart) for name, chart in CHARTS.items()}
    return {n: CHARTS[n] for n, what in shown.items() if what and what.simulation in simulations}


def lab_of(*simulations: str) -> dict[str, tuple[str, ...]]:
    """simulation -> the charts that the lab offers."""
    return {simulation: LAB[simulation] for simulation in simulations}
