"""What the kinds share: what a draw comes to, and what makes it unfit."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from engine.i18n import Message, say
from engine.questions.expressions import Expression, ExpressionError
from engine.questions.model import Answer, Axis

#: Options closer than this share of the larger one could be told apart by rounding alone.
CLOSEST = 0.05
STANDARD_ERRORS = 3.0


#: Where in a question's block something stands: a key, and what is below it.
At = tuple[str, ...]


class Rejected(Exception):
    """A draw that does not make a fair question.

    constraint: which rule it broke; at: where the block says what broke it.
    """

    def __init__(self, constraint: Message, *at: str) -> None:
        self.constraint = constraint
        self.at: At = at


@dataclass(frozen=True, slots=True)
class Solved:
    """The logic of a draw, before any words: the key and what stands beside it.

    options: (id, text or None for the card's words), in the order of the card; `fixed`: shown in
    that order too, not shuffled. axis: still without its title. show: so many of the options are
    shown, chosen by `ranked`, which has them from the smallest value; 0: all of them.
    """

    answer: Answer
    answer_text: str
    misconceptions: Mapping[str, Answer]
    accepted: tuple[float, float] | None = None
    key: float | None = None  # the right value, where the options are values
    options: tuple[tuple[str, str | None], ...] = ()
    fixed: bool = False
    axis: Axis | None = None
    relative: bool = False  # whether the tolerance is a share of the value
    show: int = 0
    ranked: tuple[str, ...] = ()


def number(expression: Expression, values: Mapping[str, object], *at: str) -> float:
    """A number's value, 0 without a sign. Raises Rejected where it has none."""
    try:
        return float(expression.value(values)) + 0.0
    except ExpressionError as error:
        raise Rejected(error.message, *at) from error


def condition(expression: Expression, values: Mapping[str, object], *at: str) -> bool:
    """Whether a condition holds. Raises Rejected where that cannot be told."""
    try:
        return bool(expression.value(values))
    except ExpressionError as error:
        raise Rejected(error.message, *at) from error


def standard_error(expression: Expression, values: Mapping[str, object]) -> float:
    """The largest standard error among the outcomes that a value is made of; 0 without any."""
    largest = 0.0
    for name in expression.names:
        if name.startswith("outcome."):
            error = values.get(f"{name}_se", 0.0)
            largest = max(largest, float(error))  # type: ignore[arg-type]
    return largest


def check_apart(values: Sequence[float], error: float, what: Message, *at: str) -> None:
    """Raises Rejected when two values are too close to be told apart."""
    for low, high in pairwise(sorted(values)):
        if high - low < max(CLOSEST * max(abs(low), abs(high)), STANDARD_ERRORS * error):
            raise Rejected(what, *at)
        if high == low:
            raise Rejected(what, *at)


TOO_CLOSE = say("two options are too close to each other")
PRINT_THE_SAME = say("two options print the same")
SAME_VALUE = say("two misconceptions lead to the same value")


def within_tolerance(name: str) -> Message:
    """A misconception that leads to an answer which counts as right."""
    return say("the misconception “{name}” is within the tolerance of the answer", name=name)
