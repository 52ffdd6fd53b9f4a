"""How much of what is slow to show a card may hold: cells, formulas, marks, things inside things.

A browser takes minutes over a table of 300 × 300 or over 100,000 signs of formulas, does not come
back from 3,000 emphases inside one another, and its Markdown parser gives up within 5,000
quotations. Each bound is where Chromium takes a few seconds at most, and four times or more what
the fullest card of the course has. All but formulas are counted in the text as it stands, in code
too, so that nothing hides behind what is code to one parser and none to another.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from engine.content.cards.outline import Passage
from engine.content.files.problems import Diagnostics
from engine.content.lints.maths import Maths, find_maths
from engine.i18n import Message, say

#: A file's cells of tables and matrices, its formulas, and the characters in them.
MOST_CELLS, MOST_FORMULAS, MOST_FORMULA_SIGNS = 2000, 1000, 12_000
#: A file's signs of emphasis; its lines, list items and other signs of which elements are made.
MOST_EMPHASES, MOST_MARKS = 2500, 5000
#: Lists and quotations, and brackets, inside one another.
DEEPEST, DEEPEST_BRACKETS = 12, 40
_MARKERS = re.compile(r"(?:[ \t]*(?:>|[-+*](?=[ \t])|[0-9]{1,9}[.)](?=[ \t])))*")
_MARKER = re.compile(r">|[-+*]|[0-9]{1,9}[.)]")
_EMPHASIS = re.compile(r"[*_~]")
_MARK = re.compile(r"[\[<`@]|://|www\.|:material/|:streamlit:")
#: Lines with which a table is over though no empty line comes before them.
_BLOCK = re.compile(r"(?: {0,3}> ?)* {0,3}(?:`{3}|~{3}|#{1,6} |[-+*] +[^\s|-]|1[.)] +\S)")
_CELL_END = re.compile(r"&|\\(?:\\|(?:cr|newline|hline|hdashline)(?![A-Za-z]))")
_DASHES = re.compile("-+")
#: All that can stand in the line below a table's header.
_DELIMITERS = frozenset("|:- \t>")
_DEFINING = re.compile(
    r"\\(?:[gex]?def|(?:re)?newcommand|providecommand)(?![A-Za-z])[\s{]*(\\(?:[A-Za-z]+|.))"
)
#: As often KaTeX writes out what commands stand for, in one formula; and up to how many definitions
#: each is searched for in all of it.
_MOST_EXPANSIONS, _MOST_DEFINITIONS = 1000, 20
#: Columns by which a list stands in its list.
_INDENT = 2

#: Where something stands in a text, and for how many it counts.
_Places = Iterator[tuple[int, int]]


@dataclass(frozen=True, slots=True)
class _Bound:
    most: int
    places: Callable[[str, Maths], _Places]
    remark: tuple[str, Message, Message, Message]


def check_bounds(passages: Iterable[Passage], diagnostics: Diagnostics) -> None:
    """Adds an error where a file's texts hold more than a browser shows in good time."""
    counted = [0] * len(_BOUNDS)
    for passage in passages:
        maths = find_maths(passage.text)
        for number, bound in enumerate(_BOUNDS):
            counted[number] = _count(passage, maths, diagnostics, counted[number], bound)
        _check_nesting(passage, maths, diagnostics)


def _count(
    passage: Passage, maths: Maths, diagnostics: Diagnostics, before: int, bound: _Bound
) -> int:
    """How many there are by now; the one too many is told with its line."""
    for at, weight in bound.places(passage.text, maths):
        if before <= bound.most < before + weight:
            diagnostics.error(_line(passage, at), *bound.remark)
        before += weight
    return before


def _line(passage: Passage, at: int) -> int:
    return passage.line + passage.text.count("\n", 0, at)


def _formulas(_text: str, maths: Maths) -> _Places:
    return ((formula.start, 1) for formula in maths.formulas)


def _formula_signs(text: str, maths: Maths) -> _Places:
    """Characters, those included that commands of a formula's own stand for."""
    for formula in maths.formulas:
        yield formula.start, _written_out(text[formula.start : formula.end])


def _written_out(formula: str) -> int:
    """At most how long a formula is once the commands that it defines are written out."""
    defined = list(_DEFINING.finditer(formula))
    if not defined:
        return len(formula)
    if len(defined) > _MOST_DEFINITIONS:
        return len(formula) * _MOST_EXPANSIONS
    bodies = [_body(formula, found.end()) for found in defined]
    names = {found[1] for found in defined}
    uses = sum(formula.count(name) for name in names) - len(defined)
    if any(name in body for name in names for body in bodies):
        uses = _MOST_EXPANSIONS
    return len(formula) + min(uses, _MOST_EXPANSIONS) * max(map(len, bodies))


def _body(formula: str, at: int) -> str:
    """What stands in the first braces from here on; all of the rest where they do not close."""
    begin, depth = formula.find("{", at), 0
    for end in range(max(begin, at), len(formula)):
        depth += {"{": 1, "}": -1}.get(formula[end], 0)
        if begin >= 0 and depth == 0:
            return formula[begin + 1 : end]
    return formula[at:]


