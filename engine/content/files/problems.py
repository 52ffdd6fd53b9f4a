"""What can be wrong with a file, said in one way; collected and put in order."""

from __future__ import annotations

import difflib
import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Literal

from engine.i18n import Message, say

Level = Literal["error", "warning"]
#: What an id may look like, and how long it may be.
ID = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
LONGEST_ID = 64
#: Errors, and warnings, told of one file; who has so many mends these first.
MOST = 100


@dataclass(frozen=True, slots=True, order=True)
class Place:
    """A line of a file. `file` is relative to the content folder, with forward slashes."""

    file: str
    line: int

    def __str__(self) -> str:
        return f"{self.file}:{self.line}"


@dataclass(frozen=True, slots=True)
class Problem:
    """Something wrong in a file: where, what was found, what was expected, how to mend it."""

    level: Level
    place: Place
    code: str  # a stable name for tests and tools, such as "duplicate-key"
    found: Message
    expected: Message
    mend: Message

    def describe(self, translate: Callable[[Message], str]) -> str:
        """`file:line: error [code]: found …; expected …. mend` in the reader's language."""
        level = say("error") if self.level == "error" else say("warning")
        return translate(
            say(
                "{place}: {level} [{code}]: found {found}; expected {expected}. {mend}",
                place=str(self.place),
                level=level,
                code=self.code,
                found=self.found,
                expected=self.expected,
                mend=self.mend,
            )
        )


class ContentError(Exception):
    """One or more problems that keep a piece of content from being used."""

    def __init__(self, problems: tuple[Problem, ...]) -> None:
        super().__init__("\n".join(str(p.found) for p in problems))
        self.problems = problems


def in_order(problems: Iterable[Problem]) -> tuple[Problem, ...]:
    """Problems as they are told: by file and line, errors first."""
    return tuple(sorted(problems, key=lambda p: (p.place, p.level, p.code)))


def fails(problems: Iterable[Problem]) -> bool:
    """Whether one of them is an error."""
    return any(problem.level == "error" for problem in problems)


class Diagnostics:
    """The problems found in one file of `lines` lines; no problem lies outside of it."""

    def __init__(self, file: str, lines: int) -> None:
        self.file = file
        self.problems: list[Problem] = []
        self._lines = max(lines, 1)
        self._count: dict[Level, int] = {"error": 0, "warning": 0}

    @property
    def failed(self) -> bool:
        """Whether one of the problems is an error."""
        return fails(self.problems)

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
