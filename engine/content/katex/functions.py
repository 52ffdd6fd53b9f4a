"""What KaTeX's functions do with their arguments, as far as it decides what can be read."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import NamedTuple

from engine.content.katex import arrays
from engine.content.katex.faults import (
    bad_value,
    blocked,
    misplaced,
    missing,
    no_environment,
    unexpected,
)
from engine.content.katex.parser import Node, Parser, is_symbol
from engine.content.katex.tables import DELIMITERS, ENVIRONMENTS, Takes


class Call(NamedTuple):
    """A function and what it was given, the optional arguments first."""

    parser: Parser
    name: str
    given: Sequence[Node | None]


#: Functions that apply to all that follows in their group.
_TO_THE_END = {"sizing": False, "styling": True, "font": True, "color": True}
_OLD_FONTS = frozenset(["\\rm", "\\sf", "\\tt", "\\bf", "\\it", "\\cal"])
_NEVER = frozenset(("\\)", "\\]", "\\hline", "\\hdashline", "\\verb"))


def call(
    parser: Parser, name: str, takes: Takes, given: Sequence[Node | None], until: str | None
) -> Node:
    """The node of a function. Raises FormulaError for arguments that it does not take."""
    if name in _NEVER:
        raise misplaced(name)
    special = _BY_NAME.get(name) or _BY_TYPE.get(takes.type)
    if special is not None:
        return special(Call(parser, name, given))
    if takes.type in _TO_THE_END and _to_the_end(name, takes):
        parser.expression(until, infix_ends=_TO_THE_END[takes.type])
    return Node(takes.type, name)


def _to_the_end(name: str, takes: Takes) -> bool:
    if takes.type == "font":
        return name in _OLD_FONTS
    return name != "\\textcolor"


def _maths_in_text(call: Call) -> Node:
    close = "$" if call.name == "$" else "\\)"
    outer = call.parser.mode
    call.parser.switch("math")
    call.parser.expression(close)
    call.parser.expect(close)
    call.parser.switch(outer)
    return Node("styling")


def _left(call: Call) -> Node:
    _delimiter(call)
    call.parser.lefts += 1
    call.parser.expression()
    call.parser.lefts -= 1
    call.parser.expect("\\right", consume=False)
    call.parser.function()
    return Node("leftright")


def _middle(call: Call) -> Node:
    if not call.parser.lefts:
        raise misplaced(call.name)
    return _delimiter(call)


def _delimiter(call: Call) -> Node:
    delimiter = call.given[0]
    if delimiter is None or not is_symbol(delimiter) or delimiter.text not in DELIMITERS:
        raise missing(call.name) if delimiter is None else bad_value(f"{call.name}{delimiter.text}")
    return Node("delimsizing", call.name)


def _environment(call: Call) -> Node:
    environment = _letters(call.given[0])
    if call.name == "\\end":
        return Node("environment", environment)
    takes = ENVIRONMENTS.get(environment)
    if takes is None:
        raise no_environment(environment)
    arrays.read(call.parser, environment, call.parser.arguments(f"\\begin{{{environment}}}", takes))
    call.parser.expect("\\end", consume=False)
    end = call.parser.function()
    if end is None or end.text != environment:
        raise unexpected("\\end", "\\end")
    return Node("array")


def _letters(node: Node | None) -> str:
    """What an argument of plain signs says."""
    assert node is not None
    if any(part.type != "textord" for part in node.body):
        raise no_environment("".join(part.text for part in node.body))
    return "".join(part.text for part in node.body)


def _row_end(call: Call) -> Node:
    if call.parser.gullet.future() == "[":
        call.parser.size(optional=True)
    return Node("cr")


def _infix(call: Call) -> Node:
    return Node("infix", call.name)


def _blocked(call: Call) -> Node:
    raise blocked(call.name)


def _char(call: Call) -> Node:
    digits = "".join(part.text for part in call.given[0].body) if call.given[0] is not None else ""
    if not digits.isdecimal() or int(digits) >= 0x10FFFF:
        raise bad_value(f"\\char {digits}")
    return Node("textord", chr(int(digits)))


_Function = Callable[[Call], Node]
_BY_NAME: dict[str, _Function] = {
    "$": _maths_in_text,
    "\\(": _maths_in_text,
    "\\@char": _char,
    "\\\\": _row_end,
}
_BY_TYPE: dict[str, _Function] = {
    "leftright": _left,
    "leftright-right": _delimiter,
    "middle": _middle,
    "delimsizing": _delimiter,
    "environment": _environment,
    "infix": _infix,
    "href": _blocked,
    "html": _blocked,
    "includegraphics": _blocked,
}
