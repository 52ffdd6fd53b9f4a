"""KaTeX's environments: rows ended by \\\\, columns parted by &."""

from __future__ import annotations

from collections.abc import Sequence

from engine.content.katex.faults import bad_value, display_only, too_many_columns, unexpected
from engine.content.katex.parser import Node, Parser, is_symbol

#: Which stand in a formula of their own; aligned, gathered and the like stand in any.
_DISPLAYED = frozenset(
    [
        "align",
        "align*",
        "split",
        "alignat",
        "alignat*",
        "gather",
        "gather*",
        "equation",
        "equation*",
        "CD",
    ]
)
_LINES = frozenset(("\\hline", "\\hdashline"))
#: Whose rows can have a \\tag each.
_TAGGED = frozenset(
    ["align", "align*", "alignat", "alignat*", "gather", "gather*", "equation", "equation*"]
)


def read(parser: Parser, name: str, given: Sequence[Node | None]) -> None:
    """Reads an environment up to its \\end. Raises FormulaError."""
    if name in _DISPLAYED and not parser.display:
        raise display_only(name)
    if name in ("array", "darray", "subarray"):
        _columns(given[0], "lc" if name == "subarray" else "lcr|:", name)
    if name.endswith("matrix*"):
        _alignment(parser)
    rows = _rows(parser, name)
    if name == "subarray" and rows[0] > 1:
        raise too_many_columns(name)
    if "at" in name and name.startswith("align"):
        _check_pairs(name, given, rows)


def _columns(node: Node | None, known: str, name: str) -> None:
    """An array's columns, such as {lc|r}."""
    assert node is not None
    for column in (node,) if is_symbol(node) else node.body:
        if not is_symbol(column) or column.text not in known:
            raise bad_value(column.text)
    if name == "subarray" and len(node.body) > 1:
        raise too_many_columns(name)


def _alignment(parser: Parser) -> None:
    """`[r]` behind \\begin{matrix*}."""
    parser.spaces()
    if parser.fetch() != "[":
        return
    parser.consume()
    parser.spaces()
    if parser.fetch() not in ("l", "c", "r"):
        raise bad_value(parser.fetch())
    parser.consume()
    parser.spaces()
    parser.expect("]")


def _rows(parser: Parser, name: str) -> list[int]:
    """How many cells each row has."""
    single = name.startswith("equation")
    gullet = parser.gullet
    gullet.arrays += 0 if single else 1
    rows = [0]
    _skip_lines(parser)
    while True:
        parser.expression("\\end" if single else "\\\\")
        rows[-1] += 1
        token = parser.fetch()
        if token == "&":
            if rows[-1] == _most(name):
                raise too_many_columns(name)
            parser.consume()
        elif token == "\\\\":
            parser.consume()
            if gullet.future() != " ":
                parser.size(optional=True)
            _end_row(parser, name)
            _skip_lines(parser)
            rows.append(0)
        elif token == "\\end":
            _end_row(parser, name)
            break
        else:
            raise unexpected(token, "\\end")
    gullet.arrays -= 0 if single else 1
    return rows


def _most(name: str) -> int | None:
    """Cells a row may have."""
    return 1 if name.startswith("equation") else {"split": 2, "gather": None}.get(name)


def _end_row(parser: Parser, name: str) -> None:
    if name in _TAGGED:
        parser.gullet.tagged = False


def _skip_lines(parser: Parser) -> None:
    parser.spaces()
    if parser.fetch() == "\\relax":
        parser.consume()
        parser.spaces()
    while parser.fetch() in _LINES:
        parser.consume()
        parser.spaces()


def _check_pairs(name: str, given: Sequence[Node | None], rows: Sequence[int]) -> None:
    """\\begin{alignedat}{2} has at most two pairs of columns."""
    assert given[0] is not None
    columns = "".join(part.text for part in given[0].body)
    if any(part.type != "textord" for part in given[0].body):
        raise bad_value(columns)
    if columns.isdecimal() and int(columns) and any(row > 2 * int(columns) for row in rows):
        raise too_many_columns(name)
