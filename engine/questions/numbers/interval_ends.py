"""The ends of the accepted interval as they are shown: rounded inwards, so that both are right."""

from __future__ import annotations

import math
from decimal import ROUND_CEILING, ROUND_FLOOR, Decimal

from engine.questions.model import Variant
from engine.questions.placeholders import shown

#: Rounding may take this share of the interval's width from either end.
_LOST = 0.1
#: A tolerance of so much around a whole number means that number and no other.
_ONLY_THE_WHOLE = (0.2, 1.0)
_PLAINLY_WRITTEN = (1e-3, 1e5)


def accepted_ends(variant: Variant) -> tuple[str, str]:
    """The least and the largest accepted value, with as many digits as matter; both alike where a
    whole number alone is accepted.
    """
    assert variant.accepted is not None
    low, high = variant.accepted
    if not low < high:
        return shown(low, ".12g"), shown(high, ".12g")
    reach = (high - low, high - low)
    if variant.axis is not None and variant.axis.scale == "log":
        # By powers of ten the low end has small steps and the high end large ones.
        reach = min(reach[0], abs(low)), min(reach[1], abs(high))
    steps = [math.floor(math.log10(_LOST * width)) for width in reach]
    # Of an answer shown as a whole number that is none, none may be accepted.
    if _is_whole(variant) and math.ceil(low) <= math.floor(high):
        steps = [max(step, 0) for step in steps]
    ends = _round(low, steps[0], ROUND_CEILING), _round(high, steps[1], ROUND_FLOOR)
    return _text(ends[0]), _text(ends[1])


def _is_whole(variant: Variant) -> bool:
    """Whether the answer is a whole number, and its tolerance allows to show only such."""
    if variant.whole:
        return True
    low, high = variant.accepted or (0.0, 0.0)
    half = (high - low) / 2
    if not float(variant.answer).is_integer() or variant.axis is not None:  # type: ignore[arg-type]
        return False
    least, most = _ONLY_THE_WHOLE
    return half >= most or (half >= least and not variant.relative)


def _round(end: float, step: int, direction: str) -> Decimal:
    """The end at a multiple of ten to the power of `step`; 13 digits are what grading compares."""
    exact = Decimal(f"{end:.13g}")
    return exact.scaleb(-step).to_integral_value(direction).scaleb(step)


def _text(end: Decimal) -> str:
    """In full, without zeros behind the last digit that matters."""
    smallest, largest = _PLAINLY_WRITTEN
    digits = end.normalize().as_tuple()
    if end and not smallest <= abs(end) < largest:
        return shown(float(end), f".{len(digits.digits) - 1}e")
    return shown(float(end), f".{max(-int(digits.exponent), 0)}f")
