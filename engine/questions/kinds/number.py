"""A number to compute, right within a tolerance."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import pairwise

from engine.i18n import Message, say
from engine.questions.expressions import Expression
from engine.questions.kinds.common import (
    SAME_VALUE,
    Rejected,
    Solved,
    number,
    within_tolerance,
)
from engine.questions.model import Grade, Malformed, Response, Sample, Variant
from engine.questions.numbers.numerals import quoted
from engine.questions.numbers.reading import MOST_CHARACTERS, named_part, read_number, strange_part
from engine.questions.numbers.units import bare, is_unit, split_unit
from engine.questions.placeholders import shown

#: An answer this many tolerances away is close: probably the right way, carelessly rounded.
CLOSE = 3.0
#: Ends of intervals are widened by this share, so that 2.1 is 0.1 away from 2.
SLACK = 1e-12


@dataclass(frozen=True, slots=True)
class Number:
    """The logic of a number question. tolerance: a share of the value if `relative`."""

    answer: Expression
    misconceptions: tuple[tuple[str, Expression], ...]
    tolerance: float
    relative: bool
    format: str

    def expressions(self) -> Iterator[Expression]:
        yield self.answer
        yield from (expression for _, expression in self.misconceptions)

    def draw(self, values: Mapping[str, object]) -> Solved:
        """Raises Rejected when the key and a misconception, or two of them, would overlap."""
        key = number(self.answer, values, "answer")
        wrong = {
            name: number(expression, values, "misconceptions", name)
            for name, expression in self.misconceptions
        }
        accepted = self._interval(key)
        if accepted[0] == accepted[1]:
            raise Rejected(
                say("the tolerance of the answer {answer} has no width", answer=key), "tolerance"
            )
        if not all(map(math.isfinite, accepted)):
            raise Rejected(say("the accepted interval has an end"), "answer")
        intervals = sorted([accepted, *map(self._interval, wrong.values())])
        for (_, high), (low, _) in pairwise(intervals):
            if low <= high:
                raise self._collision(key, wrong)
        return Solved(key, shown(key, self.format), wrong, accepted=accepted)

    def _interval(self, value: float) -> tuple[float, float]:
        half = self.tolerance * abs(value) if self.relative else self.tolerance
        return value - half, value + half

    def _collision(self, key: float, wrong: Mapping[str, float]) -> Rejected:
        low, high = self._interval(key)
        for name, value in wrong.items():
            lowest, highest = self._interval(value)
            if lowest <= high and low <= highest:
                return Rejected(within_tolerance(name), "misconceptions", name)
        return Rejected(SAME_VALUE, "misconceptions")


def parse(variant: Variant, text: str) -> Response | Malformed:
    """The number, however it was written, with its unit or without."""
    value = read_value(variant, text)
    return value if isinstance(value, Malformed) else Response(value, text)


def read_value(variant: Variant, text: str) -> float | Malformed:
    """The number that a text means beside the variant's unit."""
    units = variant.units or (variant.unit,)
    # Of a text without end only its length is looked at.
    number, letters = split_unit(text) if len(text) <= MOST_CHARACTERS else (text, "")
    if letters and is_unit(letters, units):
        text, letters = number, ""
    value = read_number(text, in_percent=variant.unit.strip() == "%")
    # `2pi` has no other unit: it leaves out a sign.
    another = isinstance(value, Malformed) and strange_part(letters) is not None
    if another and not isinstance(read_number(number), Malformed):
        return Malformed(_another_unit(variant, text, letters))
    return value


def _another_unit(variant: Variant, text: str, letters: str) -> Message:
    part = named_part(letters)
    if not variant.unit:
        return say(
            "The answer has no unit, and “{text}” has {part} in it. Type the number alone.",
            text=quoted(text),
            part=part,
        )
    return say(
        "The answer is counted in {unit}, and {part} is something else. Type the number alone or "
        "with {unit}.",
        unit=f"“{bare(variant.unit)}”",
        part=part,
    )


def grade(variant: Variant, response: Response) -> Grade:
    """Right within the accepted interval; else the misconception it fits, or close, or wrong."""
    assert variant.accepted is not None
    low, high = variant.accepted
    value, key = float(response.value), float(variant.answer)  # type: ignore[arg-type]
    slack = SLACK * max(abs(value), abs(key))
    if low - slack <= value <= high + slack:
        return Grade("correct")
    half = (high - low) / 2
    relative = half / abs(key) if key else 0.0
    for name, wrong in variant.misconceptions.items():
        # The misconception's own interval, as wide as the key's is for its size or in itself.
        reach = max(relative * abs(float(wrong)), 0.0) if variant.relative else half  # type: ignore[arg-type]
        if abs(value - float(wrong)) <= reach + slack:  # type: ignore[arg-type]
            return Grade("misconception", name)
    return Grade("close" if abs(value - key) <= CLOSE * half + slack else "wrong")


def samples(variant: Variant) -> Iterator[Sample]:
    """As displayed, to 3 significant digits, each misconception, wrong, and unreadable ones.

    What is counted is written in full, so a whole number need not be right to 3 digits.
    """
    key = float(variant.answer)  # type: ignore[arg-type]
    yield Sample(variant.answer_text, Grade("correct"))
    if not key.is_integer():
        yield Sample(f"{key:.3g}", Grade("correct"))
    yield Sample(repr(key), Grade("correct"))
    for name, wrong in variant.misconceptions.items():
        yield Sample(repr(float(wrong)), Grade("misconception", name))  # type: ignore[arg-type]
    assert variant.accepted is not None
    half = (variant.accepted[1] - variant.accepted[0]) / 2
    for near in (key + 2 * half, key - 2 * half):
        if grade(variant, Response(near, "")).verdict != "misconception":
            yield Sample(repr(near), Grade("close"))
    biggest = max(abs(float(v)) for v in (key, *variant.misconceptions.values()))  # type: ignore[arg-type]
    yield Sample(repr(8 * (biggest + half)), Grade("wrong"))
    for text in ("", "abc", "1,5", "1/0", "9" * 1000, "().__class__"):
        yield Sample(text, None)
