"""How much of what is slow to show a card may hold: cells, formulas, things inside things.

A browser takes minutes over a table of 300 × 300 and half a minute over 20,000 formulas, and its
Markdown parser gives up within 5,000 quotations; a card far below that is still far above any that
can be learned from.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from engine.cards.maths import Maths, find_maths
from engine.cards.outline import Passage
from engine.cards.problems import Findings
from engine.words import Message, say

#: A file's table cells and formulas; lists and quotations, and brackets, inside one another.
MOST_CELLS, MOST_FORMULAS, DEEPEST, DEEPEST_BRACKETS = 2000, 1000, 12, 40
_MARKERS = re.compile(r"(?:[ \t]*(?:>|[-+*](?=[ \t])|[0-9]{1,9}[.)](?=[ \t])))*")
_MARKER = re.compile(r">|[-+*]|[0-9]{1,9}[.)]")
#: Columns by which a list stands in its list.
_INDENT = 2


def check_bounds(passages: Iterable[Passage], findings: Findings) -> None:
    """Adds an error where a file's texts hold more than a browser shows in good time."""
    cells = formulas = 0
    for passage in passages:
        maths = find_maths(passage.text)
        formulas = _count(
            passage, findings, formulas, _formulas(maths), MOST_FORMULAS, _TOO_MANY_FORMULAS
        )
        cells = _count(passage, findings, cells, _cells(maths.shown), MOST_CELLS, _TOO_MANY_CELLS)
        _check_nesting(passage, maths, findings)


def _count(
    passage: Passage,
    findings: Findings,
    before: int,
    places: Iterator[int],
    most: int,
    told: tuple[str, Message, Message, Message],
) -> int:
    """How many there are by now; the one too many is told with its line."""
    for at in places:
        before += 1
        if before == most + 1:
            findings.error(_line(passage, at), *told)
    return before


def _line(passage: Passage, at: int) -> int:
    return passage.line + passage.text.count("\n", 0, at)


def _formulas(maths: Maths) -> Iterator[int]:
    return (formula.start for formula in maths.formulas)


def _cells(text: str) -> Iterator[int]:
    """One for each bar, which is at most a row's end more than it has cells."""
    return (found.start() for found in re.finditer(r"\|", text)) if "|" in text else iter(())


def _check_nesting(passage: Passage, maths: Maths, findings: Findings) -> None:
    for number, line in enumerate(maths.shown.split("\n")):
        if _depth(line) > DEEPEST:
            findings.error(passage.line + number, *_TOO_DEEP)
            break
    at = _brackets(passage.text)
    if at is not None:
        findings.error(_line(passage, at), *_TOO_MANY_BRACKETS)


def _depth(line: str) -> int:
    """How many quotations and lists a line is in, as far as it says so itself."""
    markers = _MARKERS.match(line)
    assert markers is not None  # as it matches nothing, too
    signs = len(_MARKER.findall(markers[0]))
    blanks = len(line.expandtabs(4)) - len(line.expandtabs(4).lstrip())
    return signs + (blanks // _INDENT if signs else 0)


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
    say("more than {most} cells of tables in one card", most=MOST_CELLS),
    say("at most {most}, which a browser shows at once", most=MOST_CELLS),
    say("Show the values as a chart, or only those that matter."),
)
_TOO_MANY_FORMULAS = (
    "many-formulas",
    say("more than {most} formulas in one card", most=MOST_FORMULAS),
    say("at most {most}, which a browser shows at once", most=MOST_FORMULAS),
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
