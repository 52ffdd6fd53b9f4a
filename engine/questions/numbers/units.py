"""Units as people write them behind a number: `33 layers`, `33rd layer`, `33번째 층`, `33층`."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator

from engine.i18n import folded
from engine.questions.numbers.numerals import without_invisible

#: Letters at the end, in parentheses or not, with nothing of a number after their first.
_DIGITS = r"\d⁰¹²³⁴-⁹¼½¾⅐-⅞"  # those that Python takes for letters, too
_AT_THE_END = re.compile(
    rf"\s*\(?\s*([^\W{_DIGITS}_](?:[^{_DIGITS}()]*[^\W{_DIGITS}_])?)\s*\.?\s*\)?\s*$"
)
_ORDINAL_ENDING = re.compile(r"^(?:st|nd|rd|th)(?=[a-z]|$)")
_ORDINAL = "번째"
_HANGUL = re.compile("[가-힣]")


def bare(unit: str) -> str:
    """A unit without the parentheses that a card put around it, in composed letters."""
    unit = unicodedata.normalize("NFC", unit).strip()
    while unit.startswith("(") and unit.endswith(")"):
        unit = unit[1:-1].strip()
    return unit


def quantity(number: str, unit: str) -> str:
    """A number as it is shown with its unit: `12 steps`, `25%`.

    A unit in parentheses says what is counted off: `layer 33`, `33번째 층`. What counts in Korean
    stands without a space: `12스텝`.
    """
    name = bare(unit)
    if name == "%" or _HANGUL.match(name):
        return f"{number}{name}"
    return f"{name} {number}" if unit.strip().startswith("(") else f"{number} {name}".strip()


def split_unit(text: str) -> tuple[str, str]:
    """A text without the letters at its end, and the letters; none where it ends otherwise."""
    text = without_invisible(text)
    found = _AT_THE_END.search(text)
    return (text[: found.start()], found[1]) if found and found.start() else (text, "")


def is_unit(written: str, units: Iterable[str]) -> bool:
    """Whether letters behind a number are one of the units, in any form."""
    known = {form for unit in units for form in _forms(_together(bare(unit)))}
    written = _together(written)
    return written in known or _ORDINAL_ENDING.sub("", written) in known


def _together(text: str) -> str:
    return "".join(folded(text).split())


def _forms(unit: str) -> Iterator[str]:
    """One and many in English; with and without the word that counts in Korean."""
    if not unit:
        return
    yield unit
    if unit.isascii():
        one = unit.removesuffix("s")
        yield from (one, f"{one}s", f"{one}es")
    else:
        plain = unit.removeprefix(_ORDINAL)
        yield from (plain, _ORDINAL, f"{_ORDINAL}{plain}")
        if plain != unit:  # what is counted off in Korean is `33rd` in English
            yield ""
