"""Numbers as people write them.

What could be read in two ways (`7,9`, `3·14`, `e-3`) is asked about and never guessed. A number
that cannot be read is not a wrong answer: it spends no attempt.
"""

from __future__ import annotations

import math
import re
import unicodedata

from engine.i18n import Message, say
from engine.questions.expressions import (
    CONSTANTS,
    FUNCTIONS,
    ExpressionError,
    compile_expression,
)
from engine.questions.model import Malformed
from engine.questions.numbers.doubts import doubt
from engine.questions.numbers.numerals import plainly, quoted

MOST_CHARACTERS = 200
_NAMES = frozenset({*FUNCTIONS, *CONSTANTS, "ln"})
#: What a number is made of; everything else is named to the one who typed it.
_PART = re.compile(
    r"\s+|(?:\d+\.?\d*|\.\d+)(?:[eE][-+]?\d+)?|[-+*/^()√×·–.]|"
    rf"(?:{'|'.join(sorted(_NAMES, key=len, reverse=True))})(?![A-Za-z0-9_])",
    re.ASCII,
)
_STRANGE = re.compile(r"[^\W\d_]+|.", re.DOTALL)
_ROOT_OF_NUMBER = re.compile(r"√\s*((?:\d+\.?\d*|\.\d+)(?:[eE][-+]?\d+)?)", re.ASCII)
_TIMES_TEN = re.compile(r"(?<=[0-9.)])\s*[xX]\s*(?=10\b)")
#: "007" is seven to people and an error to Python.
_LEADING_ZEROS = re.compile(r"(?<![\d.])0+(?=\d)", re.ASCII)
_PLAIN = re.compile(
    r"[-+–]? ?(?:\d+\.?\d*|\.\d+)(?:[eE][-+]?\d+| ?[xX×*·] ?10 ?(?:\^|\*\*) ?\(?[-+–]?\d+\)?)?",
    re.ASCII,
)
_PLAIN_SIGNS = str.maketrans("×·–", "**-")
_LONGEST_PART = 30
_EXAMPLES = "0.079, 7.9e-2, 1/12.6, √(2/320)"


def read_number(text: str, *, in_percent: bool = False) -> float | Malformed:
    """The number that `text` means.

    in_percent: the question's unit is %, so that "5" and "5 %" mean the same; elsewhere "5 %" is
    0.05.
    """
    if len(text) > MOST_CHARACTERS:
        return Malformed(
            say(
                "That is {count} characters long. A number needs at most {most}.",
                count=len(text),
                most=MOST_CHARACTERS,
            )
        )
    written = plainly(text)
    if not written:
        return Malformed(say("Type a number first, for example {examples}.", examples=_EXAMPLES))
    asked = doubt(text, written)
    if asked is not None:
        return Malformed(asked)
    percent = written.endswith("%")
    written = _TIMES_TEN.sub("*", written.removesuffix("%").rstrip())
    value = _value(written)
    if value is None:
        return Malformed(_unreadable(text, written))
    return value / 100 if percent and not in_percent else value


def is_plain_number(text: str, *, in_percent: bool = False) -> bool:
    """Whether a text is a number as it stands, a power of ten behind it or not; no arithmetic."""
    written = plainly(text)
    return (
        _PLAIN.fullmatch(written.removesuffix("%").rstrip() if in_percent else written) is not None
    )


def _value(written: str) -> float | None:
    """What an expression of digits, signs and the functions comes to; None without a value."""
    if strange_part(written) is not None:
        return None
    try:
        value = compile_expression(_as_expression(written), ()).value({})
    except ExpressionError:
        return None
    return None if isinstance(value, bool) or not math.isfinite(value) else value


def _as_expression(written: str) -> str:
    written = _ROOT_OF_NUMBER.sub(r"sqrt(\1)", written.translate(_PLAIN_SIGNS)).replace("√", "sqrt")
    written = re.sub(r"\bln\b", "log", written).replace("^", "**")
    return _LEADING_ZEROS.sub("", written)


def strange_part(written: str) -> str | None:
    """The first letters or sign that no number is made of."""
    at = 0
    while at < len(written):
        part = _PART.match(written, at)
        if part is None:
            strange = _STRANGE.match(written, at)
            assert strange is not None
            return strange[0]
        at = part.end()
    return None


def _unreadable(text: str, written: str) -> Message:
    if re.search(r"/\s*0+(\.0*)?\s*$", written):
        return say("“{text}” divides by zero.", text=quoted(text))
    strange = strange_part(written)
    if strange is not None:
        return say(
            "“{text}” has {part} in it, which is no part of a number. Write it like {examples}.",
            text=quoted(text),
            part=named_part(strange),
            examples=_EXAMPLES,
        )
    return say(
        "“{text}” cannot be read as a number. Write it like {examples}.",
        text=quoted(text),
        examples=_EXAMPLES,
    )


def named_part(part: str) -> str:
    """A part of a text; a sign that looks like another, or like nothing, with its number."""
    quoted_part = f"“{quoted(part)[:_LONGEST_PART]}”"
    names = ((c, unicodedata.name(c, "")) for c in part if not c.isascii())
    for character, name in names:
        if name and not name.startswith(("HANGUL", "CJK")):
            return f"{quoted_part} (U+{ord(character):04X}, {name})"
    return quoted_part
