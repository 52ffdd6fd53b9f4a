"""A small simulation to ask about, and a template of every kind."""

from __future__ import annotations

import dataclasses
from dataclasses import dataclass

import numpy as np
import pytest

from engine import simulations
from engine.questions import Template
from engine.simulations import Outcome, Simulation
from engine.simulations.kit.base import parameter
from tests.questions.written_questions import KINDS, template


@dataclass(frozen=True)
class Coin:
    """The parameters of a simulation for tests."""

    n_in: int = parameter(64, "Tosses", low=1, high=4096)
    coin: str = parameter("fair", "Coin", choices=("fair", "bent"))


def toss(parameters: Coin, rng: np.random.Generator) -> Outcome:
    """The share of heads and its standard error."""
    p = 0.5 if parameters.coin == "fair" else 0.8
    share = float(rng.binomial(parameters.n_in, p) / parameters.n_in)
    error = (p * (1 - p) / parameters.n_in) ** 0.5
    return Outcome({"share": share, "share_se": error, "doubled": 2 * share})


@pytest.fixture
def coin(monkeypatch: pytest.MonkeyPatch) -> list[dict[str, object]]:
    """The simulation `coin` among the others; the list grows by what every run was told."""
    runs: list[dict[str, object]] = []

    def run(parameters: Coin, rng: np.random.Generator) -> Outcome:
        runs.append(dataclasses.asdict(parameters))
        return toss(parameters, rng)

    labels = {name: name for name in ("share", "share_se", "doubled")}
    simulation = Simulation("Coin", Coin, run, labels, name="coin")
    monkeypatch.setitem(simulations.SIMULATIONS, "coin", simulation)  # type: ignore[arg-type]
    return runs


@pytest.fixture(params=KINDS)
def of_each_kind(request: pytest.FixtureRequest) -> Template:
    """One template of each kind, and of both forms of choice."""
    return template(KINDS[request.param])
