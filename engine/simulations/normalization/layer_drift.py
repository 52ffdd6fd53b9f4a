r"""How far the inputs of three layers moved between two steps of training.

    drift = |mean now - mean then| / deviation then

It compares one layer with itself at another time. That is what internal covariate shift is about
(Ioffe & Szegedy 2015, section 2); two layers at one time may differ without any of it. The inputs
are drawn as normal with the moments given, and measured as one would measure a layer's.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from engine.simulations.kit.base import Outcome, Simulation, parameter

DRAWN = 400  # inputs of each layer at each time
LAYERS = ("a", "b", "c")


@dataclass(frozen=True)
class Parameters:
    then_a: float = parameter(0.5, "Layer A: mean at first", low=-10, high=10)
    now_a: float = parameter(0.8, "Layer A: mean later", low=-20, high=20)
    std_a: float = parameter(1.0, "Layer A: standard deviation", low=0.05, high=10)
    then_b: float = parameter(1.0, "Layer B: mean at first", low=-10, high=10)
    now_b: float = parameter(1.6, "Layer B: mean later", low=-20, high=20)
    std_b: float = parameter(3.0, "Layer B: standard deviation", low=0.05, high=10)
    then_c: float = parameter(2.0, "Layer C: mean at first", low=-10, high=10)
    now_c: float = parameter(2.2, "Layer C: mean later", low=-20, high=20)
    std_c: float = parameter(0.4, "Layer C: standard deviation", low=0.05, high=10)


def run(parameters: Parameters, rng: np.random.Generator) -> Outcome:
    """Table `layers` has a row a layer: its means, its deviation, its drift."""
    p = parameters
    then = np.array([p.then_a, p.then_b, p.then_c])
    now = np.array([p.now_a, p.now_b, p.now_c])
    std = np.array([p.std_a, p.std_b, p.std_c])
    drift = np.abs(now - then) / std
    drawn = (
        then + std * rng.standard_normal((DRAWN, 3)),
        now + std * rng.standard_normal((DRAWN, 3)),
    )
    measured = np.abs(drawn[1].mean(0) - drawn[0].mean(0)) / drawn[0].std(0)
    scalars = {f"drift_{layer}": float(d) for layer, d in zip(LAYERS, drift, strict=True)}
    scalars |= {f"measured_{layer}": float(d) for layer, d in zip(LAYERS, measured, strict=True)}
    table = {
        "layer": np.array(LAYERS),
        "then": then,
        "now": now,
        "std": std,
        "drift": drift,
        "measured": measured,
    }
    return Outcome(scalars, {"layers": table})


SIMULATION = Simulation(
    "Drift of a layer's inputs",
    Parameters,
    run,
    {
        "drift_a": "Drift of layer A",
        "drift_b": "Drift of layer B",
        "drift_c": "Drift of layer C",
        "measured_a": "Layer A, from drawn inputs",
        "measured_b": "Layer B, from drawn inputs",
        "measured_c": "Layer C, from drawn inputs",
    },
)
