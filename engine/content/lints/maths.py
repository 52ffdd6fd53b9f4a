"""Where the formulas of a Markdown text are, as Streamlit finds them, and what is not a formula."""

from __future__ import annotations

import re
from dataclasses import dataclass

#: A fence's first line; its block ends at a line that closes it, or at the end.
_FENCE = re.compile(r"^ {0,3}(`{3,}|~{3,})[^\n]*$", re.MULTILINE)
_CODE = re.compile(r"(?<!`)(`+)(?!`)(?:[^\n]|\n(?![ \t]*\n)){1,500}?(?<!`)\1(?!`)")
_SIGN = re.compile(r"\\.|\$\$|\$|\n[ \t]*\n", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Formula:
    """`$…$` or `$$…$$`: where its content lies in the text."""

    start: int
    end: int
    display: bool


@dataclass(frozen=True, slots=True)
class Maths:
    """A text's formulas, the dollar signs that belong to none, and the text in two disguises.

    `plain` is the text with code and formulas blanked, `shown` with code alone blanked; both are
    as long as the text, so positions agree.
    """

    formulas: tuple[Formula, ...]
    strays: tuple[int, ...]
    plain: str
    shown: str


def find_maths(text: str) -> Maths:
    """Pairs the dollar signs of a text; a blank line ends `$…$`, `\\$` is no sign at all."""
    shown = _without_code(text)
    if "$" not in shown:
        return Maths((), (), shown, shown)
    formulas: list[Formula] = []
    strays: list[int] = []
    opened: re.Match[str] | None = None
    for sign in _SIGN.finditer(shown):
        if sign[0][0] == "\\":
            continue
        if sign[0][0] == "\n":
            if opened is not None and opened[0] == "$":
                strays.append(opened.start())
                opened = None
        elif opened is None:
            opened = sign
        elif opened[0] == sign[0]:
            formulas.append(Formula(opened.end(), sign.start(), sign[0] == "$$"))
            opened = None
    if opened is not None:
        strays.append(opened.start())
    return Maths(tuple(formulas), tuple(strays), _blank(shown, formulas), shown)


def _blank(text: str, formulas: list[Formula]) -> str:
    parts: list[str] = []
    at = 0
    for formula in formulas:
        width = 2 if formula.display else 1
        parts.append(text[at : formula.start - width])
        at = formula.end + width
        parts.append(_spaces(text[formula.start - width : at]))
    return "".join([*parts, text[at:]])


def _without_code(text: str) -> str:
    if "`" not in text and "~~~" not in text:
        return text
    parts: list[str] = []
    at = 0
    while (fence := _FENCE.search(text, at)) is not None:
        closing = re.compile(rf"^ {{0,3}}{re.escape(fence[1])}[`~]*[ \t]*$", re.MULTILINE)
        end = closing.search(text, fence.end())
        parts.append(_CODE.sub(_spaced, text[at : fence.start()]))
        at = end.end() if end is not None else len(text)
        parts.append(_spaces(text[fence.start() : at]))
    return "".join([*parts, _CODE.sub(_spaced, text[at:])])


def _spaced(found: re.Match[str]) -> str:
    return _spaces(found[0])


def _spaces(text: str) -> str:
    """Blanks of the same length and with the same lines."""
    return re.sub(r"[^\n]", " ", text)
