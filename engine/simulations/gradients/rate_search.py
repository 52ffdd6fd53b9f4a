"""A small network trained with many learning rates: how a rate is found that suits it.

One hidden layer of ReLU units and the log loss, full-batch gradient descent, as in `dead_training`.
All rates start from the same weights. Too small a rate has not got far after the steps, too large
a one makes the loss jump (Smith 2017 reads the range of good rates off such a curve).
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from engine.simulations.gradients.dead_training import descend, start
from engine.simulations.kit.base import Outcome, Simulation, parameter

RATES = np.geomspace(0.001, 100.0, 26)
#: The rates whose losses are followed, as multiples of the best one: at the best itself a run is
#: often at its edge and jumps about, with a tenth of it the loss falls at every step.
FOLLOWED = {"small": 0.01, "good": 0.1, "large": 20.0}


@dataclass(frozen=True)
class Parameters:
    steps: int = parameter(100, "Steps", low=5, high=200)
    units: int = parameter(50, "Hidden units", low=10, high=200)


def run(parameters: Parameters, rng: np.random.Generator) -> Outcome:
    """Trains with each of `RATES`, then with those `FOLLOWED`.

    Tables: `rates` rate, loss (after the last step); `curves` step, small, good, large (losses).
    """
    p = parameters
    x, y, weights = start(p.units, rng)

    def train(rate: float) -> np.ndarray[tuple[int], np.dtype[np.float64]]:
        return descend(x, y, weights, np.full(p.steps, rate))[0]

    traces = [train(float(rate)) for rate in RATES]
    ends = np.array([trace[-1] for trace in traces])
    best = int(ends.argmin())
    followed = {name: float(RATES[best]) * times for name, times in FOLLOWED.items()}
    curves = {name: train(rate) for name, rate in followed.items()}
    scalars = {
        "loss_start": float(traces[0][0]),
        "best_rate": float(RATES[best]),
        "best_loss": float(ends[best]),
    }
    for name, rate in followed.items():
        scalars |= {f"{name}_rate": rate, f"{name}_loss": float(curves[name][-1])}
    return Outcome(
        scalars,
        tables={
            "rates": {"rate": RATES, "loss": ends},
            "curves": {"step": np.arange(p.steps + 1), **curves},
        },
    )


SIMULATION = Simulation(
    "The search for a learning rate",
    Parameters,
    run,
    {
        "loss_start": "Loss at the start",
        "best_rate": "Best of the rates",
        "best_loss": "Loss with it at the end",
        "small_rate": "A hundredth of the best rate",
        "small_loss": "Loss with a hundredth of it",
        "good_rate": "A tenth of the best rate",
        "good_loss": "Loss with a tenth of it",
        "large_rate": "Twenty times the best rate",
        "large_loss": "Loss with twenty times of it",
    },
    tables={"curves": "loss by step"},
    columns={
        "rates.loss": "loss after the last step",
        "curves.small": "a hundredth of the best rate",
        "curves.good": "a tenth of the best rate",
        "curves.large": "twenty times the best rate",
    },
)
