"""Collecting the problems of one file, and the small pieces of saying them."""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterable

from engine.content.cards.model import Level, Place, Problem
from engine.i18n import Message, say

#: What an id may look like, and how long it may be.
ID = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
LONGEST_ID = 64
#: Errors, and warnings, told of one file; who has so many mends these first.
MOST = 100


class Findings:
    """The problems found in one file of `lines` lines; no problem lies outside of it."""

    def __init__(self, file: str, lines: int) -> None:
        self.file = file
        self.problems: list[Problem] = []
        self._lines = max(lines, 1)
        self._count: dict[Level, int] = {"error": 0, "warning": 0}

    @property
    def failed(self) -> bool:
        """Whether one of the problems is an error."""
        return any(problem.level == "error" for problem in self.problems)

    def place(self, line: int) -> Place:
        """That line of the file, or the nearest one there is."""
        return Place(self.file, min(max(line, 1), self._lines))

    def error(self, line: int, code: str, found: Message, expected: Message, mend: Message) -> None:
        """Something that keeps the file from being used."""
        self._add("error", line, code, found, expected, mend)

    def warning(
        self, line: int, code: str, found: Message, expected: Message, mend: Message
    ) -> None:
        """Something that is probably not meant."""
        self._add("warning", line, code, found, expected, mend)

    def _add(
        self, level: Level, line: int, code: str, found: Message, expected: Message, mend: Message
    ) -> None:
        self._count[level] += 1
        if self._count[level] <= MOST:
            self.problems.append(Problem(level, self.place(line), code, found, expected, mend))


def is_id(text: object) -> bool:
    """Whether this can name a card, an item, an option or a misconception."""
    return isinstance(text, str) and len(text) <= LONGEST_ID and ID.fullmatch(text) is not None


def as_id(text: str) -> str:
    """An id like this text, to suggest: `He σ (2015)` -> `he-2015`."""
    words = re.findall(r"[a-z0-9]+", text[:200].lower())
    return "-".join(words)[:LONGEST_ID].strip("-") or "a-name"


def clip(text: object, longest: int = 60) -> str:
    """The text on one line and not too long, to be quoted in a message."""
    line = " ".join(str(text)[: 4 * longest].split())
    return line if len(line) <= longest else line[: longest - 1] + "…"


def nearest(word: str, choices: Iterable[str]) -> str | None:
    """The choice that was probably meant; None if none is like the word."""
    by_lower = {choice.lower(): choice for choice in choices}
    close = difflib.get_close_matches(word[:LONGEST_ID].lower(), by_lower, n=1, cutoff=0.6)
    return by_lower[close[0]] if close else None


def did_you_mean(word: str, choices: Iterable[str], otherwise: Message) -> Message:
    """A suggestion, if one of the choices is like the word."""
    near = nearest(word, choices)
    return say("Did you mean “{near}”?", near=near) if near is not None else otherwise
