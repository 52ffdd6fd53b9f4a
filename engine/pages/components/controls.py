"""Controls for a question's numbers, made from how the question draws them."""

from __future__ import annotations

from collections.abc import Mapping

import streamlit as st

from engine.questions.parameters import Cases, Choose, Drawn, Integer, Uniform


def controls(drawn: tuple[Drawn, ...], labels: Mapping[str, str], key: str) -> dict[str, object]:
    """One control for each drawn parameter; returns the values chosen, by name.

    labels: what to call a parameter, where its own name would not do.
    """
    values: dict[str, object] = {}
    for parameter in drawn:
        label = labels.get(parameter.name, parameter.name.replace("_", " "))
        values.update(_control(parameter, label, f"{key}-{parameter.name}"))
    return values


def _control(parameter: Drawn, label: str, key: str) -> dict[str, object]:
    name = parameter.name
    if isinstance(parameter, Choose):
        return {name: _pick(label, parameter.values, key)}
    if isinstance(parameter, Integer):
        middle = (parameter.low + parameter.high) // 2
        if parameter.low == parameter.high:
            return {name: middle}
        return {name: st.slider(label, parameter.low, parameter.high, middle, key=key)}
    if isinstance(parameter, Uniform):
        step = 10.0**-parameter.decimals
        begin = round((parameter.low + parameter.high) / 2, parameter.decimals)
        return {name: st.slider(label, parameter.low, parameter.high, begin, step, key=key)}
    assert isinstance(parameter, Cases)
    texts = [", ".join(f"{k} = {v}" for k, v in case.items()) for case in parameter.cases]
    picked = st.selectbox(label, range(len(texts)), format_func=texts.__getitem__, key=key)
    return dict(parameter.cases[picked])


def _pick(label: str, values: tuple[object, ...], key: str) -> object:
    """A slider over the values in order; the middle one to begin with."""
    distinct = list(dict.fromkeys(values))
    if all(isinstance(value, (int, float)) for value in distinct):
        distinct.sort(key=float)  # type: ignore[arg-type]
    if len(distinct) == 1:
        return distinct[0]
    return st.select_slider(label, distinct, value=distinct[len(distinct) // 2], key=key)
