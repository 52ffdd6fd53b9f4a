"""Finds the charts: every function below the units' folders that says which simulation it shows."""

from __future__ import annotations

import importlib
import pkgutil
from collections.abc import Callable, Iterable
from types import ModuleType
from typing import Any

from engine.charts.kit.shows import Shown, shown_by


def charts_below(path: Iterable[str], package: str) -> dict[str, tuple[Callable[..., Any], Shown]]:
    """name -> the chart and what it shows; of one module, in the order in which they stand there.

    Raises ValueError for a second chart of one name.
    """
    found: dict[str, tuple[Callable[..., Any], Shown]] = {}
    for module in _modules(path, package):
        for name, chart in vars(module).items():
            shown = shown_by(chart)
            if shown is None or chart.__module__ != module.__name__:
                continue  # no chart, or imported from the module that it is found in
            if name in found:
                raise ValueError(f"two charts called {name}: the second is in {module.__name__}")
            found[name] = (chart, shown)
    return found


def _modules(path: Iterable[str], package: str) -> list[ModuleType]:
    """The modules in the folders of the units, which are those that have charts."""
    units = [unit for unit in pkgutil.iter_modules(path) if unit.ispkg and unit.name != "kit"]
    folders = [importlib.import_module(f"{package}.{unit.name}") for unit in units]
    return [
        importlib.import_module(f"{folder.__name__}.{module.name}")
        for folder in folders
        for module in pkgutil.iter_modules(folder.__path__)
    ]
