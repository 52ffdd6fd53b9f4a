"""Options to put in order, by a value that each of them has."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import ClassVar

from engine.content import Node, Snippet
from engine.i18n import say
from engine.questions.compiling.spec import Block
from engine.questions.expressions import Expression
from engine.questions.kinds.common import (
    TOO_CLOSE,
    At,
    Rejected,
    Solved,
    check_apart,
    number,
    standard_error,
)
from engine.questions.kinds.form import RANKING
from engine.questions.kinds.kind import Kind, Logic, Names, WrongMethod
from engine.questions.kinds.picking import pick_several
from engine.questions.kinds.written_options import enough
from engine.questions.kinds.wrong_ways import by_ranking
from engine.questions.model import Grade, Malformed, Response, Sample, Variant

Ranking = tuple[tuple[str, Expression], ...]


@dataclass(frozen=True, slots=True)
class Order(Logic):
    """What each option is ranked by, and what one with a misconception would rank it by."""

    items: Ranking
    descending: bool
    misconceptions: tuple[tuple[str, Ranking], ...]
    key_at: ClassVar[At] = ("items",)

    def expressions(self) -> Iterator[Expression]:
        yield from (expression for _, expression in self.items)
        for _, ranking in self.misconceptions:
            yield from (expression for _, expression in ranking)

    def draw(self, values: Mapping[str, object]) -> Solved:
        """Raises Rejected for ties, and where a misconception leads to the right order."""
        ranks = {id: number(expression, values, "items", id) for id, expression in self.items}
        error = max(standard_error(expression, values) for _, expression in self.items)
        check_apart(list(ranks.values()), error, TOO_CLOSE, "items")
        key = self._ranked(ranks)
        wrong: dict[str, tuple[str, ...]] = {}
        for name, ranking in self.misconceptions:
            at = ("misconceptions", name)
            believed = {id: number(expression, values, *at, id) for id, expression in ranking}
            if len(set(believed.values())) < len(believed):
                raise Rejected(say("the misconception “{name}” sees a tie", name=name), *at)
            wrong[name] = self._ranked(believed)
            if wrong[name] == key:
                same = say("the misconception “{name}” leads to the right order", name=name)
                raise Rejected(same, *at)
        if len(set(wrong.values())) < len(wrong):
            raise Rejected(say("two misconceptions lead to the same order"), "misconceptions")
        return Solved(key, "", wrong, options=tuple((id, None) for id, _ in self.items))

    def _ranked(self, ranks: Mapping[str, float]) -> tuple[str, ...]:
        return tuple(sorted(ranks, key=ranks.__getitem__, reverse=self.descending))


def read(block: Block, names: Names) -> Order | None:
    """The logic of a block; None where something is wrong, which the block then says."""
    items = block.numbers("items", names)
    order = block.word("order")
    if order not in ("ascending", "descending"):
        block.fail(
            "bad-order",
            block.line("order"),
            say("order: {value}", value=str(order)),
            say("ascending or descending"),
            say("Say from which end the options are ranked."),
        )
        return None
    ids = set(block.mapping("items"))
    wrong: list[tuple[str, tuple[tuple[str, Expression], ...]]] = []
    for name, node in block.mapping("misconceptions").items():
        if not isinstance(node.value, Mapping) or set(node.value) != ids:
            block.fail(
                "bad-ranking",
                node.line,
                say("{name}: {value}", name=name, value=str(node.plain())[:80]),
                say("a value for each of {ids}", ids=", ".join(sorted(ids))),
                say("Say what one with this misconception ranks each option by."),
            )
            continue
        ranking = tuple(
            (id, e)
            for id, inner in node.value.items()
            if (e := block.number_at(inner, names)) is not None
        )
        wrong.append((name, ranking))
    return Order(items, order == "descending", tuple(wrong)) if enough(block, items) else None


def read_wrong_method(block: Block, node: Node, names: Names) -> WrongMethod | None:
    """What the options are ranked by."""
    ids, descending = list(block.mapping("items")), block.word("order") == "descending"
    return by_ranking(block, node, names, ids, descending=descending)


def parse(variant: Variant, text: str) -> Response | Malformed:
    """All options, first to last, by id or number."""
    picked = pick_several(variant, text)
    if isinstance(picked, Malformed):
        return picked
    if len(picked) < len(variant.options):
        return Malformed(
            say(
                "Put all {count} options in order; {left} are left.",
                count=len(variant.options),
                left=len(variant.options) - len(picked),
            )
        )
    return Response(tuple(picked), text)


def grade(variant: Variant, response: Response) -> Grade:
    """Right, a misconception's order, or close when just two neighbours are swapped."""
    assert isinstance(response.value, tuple)
    assert isinstance(variant.answer, tuple)
    if response.value == variant.answer:
        return Grade("correct")
    for name, order in variant.misconceptions.items():
        if response.value == order:
            return Grade("misconception", name)
    amiss = [
        place
        for place, (given, right) in enumerate(zip(response.value, variant.answer, strict=True))
        if given != right
    ]
    swapped = len(amiss) == 2 and amiss[1] - amiss[0] == 1 and len(variant.answer) > 2
    return Grade("close" if swapped else "wrong")


def samples(variant: Variant) -> Iterator[Sample]:
    """The right order, each misconception's, and unreadable answers."""
    assert isinstance(variant.answer, tuple)
    ids = [option.id for option in variant.options]
    yield Sample(" ".join(variant.answer), Grade("correct"))
    yield Sample(" > ".join(str(ids.index(id) + 1) for id in variant.answer), Grade("correct"))
    for name, order in variant.misconceptions.items():
        yield Sample(" ".join(order), Grade("misconception", name))  # type: ignore[arg-type]
    for text in ("", ids[0], "1 1 1", "no such option", "9" * 5000):
        yield Sample(text, None)


KIND = Kind(
    name="order",
    label=say("an order"),
    seconds=60,
    keys={
        "items": say("id: the value that it is ranked by"),
        "order": say("ascending or descending"),
        "misconceptions": say("id: what one with it would rank each item by"),
    },
    snippet=Snippet(
        say("Question: an order"),
        "## Question: new-order",
        (say("From the smallest to the largest, for $a={a}$:", a="{{ a }}"),),
        """\
kind: order
parameters:
  a: {uniform: [0.1, 0.9], decimals: 2}
items:
  once: a
  twice: a ** 2
  root: sqrt(a)
order: ascending
misconceptions:
  squares-grow: {once: "1", twice: "2", root: "0"}
""",
        {
            "Option: once": say("$a$ itself"),
            "Option: twice": say("$a$ squared"),
            "Option: root": say("the root of $a$"),
            "squares-grow": say("Below 1 a square is smaller than the number."),
            "Explanation": say("The order is **{answer}**.", answer="{{ answer }}"),
        },
    ),
    form=RANKING,
    read=read,
    read_wrong_method=read_wrong_method,
    parse=parse,
    grade=grade,
    samples=samples,
    predicts=True,
    mends={"items": say("Choose parameters whose values are further apart.")},
)
