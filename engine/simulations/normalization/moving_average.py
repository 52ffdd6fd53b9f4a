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
        en="Signal",
        ko="신호",
        choices={
            "constant": {"en": "constant", "ko": "일정함"},
            "step": {"en": "a jump", "ko": "한 번 뜀"},
            "noisy": {"en": "noisy", "ko": "잡음이 섞임"},
        },
    )
    beta: float = parameter(0.9, en="β", ko="β", low=0.5, high=0.995)
    beta_2: float = parameter(
        0.98,
        en="β of a second average, to compare",
        ko="비교할 두 번째 평균의 β",
        low=0.5,
        high=0.995,
    )
    window: int = parameter(10, en="Window k (steps)", ko="창의 길이 k(스텝)", low=1, high=100)
    level: float = parameter(1.0, en="Level of the signal", ko="신호의 크기", low=-20, high=20)
    noise: float = parameter(
        1.0,
        en="Noisy signal: deviation of the noise",
        ko="잡음이 섞인 신호: 잡음의 표준편차",
        low=0.0,
        high=20.0,
    )
    jump: int = parameter(
        20,
        en="Jump: steps at 0 before it",
        ko="한 번 뜀: 그 전에 0에 머무는 스텝 수",
        low=0,
        high=200,
    )
    steps: int = parameter(40, en="Steps", ko="스텝 수", low=1, high=300, log=True)
    percent: float = parameter(
        50.0, en="Share of a weight that is left", ko="남은 가중치의 비율", low=1, high=99, unit="%"
    )


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
    name="moving_average",
    title={"en": "Moving averages", "ko": "이동 평균"},
    parameters=Parameters,
    run=run,
    scalars={
        "signal": {"en": "Signal at the last step", "ko": "마지막 스텝의 신호"},
        "ema": {"en": "Exponential average at the last step", "ko": "마지막 스텝의 지수 이동 평균"},
        "ema_2": {
            "en": "Second exponential average at the last step",
            "ko": "마지막 스텝의 두 번째 지수 이동 평균",
        },
        "corrected": {
            "en": "Bias-corrected average at the last step",
            "ko": "마지막 스텝의 편향 보정 평균",
        },
        "sma": {"en": "Window average at the last step", "ko": "마지막 스텝의 단순 이동 평균"},
        "cumulative": {"en": "Average of all so far", "ko": "지금까지의 누적 평균"},
        "start_factor": {
            "en": "Share of a constant signal reached from 0",
            "ko": "0에서 시작해 일정한 신호에 다다른 비율",
        },
        "half_life": {"en": "Half-life in steps", "ko": "반감기(스텝)"},
        "fading_steps": {
            "en": "Steps until that share of a weight is left",
            "ko": "가중치가 그 비율로 줄 때까지의 스텝 수",
        },
        "memory": {"en": "Memory 1/(1 − β) in steps", "ko": "기억 길이 1/(1 − β)(스텝)"},
        "weight_in_memory": {
            "en": "Weight held by the last 1/(1 − β) steps",
            "ko": "최근 1/(1 − β)스텝이 가진 가중치",
        },
        "newest_weight": {"en": "Weight of the newest value", "ko": "가장 새 값의 가중치"},
        "weight_in_window": {
            "en": "Weight held by the last k steps",
            "ko": "최근 k스텝이 가진 가중치",
        },
        "noise_factor": {"en": "Share of the noise that is left", "ko": "남는 잡음의 비율"},
        "noise_measured": {"en": "The same, measured", "ko": "측정한 값"},
        "noise_measured_se": {"en": "Standard error of it", "ko": "그 값의 표준오차"},
    },
)
