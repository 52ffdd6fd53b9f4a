r"""Averages that follow a signal: exponential, over a window, and of everything so far.

    exponential       V_t = b V_{t-1} + (1 - b) s_t,  V_0 = 0
    bias corrected    V_t / (1 - b^t)                       Kingma & Ba (2015), section 3
    over a window     mean of the last k signals (of those there are, at the start)
    cumulative        mean of all signals so far

A signal k steps old has weight (1 - b) b^k in V. So what V holds of the past halves every
ln(1/2) / ln(b) steps, a start at 0 leaves it short by the factor 1 - b^t, and independent noise of
deviation 1 comes out with deviation sqrt((1 - b) / (1 + b)).
"""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from engine.simulations.kit.base import Outcome, Simulation, parameter

Floats = NDArray[np.float64]

REPEATS = 1000  # for the measured noise
OLDEST = 300  # of the table of weights


def exponential(signal: Floats, beta: float, start: float = 0.0) -> Floats:
    """V_1 ... V_T for a signal (T,), from V_0 = start."""
    value, values = start, np.empty(len(signal))
    for t, new in enumerate(signal):
        value = beta * value + (1 - beta) * float(new)
        values[t] = value
    return values


def corrected(values: Floats, beta: float) -> Floats:
    """Values V_1 ... V_T that started at 0, without the bias of that start."""
    steps = np.arange(1, len(values) + 1)
    return values / (1 - beta**steps)


def windowed(signal: Floats, window: int) -> Floats:
    """The mean of the last `window` signals, or of all of them while there are fewer."""
    sums = np.concatenate([[0.0], np.cumsum(signal)])
    steps = np.arange(1, len(signal) + 1)
    first = np.maximum(steps - window, 0)
    return np.asarray((sums[steps] - sums[first]) / (steps - first))


def ages(beta: float, count: int) -> Floats:
    """The weight of a signal 0, 1, ... count - 1 steps old."""
    return np.asarray((1 - beta) * beta ** np.arange(count))


def fading_steps(share: float, beta: float) -> float:
    """Steps until a weight is the given share of what it was; the half-life for 1/2."""
    return math.log(share) / math.log(beta)


@dataclass(frozen=True)
class Parameters:
    signal: str = parameter(
        "constant",
        "Signal",
        choices={
            "constant": "constant",
            "step": "a jump",
            "noisy": "noisy",
        },
    )
    beta: float = parameter(0.9, "β", low=0.5, high=0.995)
    beta_2: float = parameter(0.98, "β of a second average, to compare", low=0.5, high=0.995)
    window: int = parameter(10, "Window k (steps)", low=1, high=100)
    level: float = parameter(1.0, "Level of the signal", low=-20, high=20)
    noise: float = parameter(1.0, "Noisy signal: deviation of the noise", low=0.0, high=20.0)
    jump: int = parameter(20, "Jump: steps at 0 before it", low=0, high=200)
    steps: int = parameter(40, "Steps", low=1, high=300, log=True)
    percent: float = parameter(50.0, "Share of a weight that is left", low=1, high=99, unit="%")


def run(parameters: Parameters, rng: np.random.Generator) -> Outcome:
    """Follows one signal with every average; a step signal lasts `jump` + `steps` steps."""
    p = parameters
    signal = _signal(p, rng)
    ema, second = exponential(signal, p.beta), exponential(signal, p.beta_2)
    trace = {
        "step": np.arange(1, len(signal) + 1) - (p.jump if p.signal == "step" else 0),
        "signal": signal,
        "ema": ema,
        "ema_2": second,
        "corrected": corrected(ema, p.beta),
        "sma": windowed(signal, p.window),
        "cumulative": windowed(signal, len(signal)),
    }
    measured, error = _noise_left(p.beta, rng)
    memory = 1 / (1 - p.beta)
    count = min(max(math.ceil(4 * memory), p.window + 1), OLDEST)
    return Outcome(
        scalars={
            **{name: float(column[-1]) for name, column in trace.items() if name != "step"},
            "start_factor": 1 - p.beta**p.steps,
            "half_life": fading_steps(0.5, p.beta),
            "fading_steps": fading_steps(p.percent / 100, p.beta),
            "memory": memory,
            "weight_in_memory": 1 - p.beta**memory,
            "newest_weight": 1 - p.beta,
            "weight_in_window": 1 - p.beta**p.window,
            "noise_factor": math.sqrt((1 - p.beta) / (1 + p.beta)),
            "noise_measured": measured,
            "noise_measured_se": error,
        },
        tables={"trace": trace, "weights": _weights(p, count)},
    )


def _signal(p: Parameters, rng: np.random.Generator) -> Floats:
    if p.signal == "step":
        return np.concatenate([np.zeros(p.jump), np.full(p.steps, p.level)])
    level = np.full(p.steps, p.level)
    return level + p.noise * rng.standard_normal(p.steps) if p.signal == "noisy" else level


def _weights(p: Parameters, count: int) -> dict[str, NDArray[np.generic]]:
    age, weight = np.arange(count), ages(p.beta, count)
    return {
        "age": age,
        "ema": weight,
        "sma": np.where(age < p.window, 1 / p.window, 0.0),
        "left": p.beta**age,  # the weight, as a share of the newest one's
        "held": np.cumsum(weight),
    }


def _noise_left(beta: float, rng: np.random.Generator) -> tuple[float, float]:
    """The deviation of V under noise of deviation 1, long after the start, and its error."""
    weights = ages(beta, math.ceil(4 / (1 - beta)))
    values = rng.standard_normal((REPEATS, len(weights))) @ weights
    found = float(values.std(ddof=1))
    return found, found / math.sqrt(2 * (REPEATS - 1))


SIMULATION = Simulation(
    "Moving averages",
    Parameters,
    run,
    {
        "signal": "Signal at the last step",
        "ema": "Exponential average at the last step",
        "ema_2": "Second exponential average at the last step",
        "corrected": "Bias-corrected average at the last step",
        "sma": "Window average at the last step",
        "cumulative": "Average of all so far",
        "start_factor": "Share of a constant signal reached from 0",
        "half_life": "Half-life in steps",
        "fading_steps": "Steps until that share of a weight is left",
        "memory": "Memory 1/(1 − β) in steps",
        "weight_in_memory": "Weight held by the last 1/(1 − β) steps",
        "newest_weight": "Weight of the newest value",
        "weight_in_window": "Weight held by the last k steps",
        "noise_factor": "Share of the noise that is left",
        "noise_measured": "The same, measured",
        "noise_measured_se": "Standard error of it",
    },
    columns={
        "weights.ema": "weight, exponential",
        "left": "share left",
        "weights.sma": "weight, window",
    },
)
