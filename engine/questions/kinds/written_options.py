"""Options that are written in the card, and the misconceptions that lead to them, read."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from engine.content import Node
from engine.i18n import say
from engine.questions.compiling.spec import Block
from engine.questions.expressions import Expression


def option_names(block: Block, ids: Collection[str]) -> tuple[tuple[str, str], ...]:
    """misconception -> the option it leads to."""
    names: list[tuple[str, str]] = []
    for name, node in block.mapping("misconceptions").items():
        if node.value not in ids:
            block.fail(
                "unknown-option",
                node.line,
                say("{name}: {value}", name=name, value=str(node.plain())[:60]),
                say("one of the options {ids}", ids=", ".join(ids)),
                block.nearest(str(node.value), ids),
            )
        elif any(option == node.value for _, option in names):
            block.fail(
                "two-misconceptions",
                node.line,
                say("a second misconception for the option “{id}”", id=str(node.value)),
                say("at most one for each option"),
                say("Delete one of them, or split the option."),
            )
        else:
            names.append((name, str(node.value)))
    return tuple(names)


def check_every_option(
    block: Block, can_be_wrong: Sequence[str], wrong: tuple[tuple[str, str], ...]
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


def enough(block: Block, options: tuple[tuple[str, Expression], ...]) -> bool:
    """Whether there is anything to pick from; else it is noted in the block."""
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
