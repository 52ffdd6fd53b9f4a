"""Numbers as a chart shows them, in titles, labels and along axes: one spelling, that of the texts.

It is `as_written`'s: −0.5, 1600, 80000, 1.2×10⁻⁵; never Python's 1e-05, nan or -0.
"""

from __future__ import annotations

import math
from typing import Any

from engine.i18n import as_written

#: What stands where there is no number.
NONE = "–"
#: Significant digits that a number somebody chose is shown with, if it has no more.
CHOSEN = 6


def number(value: Any, digits: int = 3) -> str:
    """A number with so many significant digits. value: a number, or text that is one."""
    return _written(float(value), f".{digits}g")


def decimals(value: Any, places: int, *, signed: bool = False) -> str:
    """A number with so many digits after the point: for shares, and signed for their differences.

    What is too large to be one has three significant digits.
    """
    value = float(value)
    sign = "+" if signed else ""
    return _written(value, f"{sign}.{places}f" if abs(value) < 1e6 else f"{sign}.3g")


def whole(value: Any) -> str:
    """A count, in full; from a million on as any other number."""
    return _written(float(value), ".0f") if abs(float(value)) < 1e6 else chosen_number(value)


def chosen_number(value: Any) -> str:
    """A number that somebody set or answered: as it is, if it is short, else three digits of it."""
    value = float(value)
    return number(value, CHOSEN if float(f"{value:.{CHOSEN}g}") == value else 3)


def percent(share: Any) -> str:
    """A share as per cent, without the sign: 0.25 as 25."""
    return number(100 * float(share))


def _written(value: float, format: str) -> str:
    if math.isnan(value):
        return NONE
    if math.isinf(value):
        return "∞" if value > 0 else "−∞"
    return as_written(f"{value:{format}}")


def power(value: float) -> str:
    """A tick of an axis: written out in the middle, else a power of ten, 10⁶ and not 1×10⁶."""
    return number(value, 6).replace("1×10", "10") if _round(value) else number(value, 6)


def _round(value: float) -> bool:
    return f"{abs(value):e}".startswith("1.000000e")


_DIGITS = "⁰¹²³⁴⁵⁶⁷⁸⁹"


def _digit(of: str) -> str:
    return f"slice('{_DIGITS}', {of}, {of} + 1)"


def _tick_labels() -> str:
    """`power`, as an expression of Vega's: for axes whose ticks Vega chooses."""
    value = "datum.value"
    parts = f"split(format({value}, '.5~e'), 'e')"
    size = f"abs(toNumber({parts}[1]))"
    hundreds = f"({size} >= 100 ? {_digit(f'floor({size} / 100)')} : '')"
    tens = f"({size} >= 10 ? {_digit(f'floor({size} / 10) % 10')} : '')"
    minus = f"({parts}[1] < 0 ? '⁻' : '')"
    mantissa = f"replace({parts}[0] + '×', /^(\\D?)1×$/, '$1')"
    return (
        f"{value} != 0 && (abs({value}) < 1e-4 || abs({value}) >= 1e6) ? "
        f"{mantissa} + '10' + {minus} + {hundreds} + {tens} + {_digit(f'{size} % 10')} : "
        f"format({value}, '.6~g')"
    )


TICK_LABELS = _tick_labels()
