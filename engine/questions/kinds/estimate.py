"""A number to point at on an axis, right within a share of the axis' length.

Everything is measured on the axis' own scale: on a log axis a tolerance is so many decades, so an
answer twice too large is as far off as one twice too small.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import pairwise
from typing import cast

from engine.content import Snippet
from engine.i18n import Message, say
from engine.questions.compiling.spec import Block
from engine.questions.expressions import Expression
from engine.questions.kinds.common import (
    SAME_VALUE,
    Rejected,
    Solved,
    number,
    within_tolerance,
)
from engine.questions.kinds.form import NUMBER
from engine.questions.kinds.kind import Kind, Logic, Names, Section
from engine.questions.kinds.measuring import bracketed, value_of
from engine.questions.kinds.number import read_value
from engine.questions.kinds.tolerance import bad_tolerance, percentage
from engine.questions.kinds.wrong_ways import by_value
from engine.questions.model import Axis, Grade, Malformed, Response, Sample, Scale, Variant
from engine.questions.placeholders import shown

#: An answer this many tolerances away is close.
CLOSE = 2.5
#: The key keeps this share of the axis away from either end.
MARGIN = 0.03
#: Places are compared with this slack, and this far beyond an end is still on the axis.
SLACK = 1e-9
ROUNDED = 0.005
#: A tolerance beyond it would make pointing anywhere near the middle right.
WIDEST = 0.25
_ENDS = ("low", "high")


@dataclass(frozen=True, slots=True)
class Estimate(Logic):
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

    @property
    def measured(self) -> Estimate:
        return self

    @property
    def nearest(self) -> Message:
        return say("Nearest: in shares of the axis' length.")

    def distances(self, variant: Variant) -> Mapping[str, float]:
        """As shares of the axis' length."""
        axis = _axis(variant)
        at = axis.place(float(variant.answer))  # type: ignore[arg-type]
        return {
            name: abs(axis.place(float(value)) - at)  # type: ignore[arg-type]
            for name, value in variant.misconceptions.items()
        }

    def reach(self, variant: Variant) -> float:
        """As many tolerances as are close."""
        return CLOSE * tolerance(variant)

    def passes(self, values: Mapping[str, object], key: float, wrong: float) -> bool:
        """Within the tolerance of the right value on the axis."""
        low, high = value_of(self.low, values), value_of(self.high, values)
        if low is None or high is None or not low < high:
            return False
        if self.scale == "log":
            if min(low, key, wrong) <= 0:
                return False
            return abs(math.log10(wrong / key)) <= self.tolerance * math.log10(high / low)
        return abs(wrong - key) <= self.tolerance * (high - low)

    def kept_apart(self, key: str, wrong: str) -> str:
        """Farther on the axis than is close."""
        low, high = bracketed(self.low.text), bracketed(self.high.text)
        share = f"{CLOSE * self.tolerance:.3g}"
        if self.scale == "log":
            return f"abs(log10({wrong} / {key})) > {share} * log10({high} / {low})"
        return f"abs({wrong} - {key}) > {share} * ({high} - {low})"


def read(block: Block, names: Names) -> Estimate | None:
    """The logic of a block; None where something is wrong, which the block then says."""
    answer = block.expression("answer", names)
    tolerance = _tolerance(block)
    scale = _read_axis(block)
    wrong = block.numbers("misconceptions", names)
    if answer is None or tolerance is None or scale is None:
        return None
    axis = block.mapping("axis")
    low, high = (block.number_at(axis[end], names) for end in _ENDS)
    if low is None or high is None:
        return None
    return Estimate(answer, low, high, scale, tolerance, wrong, block.format)


def _tolerance(block: Block) -> float | None:
    """The share of the axis' length."""
    node = block.spec.get("tolerance")
    value = None if node is None else node.value
    share = percentage(value)
    if share is not None and 0 < share <= WIDEST:
        return share
    bad_tolerance(
        block,
        say("a share of the axis' length, above 0% and at most 25%"),
        say("Write, for example, “tolerance: 5%”."),
    )
    return None


def _read_axis(block: Block) -> Scale | None:
    """The axis' scale, once all three of its entries are there."""
    node = block.spec.get("axis")
    axis = node.value if node is not None else None
    if isinstance(axis, Mapping) and axis.keys() == {*_ENDS, "scale"}:
        scale = axis["scale"].value
        if scale in ("linear", "log"):
            return cast(Scale, scale)
    block.fail(
        "bad-axis",
        block.line("axis"),
        say("axis: {value}", value=str(node.plain())[:80]) if node else say("no “axis:”"),
        say("low, high, and a scale that is linear or log"),
        say("Write, for example, “axis: {{low: 1e-6, high: 1, scale: log}}”."),
    )
    return None


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


KIND = Kind(
    name="estimate",
    label=say("an estimate"),
    seconds=55,
    keys={
        "answer": say("the right value"),
        "axis": say("low, high, and scale: log or linear; its title stands under ### Axis"),
        "tolerance": say("how near is right, as a share of the axis' length"),
        "misconceptions": say("id: the wrong value that one with it would give"),
    },
    snippet=Snippet(
        say("Question: an estimate"),
        "## Question: new-estimate",
        (
            say(
                "Something is halved {depth} times. How much is left?",
                depth="{{ depth }}",
            ),
        ),
        """\
kind: estimate
parameters:
  depth: {integer: [8, 32]}
axis: {low: 1e-12, high: 10, scale: log}
answer: 2 ** (-depth)
tolerance: 6%
format: .1g
misconceptions:
  nothing-is-lost: "1"
""",
        {
            "Axis": say("What is left (share)"),
            "nothing-is-lost": say("Every step takes half of it."),
            "Explanation": say(
                "Halved {depth} times, {answer} is left.",
                depth="{{ depth }}",
                answer="{{ answer }}",
            ),
        },
    ),
    form=NUMBER,
    read=read,
    read_wrong_method=by_value,
    parse=parse,
    grade=grade,
    samples=samples,
    section=Section("Axis", say("Write what the axis measures, and its unit.")),
    predicts=True,
    mends={"axis": say("Choose ends that hold every answer; a log axis begins above 0.")},
)
