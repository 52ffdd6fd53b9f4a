"""Headings that are broken into lines for the width they really have: a phone's or a screen's."""

from __future__ import annotations

import json
import unicodedata
from typing import Any

#: Half-width characters of a heading that fit in 320 pixels; of a smaller line under it, so many
#: more.
LINE, SMALLER = 40, 8
#: Ends a detail that another one follows, by which it is told from a line that was only broken.
END = "\u00a0"
#: Plots at least so many pixels wide have lines so many times as long.
WIDER = ((620, 1.9), (430, 1.35))


def wrap(text: str, line: int = LINE) -> list[str]:
    """Lines of at most `line` half-width characters (a Hangul syllable counts as two)."""
    lines: list[str] = []
    for word in text.split():
        if lines and _breadth(lines[-1]) + 1 + _breadth(word) <= line:
            lines[-1] += " " + word
        else:
            lines.append(word)
    return lines


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
    told = json.dumps([line.rstrip(END) for line in lines], ensure_ascii=False)
    expression = told
    for least, times in reversed(WIDER):
        wide = [part for text in texts for part in wrap(text, round(times * line))]
        said = json.dumps(wide, ensure_ascii=False)
        if said != told:
            expression = f"width >= {least} ? {said} : {expression}"
    return lines if expression == told else {"expr": expression}


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
