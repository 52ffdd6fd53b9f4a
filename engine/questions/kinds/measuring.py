"""How near wrong values come to the right one: what the kinds that measure it share."""

from __future__ import annotations

import math
import re
from collections.abc import Mapping

from engine.i18n import say
from engine.questions.expressions import Expression, ExpressionError

#: A wrong value this near (as a share of the right one) is near, whatever the tolerance.
NEAR = 0.05
OF_THE_VALUE = say("Nearest: in shares of the right value.")

_ATOM = re.compile(r"[A-Za-z_][A-Za-z0-9_.]*|[0-9.]+")


def bracketed(text: str) -> str:
    """The expression as a part of another."""
    return text if _ATOM.fullmatch(text) else f"({text})"


def value_of(expression: Expression, values: Mapping[str, object]) -> float | None:
    """An expression's value; None where it has none."""
    try:
        return float(expression.value(values))
    except ExpressionError:
        return None


def shares_of(key: float, wrong: Mapping[str, float]) -> dict[str, float]:
    """How far wrong values are from the right one, as shares of its size."""
    return {name: abs(value - key) / abs(key) if key else math.inf for name, value in wrong.items()}
