"""Controls for a simulation's parameters, made from their ranges."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any

import streamlit as st

from engine.i18n import in_language
from engine.simulations import SIMULATIONS, Range

#: More choices than this are a list to open, not a row of buttons.
MOST_IN_A_ROW = 3
MOST_LETTERS_IN_A_ROW = 40
STEPS = 100


def settings_controls(
    simulation: str,
    values: Mapping[str, object],
    language: str,
    key: str,
    changed: Callable[[str, str], None],
    columns: Sequence[Any],
    only: Iterable[str] | None = None,
) -> None:
    """One control for each parameter, showing `values`, in turn in one of `columns`.

    changed: called with a parameter's name and its control's key when somebody moved it.
    only: the parameters that have a control, in this order; None: all.
    """
    ranges = SIMULATIONS[simulation].ranges()
    for place, name in enumerate(ranges if only is None else only):
        common: dict[str, Any] = {"key": f"{key}-{name}", "on_change": changed}
        common["args"] = (name, common["key"])
        with columns[place % len(columns)]:
            _control(values[name], ranges[name], language, common)


def in_rows(count: int) -> list[Any]:
    """Room for so many controls, two beside one another; on a phone they keep their order."""
    return [column for _ in range(0, count, 2) for column in st.columns(2, gap="medium")]


def label_of(allowed: Range, language: str) -> str:
    """What a parameter is called, with its unit."""
    label = in_language(allowed.label, language)
    return f"{label} ({allowed.unit})" if allowed.unit else label


def choice_names(allowed: Range, language: str) -> dict[str, str]:
    """What each choice of a parameter is called."""
    return {
        choice: in_language(allowed.names[choice], language) for choice in allowed.choices or ()
    }


def _control(value: object, allowed: Range, language: str, common: Mapping[str, Any]) -> None:
    """A widget that shows `value`, whatever it showed before."""
    st.session_state[common["key"]] = value
    label = label_of(allowed, language)
    if allowed.choices is not None:
        names = choice_names(allowed, language)
        # Long names do not fit side by side.
        if len(names) > MOST_IN_A_ROW or sum(map(len, names.values())) > MOST_LETTERS_IN_A_ROW:
            st.selectbox(label, list(names), format_func=names.__getitem__, **common)
        else:
            st.segmented_control(
                label, list(names), format_func=names.__getitem__, required=True, **common
            )
    elif isinstance(value, bool):
        st.toggle(label, **common)
    else:
        assert isinstance(value, (int, float))
        _number(label, value, allowed, common)


def _number(label: str, value: int | float, allowed: Range, common: Mapping[str, Any]) -> None:
    low, high = allowed.low, allowed.high
    whole = isinstance(value, int)
    if low is None or high is None:
        st.number_input(label, step=1 if whole else None, **common)
    elif allowed.log and low > 0:
        st.select_slider(label, log_steps(low, high, value), format_func=_short, **common)
    elif whole:
        st.slider(label, int(low), int(high), **common)
    else:
        step = linear_step(low, high)
        st.slider(label, float(low), float(high), step=step, format="%.6g", **common)


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
    within = (1, 1.2, 1.5, 2, 2.5, 3, 4, 5, 6, 8) if high / low <= 10_000 else (1, 1.5, 2, 3, 5, 7)
    powers = range(math.floor(math.log10(low)), math.ceil(math.log10(high)) + 1)
    found = {round(factor * 10.0**power, 12) for power in powers for factor in within}
    if whole:
        found = {step for step in found if step == int(step)}
        found |= {float(2**n) for n in range(math.ceil(math.log2(high)) + 1)}
    kept = {step for step in found if low <= step <= high} | {low, high, value}
    return sorted(int(step) for step in kept) if whole else sorted(map(float, kept))
