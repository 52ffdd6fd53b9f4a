"""The simulations, by name. One small NumPy module a phenomenon."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from engine.simulations.base import Outcome, ParameterError, Range, Simulation

__all__ = ["SIMULATIONS", "Outcome", "ParameterError", "Range", "Simulation", "run"]

SIMULATIONS: Mapping[str, Simulation] = {}


def run(name: str, values: Mapping[str, object], rng: np.random.Generator) -> Outcome:
    """Runs simulation `name`. Raises KeyError for an unknown name, ParameterError for a value."""
    simulation = SIMULATIONS[name]
    return simulation.run(simulation.make(values), rng)
