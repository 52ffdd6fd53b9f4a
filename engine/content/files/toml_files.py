"""Reading a TOML file carefully: what is wrong with it is placed, and nothing is raised."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from typing import Any

from engine.content.files.problems import Diagnostics, Problem, clip, did_you_mean
from engine.content.files.texts import decode
from engine.i18n import say

_AT_LINE = re.compile(r"\(at line ([0-9]+)")


def read_toml(
    content: bytes | Problem, name: str
) -> tuple[dict[str, Any] | None, str, Diagnostics]:
    """The table, None if there is none; its text; and where to put what is wrong with it."""
    text = content if isinstance(content, Problem) else decode(content, name)
    if isinstance(text, Problem):
        diagnostics = Diagnostics(name, 1)
        diagnostics.problems.append(text)
        return None, "", diagnostics
    diagnostics = Diagnostics(name, len(text.split("\n")))
    try:
        return tomllib.loads(text), text, diagnostics
    except (ValueError, RecursionError) as error:  # TOMLDecodeError is a ValueError
        line = _AT_LINE.search(str(error))
        diagnostics.error(
            int(line[1]) if line else text.count("\n") + 1,
            "toml-syntax",
            say("something that cannot be read ({problem})", problem=clip(error, 120)),
            say('lines of the form name = "text"'),
            say("Check the quotation marks and brackets of this line and the one above."),
        )
        return None, text, diagnostics


def lines_of(text: str, pattern: re.Pattern[str]) -> list[int]:
    """The lines on which the pattern is found."""
    return [text.count("\n", 0, found.end()) + 1 for found in pattern.finditer(text)]


def only(
    table: Mapping[str, Any], allowed: tuple[str, ...], line: int, diagnostics: Diagnostics
) -> None:
    """An error for every property that is not allowed."""
    for key in table:
        if key not in allowed:
            diagnostics.error(
                line,
                "unknown-property",
                say("the property “{key}”", key=clip(key)),
                say("only {names}", names=", ".join(allowed)),
                did_you_mean(key, allowed, say("Delete the line.")),
            )
