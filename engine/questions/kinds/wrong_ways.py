"""Wrong methods that students really use: what each of them answers, and how a block says it.

They are the author's test of a question and are never shown to a learner.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from engine.content import Node
from engine.i18n import Message, say
from engine.questions.compiling.spec import Block
from engine.questions.expressions import Expression
from engine.questions.kinds.common import condition, number
from engine.questions.kinds.kind import Logic, Measured, Names, WrongMethod
from engine.questions.model import Variant

#: Of options that are values, one who comes to another value picks the nearest within this share.
RECOGNIZED = 0.25

Known = Mapping[str, object]
Told = tuple[tuple[str, Expression], ...]


@dataclass(frozen=True, slots=True)
class ByValue:
    """Comes to a value and types it, points at it, or looks for it among the options."""

    value: Expression

    def expressions(self) -> Iterator[Expression]:
        yield self.value

    def answers(self, logic: Logic, variant: Variant, known: Known, /) -> tuple[str, ...]:
        """What is typed: the value in full and to 3 digits, or the option it is taken for."""
        value = number(self.value, known)
        if variant.options and logic.measured is not None:
            picked = _recognized(logic.measured, variant, value, known)
            return () if picked is None else (picked,)
        return repr(value), f"{value:.3g}"


@dataclass(frozen=True, slots=True)
class ByCondition:
    """Picks, or where there may be `many` ticks, the options whose condition holds."""

    options: Told
    many: bool

    def expressions(self) -> Iterator[Expression]:
        yield from (expression for _, expression in self.options)

    def answers(self, _logic: Logic, _variant: Variant, known: Known, /) -> tuple[str, ...]:
        """The options, by id; nothing where a choice would need exactly one."""
        picked = [id for id, expression in self.options if condition(expression, known)]
        if not picked or (not self.many and len(picked) > 1):
            return ()
        return (" ".join(picked),)


@dataclass(frozen=True, slots=True)
class ByRank:
    """Puts the options in order by a value of its own; a tie is no order."""

    items: Told
    descending: bool

    def expressions(self) -> Iterator[Expression]:
        yield from (expression for _, expression in self.items)

    def answers(self, _logic: Logic, _variant: Variant, known: Known, /) -> tuple[str, ...]:
        """The options, first to last."""
        ranks = {id: number(expression, known) for id, expression in self.items}
        if len(set(ranks.values())) < len(ranks):
            return ()
        return (" ".join(sorted(ranks, key=ranks.__getitem__, reverse=self.descending)),)


@dataclass(frozen=True, slots=True)
class Always:
    """Gives the same options whatever the numbers are."""

    options: tuple[str, ...]

    def expressions(self) -> Iterator[Expression]:
        yield from ()

    def answers(self, _logic: Logic, _variant: Variant, _known: Known, /) -> tuple[str, ...]:
        """The options as they were written."""
        return (" ".join(self.options),)


def _recognized(logic: Measured, variant: Variant, value: float, known: Known) -> str | None:
    """The option shown that a value is taken for; None where no option is like it."""
    written = ((str(variant.answer), logic.answer), *logic.misconceptions)
    shown_ids = {option.id for option in variant.options}
    options = {id: number(expression, known) for id, expression in written if id in shown_ids}
    nearest = min(options, key=lambda id: abs(options[id] - value))
    reach = RECOGNIZED * max(abs(options[nearest]), abs(value))
    return nearest if abs(options[nearest] - value) <= reach else None


# -- as a block says it: one entry of `wrong_methods:` ----------------------------------------


def by_value(block: Block, node: Node, names: Names) -> WrongMethod | None:
    """An expression, of a kind that asks for a value."""
    value = block.number_at(node, names)
    return None if value is None else ByValue(value)


def by_option(block: Block, node: Node, names: Names, ids: Sequence[str]) -> WrongMethod | None:
    """One option, or a condition for each."""
    if isinstance(node.value, Mapping):
        return _by_condition(block, node, names, ids, many=False)
    if _word(node) in ids:
        return Always((_word(node),))
    _bad(block, node, say("one of {ids}, or a condition for each", ids=", ".join(ids)))
    return None


def by_options(block: Block, node: Node, names: Names, ids: Sequence[str]) -> WrongMethod | None:
    """A list of options, or a condition for each."""
    if isinstance(node.value, Mapping):
        return _by_condition(block, node, names, ids, many=True)
    given = _listed(node, ids)
    if given:
        return Always(given)
    expected = say("a list of options, or a condition for each, of {ids}", ids=", ".join(ids))
    _bad(block, node, expected)
    return None


def by_ranking(
    block: Block, node: Node, names: Names, ids: Sequence[str], *, descending: bool
) -> WrongMethod | None:
    """A list of all options, or a value for each."""
    if not isinstance(node.value, Mapping):
        given = _listed(node, ids)
        if given and len(given) == len(ids):
            return Always(given)
        expected = say("a list of all of {ids}, or a value for each", ids=", ".join(ids))
        _bad(block, node, expected)
        return None
    if set(node.value) != set(ids):
        _bad(block, node, say("a value for each of {ids}", ids=", ".join(sorted(ids))))
        return None
    values = ((id, block.number_at(inner, names)) for id, inner in node.value.items())
    items = tuple((id, value) for id, value in values if value is not None)
    return ByRank(items, descending)


def _by_condition(
    block: Block, node: Node, names: Names, ids: Sequence[str], *, many: bool
) -> WrongMethod | None:
    assert isinstance(node.value, Mapping)
    if any(id not in ids for id in node.value):
        _bad(block, node, say("conditions for {ids}", ids=", ".join(ids)))
        return None
    options = ((id, block.expression_at(inner, names)) for id, inner in node.value.items())
    return ByCondition(tuple((id, e) for id, e in options if e is not None), many)


def _listed(node: Node, ids: Sequence[str]) -> tuple[str, ...]:
    """Options in a list, each at most once; empty for anything else."""
    given = tuple(map(_word, node.value)) if isinstance(node.value, tuple) else ()
    return given if len(set(given)) == len(given) and set(given) <= set(ids) else ()


def _word(node: Node) -> str:
    """An option's id; without its quotation marks `true` is YAML's own word."""
    return str(node.value).lower() if isinstance(node.value, bool) else str(node.value)


def _bad(block: Block, node: Node, expected: Message) -> None:
    block.fail(
        "bad-wrong-method",
        node.line,
        say("{value}", value=str(node.plain())[:80]),
        expected,
        say("Say what one who works in this wrong way answers."),
    )
