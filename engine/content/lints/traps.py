"""Warnings for Markdown that Streamlit shows otherwise than it was meant.

Each was seen in Streamlit 1.67. A formula anywhere turns maths on for the whole text, directives
and emoji are always on, remote images tell others who is reading.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import islice

from engine.content.cards.headings import stray_headings
from engine.content.cards.outline import Passage
from engine.content.files.problems import Diagnostics, clip
from engine.content.lints.bounds import check_bounds
from engine.content.lints.links import check_links
from engine.content.lints.maths import Formula, Maths, find_maths
from engine.i18n import Message, say

#: Streamlit's own directives: coloured text, badges, small print.
_COLOURS = "red|orange|yellow|green|blue|violet|gray|grey|rainbow|primary"
_DIRECTIVES = rf"(?:(?:{_COLOURS})(?:-background|-badge)?|small)"
_DELIMITER = re.compile(r"\|?[ \t]*:?-+:?[ \t]*(?:\|[ \t]*:?-+:?[ \t]*)*\|?")
#: Warnings a text; who has so many will come again after mending these.
MOST = 50
_PLACEHOLDER = re.compile(r"\{\{[^{}\n]{0,200}\}\}")
_BAR = re.compile(r"(?<!\\)\|")


@dataclass(frozen=True, slots=True)
class Trap:
    """A pattern that is nearly always a mistake, and what to say about it."""

    code: str
    sign: str  # what every such text contains: looked for first, being a hundred times faster
    pattern: re.Pattern[str]
    expected: Message
    mend: Message


_OUTSIDE = (
    Trap(
        "directive",
        ":",
        re.compile(rf":(?!{_DIRECTIVES}\[)[A-Za-z][A-Za-z0-9_-]{{0,60}}\["),
        say("no colon directly before a word with square brackets"),
        say("Put it between backquotes, or write \\: for the colon; [ … ] is lost otherwise."),
    ),
    Trap(
        "emoji",
        ":",
        re.compile(r"(?<!:)(?!:[0-9]{1,2}:):[a-z0-9_+-]{1,40}:(?!:)"),
        say("no word directly between two colons"),
        say("Write \\: for the first colon; it becomes a picture otherwise."),
    ),
    Trap(
        "strikethrough",
        "~",
        re.compile(r"(?<![~\\])~(?![~\s])[^~\n]{0,200}?(?<![\s\\])~(?!~)"),
        say("no text between two ~"),
        say("Write \\~ for each; the text is struck through otherwise."),
    ),
    Trap(
        "picture",
        "![",
        re.compile(r"!\[[^\]\n]{0,200}\](?!\(picture:)[(\[][^)\]\n]{0,80}"),
        say("no pictures; those of a folder are not shown, those of others tell who is reading"),
        say("Take it out: have a simulation draw it (“pictures:”), or say it in words or a table."),
    ),
    Trap(
        "bold-underscores",
        "__",
        re.compile(r"(?<![\w\\])__[a-z][a-z0-9]{0,40}(?:_[a-z0-9]{1,40}){0,9}__(?!\w)"),
        say("a name between backquotes, or ** around bold text"),
        say("Put the name between backquotes; it becomes bold and loses its underscores else."),
    ),
    Trap(
        "slanted-product",
        "*",
        re.compile(
            r"(?<=[A-Za-z0-9)\]}])\*(?=[A-Za-z0-9({\\-])[^*\n]{0,200}(?<=[A-Za-z0-9)\]}])\*(?!\*)"
        ),
        say("a formula, or \\* for each sign"),
        say("Write $5\\cdot3\\cdot2$, or × for the sign; what is between two * becomes slanted."),
    ),
    Trap(
        "single-braces",
        "{",
        re.compile(r"(?<![{\\])\{ ?[A-Za-z_][A-Za-z0-9_.]{0,60} ?(?:\|[^{}\n]{0,20})?\}(?!\})"),
        say("two braces on each side of a value"),
        say("Write {{{{ name }}}} for a value; put braces that are meant between backquotes."),
    ),
    Trap(
        "html",
        "<",
        re.compile(r"</?[A-Za-z][A-Za-z0-9-]{0,40}(?:\s[^<>]{0,300})?/?>|<!--|<[!?][A-Za-z]"),
        say("Markdown; HTML is shown as it is written"),
        say("Write it in Markdown, or put it between backquotes."),
    ),
    Trap(
        "latex-brackets",
        "\\",
        re.compile(r"\\\([^\n]{0,300}?\\\)|\\\[[^\n]{0,300}?\\\]"),
        say("$…$ or $$…$$ around a formula"),
        say("Write dollar signs instead of these brackets."),
    ),
)
_INSIDE = (
    Trap(
        "macro",
        "\\",
        re.compile(r"\\(?:newcommand|renewcommand|def|gdef|let|DeclareMathOperator)(?![A-Za-z])"),
        say("a formula that does not define commands"),
        say("Write the formula out; a command does not reach other formulas."),
    ),
)


def lint(passages: Iterable[Passage], diagnostics: Diagnostics) -> None:
    """Adds a warning for every trap in texts that are shown on their own.

    A link that may run something, or lead to a file, is an error.
    """
    kept = tuple(passages)
    check_bounds(kept, diagnostics)
    for passage in kept:
        check_links(passage, diagnostics)
        maths = find_maths(passage.text)
        for at, code, found, expected, mend in islice(_traps(passage.text, maths), MOST):
            line = passage.line + passage.text.count("\n", 0, at)
            diagnostics.warning(line, code, found, expected, mend)


_Warning = tuple[int, str, Message, Message, Message]


def _traps(text: str, maths: Maths) -> Iterator[_Warning]:
    for trap in _OUTSIDE:
        if trap.sign not in maths.plain:
            continue
        for found in trap.pattern.finditer(maths.plain):
            yield _warning(trap, found.start(), text[found.start() : found.end()])
    for formula in maths.formulas:
        content = text[formula.start : formula.end]
        for trap in _INSIDE:
            for found in trap.pattern.finditer(content):
                yield _warning(trap, formula.start + found.start(), found[0])
        yield from _spaces(formula, content)
    yield from _dollars(text, maths)
    yield from _bars(text, maths)
    yield from stray_headings(text, maths.shown)


def _warning(trap: Trap, at: int, text: str) -> _Warning:
    return at, trap.code, say("“{text}”", text=clip(text)), trap.expected, trap.mend


def _spaces(formula: Formula, content: str) -> Iterator[_Warning]:
    """`$ x $` is not a formula; `$5 and $6` is one that was not meant."""
    if formula.display or not content.strip():
        return
    if content[0].isdigit() and content[-1].isspace():
        yield _dollar(formula.start - 1, content)
    elif content[0].isspace() or content[-1].isspace():
        yield (
            formula.start,
            "formula-spaces",
            say("“${text}$”", text=content if len(content) < 60 else clip(content)),
            say("a formula without spaces inside its dollar signs"),
            say("Write “${text}$”.", text=clip(content)),
        )


def _dollars(text: str, maths: Maths) -> Iterator[_Warning]:
    """One `$` without a partner is a dollar, until another one turns maths on."""
    several = bool(maths.formulas) or len(maths.strays) > 1
    for at in maths.strays:
        if several or text.startswith("$$", at):
            yield _dollar(at, text[at + 1 : at + 20])


def _dollar(at: int, after: str) -> _Warning:
    return (
        at,
        "dollar-sign",
        say("“${text}”", text=clip(after, 20)),
        say("\\$ for a dollar, $…$ for a formula"),
        say("Write \\$ for the sign itself, or close the formula."),
    )


def _bars(text: str, maths: Maths) -> Iterator[_Warning]:
    """In a row of a table, the `|` of a formula ends the cell. Placeholders are filled before."""
    if "|" not in text:
        return
    masked = _PLACEHOLDER.sub(lambda found: "x" * len(found[0]), text)
    rows = list(_table_rows(maths.shown))
    for formula in maths.formulas:
        bar = _BAR.search(masked, formula.start, formula.end)
        if bar is not None and any(first <= bar.start() < last for first, last in rows):
            yield (
                bar.start(),
                "table-bar",
                say(
                    "“|” in the formula “{text}” of a table",
                    text=clip(masked[formula.start : formula.end]),
                ),
                say("no “|” inside a cell"),
                say("Write \\vert or \\mid instead."),
            )


def _table_rows(text: str) -> Iterator[tuple[int, int]]:
    """Where tables begin and end: the line above a delimiter row, and all up to a blank line."""
    lines = text.split("\n")
    starts = [0]
    for line in lines:
        starts.append(starts[-1] + len(line) + 1)
    index = 1
    while index < len(lines):
        if (
            "|" in lines[index]
            and _DELIMITER.fullmatch(lines[index].strip())
            and "|" in lines[index - 1]
        ):
            end = index
            while end < len(lines) and lines[end].strip():
                end += 1
            yield starts[index - 1], starts[end]
            index = end
        index += 1
