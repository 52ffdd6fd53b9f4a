"""One option to pick: written options, or the values of the key and of the misconceptions."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from engine.i18n import say
from engine.questions.expressions import Expression
from engine.questions.kinds.common import (
    PRINT_THE_SAME,
    TOO_CLOSE,
    Rejected,
    Solved,
    check_apart,
    condition,
    number,
    standard_error,
)
from engine.questions.kinds.picking import pick_one
from engine.questions.model import Grade, Malformed, Response, Sample, Variant
from engine.questions.placeholders import shown

#: The id of the right option where the options are values.
KEY = "answer"


@dataclass(frozen=True, slots=True)
class ValueChoice:
    """The options are values: the key's, and one for each misconception.

    show: so many of them, other ones in each draw; 0: all.
    """

    answer: Expression
    misconceptions: tuple[tuple[str, Expression], ...]
    format: str
    show: int = 0

    def expressions(self) -> Iterator[Expression]:
        yield self.answer
        yield from (expression for _, expression in self.misconceptions)

    def draw(self, values: Mapping[str, object]) -> Solved:
        """Raises Rejected when two options print the same or are too close."""
        told = [(KEY, number(self.answer, values, "answer"))]
        told += [
            (name, number(expression, values, "misconceptions", name))
            for name, expression in self.misconceptions
        ]
        error = max(standard_error(expression, values) for expression in self.expressions())
        check_apart([value for _, value in told], error, TOO_CLOSE, "misconceptions")
        options = tuple((name, shown(value, self.format)) for name, value in told)
        if len({text for _, text in options}) < len(options):
            raise Rejected(PRINT_THE_SAME, "misconceptions")
        return Solved(
            KEY,
            options[0][1],
            {name: name for name, _ in self.misconceptions},
            options=options,
            key=told[0][1],
            show=self.show,
            ranked=tuple(name for name, _ in sorted(told, key=lambda one: one[1])),
        )


@dataclass(frozen=True, slots=True)
class WrittenChoice:
    """The options are written in the card; which is right depends on the draw."""

    options: tuple[tuple[str, Expression], ...]
    misconceptions: tuple[tuple[str, str], ...]

    def expressions(self) -> Iterator[Expression]:
        yield from (expression for _, expression in self.options)

    def draw(self, values: Mapping[str, object]) -> Solved:
        """Raises Rejected unless exactly one option is right."""
        right = [id for id, told in self.options if condition(told, values, "options", id)]
        if len(right) != 1:
            raise Rejected(
                say(
                    "exactly one option is right (here: {right})", right=", ".join(right) or "none"
                ),
                "options",
            )
        wrong = {name: id for name, id in self.misconceptions if id != right[0]}
        return Solved(right[0], "", wrong, options=tuple((id, None) for id, _ in self.options))


def parse(variant: Variant, text: str) -> Response | Malformed:
    """An option's id, or its number as shown."""
    if not text.strip():
        return Malformed(say("Pick an option first."))
    picked = pick_one(variant, text.strip())
    return picked if isinstance(picked, Malformed) else Response(picked, text)


def grade(variant: Variant, response: Response) -> Grade:
    """Right, or the misconception that leads to the option picked."""
    if response.value == variant.answer:
        return Grade("correct")
    for name, option in variant.misconceptions.items():
        if option == response.value:
            return Grade("misconception", name)
    return Grade("wrong")


def samples(variant: Variant) -> Iterator[Sample]:
    """Every option by id and by number, and unreadable answers."""
    wrong = {option: name for name, option in variant.misconceptions.items()}
    for place, option in enumerate(variant.options, 1):
        if option.id == variant.answer:
            expected = Grade("correct")
        elif option.id in wrong:
            expected = Grade("misconception", wrong[option.id])
        else:
            expected = Grade("wrong")
        yield Sample(option.id, expected)
        yield Sample(str(place), expected)
    for text in ("", "0", str(len(variant.options) + 1), "no such option", "1 2", "9" * 5000):
        yield Sample(text, None)
