"""A file's bytes as a text: UTF-8, not too large, and nothing in it that nobody sees."""

from __future__ import annotations

import re

from engine.content.files.problems import Place, Problem
from engine.i18n import say

LARGEST_FILE = 256 * 1024  # bytes
#: Control characters, lone surrogates and noncharacters: invisible, and databases refuse some.
_CONTROL = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]")


def decode(content: bytes, name: str) -> str | Problem:
    """The text of a file in UTF-8 of at most 256 KB and without control characters."""
    if len(content) > LARGEST_FILE:
        return Problem(
            "error",
            Place(name, 1),
            "file-size",
            say("{size} KB", size=len(content) // 1024),
            say("at most {size} KB", size=LARGEST_FILE // 1024),
            say("Split the card into several."),
        )
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        return Problem(
            "error",
            Place(name, content[: error.start].count(b"\n") + 1),
            "encoding",
            say("a byte that is not UTF-8 ({byte})", byte=f"0x{content[error.start]:02x}"),
            say("a text file in UTF-8"),
            say("Save the file again with the encoding UTF-8."),
        )
    # Of several byte order marks too, so that what is written and read again stays as it is.
    text = text.lstrip("\ufeff").replace("\r\n", "\n").replace("\r", "\n")
    control = _CONTROL.search(text)
    if control is None:
        return text
    return Problem(
        "error",
        Place(name, text.count("\n", 0, control.start()) + 1),
        "control-character",
        say("the invisible character U+{code}", code=f"{ord(control[0]):04X}"),
        say("letters, digits, signs and ordinary spaces"),
        say("Delete it and type the space or line break again."),
    )
