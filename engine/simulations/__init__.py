"""The simulations, by name. One small NumPy module a phenomenon."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from engine.simulations import (
    batch_mates,
    batch_scores,
    batchnorm_inference,
    calibration,
    clipping_trace,
    conditioning,
    conditioning_race,
    confidence_training,
    covariate_shift,
    ece_noise,
    gradient_clipping,
    gradient_descent,
    importance_weights,
    label_smoothing,
    momentum_conventions,
    moving_average,
    rate_race,
    reliability_table,
    signal_propagation,
    signal_spread,
    standardization,
    weight_initialization,
)
from engine.simulations.base import Outcome, ParameterError, Range, Simulation

__all__ = ["SIMULATIONS", "Outcome", "ParameterError", "Range", "Simulation", "run"]

SIMULATIONS: Mapping[str, Simulation] = {
    "gradient_descent": gradient_descent.SIMULATION,
    "rate_race": rate_race.SIMULATION,
    "standardization": standardization.SIMULATION,
    "batch_scores": batch_scores.SIMULATION,
    "conditioning": conditioning.SIMULATION,
    "conditioning_race": conditioning_race.SIMULATION,
    "gradient_clipping": gradient_clipping.SIMULATION,
    "clipping_trace": clipping_trace.SIMULATION,
    "weight_initialization": weight_initialization.SIMULATION,
    "signal_propagation": signal_propagation.SIMULATION,
    "signal_spread": signal_spread.SIMULATION,
    "covariate_shift": covariate_shift.SIMULATION,
    "importance_weights": importance_weights.SIMULATION,
    "moving_average": moving_average.SIMULATION,
    "batchnorm_inference": batchnorm_inference.SIMULATION,
    "batch_mates": batch_mates.SIMULATION,
    "momentum_conventions": momentum_conventions.SIMULATION,
    "calibration": calibration.SIMULATION,
    "reliability_table": reliability_table.SIMULATION,
    "ece_noise": ece_noise.SIMULATION,
    "confidence_training": confidence_training.SIMULATION,
    "label_smoothing": label_smoothing.SIMULATION,
}


def run(name: str, values: Mapping[str, object], rng: np.random.Generator) -> Outcome:
    """Runs simulation `name`. Raises KeyError for an unknown name, ParameterError for a value."""
    simulation = SIMULATIONS[name]
    return simulation.run(simulation.make(values), rng)
