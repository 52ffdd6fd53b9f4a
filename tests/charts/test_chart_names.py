"""A chart is asked for by its name, so no two charts may share one."""

from __future__ import annotations

import importlib
import pkgutil

from engine import charts
from engine.simulations import SIMULATIONS

MODULES = [
    importlib.import_module(f"engine.charts.{found.name}")
    for found in pkgutil.iter_modules(charts.__path__)
]


def test_no_two_charts_have_one_name():
    named: dict[str, object] = {}
    for module in MODULES:
        for name, chart in getattr(module, "CHARTS", {}).items():
            assert named.setdefault(name, chart) is chart, f"{name} in {module.__name__}"


def test_every_chart_and_every_lab_of_a_module_is_there():
    for module in MODULES:
        assert set(getattr(module, "CHARTS", {})) <= set(charts.CHARTS), module.__name__
        assert set(getattr(module, "LAB", {})) <= set(charts.LAB), module.__name__


def test_every_simulation_has_a_chart():
    assert set(charts.LAB) == set(SIMULATIONS)
