"""content/notes/*.toml: one file a note, and two about all of them.

What is broken is left out and told with its file and line; the rest is read.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from typing import Any, TypeVar

from engine.content import Problem
from engine.content.files.problems import clip, is_id
from engine.content.files.toml_files import lines_of, only, read_toml
from engine.i18n import say
from engine.notes.entry import Entry
from engine.notes.model import VERDICTS, Contradiction, Note, OpenQuestion, Side, Statement

FOLDER = "notes"
CONTRADICTIONS_FILE = f"{FOLDER}/contradictions.toml"
OPEN_FILE = f"{FOLDER}/open.toml"
STATEMENT_ID = re.compile(r"[0-9]{1,3}-[0-9]{1,4}")
T = TypeVar("T", Statement, Contradiction, OpenQuestion)


def read_note(
    content: bytes | Problem, file: str, languages: tuple[str, ...]
) -> tuple[Note | None, tuple[Problem, ...]]:
    """The note of one file, with the statements that can be read; None if nothing can be."""
    table, text, diagnostics = read_toml(content, file)
    if table is None:
        return None, tuple(diagnostics.problems)
    only(table, ("id", "title", "author", "statements"), 1, diagnostics)
    head = Entry(table, text.split("\n"), 1, diagnostics, languages)
    name = file.rpartition("/")[2].removesuffix(".toml")
    title, author = head.words("title"), table.get("author", "")
    if table.get("id") != name:
        head.bad("id", say('id = "{name}", as the file is called', name=name))
    if not isinstance(author, str):
        head.bad("author", say("a text in quotation marks"))
    read = _entries(table, text, "statements", head, lambda entry: _statement(entry, name))
    if diagnostics.failed and (title is None or table.get("id") != name):
        return None, tuple(diagnostics.problems)
    note = Note(name, title or {}, str(author), read, diagnostics.place(1))
    return note, tuple(diagnostics.problems)


def read_contradictions(
    content: bytes | Problem, languages: tuple[str, ...]
) -> tuple[tuple[Contradiction, ...], tuple[Problem, ...]]:
    """The contradictions that can be read, and what is wrong with the others."""
    table, text, diagnostics = read_toml(content, CONTRADICTIONS_FILE)
    if table is None:
        return (), tuple(diagnostics.problems)
    only(table, ("contradictions",), 1, diagnostics)
    head = Entry(table, text.split("\n"), 1, diagnostics, languages)
    read = _entries(table, text, "contradictions", head, _contradiction)
    return read, tuple(diagnostics.problems)


def read_open_questions(
    content: bytes | Problem, languages: tuple[str, ...]
) -> tuple[tuple[OpenQuestion, ...], tuple[Problem, ...]]:
    """The open questions that can be read, and what is wrong with the others."""
    table, text, diagnostics = read_toml(content, OPEN_FILE)
    if table is None:
        return (), tuple(diagnostics.problems)
    only(table, ("questions",), 1, diagnostics)
    head = Entry(table, text.split("\n"), 1, diagnostics, languages)
    read = _entries(table, text, "questions", head, _open_question)
    return read, tuple(diagnostics.problems)


def _entries(
    table: Mapping[str, Any], text: str, name: str, head: Entry, read: Callable[[Entry], T | None]
) -> tuple[T, ...]:
    """What stands under every `[[name]]`; one in error, or with the id of another, is left out."""
    entries = table.get(name)
    if not isinstance(entries, list) or not entries:
        head.bad(name, say("at least one [[{name}]]", name=name))
        return ()
    lines = lines_of(text, re.compile(rf"^\s*\[\[\s*{name}\s*\]\]", re.MULTILINE))
    found: dict[str, T] = {}
    for number, told in enumerate(entries):
        line = lines[number] if number < len(lines) else 1
        entry = head.part(told, line)
        made = read(entry)
        if made is None or entry.failed:
            continue
        if made.id in found:
            entry.bad("id", say("every id once"))
            continue
        found[made.id] = made
    return tuple(found.values())


def _statement(entry: Entry, note: str) -> Statement | None:
    entry.only("id", "verdict", "text", "why", "cards", "evidence")
    id = entry.table.get("id")
    verdict = next((v for v in VERDICTS if v == entry.table.get("verdict")), None)
    if not isinstance(id, str) or not STATEMENT_ID.fullmatch(id):
        entry.bad("id", say("the note's number and the statement's, such as 1-16"))
        return None
    if verdict is None:
        entry.bad("verdict", say("one of {names}", names=", ".join(VERDICTS)))
        return None
    text, why = entry.words("text"), entry.words("why")
    cards, evidence = entry.names("cards"), entry.evidence()
    if text is None or why is None:
        return None
    return Statement(id, note, text, verdict, why, cards, evidence, entry.place("id"))


def _contradiction(entry: Entry) -> Contradiction | None:
    entry.only("id", "title", "sides", "ruling", "evidence")
    id, title, ruling = entry.id(), entry.words("title"), entry.words("ruling")
    told = entry.table.get("sides")
    sides = [_side(entry, side) for side in told] if isinstance(told, list) else []
    if len(sides) < 2:
        entry.bad("sides", say("at least two sides"))
    evidence = entry.evidence()
    if id is None or title is None or ruling is None or entry.failed:
        return None
    kept = tuple(side for side in sides if side is not None)
    return Contradiction(id, title, kept, ruling, evidence, entry.place("id"))


def _side(entry: Entry, told: object) -> Side | None:
    table = told if isinstance(told, dict) else {}
    statement, source = table.get("statement"), table.get("source")
    if set(table) == {"statement"} and isinstance(statement, str):
        return Side(statement, None, None)
    if set(table) == {"source", "text"} and is_id(source):
        text = entry.words_of("sides", table["text"])
        return None if text is None else Side(None, str(source), text)
    entry.bad(
        "sides",
        say("a statement's id, or a source with its text in every language"),
        found=say("the side “{side}”", side=clip(told)),
    )
    return None


def _open_question(entry: Entry) -> OpenQuestion | None:
    entry.only("id", "title", "known", "unknown", "experiment", "statements", "sources", "evidence")
    id = entry.id()
    title, known, unknown, experiment = (
        entry.words(name) for name in ("title", "known", "unknown", "experiment")
    )
    statements, sources = entry.names("statements"), entry.names("sources")
    evidence = entry.evidence()
    if id is None or title is None or known is None or unknown is None or experiment is None:
        return None
    place = entry.place("id")
    return OpenQuestion(id, title, known, unknown, experiment, statements, sources, evidence, place)
