"""sources.toml: where the statements of the cards come from."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal, get_args

from engine.content.files.problems import Problem
from engine.content.files.toml_files import read_toml
from engine.content.files.toml_table import Table
from engine.i18n import DEFAULT_LANGUAGE, LANGUAGES, Words, say

SOURCES_FILE = "sources.toml"
SourceKind = Literal["paper", "documentation", "note"]
SOURCE_KINDS: tuple[SourceKind, ...] = get_args(SourceKind)


@dataclass(frozen=True, slots=True)
class Source:
    """Where a statement comes from. What is not known is empty, or None."""

    id: str
    title: Words
    kind: SourceKind
    authors: str = ""
    where: Words | None = None
    year: int | None = None
    url: str | None = None


def read_sources(
    content: bytes | Problem | None, languages: Sequence[str] = tuple(LANGUAGES)
) -> tuple[dict[str, Source], tuple[Problem, ...]]:
    """The sources by id, and the problems of sources.toml. A source in error is left out."""
    table, _ = read_toml(content, SOURCES_FILE, "bad-source", languages, needed=True)
    read = ((id, _source(id, part)) for id, part in table.named())
    sources = {id: source for id, source in read if source is not None}
    return dict(sorted(sources.items())), table.problems


def _source(id: str, table: Table) -> Source | None:
    table.only("title", "authors", "where", "url", "kind", "year")
    title, where = _said(table, "title"), None
    if "where" in table.values:
        where = _said(table, "where")
    authors = table.text("authors") if "authors" in table.values else ""
    kind, year, url = table.choice("kind", SOURCE_KINDS), _year(table), _url(table)
    if table.failed or title is None or kind is None:
        return None
    return Source(id, title, kind, authors, where, year, url)


def _said(table: Table, key: str) -> Words | None:
    """One text, or one for each language: much that is cited has no other name."""
    if isinstance(table.values.get(key), dict):
        return table.words(key)
    text = table.text(key)
    return {DEFAULT_LANGUAGE: text} if text else None


def _year(table: Table) -> int | None:
    year = table.values.get("year")
    if "year" in table.values and type(year) is not int:
        table.bad("year", say("a year without quotation marks"))
    return year


def _url(table: Table) -> str | None:
    if "url" not in table.values:
        return None
    url = table.text("url")
    if url and not url.startswith("https://"):
        table.bad("url", say("an address that begins with https://"))
    return url
