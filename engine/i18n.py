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
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path

from babel import Locale, UnknownLocaleError
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po

DEFAULT_LANGUAGE = "en"
LOCALE_FOLDER = Path(__file__).resolve().parent / "locale"
DOMAIN = "simcards"


def locale_of(language: str) -> Locale:
    """How people who read a language write dates and count; as in English if nobody knows."""
    return _known_locale(language) or Locale.parse(DEFAULT_LANGUAGE)


def _known_locale(language: str) -> Locale | None:
    try:
        return Locale.parse(language, sep="-")
    except (UnknownLocaleError, ValueError):
        return None


def languages_in(folder: Path) -> dict[str, str]:
    """English and what there are catalogues of in a folder: code -> the language's own name."""
    found = sorted(path.parts[-3] for path in folder.glob(f"*/LC_MESSAGES/{DOMAIN}.po"))
    return {code: _own_name(code) for code in (DEFAULT_LANGUAGE, *found)}


def _own_name(code: str) -> str:
    locale = _known_locale(code)
    if locale is None:
        return code
    name = str(locale.get_display_name())
    return name[:1].upper() + name[1:]


#: The languages that the program speaks: English, and those there are catalogues of.
LANGUAGES: Mapping[str, str] = languages_in(LOCALE_FOLDER)


def spoken(wanted: Iterable[str]) -> str:
    """The first of these, such as `ko` or `ko-KR`, that the program speaks; else English."""
    known = {code.lower(): code for code in LANGUAGES}
    for code in wanted:
        parts = code.strip().lower().split("-")
        for length in range(len(parts), 0, -1):
            if (found := known.get("-".join(parts[:length]))) is not None:
                return found
    return DEFAULT_LANGUAGE


#: The course's own text in several languages: language code -> text. English is always there.
Words = Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Message:
    """A sentence with its values, said in no language yet; made by `say` and those after it.

    context: what it is said of, where the same English can be different words elsewhere.
    """

    id: str
    values: Mapping[str, object] = field(default_factory=dict)
    plural: str | None = None
    count: int | None = None
    context: str | None = None

    def __str__(self) -> str:
        return Translator(DEFAULT_LANGUAGE)(self)


def say(id: str, /, **values: object) -> Message:
    """A message; `id` is the English sentence, with `{name}` where `name=` goes."""
    return Message(id, values)


def say_count(one: str, many: str, count: int, /, **values: object) -> Message:
    """A message whose English differs for one and for many; `{count}` is the number."""
    return Message(one, {**values, "count": count}, plural=many, count=count)


def say_label(label: tuple[str, str]) -> Message:
    """A message of an English label and its context, such as a simulation's `Label`."""
    context, text = label
    return Message(text, context=context)


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
        if message.context is not None:
            return self._catalogue.pgettext(message.context, message.id)
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
        catalogue = read_po(file, locale=locale_of(language))
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
