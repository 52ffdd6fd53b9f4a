"""A number to compute, right within a tolerance. The plainest kind: begin here."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import pairwise

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
from engine.questions.kinds.kind import Kind, Logic, Names
from engine.questions.kinds.measuring import NEAR, OF_THE_VALUE, shares_of
from engine.questions.kinds.tolerance import bad_tolerance, percentage
from engine.questions.kinds.wrong_ways import by_value
from engine.questions.model import Grade, Malformed, Response, Sample, Variant
from engine.questions.numbers.numerals import quoted
from engine.questions.numbers.reading import MOST_CHARACTERS, named_part, read_number, strange_part
from engine.questions.numbers.units import bare, is_unit, split_unit
from engine.questions.numbers.whole import is_whole, whole_names
from engine.questions.parameters import Parameters
from engine.questions.placeholders import shown

#: An answer this many tolerances away is close: probably the right way, carelessly rounded.
CLOSE = 3.0
#: Ends of intervals are widened by this share, so that 2.1 is 0.1 away from 2.
SLACK = 1e-12


@dataclass(frozen=True, slots=True)
class Number(Logic):
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
        return Solved(
            key, shown(key, self.format), wrong, accepted=accepted, relative=self.relative
        )

    def _interval(self, value: float) -> tuple[float, float]:
        half = self._half(value)
        return value - half, value + half

    def _half(self, value: float) -> float:
        return self.tolerance * abs(value) if self.relative else self.tolerance

    def _collision(self, key: float, wrong: Mapping[str, float]) -> Rejected:
        low, high = self._interval(key)
        for name, value in wrong.items():
            lowest, highest = self._interval(value)
            if lowest <= high and low <= highest:
                return Rejected(within_tolerance(name), "misconceptions", name)
        return Rejected(SAME_VALUE, "misconceptions")

    def is_whole(self, parameters: Parameters) -> bool:
        """Whether it is counted, or shown so."""
        return self.format.endswith("d") or is_whole(self.answer, whole_names(parameters))

    @property
    def measured(self) -> Number:
        return self

    @property
    def nearest(self) -> Message:
        return OF_THE_VALUE

    def distances(self, variant: Variant) -> Mapping[str, float]:
        """As shares of the right value."""
        wrong = {name: float(value) for name, value in variant.misconceptions.items()}  # type: ignore[arg-type]
        return shares_of(float(variant.answer), wrong)  # type: ignore[arg-type]

    def reach(self, variant: Variant) -> float:
        """As many tolerances as are close, and at least `NEAR`."""
        if self.relative:
            return self._near
        key = abs(float(variant.answer))  # type: ignore[arg-type]
        return CLOSE * self.tolerance / key if key else math.inf

    @property
    def _near(self) -> float:
        return max(NEAR, CLOSE * self.tolerance)

    def passes(self, _values: Mapping[str, object], key: float, wrong: float) -> bool:
        """Within the tolerance of the right value."""
        return abs(wrong - key) <= self._half(key)

    def kept_apart(self, key: str, wrong: str) -> str:
        """Farther than is close."""
        if self.relative:
            return f"abs({wrong} - {key}) > {self._near:.3g} * abs({self.answer.text})"
        return f"abs({wrong} - {key}) > {CLOSE * self.tolerance:.3g}"


def read(block: Block, names: Names) -> Number | None:
    """The logic of a block; None where something is wrong, which the block then says."""
    answer = block.expression("answer", names)
    tolerance = _tolerance(block)
    wrong = block.numbers("misconceptions", names)
    if answer is None or tolerance is None:
        return None
    return Number(answer, wrong, tolerance[0], tolerance[1], block.format)


def _tolerance(block: Block) -> tuple[float, bool] | None:
    """The tolerance, and whether it is a share of the value."""
    node = block.spec.get("tolerance")
    value = None if node is None else node.value
    share = percentage(value)
    if share is not None and 0 < share < 0.5:
        return share, True
    if isinstance(value, (int, float)) and not isinstance(value, bool) and 0 < value < 1e300:
        return float(value), False
    bad_tolerance(
        block,
        say("a share such as 1%, or a number above 0"),
        say("Write, for example, “tolerance: 1%”."),
    )
    return None


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


KIND = Kind(
    name="number",
    label=say("a number"),
    seconds=65,
    keys={
        "answer": say("the right value"),
        "tolerance": say("how near is right: a share such as 1%, or a number"),
        "misconceptions": say("id: the wrong value that one with it would give"),
    },
    snippet=Snippet(
        say("Question: a number"),
        "## Question: new-number",
        (say("What is the root of {n}?", n="{{ n }}"),),
        """\
kind: number
parameters:
  n: {integer: [10, 99]}
answer: sqrt(n)
tolerance: 1%
misconceptions:
  no-root: n
""",
        {
            "no-root": say("That is the number itself."),
            "Explanation": say("The root of {n} is {answer}.", n="{{ n }}", answer="{{ answer }}"),
        },
    ),
    form=NUMBER,
    read=read,
    read_wrong_method=by_value,
    parse=parse,
    grade=grade,
    samples=samples,
    mends={
        "tolerance": say("Write a wider tolerance, or an absolute one where the answer may be 0.")
    },
    in_lesson=True,
)
