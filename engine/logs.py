"""The server's log: one line an event, whatever somebody typed into what is written there."""

from __future__ import annotations

import logging
import traceback
import unicodedata
from typing import Any


class VisibleRecord(logging.LogRecord):
    """A record in which nothing can end the line, move the cursor or turn text around.

    Every handler sees it so: the app's own, uvicorn's and Streamlit's.
    """

    def __init__(self, *args: Any, **more: Any) -> None:
        super().__init__(*args, **more)
        if self.exc_info and self.exc_info[0] is not None:
            self.exc_text = _traceback(self.exc_info[1])

    def getMessage(self) -> str:
        """The message on one line."""
        return visible(super().getMessage())


def set_up() -> None:
    """Makes every record of this process a visible one."""
    if logging.getLogRecordFactory() is not VisibleRecord:
        logging.setLogRecordFactory(VisibleRecord)


def visible(text: str) -> str:
    """The text with everything that is no visible character or space written out.

    >>> visible("one\\ntwo")
    'one\\\\ntwo'
    """
    if text.isprintable():
        return text
    return "".join(c if c.isprintable() or c == "\u3000" else _written(c) for c in text)


def _written(character: str) -> str:
    if unicodedata.category(character) == "Zs":
        return " "
    return character.encode("unicode_escape").decode("ascii")


def _traceback(error: BaseException | None) -> str:
    """The usual one. What the exceptions say is on their own line; the rest is from our files."""
    if error is None:
        return ""
    found = traceback.TracebackException.from_exception(error)
    chain: list[traceback.TracebackException] = [found]
    while (before := chain[-1].__cause__ or chain[-1].__context__) is not None:
        chain.append(before)
    lines: list[str] = []
    for one in reversed(chain):
        lines += [line.rstrip("\n") for line in one.stack.format()]
        lines += ["  " + visible("".join(one.format_exception_only()).rstrip("\n"))]
    return "\n".join(("Traceback (most recent call last):", *lines))
