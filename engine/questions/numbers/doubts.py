"""What in a number could mean two things, and how to ask which."""

from __future__ import annotations

import re
from collections.abc import Callable

from engine.i18n import Message, say
from engine.questions.expressions import FUNCTIONS
from engine.questions.numbers.numerals import quoted

_TO_THE = r"(?:\^|\*\*)"
#: `7.9×10-2`: 77, or 0.079 whose exponent fell down when it was copied? Or `10-2` alone.
_FALLEN_EXPONENT = r"(?:(?<!\*)\*|[×·xX])\s*10\s*[-+–]\s*\d+$|^[-+]?10\s*[-–]\s*\d+$"
#: `7.9×102`, which is how 7.9×10² is copied.
_FALLEN_DIGITS = r"[×·xX]\s*10[1-9]\d?$"
#: `3·14`, in which the dot is a decimal point to some.
_DOT = rf"(?<![\d.])\d+\s*·\s*(?!10\s*{_TO_THE})\d+(?![\d.])"
#: `e-3`, `7.9*e-2`, `7.9 e - 2` and `7.9×10e-2`.
_EXPONENT = (
    r"(?<![A-Za-z\d.])[eE]\s*[-+–]|[\d.]\s*[eE](?:\s+[-+–]|[-+–]\s)|(?:(?<!\*)\*|[×·xX])\s*10[eE]"
)
_HEXADECIMAL = r"(?<![\d.])0+\s*[xX]"
_TIMES = rf"[\d.)]\s*[xX]\s*(?!10\s*{_TO_THE})[\d.(√]"
_RANGE = r"[\d.)%]\s*–\s*[\d.(√]"
_TWO_SIGNS = r"[-+–]\s*[-+–]"
_WHAT_POWER = rf"{_TO_THE}\s*[-+]?[\d.]+\s*{_TO_THE}|{_TO_THE}\s*[-+–]?1\s*/"
_SPACE = r"[\d.]\s+[\d.]"
#: `2√3` and `2(3+4)`, where something between the two is left unsaid.
_NOTHING_BETWEEN = (
    rf"(?<=[\d.)])(?<!log2)(?<!log10)\s*(?:\(|√|(?:ln|pi|{'|'.join(FUNCTIONS)})\b)|\)\s*[\d.]"
)

_DOUBTS: tuple[tuple[re.Pattern[str], Callable[[str], Message]], ...] = tuple(
    (re.compile(pattern, re.ASCII), ask)
    for pattern, ask in (
        (
            _FALLEN_EXPONENT,
            lambda text: say(
                "Is the end of “{text}” a power of ten? Write it like 7.9e-2 or 7.9×10^-2, or put "
                "brackets around what is added or subtracted.",
                text=text,
            ),
        ),
        (
            _FALLEN_DIGITS,
            lambda text: say(
                "Is the end of “{text}” a power of ten? Write it like 7.9e2 or 7.9×10^2, or with * "
                "where you mean times, as in 7.9*102.",
                text=text,
            ),
        ),
        (
            _DOT,
            lambda text: say(
                "Is the dot in “{text}” a decimal point or times? Write the point as “.”, and "
                "times as *.",
                text=text,
            ),
        ),
        (
            _EXPONENT,
            lambda text: say(
                "Is the e in “{text}” a power of ten? Write it like 7.9e-2 or 7.9×10^-2; a power "
                "of the number e is e^-2.",
                text=text,
            ),
        ),
        (
            f"{_HEXADECIMAL}|{_TIMES}",
            lambda text: say(
                "Is the x in “{text}” a times sign? Write * where you mean times, and a power of "
                "ten like 7.9e-2.",
                text=text,
            ),
        ),
        (
            r"\blog\b",
            lambda text: say(
                "Which logarithm is meant in “{text}”? Write ln, log10 or log2.", text=text
            ),
        ),
        (
            _RANGE,
            lambda text: say(
                "Is “{text}” a range or a difference? Type one number; minus is the sign -.",
                text=text,
            ),
        ),
        (
            _TWO_SIGNS,
            lambda text: say(
                "“{text}” has two signs in a row. Put brackets around a negative number.",
                text=text,
            ),
        ),
        (
            _WHAT_POWER,
            lambda text: say(
                "What is the exponent in “{text}”? Put all of it into brackets, as in 2^(1/2).",
                text=text,
            ),
        ),
        (
            _SPACE,
            lambda text: say(
                "“{text}” has a space between two numbers. Write one number without a space, or "
                "the sign that is missing.",
                text=text,
            ),
        ),
        (
            _NOTHING_BETWEEN,
            lambda text: say(
                "“{text}” leaves out a sign. Write * where you mean times, as in 2*√3.", text=text
            ),
        ),
    )
)
_ONE_NUMBER = re.compile(
    r"[-+–]?\s*(?:(?:\d+\.?\d*|\.\d+)(?:[eE][-+–]?\d+)?"
    rf"(?:\s*[*×·xX]\s*10\s*{_TO_THE}\s*(?:[-+–]?\d+|\([-+]?\d+\)))?|\([^()]*\))",
    re.ASCII,
)


def doubt(text: str, written: str) -> Message | None:
    """What to ask about a number: `text` as typed, `told` plainly. None where nothing is open."""
    if "," in written:
        return _comma(written)
    if _percent_of_what(written):
        return say(
            "What is the % in “{text}” of? Put brackets around all of it, as in (1/3)%.",
            text=quoted(text),
        )
    for pattern, ask in _DOUBTS:
        if pattern.search(written):
            return ask(quoted(text))
    return None


def _percent_of_what(written: str) -> bool:
    """Whether a percent sign stands behind more than one number."""
    number = written[:-1].strip()
    return (
        written.endswith("%")
        and _ONE_NUMBER.fullmatch(number) is None
        and re.search(r"[-+*/^×·√–]", number[1:]) is not None
    )


def _comma(written: str) -> Message:
    if re.fullmatch(r"[-+]?\d*,\d+(?:[eE][-+]?\d+)?\s*%?", written, re.ASCII):
        return say(
            "Is “{text}” the number {point} or {whole}? Write {point} with a point, or {whole} "
            "without a comma.",
            text=written,
            point=written.replace(",", "."),
            whole=written.replace(",", ""),
        )
    return say(
        "“{text}” has a comma in it. Write the decimal point as “.”, and thousands without "
        "a comma.",
        text=quoted(written),
    )
