"""The charts by name."""

from __future__ import annotations

from engine import charts


def test_no_chart_hides_another_of_the_same_name():
    names = [name for module in charts._MODULES for name in module.CHARTS]
    assert len(names) == len(set(names)) == len(charts.CHARTS)
