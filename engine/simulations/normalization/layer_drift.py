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
    then_a: float = parameter(
        0.5, en="Layer A: mean at first", ko="층 A: 처음의 평균", low=-10, high=10
    )
    now_a: float = parameter(
        0.8, en="Layer A: mean later", ko="층 A: 나중의 평균", low=-20, high=20
    )
    std_a: float = parameter(
        1.0, en="Layer A: standard deviation", ko="층 A: 표준편차", low=0.05, high=10
    )
    then_b: float = parameter(
        1.0, en="Layer B: mean at first", ko="층 B: 처음의 평균", low=-10, high=10
    )
    now_b: float = parameter(
        1.6, en="Layer B: mean later", ko="층 B: 나중의 평균", low=-20, high=20
    )
    std_b: float = parameter(
        3.0, en="Layer B: standard deviation", ko="층 B: 표준편차", low=0.05, high=10
    )
    then_c: float = parameter(
        2.0, en="Layer C: mean at first", ko="층 C: 처음의 평균", low=-10, high=10
    )
    now_c: float = parameter(
        2.2, en="Layer C: mean later", ko="층 C: 나중의 평균", low=-20, high=20
    )
    std_c: float = parameter(
        0.4, en="Layer C: standard deviation", ko="층 C: 표준편차", low=0.05, high=10
    )


def run(parameters: Parameters, rng: np.random.Generator) -> Outcome:
    """Table `layers` has a row a layer: its means, its deviation, its drift."""
    then, now, std = (
        np.array([getattr(parameters, f"{name}_{layer}") for layer in LAYERS])
        for name in ("then", "now", "std")
    )
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
    name="layer_drift",
    title={"en": "Drift of a layer's inputs", "ko": "층 입력의 이동"},
    parameters=Parameters,
    run=run,
    scalars={
        "drift_a": {"en": "Drift of layer A", "ko": "층 A의 이동"},
        "drift_b": {"en": "Drift of layer B", "ko": "층 B의 이동"},
        "drift_c": {"en": "Drift of layer C", "ko": "층 C의 이동"},
        "measured_a": {"en": "Layer A, from drawn inputs", "ko": "층 A, 뽑은 입력으로 잰 값"},
        "measured_b": {"en": "Layer B, from drawn inputs", "ko": "층 B, 뽑은 입력으로 잰 값"},
        "measured_c": {"en": "Layer C, from drawn inputs", "ko": "층 C, 뽑은 입력으로 잰 값"},
    },
)
