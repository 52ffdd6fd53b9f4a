"""glossary.toml: the course's standard terms in every language."""

from __future__ import annotations

import tomllib
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from engine.content import Level, Place, Problem
from engine.i18n import DEFAULT_LANGUAGE, Message, Words, folded, say

GLOSSARY_FILE = "glossary.toml"


@dataclass(frozen=True)
class Term:
    """A term, one sentence about it, and the card that teaches it (None: no single one).

    Both are there in English, and in those languages into which somebody translated them.
    """

    id: str
    term: Words
    text: Words
    card: str | None


def read_glossary(
    folder: Path, cards: Collection[str], languages: Sequence[str]
) -> tuple[tuple[Term, ...], tuple[Problem, ...]]:
    """The terms in the order of the file, and what is wrong with those left out.

    cards: the ids that a term's `card` may name; one that is not there is left away.
    languages: those of the course. What is not translated is a warning, and shown in English.
    """
    path = folder / GLOSSARY_FILE
    if not path.exists():
        return (), ()
    try:
        text = path.read_text(encoding="utf-8")
        told = tomllib.loads(text)
    except (OSError, ValueError) as error:  # UnicodeDecodeError and TOMLDecodeError are ValueErrors
        found = say("something that cannot be read ({problem})", problem=str(error)[:120])
        return (), (_problem(1, found, say("a table [term] for each term")),)
    lines = text.split("\n")
    terms: list[Term] = []
    problems: list[Problem] = []
    for id, entry in told.items():
        line = next((n for n, row in enumerate(lines, 1) if row.strip() == f"[{id}]"), 1)
        wrong = _wrong(entry, languages)
        if wrong is not None:
            problems.append(_problem(line, *wrong))
            continue
        card = entry.get("card")
        if card is not None and card not in cards:
            found = say("card = {value}", value=str(card)[:60])
            expected = say("the id of a card that is there")
            problems.append(_problem(line, found, expected, "warning"))  # the term itself is kept
            card = None
        told_in, text_in = _in_languages(entry, languages), _in_languages(entry["text"], languages)
        terms.append(Term(id, told_in, text_in, card))
        lacking = [code for code in languages if code not in told_in or code not in text_in]
        if lacking:
            problems.append(_not_translated(line, id, lacking))
    return tuple(terms), tuple(problems)


def _in_languages(table: Mapping[str, str], languages: Sequence[str]) -> Words:
    return {code: table[code] for code in languages if code in table}


def _wrong(entry: Any, languages: Sequence[str]) -> tuple[Message, Message] | None:
    """What was found and what was expected instead; None for a good entry."""
    names = (*languages, "text", "card")
    if not isinstance(entry, dict):
        return say("a line outside of every [term]"), say("a table [term] for each term")
    for key in entry:
        if key not in names:
            return (
                say("the property “{key}”", key=str(key)[:60]),
                say("only {names}", names=", ".join(names)),
            )
    text = entry.get("text")
    for code in languages:
        for key, table in ((code, entry), (f"text.{code}", text)):
            value = table.get(code) if isinstance(table, Mapping) else None
            if value is None and code != DEFAULT_LANGUAGE:
                continue
            if not isinstance(value, str) or not value.strip():
                return say("no “{key}”", key=key), say("a text in quotation marks")
    return None


def _problem(line: int, found: Message, expected: Message, level: Level = "error") -> Problem:
    mend = say("Correct the term that begins on this line.")
    return Problem(level, Place(GLOSSARY_FILE, line), "bad-term", found, expected, mend)


def _not_translated(line: int, id: str, lacking: Sequence[str]) -> Problem:
    found = say("“{key}” without {languages}", key=id, languages=", ".join(lacking))
    expected = say("a name and a text in every language of the course")
    mend = say("Translate it; until then it is shown in English.")
    return Problem("warning", Place(GLOSSARY_FILE, line), "not-translated", found, expected, mend)


def search_terms(terms: Sequence[Term], wanted: str) -> list[Term]:
    """The terms in whose name or sentence, in any language, every word of `wanted` occurs.

    Those whose name begins with `wanted` come first; an empty search finds all.
    """
    words = folded(wanted).split()
    found = [
        term
        for term in terms
        if all(
            word in folded(" ".join((*term.term.values(), *term.text.values()))) for word in words
        )
    ]
    begins = folded(wanted).strip()
    return sorted(
        found, key=lambda term: not any(folded(t).startswith(begins) for t in term.term.values())
    )
