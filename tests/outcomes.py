"""Outcomes of simulations, each run once in a session, for tests of what is made of them."""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping
from functools import lru_cache
from typing import Any

import numpy as np

from engine.simulations import SIMULATIONS, Outcome


@lru_cache(maxsize=256)
def outcome_of(
    simulation: str, settings: tuple[tuple[str, Any], ...] = (), seed: int = 0
) -> tuple[Outcome, Mapping[str, object]]:
    """The outcome, and all parameters; what is not set takes its default.

    Its columns cannot be written to, as every test that asks for them is given the same ones.
    """
    chosen = SIMULATIONS[simulation]
    parameters = chosen.make(dict(settings))
    outcome = chosen.run(parameters, np.random.default_rng(seed))
    for table in outcome.tables.values():
        for column in table.values():
            np.asarray(column).flags.writeable = False
    return outcome, dataclasses.asdict(parameters)
