"""glossary.toml: the course's standard terms in every language."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, replace

from engine.content.files.problems import Place, Problem, clip
from engine.content.files.toml_files import read_toml
from engine.content.files.toml_table import Table
from engine.i18n import LANGUAGES, Words, folded, say

GLOSSARY_FILE = "glossary.toml"


@dataclass(frozen=True)
class Term:
    """A term, one sentence about it, and the card that teaches it (None: no single one)."""

    id: str
    term: Words
    text: Words
    card: str | None
    place: Place


def read_glossary(
    content: bytes | Problem | None, languages: Sequence[str] = tuple(LANGUAGES)
) -> tuple[tuple[Term, ...], tuple[Problem, ...]]:
    """The terms in the order of the file, and what is wrong with those left out."""
    table, _ = read_toml(content, GLOSSARY_FILE, "bad-term", languages)
    terms = (_term(id, part) for id, part in table.named())
    return tuple(term for term in terms if term is not None), table.problems


def _term(id: str, table: Table) -> Term | None:
    table.only(*table.languages, "text", "card")
    term, text = table.own_words(), table.words("text")
    card = table.text("card") if "card" in table.values else None
    if table.failed or term is None or text is None:
        return None
    return Term(id, term, text, card, table.place())


def taught(terms: Iterable[Term], cards: Collection[str]) -> tuple[tuple[Term, ...], list[Problem]]:
    """The terms without the cards that are not there, each of which is a warning."""
    lost = [term for term in terms if term.card is not None and term.card not in cards]
    found = tuple(replace(term, card=None) if term in lost else term for term in terms)
    return found, [_lost(term) for term in lost]


def _lost(term: Term) -> Problem:
    return Problem(
        "warning",
        term.place,
        "bad-term",
        say("card = {value}", value=clip(term.card)),
        say("the id of a card that is there"),
        say("Correct the term that begins on this line."),
    )


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
