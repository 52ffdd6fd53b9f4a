"""course.toml: the units in the order they are taught, and the languages of the course."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass

from engine.content.files.problems import Problem, clip, is_id
from engine.content.files.toml_files import read_toml
from engine.content.files.toml_table import ID_EXPECTED, ID_MEND, Table
from engine.i18n import DEFAULT_LANGUAGE, LANGUAGES, Words, say

SYLLABUS_FILE = "course.toml"
_LANGUAGE = re.compile(r"[a-z]{2,3}(?:-[A-Za-z0-9]{2,8})*")


@dataclass(frozen=True, slots=True)
class Unit:
    """A chapter of the course."""

    id: str
    title: Words


@dataclass(frozen=True, slots=True)
class Syllabus:
    """The units in the order they are taught, and the languages of the cards, English first.

    id: what tells this course from others; None in one from before there were ids.
    """

    units: tuple[Unit, ...]
    languages: tuple[str, ...]
    id: str | None = None

    def unit(self, id: str) -> Unit | None:
        """The unit with this id; None if there is none."""
        return next((unit for unit in self.units if unit.id == id), None)


def read_syllabus(content: bytes | Problem | None) -> tuple[Syllabus, tuple[Problem, ...]]:
    """The syllabus, as much of it as can be read, and the problems of course.toml."""
    table, readable = read_toml(content, SYLLABUS_FILE, "no-units", needed=True)
    if not readable:
        return Syllabus((), tuple(LANGUAGES)), table.problems
    table.only("id", "languages", "units")
    languages = _languages(table)
    # Its own texts are to be in its own languages.
    table = table.in_languages(languages)
    units = table.once(_units(table), _unit, "duplicate-unit")
    return Syllabus(tuple(units.values()), languages, _id(table)), table.problems


def _units(table: Table) -> list[Table]:
    if not table.values.get("units"):
        found = say("no list of units")
        mend = say("Write “[[units]]” and below it “id = …”, “title.en = …”.")
        table.wrong("no-units", "units", found, say("at least one [[units]]"), mend)
        return []
    return table.tables("units", "unit-title")


def _unit(table: Table) -> Unit | None:
    table.only("id", "title")
    id = table.id("bad-id")
    title = table.words("title")
    return None if id is None or title is None else Unit(id, title)


def _id(table: Table) -> str | None:
    id = table.values.get("id")
    if id is None or is_id(id):
        return id
    found = say("“{key} = {value}”", key="id", value=clip(id))
    table.wrong("bad-id", "id", found, ID_EXPECTED, ID_MEND)
    return None


def _languages(table: Table) -> tuple[str, ...]:
    languages = table.values.get("languages")
    if (
        isinstance(languages, list)
        and DEFAULT_LANGUAGE in languages
        and all(isinstance(code, str) and _LANGUAGE.fullmatch(code) for code in languages)
    ):
        others = [code for code in dict.fromkeys(languages) if code != DEFAULT_LANGUAGE]
        return (DEFAULT_LANGUAGE, *others)
    found = say("“{key} = {value}”", key="languages", value=clip(languages))
    if "languages" not in table.values:
        found = say("no “{key}”", key="languages")
    expected, mend = (
        say('a list of language codes with "en"'),
        say("Write languages = {codes}.", codes=json.dumps([*LANGUAGES])),
    )
    table.wrong("languages", "languages", found, expected, mend)
    return tuple(LANGUAGES)
