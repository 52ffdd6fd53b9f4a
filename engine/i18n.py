"""What the program says, in the reader's language.

Everything below the pages says things as a `Message`: an English sentence with named values, not
yet translated. Whoever shows it (a page, the command line) turns it into words with a
`Translator`. So an error raised deep inside is read in Korean by a Korean learner, and nobody
below has to know who is reading.
"""

from __future__ import annotations

import gettext
import io
import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path

from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po

LANGUAGES: Mapping[str, str] = {"en": "English", "ko": "한국어"}
DEFAULT_LANGUAGE = "en"
LOCALE_FOLDER = Path(__file__).resolve().parent / "locale"
DOMAIN = "simcards"

#: The same text in several languages: language code -> text. English is always there.
Words = Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Message:
    """A sentence with its values, said in no language yet; made by `say` or `say_count`."""

    id: str
    values: Mapping[str, object] = field(default_factory=dict)
    plural: str | None = None
    count: int | None = None

    def __str__(self) -> str:
        return Translator(DEFAULT_LANGUAGE)(self)


def say(id: str, /, **values: object) -> Message:
    """A message; `id` is the English sentence, with `{name}` where `name=` goes."""
    return Message(id, values)


def say_count(one: str, many: str, count: int, /, **values: object) -> Message:
    """A message whose English differs for one and for many; `{count}` is the number."""
    return Message(one, {**values, "count": count}, plural=many, count=count)


def in_language(words: Words, language: str) -> str:
    """The text in `language`, or in English where it has not been translated.

    Hangul is composed, however its author's machine wrote it: what a browser looks for among the
    options of a picker is.
    """
    return unicodedata.normalize("NFC", words.get(language) or words[DEFAULT_LANGUAGE])


def plain(text: str) -> str:
    """Text that somebody typed, as Markdown that shows it as it is: no image, no link, no maths."""
    return re.sub(r"([\\`*_{}\[\]()#+!$~:<>|])", r"\\\1", text)


def folded(text: str) -> str:
    """Text as a search compares it: composed and decomposed Hangul, full-width and plain letters,
    upper and lower case are the same.

    Folding can undo a composition, and composing can bring a capital back; a second round settles
    both.
    """
    for _ in range(2):
        text = unicodedata.normalize("NFKC", text).casefold()
    return unicodedata.normalize("NFKC", text)


class Translator:
    """Turns messages into text in one language. Values that are messages are translated too."""

    def __init__(self, language: str) -> None:
        self.language = language if language in LANGUAGES else DEFAULT_LANGUAGE
        self._catalogue = _catalogue(self.language)

    def __call__(self, message: Message | str, /, **values: object) -> str:
        if isinstance(message, str):
            message = Message(message, values)
        if message.plural is None:
            text = self._catalogue.gettext(message.id)
        else:
            text = self._catalogue.ngettext(message.id, message.plural, message.count or 0)
        if not message.values:
            return text.replace("{{", "{").replace("}}", "}")
        said = {
            name: self(value) if isinstance(value, Message) else value
            for name, value in message.values.items()
        }
        return text.format(**said)


@lru_cache(maxsize=8)
def _catalogue(language: str) -> gettext.NullTranslations:
    source = LOCALE_FOLDER / language / "LC_MESSAGES" / f"{DOMAIN}.po"
    if language == DEFAULT_LANGUAGE or not source.exists():
        return gettext.NullTranslations()
    with source.open("rb") as file:
        catalogue = read_po(file, locale=language)
    compiled = io.BytesIO()
    write_mo(compiled, catalogue)
    compiled.seek(0)
    return gettext.GNUTranslations(compiled)


_EXPONENT = re.compile(r"([-+ ]?[0-9.]+)e([-+])0*([0-9]+)")
_SUPERSCRIPTS = str.maketrans("-0123456789", "⁻⁰¹²³⁴⁵⁶⁷⁸⁹")
#: Up to this power of ten a number is written out: 1600, but 1.6×10⁴.
_WRITTEN_OUT = 3


def as_written(number: str, *, in_maths: bool = False, powers: bool = False) -> str:
    """A number that Python formatted, as people write it: −0.5, 1600, 1.2×10⁻⁵.

    in_maths: for a formula, where - is the minus sign. powers: thousands as powers of ten, too.
    """
    if number.startswith("-") and not any(digit in number for digit in "123456789infa"):
        number = number[1:]  # people do not write -0
    found = _EXPONENT.fullmatch(number)
    if found is not None:
        mantissa, exponent = found[1], int(found[2] + found[3])
        if 0 <= exponent <= _WRITTEN_OUT and not powers:
            sign = "+" if mantissa.startswith("+") else ""
            number = f"{float(mantissa) * 10**exponent:{sign}.0f}"
        elif in_maths:
            return f"{mantissa}\\times10^{{{exponent}}}"
        else:
            number = f"{mantissa}×10{str(exponent).translate(_SUPERSCRIPTS)}"
    return number if in_maths else number.replace("-", "−")
