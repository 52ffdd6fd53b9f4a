"""Reading a TOML file carefully: what is wrong with it is placed, and nothing is raised."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from typing import Any

from engine.content.cards.model import Problem
from engine.content.cards.reading import decode
from engine.content.files.problems import Findings, clip, did_you_mean
from engine.i18n import say

_AT_LINE = re.compile(r"\(at line ([0-9]+)")


def read_toml(content: bytes | Problem, name: str) -> tuple[dict[str, Any] | None, str, Findings]:
    """The table, None if there is none; its text; and where to put what is wrong with it."""
    text = content if isinstance(content, Problem) else decode(content, name)
    if isinstance(text, Problem):
        findings = Findings(name, 1)
        findings.problems.append(text)
        return None, "", findings
    findings = Findings(name, len(text.split("\n")))
    try:
        return tomllib.loads(text), text, findings
    except (ValueError, RecursionError) as error:  # TOMLDecodeError is a ValueError
        line = _AT_LINE.search(str(error))
        findings.error(
            int(line[1]) if line else text.count("\n") + 1,
            "toml-syntax",
            say("something that cannot be read ({problem})", problem=clip(error, 120)),
            say('lines of the form name = "text"'),
            say("Check the quotation marks and brackets of this line and the one above."),
        )
        return None, text, findings


def lines_of(text: str, pattern: re.Pattern[str]) -> list[int]:
    """The lines on which the pattern is found."""
    return [text.count("\n", 0, found.end()) + 1 for found in pattern.finditer(text)]


def only(table: Mapping[str, Any], allowed: tuple[str, ...], line: int, findings: Findings) -> None:
    """An error for every property that is not allowed."""
    for key in table:
        if key not in allowed:
            findings.error(
                line,
                "unknown-property",
                say("the property “{key}”", key=clip(key)),
                say("only {names}", names=", ".join(allowed)),
                did_you_mean(key, allowed, say("Delete the line.")),
            )
