"""Which statements somebody wants to see."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, replace

from engine.content.notes.model import STATEMENT_VERDICTS, Statement, StatementVerdict
from engine.i18n import folded

#: A search longer than this is cut off.
LONGEST_SEARCH = 100


@dataclass(frozen=True)
class Wanted:
    """Empty wants all: of every note, verdict and concept, whatever the words."""

    note: str = ""
    verdicts: frozenset[StatementVerdict] = frozenset()
    card: str = ""
    words: str = ""


def matching(statements: Iterable[Statement], wanted: Wanted) -> tuple[Statement, ...]:
    """The statements that are wanted, in their order.

    Every word of the search must stand in a statement, in any language, case and
    normalization; a statement's id finds that statement alone.
    """
    every = tuple(statements)
    words = folded(wanted.words[:LONGEST_SEARCH]).split()
    if len(words) == 1 and any(s.id == words[0] for s in every):
        every, words = tuple(s for s in every if s.id == words[0]), []
    return tuple(
        s
        for s in every
        if wanted.note in ("", s.note)
        and (not wanted.verdicts or s.verdict in wanted.verdicts)
        and (not wanted.card or wanted.card in s.cards)
        and (not words or _holds(s, words))
    )


def _holds(statement: Statement, words: Iterable[str]) -> bool:
    text = " ".join((*statement.text.values(), *statement.why.values(), *statement.cards))
    text = folded(text)
    return all(word in text for word in words)


def counts(statements: Iterable[Statement], wanted: Wanted) -> dict[StatementVerdict, int]:
    """How many there are of each verdict, were they not chosen by verdict."""
    found = Counter(s.verdict for s in matching(statements, replace(wanted, verdicts=frozenset())))
    return {verdict: found[verdict] for verdict in STATEMENT_VERDICTS}
