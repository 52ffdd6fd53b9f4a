"""Flashcards with gaps: `{{c1::text}}` or `{{c1::text::hint}}`, inside and outside of formulas.

Two colons of the text itself are `\\::`, and in code they are always the text's.

Every number is an item of its own. Its front hides what has that number, its back shows it; what
has another number is plain text on both sides.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import NamedTuple

from engine.content.files.problems import clip
from engine.content.lints.maths import Formula, find_maths
from engine.i18n import Message, say

_BEGIN = re.compile(r"\{\{c([0-9]+)::")
#: What was probably meant as the beginning of a gap.
_NEARLY = re.compile(r"\{\{\s*(?:[cC]\s*[0-9]*\s*::?|[0-9]+\s*::)")
_VALUE = re.compile(r"\{\{\s*[A-Za-z_][A-Za-z0-9_.]*\s*(?:\|[^{}\n]*)?\}\}")
#: What takes the next token alone as its argument, so that a gap behind it needs braces.
_TAKES_ONE = re.compile(r"(?:[_^}]|\\[A-Za-z]+)\s*\Z")
_ONE_FORMULA = re.compile(r"\$([^$]+)\$")
_TEXT_SIGNS = re.compile(r"[\\{}$&#%_^~]")
#: Beside it Markdown's ** begins and ends bold text even between a bracket and a Korean syllable.
_JOINER = "\u2060"
#: What parts a text from its hint, or only looks like it: in code, or behind a backslash.
_COLONS = re.compile(r"(?<!`)(`+)(?!`).{1,500}?(?<!`)\1(?!`)|\\?::", re.DOTALL)
_NAME = re.compile(r"[A-Za-z_][A-Za-z0-9_]*")
#: Numbers a flashcard.
MOST = 12
_HOW = say(
    "Write {{{{c1::text}}}} or {{{{c1::text::hint}}}}, numbered from 1; two colons of the text "
    "itself are \\::."
)


@dataclass(frozen=True, slots=True)
class Gap:
    """What is hidden: text[start:end] of the flashcard. `braced`: its maths needs braces around."""

    number: int
    text: str
    hint: str | None
    start: int
    end: int
    in_maths: bool
    braced: bool


class Fault(NamedTuple):
    """Something wrong at a place of the text."""

    at: int
    code: str
    found: Message
    expected: Message
    mend: Message


def find_gaps(text: str) -> tuple[tuple[Gap, ...], tuple[Fault, ...]]:
    """The gaps of a flashcard, in order, and what is wrong with them and between them."""
    maths = find_maths(text)
    gaps: list[Gap] = []
    faults: list[Fault] = []
    spans: list[tuple[int, int]] = []
    at = 0
    while (begin := _BEGIN.search(text, at)) is not None:
        end = _end(text, begin.end())
        if end is None:
            faults.append(_unbalanced(text, begin))
            spans.append((begin.start(), len(text)))
            break
        spans.append((begin.start(), end))
        at = end
        in_maths = _in_maths(begin.start(), end, maths.formulas)
        in_code = maths.shown[begin.start()] != text[begin.start()]
        fault = _fault(text, begin, end, cut=in_maths is None, in_code=in_code)
        if fault is not None:
            faults.append(fault)
            continue
        said, *hints = _parts(text[begin.end() : end - 2])
        gaps.append(
            Gap(
                int(begin[1]),
                said,
                hints[0] if hints else None,
                begin.start(),
                end,
                bool(in_maths),
                _TAKES_ONE.search(text[max(begin.start() - 40, 0) : begin.start()]) is not None,
            )
        )
    if not faults:
        faults.extend(_misnumbered(gaps))
    faults.extend(_stray_braces(text, maths.shown, spans))
    return tuple(gaps), tuple(faults)


def doubts(text: str) -> Iterator[Fault]:
    """Names with two colons in them that are read as a text and its hint."""
    for begin in _BEGIN.finditer(text):
        end = _end(text, begin.end())
        if end is None:
            return
        inner = text[begin.end() : end - 2]
        said, colons, hint = inner.partition("::")
        if colons and _NAME.fullmatch(said) and _NAME.fullmatch(hint):
            yield Fault(
                begin.start(),
                "cloze-hint",
                say(
                    "“{text}”, whose hint is “{hint}”",
                    text=clip(text[begin.start() : end]),
                    hint=hint,
                ),
                say("a hint in words, or a name with \\:: in it"),
                say(
                    "Write “{name}” for the name, or a blank before the hint: “{apart}”.",
                    name=f"{said}\\::{hint}",
                    apart=f"{said}:: {hint}",
                ),
            )


def _parts(inner: str) -> list[str]:
    """A gap's text and its hints, without the backslashes before colons that part nothing."""
    parts = [""]
    at = 0
    for found in _COLONS.finditer(inner):
        parts[-1] += inner[at : found.start()]
        at = found.end()
        if found[0] == "::":
            parts.append("")
        else:
            parts[-1] += "::" if found[0] == "\\::" else found[0]
    parts[-1] += inner[at:]
    return [part.strip() for part in parts]


def numbers(gaps: Sequence[Gap]) -> tuple[int, ...]:
    """The numbers there are, each once, from the smallest."""
    return tuple(sorted({gap.number for gap in gaps}))


def front(text: str, gaps: Sequence[Gap], number: int) -> str:
    """The text with the gaps of one number hidden."""
    return _filled(text, gaps, number, _hidden)


def back(text: str, gaps: Sequence[Gap], number: int) -> str:
    """The text with what was hidden shown, so that it stands out."""
    return _filled(text, gaps, number, _shown)


def opened(text: str, gaps: Sequence[Gap]) -> str:
    """The text without any gap."""
    return _filled(text, gaps, 0, _shown)


