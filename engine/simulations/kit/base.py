"""What every simulation is made of: parameters with a range, a run, an outcome.

A simulation is one module with a frozen dataclass of parameters and one function
`run(parameters, rng) -> Outcome`. It imports NumPy alone, computes in float64, holds no state and
draws no chart.
"""

from __future__ import annotations

import dataclasses
import math
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from typing import Any, TypeVar

import numpy as np
from numpy.typing import NDArray

from engine.simulations.kit.labels import Label, choice_label, column_label, table_label

T = TypeVar("T", bool, int, float, str)
Column = NDArray[Any]


_LISTENER: ContextVar[Callable[[float], None] | None] = ContextVar("listener", default=None)


@contextmanager
def reporting(listener: Callable[[float], None]) -> Iterator[None]:
    """Calls `listener` with the share done, 0 to 1, of whatever runs inside and reports it."""
    token = _LISTENER.set(listener)
    try:
        yield
    finally:
        _LISTENER.reset(token)


def report(share: float) -> None:
    """Says how much of a run is done, to whoever listens; for runs longer than a moment."""
    listener = _LISTENER.get()
    if listener is not None:
        listener(min(max(share, 0.0), 1.0))


@dataclass(frozen=True, eq=False)
class Outcome:
    """What a simulation found.

    scalars: name -> finite float (`x_se`, where present, is the standard error of `x`).
    tables: name -> {column name -> 1-D array}, all columns of a table of one length.
    """

    scalars: Mapping[str, float] = field(default_factory=dict)
    tables: Mapping[str, Mapping[str, Column]] = field(default_factory=dict)


class ParameterError(ValueError):
    """A parameter that is unknown or outside its range.

    Attributes: `parameter` (its name), `value`, `expected` (what would have been right, English).
    """

    def __init__(self, parameter: str, value: object, expected: str) -> None:
        super().__init__(f"{parameter} = {value!r}: expected {expected}")
        self.parameter = parameter
        self.value = value
        self.expected = expected


@dataclass(frozen=True)
class Range:
    """How one parameter may be set, and how it is shown.

    names: what those of the `choices` are called that the simulation itself has words for; the
    unit is a sign, which every language has.
    """

    label: str
    unit: str = ""
    low: float | None = None
    high: float | None = None
    choices: tuple[str, ...] | None = None
    log: bool = False
    names: Mapping[str, str] = field(default_factory=dict)


def parameter(
    default: T,
    label: str,
    *,
    low: float | None = None,
    high: float | None = None,
    choices: Iterable[str] | Mapping[str, str] | None = None,
    unit: str = "",
    log: bool = False,
) -> T:
    """A dataclass field that knows its range, unit and English label; `log` asks for a log slider.

    choices: with what each is called, unless that is the choice itself or one of `naming`.
    """
    names = choices if isinstance(choices, Mapping) else {}
    allowed = None if choices is None else tuple(choices)
    shown = Range(label, unit, low, high, allowed, log, names)
    return field(default=default, metadata={"range": shown})


@dataclass(frozen=True)
class Simulation:
    """A simulation as the rest of the program sees it; its name is its module's.

    Everything in it that people read is English. `scalars` names every scalar of its outcome, with
    a label; `tables` and `columns` those that `kit/columns.py` has no words for, or others: a
    column as `loss`, or with its table as `weights.loss`.
    """

    title: str
    parameters: type[Any]
    run: Callable[[Any, np.random.Generator], Outcome]
    scalars: Mapping[str, str]
    tables: Mapping[str, str] = field(default_factory=dict)
    columns: Mapping[str, str] = field(default_factory=dict)
    name: str = ""

    def __post_init__(self) -> None:
        if not self.name:
            object.__setattr__(self, "name", self.parameters.__module__.rpartition(".")[2])

    def ranges(self) -> dict[str, Range]:
        """The range of each parameter, in order."""
        return {f.name: f.metadata["range"] for f in dataclasses.fields(self.parameters)}

    def label(self, text: str) -> Label:
        """Words of this simulation's own: its title, or the label of a parameter or scalar."""
        return Label(f"simulation:{self.name}", text)

    def choice_label(self, allowed: Range, choice: str) -> Label:
        """What a choice of one of its parameters is called."""
        own = allowed.names.get(choice)
        return choice_label(choice) if own is None else self.label(own)

    def table_label(self, table: str) -> Label:
        """What a table of its outcome is called."""
        return self.label(self.tables[table]) if table in self.tables else table_label(table)

    def column_label(self, table: str, column: str) -> Label:
        """What a column of such a table is called."""
        own = self.columns.get(f"{table}.{column}", self.columns.get(column))
        return column_label(column) if own is None else self.label(own)

    def labels(self) -> Iterator[Label]:
        """Everything in it that people read, but for the words that several simulations share."""
        texts = [self.title, *self.scalars.values(), *self.tables.values(), *self.columns.values()]
        for allowed in self.ranges().values():
            texts += [allowed.label, *allowed.names.values()]
        return map(self.label, dict.fromkeys(texts))

    def make(self, values: Mapping[str, object]) -> Any:
        """Checked parameters; what is not named takes its default.

        Raises `ParameterError` for a name the simulation does not have, a value of another type
        or one outside its range. Whole floats are taken for an int parameter.
        """
        fields = {f.name: f for f in dataclasses.fields(self.parameters)}
        checked = {}
        for name, value in values.items():
            if name not in fields:
                raise ParameterError(name, value, "one of " + ", ".join(fields))
            checked[name] = _checked(
                name, value, fields[name].default, fields[name].metadata["range"]
            )
        return self.parameters(**checked)


def _checked(name: str, value: object, default: object, allowed: Range) -> object:
    if allowed.choices is not None:
        if value not in allowed.choices:
            raise ParameterError(name, value, "one of " + ", ".join(allowed.choices))
        return value
    if isinstance(default, bool):
        if not isinstance(value, bool):
            raise ParameterError(name, value, "true or false")
        return value
    if isinstance(value, bool) or not isinstance(value, (int, float)) or not math.isfinite(value):
        raise ParameterError(name, value, "a number")
    if isinstance(default, int):
        if value != int(value):
            raise ParameterError(name, value, "a whole number")
        value = int(value)
    else:
        value = float(value)
    if allowed.low is not None and value < allowed.low:
        raise ParameterError(name, value, f"at least {allowed.low:g}")
    if allowed.high is not None and value > allowed.high:
        raise ParameterError(name, value, f"at most {allowed.high:g}")
    return value
