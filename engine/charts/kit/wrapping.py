"""Headings that are broken into lines for the width they really have: a phone's or a screen's."""

from __future__ import annotations

import json
import re
import unicodedata
from typing import Any

#: Half-width characters of a heading that fit in 320 pixels; of a smaller line under it, so many
#: more.
LINE, SMALLER = 40, 8
#: Ends a detail that another one follows, by which it is told from a line that was only broken.
END = "\u00a0"
#: Plots at least so many pixels wide have lines so many times as long.
WIDER = ((620, 1.9), (430, 1.35))


#: A number, or what has one behind it: it stays with the word before it, which says what it is.
VALUE = re.compile(r"[-−+±×÷≈<>≤≥=|]*[\d.∞]")
#: Between a name and its value.
BETWEEN = frozenset(("=", "×", "÷", "±", "≈", "<", ">", "≤", "≥", ":"))


def wrap(text: str, line: int = LINE) -> list[str]:
    """Lines of at most `line` half-width characters (a Hangul syllable counts as two).

    A name and its value stay together, as in “C 0.3” and “κ = 12”, where a line has room for both.
    """
    lines: list[str] = []
    for part in _parts(text.split()):
        for word in [part] if _breadth(part) <= line else part.split():
            if lines and _breadth(lines[-1]) + 1 + _breadth(word) <= line:
                lines[-1] += " " + word
            else:
                lines.append(word)
    return lines


def _parts(words: list[str]) -> list[str]:
    """The words, but names with their values as one."""
    parts: list[str] = []
    for word in words:
        last = parts[-1].rsplit(" ", 1)[-1] if parts else ""
        value = VALUE.match(word) and not last.endswith((",", ";", ".", "!", "?"))
        if parts and (value or last in BETWEEN or word in BETWEEN):
            parts[-1] += " " + word
        else:
            parts.append(word)
    return parts


def details_of(texts: list[str]) -> list[str]:
    """Each text wrapped on lines of its own, one below the other."""
    broken = [wrap(text, LINE + SMALLER) for text in texts]
    return [
        line + (END if line is lines[-1] and lines is not broken[-1] else "")
        for lines in broken
        for line in lines
    ]


def fitting(title: dict[str, Any]) -> dict[str, Any]:
    """A specification's title, broken for a phone, so that it fits any width."""
    return title | {
        part: _fitting(title[part], line)
        for part, line in (("text", LINE), ("subtitle", LINE + SMALLER))
        if isinstance(title.get(part), list)
    }


def _fitting(lines: list[str], line: int) -> object:
    texts = " ".join(lines).split(END + " ")
    encoded = json.dumps([line.rstrip(END) for line in lines], ensure_ascii=False)
    expression = encoded
    for least, times in reversed(WIDER):
        wide = [part for text in texts for part in wrap(text, round(times * line))]
        said = json.dumps(wide, ensure_ascii=False)
        if said != encoded:
            expression = f"width >= {least} ? {said} : {expression}"
    return lines if expression == encoded else {"expr": expression}


def lines_of(text: object) -> list[str]:
    """The lines of a title's text as a phone shows them, whatever form they have."""
    if isinstance(text, dict):
        rest = str(text["expr"])
        while not rest.startswith("["):  # a heading itself may have " : " in it
            wide = rest.partition(" ? ")[2]
            rest = wide[json.JSONDecoder().raw_decode(wide)[1] :].removeprefix(" : ")
        return [str(line) for line in json.loads(rest)]
    return [str(line).rstrip(END) for line in text] if isinstance(text, list) else [str(text)]


def _breadth(text: str) -> int:
    return sum(2 if unicodedata.east_asian_width(c) in "WF" else 1 for c in text)