def _filled(text: str, gaps: Sequence[Gap], number: int, put: Callable[[Gap], str]) -> str:
    parts: list[str] = []
    at = 0
    for gap in gaps:
        said = put(gap) if gap.number == number else gap.text
        if gap.in_maths and gap.braced:
            said = f"{{{said}}}"
        parts += [text[at : gap.start], said]
        at = gap.end
    return "".join([*parts, text[at:]])


def _hidden(gap: Gap) -> str:
    if not gap.in_maths:
        return _bold(f"[{gap.hint or '…'}]")
    if gap.hint is None:
        return r"\boxed{\;?\;}"
    hint = _TEXT_SIGNS.sub(lambda sign: _IN_TEXT.get(sign[0], f"\\{sign[0]}"), gap.hint)
    return rf"\boxed{{\text{{{hint}}}}}"


_IN_TEXT = {"\\": r"\textbackslash{}", "~": r"\textasciitilde{}", "^": r"\textasciicircum{}"}


def _shown(gap: Gap) -> str:
    if gap.in_maths:
        return rf"\boxed{{{gap.text}}}"
    formula = _ONE_FORMULA.fullmatch(gap.text)
    return rf"$\boxed{{{formula[1]}}}$" if formula else _bold(gap.text)


def _bold(text: str) -> str:
    if "**" in text:
        return text
    left = "" if text[0].isalnum() else _JOINER
    right = "" if text[-1].isalnum() else _JOINER
    return f"**{left}{text}{right}**"


def _end(text: str, at: int) -> int | None:
    """Where the gap whose inside begins at `at` ends; None if its braces do not balance."""
    depth = 2
    while at < len(text):
        sign = text[at]
        if sign == "\\":
            at += 1
        elif sign == "{":
            depth += 1
        elif sign == "}":
            depth -= 1
            if depth == 1 and not text.startswith("}", at + 1):
                return None
            if depth == 0:
                return at + 1
        at += 1
    return None


def _in_maths(start: int, end: int, formulas: Sequence[Formula]) -> bool | None:
    """Whether a gap lies in a formula; None if it cuts one."""
    first = bisect_right(formulas, start, key=lambda formula: formula.end)
    for formula in islice(formulas, first, None):
        if formula.start >= end:
            return False
        if formula.start <= start and end <= formula.end:
            return True
        if start < formula.end and formula.start < end:
            dollars = 2 if formula.display else 1
            if not (start <= formula.start - dollars and formula.end + dollars <= end):
                return None
    return False


def _fault(text: str, begin: re.Match[str], end: int, *, cut: bool, in_code: bool) -> Fault | None:
    """What is wrong with one gap whose braces balance."""
    at, inner = begin.start(), text[begin.end() : end - 2]
    parts = _parts(inner)
    if in_code:
        expected = say("a gap in words or in a formula, not in code")
    elif cut:
        expected = say("a gap that lies in a formula, or has whole formulas in it")
    elif _NEARLY.search(inner):
        expected = say("no gap inside a gap")
    elif begin[1].startswith("0"):
        expected = say("a number from 1, without zeros before it")
    elif len(parts) > 2 or not all(parts):
        expected = say("a text, and at most one hint after it")
    elif re.search(r"\n[ \t]*\n", inner) or (len(parts) == 2 and "\n" in parts[1]):
        expected = say("no blank line in a gap, and a hint on one line")
    else:
        return None
    return Fault(at, "bad-cloze", say("“{text}”", text=clip(text[at:end])), expected, _HOW)


def _unbalanced(text: str, begin: re.Match[str]) -> Fault:
    return Fault(
        begin.start(),
        "open-cloze",
        say("“{text}”, whose braces do not balance", text=clip(text[begin.start() :][:50])),
        say("as many closing braces as opening ones, and two at the end"),
        say(
            "Close the gap with two braces; a brace of its text that stands alone is \\{{ or \\}}."
        ),
    )


def _misnumbered(gaps: Sequence[Gap]) -> Iterator[Fault]:
    """Numbers go from 1 without a hole, and not far."""
    there = numbers(gaps)
    if len(there) > MOST:
        at = next(gap.start for gap in gaps if gap.number == there[MOST])
        found, expected = say("{count} gaps", count=len(there)), say("at most {most}", most=MOST)
        yield Fault(at, "cloze-numbers", found, expected, say("Make several flashcards of it."))
        return
    for wanted, number in enumerate(there, 1):
        if number != wanted:
            at = next(gap.start for gap in gaps if gap.number == number)
            found = say("a gap c{number}, and no c{wanted}", number=number, wanted=wanted)
            expected = say("gaps numbered 1, 2, 3, …")
            yield Fault(at, "cloze-numbers", found, expected, say("Number the gaps again, from 1."))
            return


def _stray_braces(text: str, shown: str, spans: Sequence[tuple[int, int]]) -> Iterator[Fault]:
    """Double braces that are no gap: one mistyped, or a value, which a flashcard does not have."""
    pieces: list[str] = []
    at = 0
    for start, end in spans:
        pieces += [shown[at:start], " " * (end - start)]
        at = end
    masked = "".join([*pieces, shown[at:]])
    for found in _NEARLY.finditer(masked):
        quoted = say("“{text}”", text=clip(text[found.start() :][:30]))
        yield Fault(found.start(), "bad-cloze", quoted, say("a gap such as {{{{c1::text}}}}"), _HOW)
    for found in _VALUE.finditer(masked):
        yield Fault(
            found.start(),
            "flashcard-value",
            say("“{text}” in a flashcard", text=clip(found[0])),
            say("no values; a flashcard draws nothing"),
            say("Write the number itself, or make it a question."),
        )
