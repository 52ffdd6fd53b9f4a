"""Controls for a simulation's parameters, made from their ranges."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping, Sequence
from typing import Any

import streamlit as st

from engine.simulations import SIMULATIONS, Range
from engine.words import in_language

#: More choices than this are a list to open, not a row of buttons.
MOST_IN_A_ROW = 3
STEPS = 100


def settings_controls(
    simulation: str,
    values: Mapping[str, object],
    language: str,
    key: str,
    changed: Callable[[str, str], None],
    columns: Sequence[Any],
) -> None:
    """One control for each parameter, showing `values`, in turn in one of `columns`.

    changed: called with a parameter's name and its control's key when somebody moved it.
    """
    for place, (name, allowed) in enumerate(SIMULATIONS[simulation].ranges().items()):
        label = in_language(allowed.label, language)
        if allowed.unit:
            label += f" ({allowed.unit})"
        with columns[place % len(columns)]:
            _control(f"{key}-{name}", label, name, values[name], allowed, changed)


def _control(
    key: str,
    label: str,
    name: str,
    value: object,
    allowed: Range,
    changed: Callable[[str, str], None],
) -> None:
    """A widget that shows `value`, whatever it showed before."""
    st.session_state[key] = value
    told: dict[str, Any] = {"key": key, "on_change": changed, "args": (name, key)}
    if allowed.choices is not None:
        if len(allowed.choices) > MOST_IN_A_ROW:
            st.selectbox(label, allowed.choices, format_func=_spaced, **told)
        else:
            st.segmented_control(label, allowed.choices, format_func=_spaced, required=True, **told)
    elif isinstance(value, bool):
        st.toggle(label, **told)
    else:
        assert isinstance(value, (int, float))
        _number(label, value, allowed, told)


def _number(label: str, value: int | float, allowed: Range, told: Mapping[str, Any]) -> None:
    low, high = allowed.low, allowed.high
    whole = isinstance(value, int)
    if low is None or high is None:
        st.number_input(label, step=1 if whole else None, **told)
    elif allowed.log and low > 0:
        st.select_slider(label, log_steps(low, high, value), format_func=_short, **told)
    elif whole:
        st.slider(label, int(low), int(high), **told)
    else:
        step = linear_step(low, high)
        st.slider(label, float(low), float(high), step=step, format="%.6g", **told)


def _spaced(choice: str) -> str:
    return choice.replace("_", " ")


def _short(value: float) -> str:
    return f"{value:.6g}"


def linear_step(low: float, high: float) -> float:
    """1, 2 or 5 times a power of ten, about a hundred of them from `low` to `high`."""
    exact = (high - low) / STEPS
    power = 10.0 ** math.floor(math.log10(exact))
    return next(factor * power for factor in (1, 2, 5, 10) if factor * power >= exact * 0.999)


def log_steps(low: float, high: float, value: float) -> list[float]:
    """Round numbers from `low` to `high`, denser where there are few, and `value` among them.

    Whole ones if `value` is whole.
    """
    whole = isinstance(value, int)
    within = (1, 1.2, 1.5, 2, 2.5, 3, 4, 5, 6, 8) if high / low <= 1000 else (1, 1.5, 2, 3, 5, 7)
    powers = range(math.floor(math.log10(low)), math.ceil(math.log10(high)) + 1)
    found = {round(factor * 10.0**power, 12) for power in powers for factor in within}
    if whole:
        found = {step for step in found if step == int(step)}
        found |= {float(2**n) for n in range(math.ceil(math.log2(high)) + 1)}
    kept = {step for step in found if low <= step <= high} | {low, high, value}
    return sorted(int(step) for step in kept) if whole else sorted(map(float, kept))
