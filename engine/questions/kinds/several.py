"""Several options to tick: right when exactly the right ones are ticked."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import ClassVar

from engine.content import Node, Snippet
from engine.i18n import say
from engine.questions.compiling.spec import Block
from engine.questions.expressions import Expression
from engine.questions.kinds.common import At, Rejected, Solved, condition
from engine.questions.kinds.form import OPTIONS
from engine.questions.kinds.kind import Kind, Logic, Names, WrongMethod
from engine.questions.kinds.picking import pick_several
from engine.questions.kinds.written_options import check_every_option, enough, option_names
from engine.questions.kinds.wrong_ways import by_options
from engine.questions.model import Answer, Grade, Malformed, Response, Sample, Variant


@dataclass(frozen=True, slots=True)
class Several(Logic):
    """The options with the conditions under which each is right."""

    options: tuple[tuple[str, Expression], ...]
    misconceptions: tuple[tuple[str, str], ...]
    key_at: ClassVar[At] = ("options",)

    def expressions(self) -> Iterator[Expression]:
        yield from (expression for _, expression in self.options)

    def draw(self, values: Mapping[str, object]) -> Solved:
        """Raises Rejected when no option or every option is right."""
        right = tuple(sorted(id for id, e in self.options if condition(e, values, "options", id)))
        if not right or len(right) == len(self.options):
            raise Rejected(say("at least one option is right and at least one is wrong"), "options")
        return Solved(
            right,
            "",
            {name: (id,) for name, id in self.misconceptions},
            options=tuple((id, None) for id, _ in self.options),
        )


def read(block: Block, names: Names) -> Several | None:
    """The logic of a block; None where something is wrong, which the block then says."""
    options = block.conditions("options", names)
    ids = [id for id, _ in options]
    wrong = option_names(block, ids)
    check_every_option(block, ids, wrong)  # a right one can be left out
    return Several(options, wrong) if enough(block, options) else None


def read_wrong_method(block: Block, node: Node, names: Names) -> WrongMethod | None:
    """What is ticked."""
    return by_options(block, node, names, list(block.mapping("options")))


def parse(variant: Variant, text: str) -> Response | Malformed:
    """Ids or numbers, separated by spaces or commas."""
    picked = pick_several(variant, text)
    if isinstance(picked, Malformed):
        return picked
    if not picked:
        return Malformed(say("Tick at least one option first."))
    return Response(tuple(sorted(picked)), text)


def grade(variant: Variant, response: Response) -> Grade:
    """Right, or the first misconception among the options ticked or left out wrongly."""
    assert isinstance(response.value, tuple)
    assert isinstance(variant.answer, tuple)
    if set(response.value) == set(variant.answer):
        return Grade("correct")
    shown = mistakes(variant, response.value)
    return Grade("misconception", shown[0]) if shown else Grade("wrong")


def mistakes(variant: Variant, ticked: Answer) -> list[str]:
    """Each misconception among the options ticked or left out wrongly, in the card's order."""
    if not isinstance(ticked, tuple):
        return []
    assert isinstance(variant.answer, tuple)
    amiss = set(ticked) ^ set(variant.answer)
    return [name for name, options in variant.misconceptions.items() if amiss & set(options)]  # type: ignore[arg-type]


def samples(variant: Variant) -> Iterator[Sample]:
    """The right set, each misconception alone, and unreadable answers."""
    assert isinstance(variant.answer, tuple)
    right = set(variant.answer)
    ids = [option.id for option in variant.options]
    yield Sample(" ".join(variant.answer), Grade("correct"))
    yield Sample(", ".join(str(ids.index(id) + 1) for id in variant.answer), Grade("correct"))
    for name, options in variant.misconceptions.items():
        ticked = right ^ set(options)  # type: ignore[arg-type]
        if ticked:
            yield Sample(" ".join(sorted(ticked)), Grade("misconception", name))
    for text in ("", "0", "1 1", "no such option", "9" * 5000):
        yield Sample(text, None)


KIND = Kind(
    name="several",
    label=say("all that are right"),
    seconds=60,
    keys={
        "options": say("id: the condition under which it is right; some hold and some do not"),
        "misconceptions": say("id: the option that one with it gets wrong"),
    },
    snippet=Snippet(
        say("Question: all that are right"),
        "## Question: new-several",
        (say("What is true of {a}? Tick all of it.", a="{{ a }}"),),
        """\
kind: several
parameters:
  a: {integer: [2, 40]}
options:
  even: a == 2 * floor(a / 2)
  large: a > 20
misconceptions:
  sees-even: even
  sees-large: large
""",
        {
            "Option: even": say("It is even."),
            "Option: large": say("It is larger than 20."),
            "sees-even": say("Divide {a} by 2.", a="{{ a }}"),
            "sees-large": say("Compare {a} with 20.", a="{{ a }}"),
            "Explanation": say("Look at {a} once more.", a="{{ a }}"),
        },
    ),
    form=OPTIONS,
    read=read,
    read_wrong_method=read_wrong_method,
    parse=parse,
    grade=grade,
    samples=samples,
    mistakes=mistakes,
)
