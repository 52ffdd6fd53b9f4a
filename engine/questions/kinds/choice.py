"""One option to pick: written options, or the values of the key and of the misconceptions."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import ClassVar

from engine.content import Node, Snippet
from engine.i18n import Message, say
from engine.questions.compiling.spec import Block
from engine.questions.expressions import Expression
from engine.questions.kinds.common import (
    PRINT_THE_SAME,
    TOO_CLOSE,
    At,
    Rejected,
    Solved,
    check_apart,
    condition,
    number,
    standard_error,
)
from engine.questions.kinds.form import OPTION
from engine.questions.kinds.kind import Kind, Logic, Names, WrongMethod
from engine.questions.kinds.measuring import NEAR, OF_THE_VALUE, shares_of, value_of
from engine.questions.kinds.picking import pick_one
from engine.questions.kinds.written_options import check_every_option, enough, option_names
from engine.questions.kinds.wrong_ways import by_option, by_value
from engine.questions.model import Grade, Malformed, Response, Sample, Variant
from engine.questions.placeholders import shown

#: The id of the right option where the options are values.
KEY = "answer"


@dataclass(frozen=True, slots=True)
class ValueChoice(Logic):
    """The options are values: the key's, and one for each misconception.

    show: so many of them, other ones in each draw; 0: all.
    """

    answer: Expression
    misconceptions: tuple[tuple[str, Expression], ...]
    format: str
    show: int = 0
    key_varies: ClassVar[bool] = False

    def expressions(self) -> Iterator[Expression]:
        yield self.answer
        yield from (expression for _, expression in self.misconceptions)

    def draw(self, values: Mapping[str, object]) -> Solved:
        """Raises Rejected when two options print the same or are too close."""
        drawn = [(KEY, number(self.answer, values, "answer"))]
        drawn += [
            (name, number(expression, values, "misconceptions", name))
            for name, expression in self.misconceptions
        ]
        error = max(standard_error(expression, values) for expression in self.expressions())
        check_apart([value for _, value in drawn], error, TOO_CLOSE, "misconceptions")
        options = tuple((name, shown(value, self.format)) for name, value in drawn)
        if len({text for _, text in options}) < len(options):
            raise Rejected(PRINT_THE_SAME, "misconceptions")
        return Solved(
            KEY,
            options[0][1],
            {name: name for name, _ in self.misconceptions},
            options=options,
            key=drawn[0][1],
            show=self.show,
            ranked=tuple(name for name, _ in sorted(drawn, key=lambda one: one[1])),
        )

    @property
    def measured(self) -> ValueChoice:
        return self

    @property
    def nearest(self) -> Message:
        return OF_THE_VALUE

    def distances(self, variant: Variant) -> Mapping[str, float]:
        """As shares of the right value; of what a simulation finds nothing is told."""
        if variant.key is None or any(e.needs_outcome for e in self.expressions()):
            return {}
        wrong = {
            name: value
            for name, expression in self.misconceptions
            if (value := value_of(expression, variant.parameters)) is not None
        }
        return shares_of(variant.key, wrong)

    def reach(self, _variant: Variant) -> float:
        """Twice as near as two options may be."""
        return 2 * NEAR

    def passes(self, _values: Mapping[str, object], key: float, wrong: float) -> bool:
        """Too near the right value to stand beside it."""
        return abs(wrong - key) <= NEAR * max(abs(wrong), abs(key))

    def kept_apart(self, key: str, wrong: str) -> str:
        """Farther than is near."""
        return f"abs({wrong} - {key}) > {2 * NEAR:.3g} * abs({self.answer.text})"


@dataclass(frozen=True, slots=True)
class WrittenChoice(Logic):
    """The options are written in the card; which is right depends on the draw."""

    options: tuple[tuple[str, Expression], ...]
    misconceptions: tuple[tuple[str, str], ...]
    key_at: ClassVar[At] = ("options",)

    def expressions(self) -> Iterator[Expression]:
        yield from (expression for _, expression in self.options)

    def draw(self, values: Mapping[str, object]) -> Solved:
        """Raises Rejected unless exactly one option is right."""
        right = [id for id, test in self.options if condition(test, values, "options", id)]
        if len(right) != 1:
            raise Rejected(
                say(
                    "exactly one option is right (here: {right})", right=", ".join(right) or "none"
                ),
                "options",
            )
        wrong = {name: id for name, id in self.misconceptions if id != right[0]}
        return Solved(right[0], "", wrong, options=tuple((id, None) for id, _ in self.options))


def read(block: Block, names: Names) -> Logic | None:
    """Options as they are written, or values; None where something is wrong."""
    if "options" in block.spec:
        _not_beside_options(block, "answer")
        _not_beside_options(block, "show")
        options = block.conditions("options", names)
        wrong = option_names(block, [id for id, _ in options])
        can_be_wrong = [id for id, expression in options if expression.text != "true"]
        check_every_option(block, can_be_wrong, wrong)
        return WrittenChoice(options, wrong) if enough(block, options) else None
    answer = block.expression("answer", names)
    values = block.numbers("misconceptions", names)
    if any(name == KEY for name, _ in values):
        block.fail(
            "bad-id",
            block.line("misconceptions"),
            say("a misconception called “{id}”", id=KEY),
            say("another id"),
            say("Rename the misconception."),
        )
    if not block.mapping("misconceptions"):
        block.fail(
            "no-options",
            block.place.line,
            say("a choice without misconceptions and without options"),
            say("at least one misconception: each is a wrong option"),
            say("Write “misconceptions:” with a value each, or “options:”."),
        )
    show = _show(block, len(values))
    return None if answer is None else ValueChoice(answer, values, block.format, show)


def _not_beside_options(block: Block, key: str) -> None:
    if key in block.spec:
        block.fail(
            f"{key}-and-options",
            block.line(key),
            say("“{key}:” beside “options:”", key=key),
            say("one of the two: a value, or options with their conditions"),
            say("Delete “{key}:”; the condition of an option says when it is right.", key=key),
        )


def _show(block: Block, wrong: int) -> int:
    """How many values are shown: at least 3, and fewer than there are; 0 where it is all."""
    node = block.spec.get("show")
    if node is None:
        return 0
    value = node.value
    if isinstance(value, int) and not isinstance(value, bool) and 3 <= value <= wrong:
        return value
    block.fail(
        "bad-show",
        node.line,
        say("show: {value}", value=str(node.plain())[:60]),
        say("a whole number from 3 to {most}", most=wrong),
        say("Delete the line to show all values, or name more misconceptions."),
    )
    return 0


def read_wrong_method(block: Block, node: Node, names: Names) -> WrongMethod | None:
    """What is picked, or the value that is then looked for among the options."""
    if "options" in block.spec:
        return by_option(block, node, names, list(block.mapping("options")))
    return by_value(block, node, names)


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


KIND = Kind(
    name="choice",
    label=say("one to pick"),
    seconds=50,
    keys={
        "options": say("id: the condition under which it is right; exactly one holds"),
        "answer": say("instead of options: the right value; the misconceptions are the others"),
        "show": say("how many of the values are shown, other ones in each draw"),
        "misconceptions": say("id: the option that one with it would pick"),
    },
    snippet=Snippet(
        say("Question: one to pick"),
        "## Question: new-choice",
        (say("Which is larger?"),),
        """\
kind: choice
parameters:
  a: {integer: [1, 20]}
  b: {integer: [1, 20]}
require: a != b
options:
  first: a > b
  second: b > a
misconceptions:
  picks-first: first
  picks-second: second
""",
        {
            "Option: first": say("The first, {a}.", a="{{ a }}"),
            "Option: second": say("The second, {b}.", b="{{ b }}"),
            "picks-first": say("{a} is less than {b}.", a="{{ a }}", b="{{ b }}"),
            "picks-second": say("{b} is less than {a}.", a="{{ a }}", b="{{ b }}"),
            "Explanation": say("Compare {a} with {b}.", a="{{ a }}", b="{{ b }}"),
        },
    ),
    form=OPTION,
    read=read,
    read_wrong_method=read_wrong_method,
    parse=parse,
    grade=grade,
    samples=samples,
    in_lesson=True,
)
