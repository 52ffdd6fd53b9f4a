"""One table of a notes' file: its values, and what is wrong with them on which line."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any, Literal

from engine.content import Place
from engine.content.files.problems import Findings, clip, is_id
from engine.content.files.toml_files import only
from engine.i18n import DEFAULT_LANGUAGE, Message, Words, each_language, say
from engine.notes.model import Evidence

LARGEST_SEED = 2**32 - 1
_KINDS: tuple[Literal["card", "question", "simulation"], ...] = ("card", "question", "simulation")


class Entry:
    """A table that begins on `line` of a file's `lines`."""

    def __init__(
        self,
        told: object,
        lines: list[str],
        line: int,
        findings: Findings,
        languages: tuple[str, ...],
    ) -> None:
        self.table: Mapping[str, Any] = told if isinstance(told, dict) else {}
        self.failed = False
        self._lines, self._line, self._findings = lines, line, findings
        self._languages = languages

    def part(self, told: object, line: int) -> Entry:
        """A table inside of this file."""
        return Entry(told, self._lines, line, self._findings, self._languages)

    def place(self, key: str) -> Place:
        """Where a property stands."""
        return self._findings.place(self._line_of(key))

    def bad(self, key: str, expected: Message, *, found: Message | None = None) -> None:
        """An error on the line of a property; the entry is left out."""
        self.failed = True
        value = self.table.get(key)
        if found is None and key not in self.table:
            found = say("no “{key}”", key=key)
        elif found is None:
            found = say("“{key} = {value}”", key=key, value=clip(value))
        mend = say("Correct this line; until then what it belongs to is left out.")
        self._findings.error(self._line_of(key), "bad-note", found, expected, mend)

    def only(self, *allowed: str) -> None:
        """An error for every other property."""
        self.failed |= any(key not in allowed for key in self.table)
        only(self.table, allowed, self._line, self._findings)

    def id(self) -> str | None:
        """The entry's id."""
        id = self.table.get("id")
        if is_id(id):
            return str(id)
        self.bad("id", say("small letters and digits, joined by hyphens, at most 64"))
        return None

    def words(self, key: str) -> Words | None:
        """A text in every language; None without one in English."""
        return self.words_of(key, self.table.get(key))

    def words_of(self, key: str, value: object) -> Words | None:
        """A property's text in every language. What is not translated is a warning."""
        expected = say("{texts}", texts=each_language(key))
        if (
            not isinstance(value, dict)
            or DEFAULT_LANGUAGE not in value
            or not all(isinstance(text, str) and text.strip() for text in value.values())
        ):
            self.bad(key, expected)
            return None
        missing = [language for language in self._languages if language not in value]
        if missing:
            self._findings.warning(
                self._line_of(key),
                "not-translated",
                say("“{key}” without {languages}", key=key, languages=", ".join(missing)),
                expected,
                say("Translate it; until then it is shown in English."),
            )
        return value

    def names(self, key: str) -> tuple[str, ...]:
        """A list of ids with at least one in it."""
        value = self.table.get(key)
        if isinstance(value, list) and value and all(is_id(name) for name in value):
            return tuple(dict.fromkeys(value))
        self.bad(key, say("a list of ids with at least one in it"))
        return ()

    def evidence(self) -> tuple[Evidence, ...]:
        """Where to see it: at least one card, question or simulation."""
        told = self.table.get("evidence")
        if not isinstance(told, list) or not told:
            self.bad("evidence", say("at least one card, question or simulation"))
            return ()
        found = (self._one(table) for table in told)
        return tuple(evidence for evidence in found if evidence is not None)

    def _one(self, told: object) -> Evidence | None:
        table = told if isinstance(told, dict) else {}
        kinds = [kind for kind in _KINDS if kind in table]
        allowed = {"simulation", "settings", "seed", "chart"} if kinds == ["simulation"] else kinds
        settings, seed, chart = table.get("settings", {}), table.get("seed", 0), table.get("chart")
        if (
            len(kinds) == 1
            and set(table) <= set(allowed)
            and isinstance(table[kinds[0]], str)
            and isinstance(settings, dict)
            and type(seed) is int
            and 0 <= seed <= LARGEST_SEED
            and isinstance(chart, str | None)
        ):
            named = rf".*{re.escape(table[kinds[0]])}"
            place = self._findings.place(self._find(named, self._line_of("evidence")))
            return Evidence(kinds[0], table[kinds[0]], place, settings, seed, chart)
        self.bad(
            "evidence",
            say("{{card = …}}, {{question = …}} or {{simulation = …, settings = {{…}}}}"),
            found=say("the evidence “{evidence}”", evidence=clip(told)),
        )
        return None

    def _line_of(self, key: str) -> int:
        """The line of a property of this entry; without one, the entry's first line."""
        return self._find(rf"\s*{re.escape(key)}\s*[.=]", self._line)

    def _find(self, pattern: str, first: int) -> int:
        """The first line of the entry, from `first` on, that begins like this; or `first`."""
        for number in range(first, len(self._lines) + 1):
            line = self._lines[number - 1]
            if number > self._line and line.lstrip().startswith("[["):
                break
            if re.match(pattern, line):
                return number
        return first
