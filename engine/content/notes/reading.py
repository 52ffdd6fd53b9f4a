"""content/notes/*.toml: one file a note, and two about all of them.

What is broken is left out and told with its file and line; the rest is read.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence

from engine.content.cards.model import Card
from engine.content.files.problems import Place, Problem, as_id, clip, in_order, is_id
from engine.content.files.toml_files import read_toml
from engine.content.files.toml_table import Table
from engine.content.notes.evidence import read_evidence
from engine.content.notes.model import (
    STATEMENT_VERDICTS,
    Contradiction,
    Note,
    Notes,
    OpenQuestion,
    Side,
    Statement,
)
from engine.i18n import say

FOLDER = "notes"
CONTRADICTIONS_FILE = f"{FOLDER}/contradictions.toml"
OPEN_FILE = f"{FOLDER}/open.toml"
STATEMENT_ID = re.compile(r"[0-9]{1,3}-[0-9]{1,4}")
#: What one file of the folder holds.
Held = tuple[Note | Contradiction | OpenQuestion, ...]


def read_notes_file(
    content: bytes | Problem | None, languages: Sequence[str], file: str
) -> tuple[Held, tuple[Problem, ...]]:
    """What can be read of a file of the folder, and what is wrong with the rest."""
    if content is None:  # deleted just now
        return (), ()
    if file == CONTRADICTIONS_FILE:
        return _read_all(content, file, languages, "contradictions")
    if file == OPEN_FILE:
        return _read_all(content, file, languages, "questions")
    if not is_id(_name(file)):
        return (), (_misnamed(file),)
    return _read_note(content, file, languages)


def notes_of(held: Iterable[Held], cards: Mapping[str, Card], problems: Iterable[Problem]) -> Notes:
    """The notes of a folder, whose files hold this. cards: with the questions that claim it."""
    every = [one for file in held for one in file]
    return Notes(
        {one.id: one for one in every if isinstance(one, Note)},
        tuple(one for one in every if isinstance(one, Contradiction)),
        tuple(one for one in every if isinstance(one, OpenQuestion)),
        _claims(cards),
        in_order(problems),
    )


def _claims(cards: Mapping[str, Card]) -> dict[str, tuple[str, ...]]:
    """The questions that ask somebody to judge a statement, by the statement's id."""
    found: dict[str, list[str]] = {}
    for card in cards.values():
        for question in card.questions:
            node = question.spec.get("statement")
            if node is not None and isinstance(node.value, str):
                found.setdefault(node.value, []).append(f"{card.id}/{question.id}")
    return {id: tuple(items) for id, items in found.items()}


def _name(file: str) -> str:
    return file.rpartition("/")[2].removesuffix(".toml")


def _read_note(
    content: bytes | Problem, file: str, languages: Sequence[str]
) -> tuple[Held, tuple[Problem, ...]]:
    table, readable = read_toml(content, file, "bad-note", languages)
    if not readable:
        return (), table.problems
    table.only("id", "title", "author", "statements")
    name, title, author = _name(file), table.words("title"), table.values.get("author", "")
    named = table.values.get("id") == name
    if not named:
        table.bad("id", say('id = "{name}", as the file is called', name=name))
    if not isinstance(author, str):
        table.bad("author", say("a text in quotation marks"))
    parts = table.tables("statements", needed=True)
    statements = table.once(parts, lambda part: _statement(part, name))
    if title is None or not named:
        return (), table.problems
    note = Note(name, title, str(author), tuple(statements.values()), table.place())
    return (note,), table.problems


def _read_all(
    content: bytes | Problem, file: str, languages: Sequence[str], key: str
) -> tuple[Held, tuple[Problem, ...]]:
    table, readable = read_toml(content, file, "bad-note", languages)
    if not readable:
        return (), table.problems
    table.only(key)
    parts = table.tables(key, needed=True)
    if key == "contradictions":
        return tuple(table.once(parts, _contradiction).values()), table.problems
    return tuple(table.once(parts, _open_question).values()), table.problems


def _statement(table: Table, note: str) -> Statement | None:
    table.only("id", "verdict", "text", "why", "cards", "evidence")
    id = table.values.get("id")
    if not isinstance(id, str) or not STATEMENT_ID.fullmatch(id):
        table.bad("id", say("the note's number and the statement's, such as 1-16"))
        return None
    verdict = table.choice("verdict", tuple(STATEMENT_VERDICTS))
    text, why = table.words("text"), table.words("why")
    cards, evidence = table.names("cards"), read_evidence(table)
    if verdict is None or text is None or why is None:
        return None
    return Statement(id, note, text, verdict, why, cards, evidence, table.place("id"))


def _contradiction(table: Table) -> Contradiction | None:
    table.only("id", "title", "sides", "ruling", "evidence")
    id, title, ruling = table.id(), table.words("title"), table.words("ruling")
    entries = table.values.get("sides")
    sides = [_side(table, side) for side in entries] if isinstance(entries, list) else []
    if len(sides) < 2:
        table.bad("sides", say("at least two sides"))
    evidence = read_evidence(table)
    if id is None or title is None or ruling is None:
        return None
    kept = tuple(side for side in sides if side is not None)
    return Contradiction(id, title, kept, ruling, evidence, table.place("id"))


def _side(table: Table, entry: object) -> Side | None:
    values = entry if isinstance(entry, dict) else {}
    statement, source = values.get("statement"), values.get("source")
    if set(values) == {"statement"} and isinstance(statement, str):
        return Side(statement, None, None)
    if set(values) == {"source", "text"} and is_id(source):
        text = table.words_of("sides", values["text"])
        return None if text is None else Side(None, str(source), text)
    table.bad(
        "sides",
        say("a statement's id, or a source with its text in every language"),
        say("the side “{side}”", side=clip(entry)),
    )
    return None


def _open_question(table: Table) -> OpenQuestion | None:
    table.only("id", "title", "known", "unknown", "experiment", "statements", "sources", "evidence")
    id = table.id()
    title, known, unknown, experiment = (
        table.words(name) for name in ("title", "known", "unknown", "experiment")
    )
    statements, sources = table.names("statements"), table.names("sources")
    evidence = read_evidence(table)
    if id is None or title is None or known is None or unknown is None or experiment is None:
        return None
    place = table.place("id")
    return OpenQuestion(id, title, known, unknown, experiment, statements, sources, evidence, place)


def _misnamed(file: str) -> Problem:
    shown = file.encode("utf-8", "replace").decode()
    name = shown.rpartition("/")[2]
    return Problem(
        "error",
        Place(shown, 1),
        "bad-id",
        say("a file “{name}”", name=clip(name)),
        say("small letters and digits, joined by hyphens, at most 64"),
        say("Name it “{id}”, for example.", id=f"{as_id(name.removesuffix('.toml'))}.toml"),
    )
