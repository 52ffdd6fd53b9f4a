"""The one way in which a TOML file is read: what is wrong is placed, and nothing is raised."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Sequence
from typing import Any

from engine.content.files.problems import Diagnostics, Place, Problem, clip
from engine.content.files.texts import decode
from engine.content.files.toml_table import Table
from engine.i18n import LANGUAGES, say

_LONG_NUMBER = re.compile(r"=[^\n\"']*?[0-9a-fA-F_]{16}")
_AT_LINE = re.compile(r"\(at line ([0-9]+)")


def read_toml(
    content: bytes | Problem | None,
    name: str,
    code: str,
    languages: Sequence[str] = tuple(LANGUAGES),
    *,
    needed: bool = False,
) -> tuple[Table, bool]:
    """The whole file as a table, and whether it is one: what is not has no values.

    content: None where there is no such file, which is an error if it is `needed`. code: of what
    is wrong with the values. languages: in which the texts should be.
    """
    if content is None and needed:
        content = _no_file(name)
    text = decode(content, name) if isinstance(content, bytes) else content
    if not isinstance(text, str):
        diagnostics = Diagnostics(name, 1)
        diagnostics.problems.extend([] if text is None else [text])
        return Table({}, 1, code, (), diagnostics, languages), False
    lines = text.split("\n")
    diagnostics = Diagnostics(name, len(lines))
    values = _parsed(text, diagnostics)
    return Table(values or {}, 1, code, lines, diagnostics, languages), values is not None


def toml_values(text: str) -> dict[str, Any]:
    """What a text in TOML holds. Raises ValueError, whatever is wrong with it."""
    try:
        return tomllib.loads(text)
    except RecursionError:
        raise ValueError("too many brackets inside of one another") from None


def _parsed(text: str, diagnostics: Diagnostics) -> dict[str, Any] | None:
    try:
        values = toml_values(text)
    except ValueError as error:
        line = _AT_LINE.search(str(error))
        diagnostics.error(
            int(line[1]) if line else text.count("\n") + 1,
            "toml-syntax",
            say("something that cannot be read ({problem})", problem=clip(error, 120)),
            say('lines of the form name = "text"'),
            say("Check the quotation marks and brackets of this line and the one above."),
        )
        return None
    if _too_large(values):
        _tell_too_large(text, diagnostics)
        return None
    return values


def _too_large(value: object) -> bool:
    """Whether a whole number does not fit into 64 bits, in which TOML has them to be.

    Python reads them all, but writes none of thousands of digits, and computes with few.
    """
    if isinstance(value, dict):
        return any(map(_too_large, value.values()))
    if isinstance(value, list):
        return any(map(_too_large, value))
    return isinstance(value, int) and not -(2**63) <= value < 2**63


def _tell_too_large(text: str, diagnostics: Diagnostics) -> None:
    found = _LONG_NUMBER.search(text)
    diagnostics.error(
        text.count("\n", 0, found.start() if found else 0) + 1,
        "toml-syntax",
        say("a whole number that is too large"),
        say("whole numbers of at most 18 digits"),
        say("Write a smaller one, or put it in quotation marks."),
    )


def _no_file(name: str) -> Problem:
    return Problem(
        "error",
        Place(name, 1),
        "no-file",
        say("no file “{name}”", name=name),
        say("this file in the content folder"),
        say("Put it back, or copy it from the original content."),
    )
