"""What a command prints: what somebody typed cannot move a cursor or turn a line around."""

from __future__ import annotations

import sys
from typing import TextIO


def tell(*parts: object, to: TextIO | None = None) -> None:
    """Prints as `print` does, without anything that a terminal would obey."""
    print(*(visible(str(one)) for one in parts), file=to or sys.stdout)


def visible(text: str) -> str:
    """The text with a sign in the place of what is no visible character, line end or tab.

    >>> visible("one\\x1b[2Jtwo")
    'one\N{REPLACEMENT CHARACTER}[2Jtwo'
    """
    return "".join(
        c if c.isprintable() or c in "\n\t\u3000\u00a0" else "\N{REPLACEMENT CHARACTER}"
        for c in text
    )
