"""Numbers as people write them.

What could be read in two ways (`7,9`) is asked about and never guessed. A number that cannot be
read is not a wrong answer: it spends no attempt.
"""

from __future__ import annotations

import math
import re
import unicodedata

from engine.questions.expressions import FUNCTIONS, ExpressionError, compile_expression
from engine.questions.model import Malformed
from engine.words import Message, say

MOST_CHARACTERS = 200
_SUPERSCRIPTS = str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹⁻⁺", "0123456789-+")
_SUPERSCRIPT_RUN = re.compile("[⁰¹²³⁴⁵⁶⁷⁸⁹⁻⁺]+")
_SIGNS = str.maketrans(
    {
        "−": "-",
        "–": "-",
        "—": "-",
        "﹣": "-",
        "‐": "-",
        "‑": "-",
        "‒": "-",
        "×": "*",
        "✕": "*",
        "⨯": "*",
        "∗": "*",
        "·": "*",
        "⋅": "*",
        "∙": "*",
        "÷": "/",
        "∕": "/",
        "⁄": "/",
        "，": ",",
        "．": ".",
        "٫": ".",  # the Arabic decimal point, and the mark between thousands
        "٬": ",",
        "π": "pi",
    }
)
_ROOT_OF_NUMBER = re.compile(r"√\s*((?:\d+\.?\d*|\.\d+)(?:[eE][-+]?\d+)?)", re.ASCII)
_TIMES_TEN = re.compile(r"(?<=[0-9.)])\s*[xX]\s*(?=10\b)")
#: "007" is seven to people and an error to Python.
_LEADING_ZEROS = re.compile(r"(?<![\d.])0+(?=\d)", re.ASCII)
#: `7.9×10-2`: 77, or 0.079 whose exponent fell down when it was copied?
_FALLEN_EXPONENT = re.compile(r"[*xX]\s*10\s*[-+]\s*\d+$", re.ASCII)
#: `2√3` and `2(3+4)`, where something between the two is left unsaid.
_NOTHING_BETWEEN = re.compile(
    rf"[\d.)]\s*(?:\(|(?:pi|{'|'.join(FUNCTIONS)})\b)|\)\s*[\d.]", re.ASCII
)
_LATEX = {r"\times": "*", r"\cdot": "*", r"\sqrt": "√", "{": "(", "}": ")", "$": ""}
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
    told = _plain(text)
    if not told:
        return Malformed(say("Type a number first, for example {examples}.", examples=_EXAMPLES))
    if "," in told:
        return Malformed(_comma(told))
    if _FALLEN_EXPONENT.search(told):
        return Malformed(
            say(
                "Is the end of “{text}” a power of ten? Write it like 7.9e-2 or 7.9×10^-2, or put "
                "brackets around what is added or subtracted.",
                text=text.strip()[:60],
            )
        )
    percent = told.endswith("%")
    if percent:
        told = told[:-1].rstrip()
    try:
        value = compile_expression(_as_expression(told), ()).value({})
    except ExpressionError:
        return Malformed(_unreadable(text, told))
    if isinstance(value, bool) or not math.isfinite(value):
        return Malformed(_unreadable(text, told))
    return value / 100 if percent and not in_percent else value


def _plain(text: str) -> str:
    """The same in ASCII, without what people put around a number."""
    told = _SUPERSCRIPT_RUN.sub(lambda m: f"^({m[0].translate(_SUPERSCRIPTS)})", text)
    told = "".join(_plain_character(character) for character in told.translate(_SIGNS)).strip()
    return re.sub(r"^[≈=~≃]\s*", "", told)


def _as_expression(told: str) -> str:
    for latex, plain in _LATEX.items():
        told = told.replace(latex, plain)
    told = _TIMES_TEN.sub("*", told)
    told = _ROOT_OF_NUMBER.sub(r"sqrt(\1)", told).replace("√", "sqrt")
    told = re.sub(r"\bln\b", "log", told).replace("^", "**")
    return _LEADING_ZEROS.sub("", told)


def _plain_character(character: str) -> str:
    """Any script's decimal digit, full-width signs and every sort of space, as ASCII."""
    if character.isspace():
        return " "
    value = unicodedata.decimal(character, None)
    if value is not None:
        return str(int(value))
    if "！" <= character <= "～":  # the full-width forms of ASCII
        return chr(ord(character) - 0xFEE0)
    return character


def _comma(told: str) -> Message:
    if re.fullmatch(r"[-+]?\d*,\d+(?:[eE][-+]?\d+)?\s*%?", told, re.ASCII):
        return say(
            "Is “{text}” the number {point} or {whole}? Write {point} with a point, or {whole} "
            "without a comma.",
            text=told,
            point=told.replace(",", "."),
            whole=told.replace(",", ""),
        )
    return say(
        "“{text}” has a comma in it. Write the decimal point as “.”, and thousands without "
        "a comma.",
        text=told[:60],
    )


def _unreadable(text: str, told: str) -> Message:
    if re.search(r"/\s*0+(\.0*)?\s*$", told):
        return say("“{text}” divides by zero.", text=text.strip())
    if _NOTHING_BETWEEN.search(_as_expression(told)):
        return say(
            "“{text}” leaves out a sign. Write * where you mean times, as in 2*√3.",
            text=text.strip()[:60],
        )
    return say(
        "“{text}” cannot be read as a number. Write it like {examples}.",
        text=text.strip()[:60],
        examples=_EXAMPLES,
    )
