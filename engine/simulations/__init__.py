"""The simulations, by name. One small NumPy module a phenomenon, in the folder of its unit."""

from __future__ import annotations

import pkgutil
from collections.abc import Iterable, Iterator, Mapping
from importlib import import_module

import numpy as np

from engine.simulations.kit.base import Outcome, ParameterError, Range, Simulation, reporting
from engine.simulations.kit.labels import Label, cell_label, shared_labels

__all__ = [
    "SIMULATIONS",
    "Label",
    "Outcome",
    "ParameterError",
    "Range",
    "Simulation",
    "by_name",
    "cell_label",
    "reporting",
    "run",
    "shared_labels",
]


def _found() -> Iterator[Simulation]:
    """The `SIMULATION` of every module in every folder; a module without one is only imported."""
    for unit in pkgutil.iter_modules(__path__):
        folder = import_module(f"{__name__}.{unit.name}").__path__
        for module in pkgutil.iter_modules(folder):
            held = import_module(f"{__name__}.{unit.name}.{module.name}")
            if isinstance(getattr(held, "SIMULATION", None), Simulation):
                yield held.SIMULATION


def by_name(found: Iterable[Simulation]) -> Mapping[str, Simulation]:
    """By name. Raises ValueError where two units have a simulation of one name."""
    named: dict[str, Simulation] = {}
    for simulation in found:
        if simulation.name in named:
            raise ValueError(f"two simulations are called {simulation.name}")
        named[simulation.name] = simulation
    return named


SIMULATIONS: Mapping[str, Simulation] = by_name(_found())


def run(name: str, values: Mapping[str, object], rng: np.random.Generator) -> Outcome:
    """Runs simulation `name`. Raises KeyError for an unknown name, ParameterError for a value."""
    simulation = SIMULATIONS[name]
    return simulation.run(simulation.make(values), rng)
