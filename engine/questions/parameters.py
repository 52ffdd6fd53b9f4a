"""How a question's numbers are drawn, as its block says."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

import numpy as np

from engine.questions.expressions import Expression

Value = float | int | str
Values = dict[str, Value]
#: Beyond it a float64 skips whole numbers.
LARGEST_WHOLE = 2**53


@dataclass(frozen=True, slots=True)
class Choose:
    """One of a list."""

    name: str
    values: tuple[Value, ...]

    def put(self, at: float, into: Values) -> None:
        into[self.name] = self.values[int(at * len(self.values))]


@dataclass(frozen=True, slots=True)
class Integer:
    """A whole number from low to high, both included."""

    name: str
    low: int
    high: int

    def put(self, at: float, into: Values) -> None:
        into[self.name] = self.low + int(at * (self.high - self.low + 1))


@dataclass(frozen=True, slots=True)
class Uniform:
    """A number from low to high with so many decimals, both ends as likely as any other."""

    name: str
    low: float
    high: float
    decimals: int

    def put(self, at: float, into: Values) -> None:
        steps = round((self.high - self.low) * 10**self.decimals)
        value = round(self.low + int(at * (steps + 1)) / 10**self.decimals, self.decimals)
        into[self.name] = value + 0.0  # -0.0 is 0.0 to people


@dataclass(frozen=True, slots=True)
class Cases:
    """One of several sets of values that belong together."""

    name: str
    cases: tuple[Mapping[str, Value], ...]

    def put(self, at: float, into: Values) -> None:
        into.update(self.cases[int(at * len(self.cases))])


Drawn = Choose | Integer | Uniform | Cases


@dataclass(frozen=True, slots=True)
class Parameters:
    """Everything that is drawn, in order; then what is computed from it."""

    constants: Mapping[str, Value]
    drawn: tuple[Drawn, ...]
    computed: tuple[tuple[str, Expression], ...]
    #: The names whose values are words.
    words: frozenset[str] = field(default_factory=frozenset)

    def draw(self, rng: np.random.Generator) -> Values:
        """One set of values; one uniform number a parameter, drawn all at once."""
        values: Values = dict(self.constants)
        if self.drawn:
            for parameter, at in zip(self.drawn, rng.random(len(self.drawn)).tolist(), strict=True):
                parameter.put(at, values)
        return self.complete(values)

    def complete(self, values: Values) -> Values:
        """Adds what is computed. Raises ExpressionError where that has no value."""
        for name, expression in self.computed:
            value = float(expression.value(values))
            # A condition counts as 1 or 0; whole numbers are shown as such while they are exact.
            whole = value.is_integer() and abs(value) <= LARGEST_WHOLE
            values[name] = int(value) if whole else value
        return values

    @property
    def names(self) -> frozenset[str]:
        """Every name that a draw gives a value to."""
        drawn: set[str] = set()
        for parameter in self.drawn:
            drawn.update(parameter.cases[0] if isinstance(parameter, Cases) else (parameter.name,))
        return frozenset({*self.constants, *drawn, *(name for name, _ in self.computed)})