def _cells(text: str, maths: Maths) -> _Places:
    """Of tables, and of the matrices in formulas."""
    if "|" in text:
        yield from _table_cells(text)
    for formula in maths.formulas:
        ends = _CELL_END.finditer(text, formula.start, formula.end)
        yield from ((end.start(), 1) for end in ends)


def _table_cells(text: str) -> _Places:
    """A row has as many as its table's header, however few are written; else one for each bar."""
    columns = 0
    for at, line in _lines(text):
        bars = line.count("|")
        if not line.strip(" \t>") or _BLOCK.match(line):
            columns = 0
        elif bars and _DELIMITERS.issuperset(line):
            columns = max(columns, len(_DASHES.findall(line)))
        if bars or columns:
            yield at, max(bars, columns)


def _emphases(text: str, _maths: Maths) -> _Places:
    return ((found.start(), 1) for found in _EMPHASIS.finditer(text))


def _marks(text: str, _maths: Maths) -> _Places:
    for at, line in _lines(text):
        yield at, 1 + len(_MARKER.findall(_markers(line))) + len(_MARK.findall(line))


def _lines(text: str) -> Iterator[tuple[int, str]]:
    """Each line, and where it begins."""
    at = 0
    for line in text.split("\n"):
        yield at, line
        at += len(line) + 1


def _check_nesting(passage: Passage, maths: Maths, diagnostics: Diagnostics) -> None:
    for number, line in enumerate(maths.shown.split("\n")):
        if _depth(line) > DEEPEST:
            diagnostics.error(passage.line + number, *_TOO_DEEP)
            break
    at = _brackets(passage.text)
    if at is not None:
        diagnostics.error(_line(passage, at), *_TOO_MANY_BRACKETS)


def _depth(line: str) -> int:
    """How many quotations and lists a line is in, as far as it says so itself."""
    signs = len(_MARKER.findall(_markers(line)))
    blanks = len(line.expandtabs(4)) - len(line.expandtabs(4).lstrip())
    return signs + (blanks // _INDENT if signs else 0)


def _markers(line: str) -> str:
    """A line's beginning, as far as it is signs of quotations and lists."""
    markers = _MARKERS.match(line)
    assert markers is not None  # as it matches nothing, too
    return markers[0]


def _brackets(text: str) -> int | None:
    """Where brackets or braces stand too deep in one another."""
    depth = {"[": 0, "{": 0, "(": 0}
    closed = {"]": "[", "}": "{", ")": "("}
    for found in re.finditer(r"\\.|[\[\]{}()]|\n[ \t]*\n", text):
        sign = found[0]
        if sign in depth:
            depth[sign] += 1
            if depth[sign] > DEEPEST_BRACKETS:
                return found.start()
        elif sign in closed:
            depth[closed[sign]] = max(0, depth[closed[sign]] - 1)
        elif sign[0] == "\n":
            depth = dict.fromkeys(depth, 0)
    return None


_TOO_MANY_CELLS = (
    "many-cells",
    say("more than {most} cells of tables and matrices in one card", most=MOST_CELLS),
    say("at most {most}, which a browser shows at once", most=MOST_CELLS),
    say("Show the values as a chart, or only those that matter."),
)
_TOO_MANY_FORMULAS = (
    "many-formulas",
    say("more than {most} formulas in one card", most=MOST_FORMULAS),
    say("at most {most}, which a browser shows at once", most=MOST_FORMULAS),
    say("Split the card into several."),
)
_TOO_LONG_FORMULAS = (
    "long-formulas",
    say("formulas of more than {most} characters in one card", most=MOST_FORMULA_SIGNS),
    say(
        "at most {most}, which a browser shows at once, with what a formula's own commands stand "
        "for written out",
        most=MOST_FORMULA_SIGNS,
    ),
    say("Show only the part that matters, or split the card into several."),
)
_TOO_MANY_EMPHASES = (
    "many-marks",
    say("more than {most} of the signs * _ ~ in one card", most=MOST_EMPHASES),
    say("at most {most}, which a browser shows at once", most=MOST_EMPHASES),
    say("Split the card into several."),
)
_TOO_MANY_MARKS = (
    "many-marks",
    say("more than {most} lines, list items, links and code in one card", most=MOST_MARKS),
    say("at most {most}, which a browser shows at once", most=MOST_MARKS),
    say("Split the card into several."),
)
_TOO_DEEP = (
    "deep-nesting",
    say("more than {most} lists and quotations inside one another", most=DEEPEST),
    say("at most {most}", most=DEEPEST),
    say("Take the text out of them."),
)
_TOO_MANY_BRACKETS = (
    "deep-nesting",
    say("more than {most} brackets inside one another", most=DEEPEST_BRACKETS),
    say("at most {most}", most=DEEPEST_BRACKETS),
    say("Close each bracket, or take some out."),
)
_BOUNDS = (
    _Bound(MOST_FORMULAS, _formulas, _TOO_MANY_FORMULAS),
    _Bound(MOST_FORMULA_SIGNS, _formula_signs, _TOO_LONG_FORMULAS),
    _Bound(MOST_CELLS, _cells, _TOO_MANY_CELLS),
    _Bound(MOST_EMPHASES, _emphases, _TOO_MANY_EMPHASES),
    _Bound(MOST_MARKS, _marks, _TOO_MANY_MARKS),
)
