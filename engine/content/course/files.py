"""course.toml and sources.toml: the units, the languages, and where statements come from."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from typing import Any, get_args

from engine.content.cards.model import Problem
from engine.content.course.model import Course, Source, SourceKind, Unit
from engine.content.files.problems import Findings, clip, is_id
from engine.content.files.toml_files import lines_of, only, read_toml
from engine.i18n import DEFAULT_LANGUAGE, LANGUAGES, Message, Words, each_language, say

COURSE_FILE = "course.toml"
SOURCES_FILE = "sources.toml"
SOURCE_KINDS: tuple[SourceKind, ...] = get_args(SourceKind)
_TEXTS = ("title", "authors", "where", "url", "kind")
_IN_LANGUAGES = ("title", "where")  # one text, or one for each language
_LANGUAGE = re.compile(r"[a-z]{2,3}(?:-[A-Za-z0-9]{2,8})*")


def read_course(content: bytes | Problem) -> tuple[Course, tuple[Problem, ...]]:
    """The course, as much of it as can be read, and the problems of course.toml."""
    table, text, findings = read_toml(content, COURSE_FILE)
    units: list[Unit] = []
    if table is None:
        return Course((), tuple(LANGUAGES)), tuple(findings.problems)
    only(table, ("id", "languages", "units"), 1, findings)
    entries = table.get("units")
    if not isinstance(entries, list) or not entries:
        found = say("no list of units")
        mend = say("Write “[[units]]” and below it “id = …”, “title.en = …”.")
        findings.error(1, "no-units", found, say("at least one [[units]]"), mend)
        entries = []
    lines = lines_of(text, re.compile(r"^\s*\[\[\s*units\s*\]\]", re.MULTILINE))
    for number, entry in enumerate(entries):
        line = lines[number] if number < len(lines) else 1
        unit = _unit(entry, line, findings)
        if unit is not None and all(unit.id != other.id for other in units):
            units.append(unit)
        elif unit is not None:
            found = say("the unit “{id}” a second time", id=unit.id)
            mend = say("Delete one of the two, or give it another id.")
            findings.error(line, "duplicate-unit", found, say("every unit once"), mend)
    languages, id = _languages(table, text, findings), _id(table, findings)
    return Course(tuple(units), languages, id), tuple(findings.problems)


def read_sources(content: bytes | Problem) -> tuple[dict[str, Source], tuple[Problem, ...]]:
    """The sources by id, and the problems of sources.toml. A source in error is left out."""
    table, text, findings = read_toml(content, SOURCES_FILE)
    sources: dict[str, Source] = {}
    heads = _heads(text)
    for id, entry in (table or {}).items():
        line = heads.get(id, 1)
        source = _source(id, entry, line, findings)
        if source is not None:
            sources[id] = source
    return dict(sorted(sources.items())), tuple(findings.problems)


def _heads(text: str) -> dict[str, int]:
    """The lines of `[name]`, by name."""
    heads: dict[str, int] = {}
    for number, line in enumerate(text.split("\n"), start=1):
        found = re.match(r"""\s*\[\s*["']?([^\]"'\s]+)["']?\s*\]""", line)
        if found is not None:
            heads.setdefault(found[1], number)
    return heads


def _id(table: Mapping[str, Any], findings: Findings) -> str | None:
    id = table.get("id")
    if id is None or is_id(id):
        return id
    found = say("id = {value}", value=clip(id))
    expected = say("small letters and digits, joined by hyphens, at most 64")
    findings.error(1, "bad-id", found, expected, say('Write id = "a-name" at the top.'))
    return None


def _languages(table: Mapping[str, Any], text: str, findings: Findings) -> tuple[str, ...]:
    languages = table.get("languages")
    line = next(iter(lines_of(text, re.compile(r"^\s*languages", re.MULTILINE))), 1)
    if (
        isinstance(languages, list)
        and DEFAULT_LANGUAGE in languages
        and all(isinstance(code, str) and _LANGUAGE.fullmatch(code) for code in languages)
    ):
        others = [code for code in dict.fromkeys(languages) if code != DEFAULT_LANGUAGE]
        return (DEFAULT_LANGUAGE, *others)
    findings.error(
        line,
        "languages",
        say("languages = {value}", value=clip(languages)),
        say('a list of language codes with "en"'),
        say("Write languages = {codes}.", codes=json.dumps([*LANGUAGES])),
    )
    return tuple(LANGUAGES)


def _unit(entry: object, line: int, findings: Findings) -> Unit | None:
    table = entry if isinstance(entry, dict) else {}
    only(table, ("id", "title"), line, findings)
    id, title = table.get("id"), table.get("title")
    if not is_id(id):
        found = say("a unit with the id “{id}”", id=clip(id))
        mend = say('Write id = "a-name" below [[units]].')
        expected = say("small letters and digits, joined by hyphens, at most 64")
        findings.error(line, "bad-id", found, expected, mend)
        return None
    if (
        not isinstance(title, dict)
        or DEFAULT_LANGUAGE not in title
        or not all(isinstance(text, str) and text.strip() for text in title.values())
    ):
        found = say("the unit “{id}” without a title in English", id=id)
        mend = say("Write {texts} below its id.", texts=each_language("title"))
        findings.error(line, "unit-title", found, say("a title in every language"), mend)
        return None
    return Unit(str(id), title)


def _source(id: str, entry: object, line: int, findings: Findings) -> Source | None:
    if not is_id(id) or not isinstance(entry, dict):
        found = say("the source “{id}”", id=clip(id))
        mend = say("Write [{id}] on a line of its own.", id="glorot-2010")
        expected = say("small letters and digits, joined by hyphens, at most 64")
        findings.error(line, "bad-id", found, expected, mend)
        return None
    before = len(findings.problems)
    only(entry, (*_TEXTS, "year"), line, findings)
    for key in _TEXTS:
        if key in entry and not _is_text(entry[key], in_languages=key in _IN_LANGUAGES):
            _bad(id, key, entry[key], say("a text in quotation marks"), line, findings)
    if "title" not in entry:
        _bad(id, "title", None, say("a text in quotation marks"), line, findings)
    if "year" in entry and type(entry["year"]) is not int:
        _bad(id, "year", entry["year"], say("a year without quotation marks"), line, findings)
    if not str(entry.get("url", "https://")).startswith("https://"):
        _bad(id, "url", entry["url"], say("an address that begins with https://"), line, findings)
    if entry.get("kind") not in SOURCE_KINDS:
        expected = say("one of {names}", names=", ".join(SOURCE_KINDS))
        _bad(id, "kind", entry.get("kind"), expected, line, findings)
    if len(findings.problems) > before:
        return None
    words = {key: _words(entry[key]) for key in _IN_LANGUAGES if key in entry}
    return Source(id, **(entry | words))


def _is_text(value: object, *, in_languages: bool) -> bool:
    if isinstance(value, dict) and in_languages:
        texts = value.values()
        known = DEFAULT_LANGUAGE in value and set(value) <= set(LANGUAGES)
        return known and all(_is_text(text, in_languages=False) for text in texts)
    return isinstance(value, str) and bool(value.strip())


def _words(value: str | Words) -> Words:
    return {DEFAULT_LANGUAGE: value} if isinstance(value, str) else value


def _bad(
    id: str, key: str, value: object, expected: Message, line: int, findings: Findings
) -> None:
    found = say("“{key} = {value}” in [{id}]", key=key, value=clip(value), id=id)
    findings.error(
        line, "bad-source", found, expected, say("Correct the line below [{id}].", id=id)
    )
