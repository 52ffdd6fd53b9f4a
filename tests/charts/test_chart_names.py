"""A chart is asked for by its name, and found in the module called like what it shows."""

from __future__ import annotations

import sys
from types import ModuleType

import altair as alt
import pytest

from engine import charts
from engine.charts.discovery import charts_below
from engine.charts.kit.picture import Picture
from engine.charts.kit.shows import shown_by, shows
from engine.simulations import SIMULATIONS


def test_every_simulation_has_a_chart():
    assert set(charts.LAB) == set(SIMULATIONS)


@pytest.mark.parametrize("name", charts.CHARTS)
def test_a_chart_stands_in_the_module_of_its_simulation(name: str):
    shown = shown_by(charts.CHARTS[name])
    assert shown is not None
    unit, module = charts.CHARTS[name].__module__.split(".")[-2:]
    assert module == shown.simulation
    assert f".{unit}." in SIMULATIONS[shown.simulation].run.__module__
    assert (name in charts.LAB[shown.simulation]) == shown.in_lab


def _package(monkeypatch, tmp_path, **modules: str) -> ModuleType:
    """A package `drawn` with one unit, `unit`, of these modules."""
    (tmp_path / "drawn" / "unit").mkdir(parents=True)
    for folder in ("drawn", "drawn/unit"):
        (tmp_path / folder / "__init__.py").write_text("")
    for name, text in modules.items():
        (tmp_path / "drawn" / "unit" / f"{name}.py").write_text(
            f"from engine.charts.kit.shows import shows\n{text}"
        )
    monkeypatch.syspath_prepend(tmp_path)
    found = __import__("drawn")
    for name in list(sys.modules):
        if name.partition(".")[0] == "drawn":
            monkeypatch.setitem(sys.modules, name, sys.modules[name])
    return found


@pytest.fixture
def forgetful():
    yield
    for name in [name for name in sys.modules if name.partition(".")[0] == "drawn"]:
        del sys.modules[name]


CHART = "@shows('leaky_relu')\ndef {name}(picture):\n    pass\n"


@pytest.mark.usefixtures("forgetful")
def test_charts_are_found_in_the_order_of_their_module_and_not_where_they_are_imported(
    monkeypatch, tmp_path
):
    one = CHART.format(name="second") + CHART.format(name="first")
    package = _package(monkeypatch, tmp_path, a="from drawn.unit.b import second\n", b=one)
    found = charts_below(package.__path__, "drawn")
    assert list(found) == ["second", "first"]
    assert {shown.simulation for _, shown in found.values()} == {"leaky_relu"}


@pytest.mark.usefixtures("forgetful")
def test_two_charts_of_one_name_are_refused(monkeypatch, tmp_path):
    one = CHART.format(name="bounce")
    package = _package(monkeypatch, tmp_path, a=one, b=one)
    with pytest.raises(ValueError, match="two charts called bounce"):
        charts_below(package.__path__, "drawn")


def test_a_function_that_says_nothing_shows_nothing():
    @shows("leaky_relu", in_lab=False)
    def chart(picture: Picture) -> alt.Chart | None:
        return None

    shown = shown_by(chart)
    assert shown is not None
    assert (shown.simulation, shown.in_lab) == ("leaky_relu", False)
    assert shown_by(test_every_simulation_has_a_chart) is None
