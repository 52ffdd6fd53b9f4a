"""A number to point at on an axis, right within a share of the axis' length.

Everything is measured on the axis' own scale: on a log axis a tolerance is so many decades, so an
answer twice too large is as far off as one twice too small.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import pairwise

from engine.i18n import say
from engine.questions.expressions import Expression
from engine.questions.kinds.common import (
    SAME_VALUE,
    Rejected,
    Solved,
    number,
    within_tolerance,
)
from engine.questions.kinds.number import read_value
from engine.questions.model import Axis, Grade, Malformed, Response, Sample, Scale, Variant
from engine.questions.placeholders import shown

#: An answer this many tolerances away is close.
CLOSE = 2.5
#: The key keeps this share of the axis away from either end.
MARGIN = 0.03
#: Places are compared with this slack, and this far beyond an end is still on the axis.
SLACK = 1e-9
ROUNDED = 0.005


@dataclass(frozen=True, slots=True)
class Estimate:
    """The logic of an estimate. tolerance: a share of the axis' length."""

    answer: Expression
    low: Expression
    high: Expression
    scale: Scale
    tolerance: float
    misconceptions: tuple[tuple[str, Expression], ...]
    format: str

    def expressions(self) -> Iterator[Expression]:
        yield from (self.low, self.high, self.answer)
        yield from (expression for _, expression in self.misconceptions)

    def draw(self, values: Mapping[str, object]) -> Solved:
        """Raises Rejected when the axis, or what has to stand apart on it, does not come out."""
        axis = self._axis(values)
        key = number(self.answer, values, "answer")
        at = axis.place(key)
        if not MARGIN <= at <= 1 - MARGIN:
            raise Rejected(say("the answer is on the axis, and not at its very end"), "axis")
        wrong = {
            name: number(expression, values, "misconceptions", name)
            for name, expression in self.misconceptions
        }
        places = {name: axis.place(value) for name, value in wrong.items()}
        for name, place in places.items():
            if not 0 <= place <= 1:
                off = say("the misconception “{name}” lies off the axis", name=name)
                raise Rejected(off, "misconceptions", name)
            if abs(place - at) <= 2 * self.tolerance + SLACK:
                raise Rejected(within_tolerance(name), "misconceptions", name)
        for low, high in pairwise(sorted(places.values())):
            if high - low <= 2 * self.tolerance + SLACK:
                raise Rejected(SAME_VALUE, "misconceptions")
        accepted = axis.value(at - self.tolerance), axis.value(at + self.tolerance)
        return Solved(key, shown(key, self.format), wrong, accepted=accepted, axis=axis)

    def _axis(self, values: Mapping[str, object]) -> Axis:
        low = number(self.low, values, "axis", "low")
        high = number(self.high, values, "axis", "high")
        if not low < high:
            raise Rejected(say("the axis begins below its end"), "axis")
        if self.scale == "log" and low <= 0:
            raise Rejected(say("a log axis begins above 0"), "axis", "low")
        return Axis(low, high, self.scale)


def parse(variant: Variant, text: str) -> Response | Malformed:
    """A number on the axis, written as for a question of kind number."""
    value = read_value(variant, text)
    if isinstance(value, Malformed):
        return value
    axis = _axis(variant)
    if -ROUNDED <= axis.place(value) <= 1 + ROUNDED:
        return Response(value, text)
    return Malformed(
        say(
            "{value} lies off the axis, which goes from {low} to {high}.",
            value=shown(value, ".6g"),
            low=shown(axis.low, ".6g"),
            high=shown(axis.high, ".6g"),
        )
    )


def tolerance(variant: Variant) -> float:
    """The tolerance as a share of the axis' length. An interval is cut off at the axis' end."""
    assert variant.accepted is not None
    axis = _axis(variant)
    at, low, high = map(axis.place, (float(variant.answer), *variant.accepted))  # type: ignore[arg-type]
    return max(at - low, high - at)


def grade(variant: Variant, response: Response) -> Grade:
    """Right within the accepted interval; else the misconception it fits, or close, or wrong."""
    axis, reach = _axis(variant), tolerance(variant)
    given = axis.place(float(response.value))  # type: ignore[arg-type]

    def away(value: object) -> float:
        return abs(given - axis.place(float(value)))  # type: ignore[arg-type]

    if away(variant.answer) <= reach + SLACK:
        return Grade("correct")
    for name, wrong in variant.misconceptions.items():
        if away(wrong) <= reach + SLACK:
            return Grade("misconception", name)
    return Grade("close" if away(variant.answer) <= CLOSE * reach + SLACK else "wrong")


def samples(variant: Variant) -> Iterator[Sample]:
    """As displayed, to 3 significant digits, both ends of what is accepted, each misconception,
    near and far on the axis, off it, and unreadable ones.
    """
    axis, reach = _axis(variant), tolerance(variant)
    key = float(variant.answer)  # type: ignore[arg-type]
    for text in (variant.answer_text, f"{key:.3g}", repr(key)):
        yield Sample(text, Grade("correct"))
    assert variant.accepted is not None
    for end in variant.accepted:
        yield Sample(repr(end), Grade("correct"))
    for name, wrong in variant.misconceptions.items():
        yield Sample(repr(float(wrong)), Grade("misconception", name))  # type: ignore[arg-type]
    at = axis.place(key)
    for far, verdict in ((2.0, Grade("close")), (3.0, Grade("wrong"))):
        for place in (at - far * reach, at + far * reach):
            near = Response(axis.value(place), "")
            if 0 <= place <= 1 and grade(variant, near).verdict != "misconception":
                yield Sample(repr(near.value), verdict)
    beyond = 10 * axis.high if axis.scale == "log" else 2 * axis.high - axis.low
    for text in (repr(beyond), "", "abc", "1,5", "1/0", "9" * 1000, "().__class__"):
        yield Sample(text, None)


def _axis(variant: Variant) -> Axis:
    assert variant.axis is not None
    return variant.axis
