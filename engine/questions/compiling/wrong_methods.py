"""The `wrong_methods:` of a block, read."""

from __future__ import annotations

from collections.abc import Collection, Mapping

from engine.content import Node
from engine.i18n import Message, say
from engine.questions.compiling.spec import Block
from engine.questions.kinds.claim import VERDICTS
from engine.questions.wrong_methods import Always, ByCondition, ByRank, ByValue, Method

KEY = "wrong_methods"


def compile_wrong_methods(
    block: Block, kind: str, names: Collection[str]
) -> tuple[tuple[str, Method], ...]:
    """name -> what it answers; what cannot be read is noted in the block."""
    told: list[tuple[str, Method]] = []
    for name, node in block.mapping(KEY).items():
        if name in block.mapping("misconceptions"):
            block.fail(
                "two-names",
                node.line,
                say("a wrong method called “{name}”, which is a misconception too", name=name[:60]),
                say("a wrong method without feedback of its own"),
                say("Delete or rename it: a misconception is graded wrong anyway."),
            )
            continue
        method = _method(block, kind, node, names)
        if method is not None:
            told.append((name, method))
    return tuple(told)


def _method(block: Block, kind: str, node: Node, names: Collection[str]) -> Method | None:
    if kind in ("number", "estimate") or (kind == "choice" and "options" not in block.spec):
        value = block.number_at(node, names)
        return None if value is None else ByValue(value)
    ids = _ids(block, kind)
    if not isinstance(node.value, Mapping):
        return _always(block, kind, node, ids)
    if kind == "order":
        return _by_rank(block, node, ids, names)
    unknown = [id for id in node.value if id not in ids]
    if unknown:
        _bad(block, node, say("conditions for {ids}", ids=", ".join(ids)))
        return None
    options = ((id, block.expression_at(inner, names)) for id, inner in node.value.items())
    return ByCondition(tuple((id, e) for id, e in options if e is not None))


def _ids(block: Block, kind: str) -> list[str]:
    if kind == "claim":
        return list(VERDICTS)
    return list(block.mapping("items" if kind == "order" else "options"))


def _always(block: Block, kind: str, node: Node, ids: list[str]) -> Always | None:
    """One option, or of several and of an order a list of them."""
    if isinstance(node.value, tuple) and kind in ("several", "order"):
        given = [_word(inner) for inner in node.value]
        as_many = kind == "several" or len(given) == len(ids)
        if given and as_many and len(set(given)) == len(given) and set(given) <= set(ids):
            return Always(tuple(given))
    elif kind in ("choice", "claim") and _word(node) in ids:
        return Always((_word(node),))
    expected = {
        "several": say("a list of options, or a condition for each, of {ids}", ids=", ".join(ids)),
        "order": say("a list of all of {ids}, or a value for each", ids=", ".join(ids)),
    }.get(kind, say("one of {ids}, or a condition for each", ids=", ".join(ids)))
    _bad(block, node, expected)
    return None


def _word(node: Node) -> str:
    """An option's id; without its quotation marks `true` is YAML's own word."""
    return str(node.value).lower() if isinstance(node.value, bool) else str(node.value)


def _by_rank(block: Block, node: Node, ids: list[str], names: Collection[str]) -> ByRank | None:
    assert isinstance(node.value, Mapping)
    if set(node.value) != set(ids):
        _bad(block, node, say("a value for each of {ids}", ids=", ".join(sorted(ids))))
        return None
    values = ((id, block.number_at(inner, names)) for id, inner in node.value.items())
    items = tuple((id, value) for id, value in values if value is not None)
    return ByRank(items, block.word("order") == "descending")


def _bad(block: Block, node: Node, expected: Message) -> None:
    block.fail(
        "bad-wrong-method",
        node.line,
        say("{value}", value=str(node.plain())[:80]),
        expected,
        say("Say what one who works in this wrong way answers."),
    )
