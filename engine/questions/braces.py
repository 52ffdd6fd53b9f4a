"""What stands around a value in a formula, and so whether it needs braces or parentheses.

`${{ a }}^2$` with a = -3 has to read (-3)^2, and `5 - {{ b }}` 5 - (-3); behind an equals sign, in
braces of its own or as a function's argument a value stands as it is.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Literal, NamedTuple

from engine.content import FUNCTIONS, MACROS, SYMBOLS, FormulaError, arguments_of, tokens_of


class Around(NamedTuple):
    """What a value has to be put into, where it stands.

    braces: the command or sign before it takes one token. signed: parentheses around a negative
    value. raised: parentheses around all that is no plain number, since a power follows. split:
    parentheses around a product, of which the sign before would take the first factor alone.
    """

    braces: bool = False
    signed: bool = False
    raised: bool = False
    split: bool = False


#: What stands before: a beginning (= or an opening bracket too), a sign such as + or ×, a slash, a
#: function without brackets, or a value that would be multiplied.
_Kind = Literal["start", "sign", "slash", "function", "value"]
_RAISING = ("^", "!", "'")
_BLANK = frozenset(
    ("\\,", "\\;", "\\:", "\\!", "\\>", "\\ ", "~", "\\quad", "\\qquad", "\\enspace", "\\thinspace")
)
_NO_CHANGE = frozenset(("styling", "sizing", "font", "kern", "internal", "color"))
_AFTER: dict[str, _Kind] = {
    "text": "start",
    "hbox": "start",
    "left": "start",
    "leftright": "start",
    "middle": "start",
    "infix": "start",
    "cr": "start",
    "environment": "start",
    "op": "function",
    "operatorname": "function",
}
_OF_SYMBOLS: dict[str, _Kind] = {
    "bin": "sign",
    "rel": "start",
    "open": "start",
    "punct": "start",
    "op-token": "function",
}


@dataclass(slots=True)
class _Level:
    """A group that is open: what stands before the next token, and what is still to be given."""

    before: _Kind = "start"
    pending: int = 0  # arguments of the last command
    after: _Kind = "value"  # what stands there when it has them
    bare: bool = False  # braces that only hold together, such as those of {{{ a }}}
    optional: bool = False  # the last command may be given one in brackets first
    bracketed: bool = False  # which is being given


def surroundings(literals: Sequence[str]) -> list[Around]:
    """For each value between two of a formula's literal pieces, what it has to be put into."""
    try:
        pieces = [tokens_of(literal) for literal in literals]
    except FormulaError:  # which the check of formulas tells
        return [Around()] * (len(literals) - 1)
    tokens: list[str | None] = []
    for piece in pieces:
        tokens += [*piece, None]
    tokens.pop()
    return list(_walk(tokens))


def _walk(tokens: Sequence[str | None]) -> Iterator[Around]:
    levels = [_Level()]
    for at, token in enumerate(tokens):
        level = levels[-1]
        if token is None:
            yield _around(level, _next(tokens, at + 1, levels))
            _given(level)
        elif token == "{":
            levels.append(_opened(level))
        elif token == "}":
            if len(levels) > 1:
                levels.pop()
                _given(levels[-1])
        elif token != " " and token not in _BLANK:
            _step(level, token)


def _opened(level: _Level) -> _Level:
    if level.pending or level.bracketed:
        return _Level()
    return _Level(level.before, bare=True)


def _given(level: _Level) -> None:
    """One argument is given, or a value stands there."""
    level.optional = False
    if level.bracketed:
        return
    if level.pending:
        level.pending -= 1
        if level.pending == 0:
            level.before = level.after
    else:
        level.before = "value"


def _step(level: _Level, token: str) -> None:
    if level.bracketed:
        level.bracketed = token != "]"
    elif token == "[" and level.optional:
        level.bracketed, level.optional = True, False
    elif token in ("^", "_"):
        level.pending, level.after = 1, level.before
    elif level.pending:
        if token != "*":  # as in \operatorname*
            _given(level)
    else:
        count, kind = _of(token)
        after = level.before if kind is None else kind
        level.optional = token in FUNCTIONS and FUNCTIONS[token].optional > 0
        if count:
            level.pending, level.after = count, after
        else:
            level.before = after


def _of(token: str) -> tuple[int, _Kind | None]:
    """How many arguments a token takes, and what it is to what follows; None: nothing."""
    takes = FUNCTIONS.get(token)
    if takes is not None:
        kind: _Kind | None = "value"
        held = token == "\\textcolor" or (takes.type == "font" and takes.required)
        if takes.type in _NO_CHANGE and not held:  # \mathbf{x} is a value, \bf is none
            kind = None
        if token in ("\\mathbin", "\\mathrel"):
            return takes.required, "sign" if token == "\\mathbin" else "start"
        if takes.type == "delimsizing":
            return takes.required, "value" if token.endswith("r") else "start"
        return takes.required, _AFTER.get(takes.type, kind) if kind else None
    if token in MACROS:
        return _of_macro(token)
    if token in ("/", "\\div"):
        return 0, "slash"
    if token in ("|", "&"):
        return 0, "start"
    return 0, _OF_SYMBOLS.get(SYMBOLS["math"].get(token, ""), "value")


def _of_macro(token: str) -> tuple[int, _Kind]:
    body = MACROS[token]
    if "\\operatorname" in body or token == "\\operatorname":
        return (1 if token.startswith("\\operatorname") else 0), "function"
    if token == "\\bmod":
        return 0, "sign"
    relation = "\\mathrel" in body or SYMBOLS["math"].get(body) == "rel" or "arrow" in body
    return arguments_of(token), "start" if relation else "value"


def _next(tokens: Sequence[str | None], at: int, levels: Sequence[_Level]) -> str | None:
    """The token that follows, also behind braces that only hold together."""
    depth = len(levels) - 1
    while at < len(tokens):
        token = tokens[at]
        if token == "}" and levels[depth].bare:
            depth -= 1
        elif token is None or (token != " " and token not in _BLANK):
            return token
        at += 1
    return None


def _around(level: _Level, following: str | None) -> Around:
    if level.bracketed:
        return Around()
    if level.pending:
        return Around(braces=True)
    raised = following in _RAISING
    return Around(
        signed=raised or level.before != "start",
        raised=raised,
        split=level.before in ("slash", "function"),
    )
