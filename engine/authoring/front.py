"""Small changes to a card's front matter that leave every other byte as it is."""

from __future__ import annotations

import re

from engine.cards import Status

_FRONT = re.compile(r"\A(---[ \t]*\n)(.*?\n)(---[ \t]*(?:\n|\Z))", re.DOTALL)
_STATUS = re.compile(r"^status:[^\n#]*?([ \t]*(?:#[^\n]*)?)$", re.MULTILINE)


def with_status(text: str, status: Status) -> str:
    """The card's text with this status; a text without front matter stays as it is."""
    found = _FRONT.match(text)
    if found is None:
        return text
    head, front, end = found.groups()
    if _STATUS.search(front):
        front = _STATUS.sub(lambda line: f"status: {status}{line[1]}", front, count=1)
    else:
        front += f"status: {status}\n"
    return head + front + end + text[found.end() :]
