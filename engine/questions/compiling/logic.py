"""The part of a block that only its kind understands, read."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass
from typing import Protocol

from engine.content import Node
from engine.i18n import say
from engine.questions.compiling.claim import compile_claim
from engine.questions.compiling.estimate import compile_estimate
from engine.questions.compiling.spec import Block
from engine.questions.expressions import Expression
from engine.questions.kinds.choice import KEY, ValueChoice, WrittenChoice
from engine.questions.kinds.common import Solved
from engine.questions.kinds.number import Number
from engine.questions.kinds.order import Order
from engine.questions.kinds.several import Several

Names = Collection[str]


class Logic(Protocol):
    """A compiled kind."""

    def draw(self, values: Mapping[str, object]) -> Solved: ...

    def expressions(self) -> Iterator[Expression]: ...


@dataclass(frozen=True, slots=True)
class _Kind:
    keys: tuple[str, ...]
    compile: Callable[[Block, Names], Logic | None]


def _number(block: Block, names: Names) -> Logic | None:
    answer = block.expression("answer", names)
    told = _tolerance(block)
    wrong = block.numbers("misconceptions", names)
    if answer is None or told is None:
        return None
    return Number(answer, wrong, told[0], told[1], block.format)


def _tolerance(block: Block) -> tuple[float, bool] | None:
    """The tolerance, and whether it is a share of the value."""
    node = block.spec.get("tolerance")
    value = None if node is None else node.value
    if isinstance(value, str):
        match = re.fullmatch(r"([0-9]*\.?[0-9]+) ?%", value.strip())
        if match and 0 < float(match[1]) < 50:
            return float(match[1]) / 100, True
    elif isinstance(value, (int, float)) and not isinstance(value, bool) and 0 < value < 1e300:
        return float(value), False
    block.fail(
        "bad-tolerance",
        block.line("tolerance"),
        say("tolerance: {value}", value=str(node.plain())[:60]) if node else say("no “tolerance:”"),
        say("a share such as 1%, or a number above 0"),
        say("Write, for example, “tolerance: 1%”."),
    )
    return None


def _choice(block: Block, names: Names) -> Logic | None:
    if "options" in block.spec:
        _not_beside_options(block, "answer")
        _not_beside_options(block, "show")
        options = block.conditions("options", names)
        wrong = _option_names(block, [id for id, _ in options])
        can_be_wrong = [id for id, expression in options if expression.text != "true"]
        _check_every_option(block, can_be_wrong, wrong)
        return WrittenChoice(options, wrong) if _enough(block, options) else None
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


def _several(block: Block, names: Names) -> Logic | None:
    options = block.conditions("options", names)
    ids = [id for id, _ in options]
    wrong = _option_names(block, ids)
    _check_every_option(block, ids, wrong)  # a right one can be left out
    return Several(options, wrong) if _enough(block, options) else None


def _order(block: Block, names: Names) -> Logic | None:
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
    return Order(items, order == "descending", tuple(wrong)) if _enough(block, items) else None


def _option_names(block: Block, ids: list[str]) -> tuple[tuple[str, str], ...]:
    """misconception -> the option it leads to."""
    told: list[tuple[str, str]] = []
    for name, node in block.mapping("misconceptions").items():
        if node.value not in ids:
            block.fail(
                "unknown-option",
                node.line,
                say("{name}: {value}", name=name, value=str(node.plain())[:60]),
                say("one of the options {ids}", ids=", ".join(ids)),
                block.nearest(str(node.value), ids),
            )
        elif any(option == node.value for _, option in told):
            block.fail(
                "two-misconceptions",
                node.line,
                say("a second misconception for the option “{id}”", id=str(node.value)),
                say("at most one for each option"),
                say("Delete one of them, or split the option."),
            )
        else:
            told.append((name, str(node.value)))
    return tuple(told)


def _check_every_option(
    block: Block, can_be_wrong: list[str], wrong: tuple[tuple[str, str], ...]
) -> None:
    """An option that can be got wrong has a misconception that leads to it."""
    named = [option for _, option in wrong]
    for id in can_be_wrong:
        if id not in named:
            node: Node = block.mapping("options")[id]
            block.fail(
                "option-without-misconception",
                node.line,
                say("the option “{id}”, which can be wrong, without a misconception", id=id),
                say("“misconceptions:” with a line “name: {id}”", id=id),
                say("Name the misconception that leads to it, and write its feedback."),
            )


def _enough(block: Block, options: tuple[tuple[str, Expression], ...]) -> bool:
    if len(options) >= 2:
        return True
    block.fail(
        "too-few-options",
        block.line("items" if "items" in block.spec else "options"),
        say("{count} options", count=len(options)),
        say("at least two"),
        say("Write at least two, each with a condition or value."),
    )
    return False


LOGICS: Mapping[str, _Kind] = {
    "number": _Kind(("answer", "tolerance", "misconceptions"), _number),
    "choice": _Kind(("answer", "options", "show", "misconceptions"), _choice),
    "several": _Kind(("options", "misconceptions"), _several),
    "order": _Kind(("items", "order", "misconceptions"), _order),
    "estimate": _Kind(("answer", "axis", "tolerance", "misconceptions"), compile_estimate),
    "claim": _Kind(
        ("verdict", "verdicts", "settled", "statement", "misconceptions"), compile_claim
    ),
}
