"""A table of a TOML file, from which every value is read in one way."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any, Protocol, TypeVar

from engine.content.files.problems import Diagnostics, Place, Problem, clip, did_you_mean, is_id
from engine.i18n import DEFAULT_LANGUAGE, LANGUAGES, Message, Words, say


class Named(Protocol):
    """What is read of a table, and known by its id."""

    @property
    def id(self) -> str: ...


T = TypeVar("T", bound=Named)
Choice = TypeVar("Choice", bound=str)
#: The largest seed that NumPy takes as one word.
LARGEST_SEED = 2**32 - 1
#: A line that begins a table, `[name]` or `[[name]]`.
_HEAD = re.compile(r"""\s*(\[\[?)\s*["']?([^\]\["']*?)["']?\s*\]\]?\s*(?:#.*)?$""")


class Table:
    """A table of a TOML file: its values, and what is wrong with them on which line.

    What is in error is to be left out (`failed`), and the rest of its file read. Every value has a
    method that reads it and tells what else stands there.
    """

    def __init__(
        self,
        values: Mapping[str, Any],
        line: int,
        code: str,
        lines: Sequence[str],
        diagnostics: Diagnostics,
        languages: Sequence[str],
    ) -> None:
        """code: of what is wrong with its values. lines: those of the whole file."""
        self.values = values
        self.failed = False
        self._line, self._code, self._lines = line, code, lines
        self._diagnostics, self._languages = diagnostics, languages

    @property
    def problems(self) -> tuple[Problem, ...]:
        """All that is wrong with the file, as far as it was read."""
        return tuple(self._diagnostics.problems)

    @property
    def languages(self) -> tuple[str, ...]:
        """Those in which a text may be: the course's, and the interface's."""
        return tuple(dict.fromkeys((*self._languages, *LANGUAGES)))

    def in_languages(self, languages: Sequence[str]) -> Table:
        """The same table, whose texts should be in these languages."""
        made = self.part(self.values, self._line)
        made._languages = languages
        return made

    # Tables inside of this one

    def part(self, values: Mapping[str, Any], line: int, code: str = "") -> Table:
        """A table of the same file that begins on this line."""
        return Table(
            values, line, code or self._code, self._lines, self._diagnostics, self._languages
        )

    def tables(self, key: str, code: str = "", *, needed: bool = False) -> list[Table]:
        """What stands under every `[[key]]`. needed: there has to be one."""
        entries = self.values.get(key)
        if key not in self.values and not needed:
            return []
        if not isinstance(entries, list) or not entries:
            self.bad(key, say("at least one [[{name}]]", name=key))
            return []
        heads = [n for n, brackets, name in self._heads() if (brackets, name) == ("[[", key)]
        parts: list[Table] = []
        for number, values in enumerate(entries):
            if isinstance(values, dict):
                line = heads[number] if number < len(heads) else self._line_of(key)
                parts.append(self.part(values, line, code))
            else:
                self.bad(key, say("a table [[{name}]] for each of them", name=key))
        return parts

    def named(self) -> Iterator[tuple[str, Table]]:
        """Every `[id]` of the file with its table."""
        heads: dict[str, int] = {}
        for number, _, name in self._heads():
            heads.setdefault(name, number)
        for id, values in self.values.items():
            if not isinstance(values, dict):
                found = say("“{key} = {value}” outside of every [id]", key=id, value=clip(values))
                self.bad(id, say("a table [id] for each of them"), found)
                continue
            part = self.part(values, heads.get(id) or self._line_of(id))
            if is_id(id):
                yield id, part
            else:
                part.wrong("bad-id", "", say("the id “{id}”", id=clip(id)), ID_EXPECTED, ID_MEND)

    def _heads(self) -> Iterator[tuple[int, str, str]]:
        """The lines that begin tables: number, brackets, name."""
        for number, line in enumerate(self._lines, 1):
            found = _HEAD.match(line)
            if found is not None:
                yield number, found[1], found[2]

    def once(
        self, parts: Sequence[Table], read: Callable[[Table], T | None], code: str = ""
    ) -> dict[str, T]:
        """What is read of the parts, by id; one in error, or with the id of another, is left out.

        read: comes to None for one that cannot be used. code: of an id that stands there twice.
        """
        found: dict[str, T] = {}
        for part in parts:
            made = read(part)
            if made is None or part.failed:
                continue
            if made.id in found:
                part.again(made.id, code)
                continue
            found[made.id] = made
        return found

    # What is wrong

    def place(self, key: str = "", naming: str | None = None) -> Place:
        """Where a property stands; naming: the line of it on which this word is."""
        line = self._line_of(key)
        if naming is not None:
            line = self._find(rf".*{re.escape(naming)}", line)
        return self._diagnostics.place(line)

    def bad(self, key: str, expected: Message, found: Message | None = None) -> None:
        """An error on the line of a property; what it belongs to is left out."""
        if found is None and key not in self.values:
            found = say("no “{key}”", key=key)
        elif found is None:
            found = say("“{key} = {value}”", key=key, value=clip(self.values[key]))
        mend = say("Correct this line; until then what it belongs to is left out.")
        self.wrong(self._code, key, found, expected, mend)

    def wrong(self, code: str, key: str, found: Message, expected: Message, mend: Message) -> None:
        """The same with words of its own."""
        self.failed = True
        self._diagnostics.error(self._line_of(key), code, found, expected, mend)

    def again(self, id: str, code: str = "") -> None:
        """An error: the id stands for something else already."""
        found = say("the id “{id}” a second time", id=id)
        mend = say("Delete one of the two, or give it another id.")
        self.wrong(code or self._code, "id", found, say("every id once"), mend)

    def only(self, *allowed: str) -> None:
        """An error for every other property."""
        for key in self.values:
            if key not in allowed:
                found = say("the property “{key}”", key=clip(key))
                expected = say("only {names}", names=", ".join(allowed))
                mend = did_you_mean(key, allowed, say("Delete the line."))
                self.wrong("unknown-property", key, found, expected, mend)

    # Values

    def id(self, code: str = "") -> str | None:
        """Its id; None, with an error, for anything that cannot be one."""
        id = self.values.get("id")
        if is_id(id):
            return str(id)
        if not code:
            self.bad("id", ID_EXPECTED)
            return None
        found = say("“{key} = {value}”", key="id", value=clip(id))
        self.wrong(code, "id", found if "id" in self.values else NO_ID, ID_EXPECTED, ID_MEND)
        return None

    def text(self, key: str) -> str:
        """A text in quotation marks with something in it."""
        value = self.values.get(key)
        if isinstance(value, str) and value.strip():
            return value
        self.bad(key, say("a text in quotation marks"))
        return ""

    def choice(self, key: str, choices: Sequence[Choice]) -> Choice | None:
        """One of some words."""
        value = self.values.get(key)
        for choice in choices:
            if choice == value:
                return choice
        self.bad(key, say("one of {names}", names=", ".join(choices)))
        return None

    def seed(self) -> int:
        """The property `seed`; 0 where there is none."""
        seed = self.values.get("seed", 0)
        if type(seed) is int and 0 <= seed <= LARGEST_SEED:
            return seed
        self.bad("seed", say("a whole number from 0 to {most}", most=LARGEST_SEED))
        return 0

    def names(self, key: str) -> tuple[str, ...]:
        """A list of ids with at least one in it."""
        value = self.values.get(key)
        if isinstance(value, list) and value and all(is_id(name) for name in value):
            return tuple(dict.fromkeys(value))
        self.bad(key, say("a list of ids with at least one in it"))
        return ()

    def words(self, key: str) -> Words | None:
        """A text in every language; None, with an error, without one in English."""
        return self.words_of(key, self.values.get(key))

    def words_of(self, key: str, texts: object) -> Words | None:
        """The same for a value that stands deeper in the property."""
        if not isinstance(texts, Mapping):
            self.bad(key, _in_languages(f"{key}."))
            return None
        return self._words(texts, f"{key}.")

    def own_words(self) -> Words | None:
        """The text in every language that stands in this table itself: `en = …`, `ko = …`."""
        known = self.languages
        return self._words({code: self.values[code] for code in known if code in self.values}, "")

    def _words(self, texts: Mapping[str, object], prefix: str) -> Words | None:
        """Texts by language. What is not translated is a warning."""
        words: dict[str, str] = {}
        for code, text in texts.items():
            if code not in self.languages:
                self._unknown_language(prefix, code)
                return None
            if not isinstance(text, str) or not text.strip():
                self._no_text(prefix, code, text)
                return None
            words[code] = text
        if DEFAULT_LANGUAGE not in words:
            self._no_text(prefix, DEFAULT_LANGUAGE, None)
            return None
        missing = [code for code in self._languages if code not in words]
        if missing:
            self._not_translated(prefix, missing)
        return words

    def _no_text(self, prefix: str, code: str, text: object) -> None:
        blank = text is None or text == "" or (isinstance(text, str) and not text.strip())
        found = say("“{key} = {value}”", key=f"{prefix}{code}", value=clip(text))
        if blank:
            found = say("no “{key}”", key=f"{prefix}{code}")
        self.bad(self._key(prefix, code), _in_languages(prefix), found)

    def _unknown_language(self, prefix: str, code: str) -> None:
        known = self.languages
        found = say("the language “{code}”", code=clip(code))
        mend = did_you_mean(code, known, say("Delete it, or add its language to course.toml."))
        expected = say("only {names}", names=", ".join(known))
        self.wrong(self._code, self._key(prefix, code), found, expected, mend)

    def _not_translated(self, prefix: str, missing: Sequence[str]) -> None:
        key = prefix.removesuffix(".")
        self._diagnostics.warning(
            self._line_of(key or DEFAULT_LANGUAGE),
            "not-translated",
            say("“{key}” without {languages}", key=key or "…", languages=", ".join(missing)),
            _in_languages(prefix),
            say("Translate it; until then it is shown in English."),
        )

    def _key(self, prefix: str, code: str) -> str:
        """The property that says a text in a language, if it has a line of its own."""
        key = f"{prefix}{code}"
        return key if self._has_line(key) else prefix.removesuffix(".") or code

    # Lines

    def _line_of(self, key: str) -> int:
        """The line of a property of this table; without one, the table's first line."""
        return self._find(_property(key), self._line) if key else self._line

    def _has_line(self, key: str) -> bool:
        return self._find(_property(key), 0) != 0

    def _find(self, pattern: str, otherwise: int) -> int:
        """The first line of this table, not before `otherwise`, that begins like this."""
        for number in range(max(otherwise, self._line), len(self._lines) + 1):
            line = self._lines[number - 1]
            if number > self._line and _HEAD.match(line):
                break
            if re.match(pattern, line):
                return number
        return otherwise


ID_EXPECTED = say("small letters and digits, joined by hyphens, at most 64")
ID_MEND = say('Write id = "a-name" at the top.')
NO_ID = say("no “{key}”", key="id")


def _property(key: str) -> str:
    return rf"\s*{re.escape(key)}\s*[.=]"


def _in_languages(prefix: str) -> Message:
    return say("{texts}", texts=", ".join(f'{prefix}{code} = "…"' for code in LANGUAGES))
