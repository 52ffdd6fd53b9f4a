"""What a note says, statement by statement; where notes contradict each other; what is open."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

from engine.content.files.problems import Place, Problem
from engine.i18n import Message, Words, say

StatementVerdict = Literal[
    "true", "limited", "misleading", "false", "open", "unreadable", "pointer"
]

#: What each verdict is called, in the order in which they are listed.
STATEMENT_VERDICTS: Mapping[StatementVerdict, Message] = {
    "true": say("True"),
    "limited": say("True with a limit"),
    "misleading": say("Misleading"),
    "false": say("False"),
    "open": say("Open question"),
    "unreadable": say("Unreadable"),
    "pointer": say("Pointer"),
}


@dataclass(frozen=True, slots=True)
class Evidence:
    """Where somebody can see for themselves.

    name: a card's id, an item's (`card/question`) or a simulation's name. settings, seed and
    chart belong to a simulation: its parameters that are not at their default, and how to show it.
    """

    kind: Literal["card", "question", "simulation"]
    name: str
    place: Place
    settings: Mapping[str, object] = field(default_factory=dict)
    seed: int = 0
    chart: str | None = None


@dataclass(frozen=True, slots=True)
class Statement:
    """One thing a note says, in our words. cards: the concepts it is about."""

    id: str
    note: str
    text: Words
    verdict: StatementVerdict
    why: Words
    cards: tuple[str, ...]
    evidence: tuple[Evidence, ...]
    place: Place


@dataclass(frozen=True, slots=True)
class Note:
    """One note. `id` is the source's id in sources.toml; an unknown author is empty."""

    id: str
    title: Words
    author: str
    statements: tuple[Statement, ...]
    place: Place


@dataclass(frozen=True, slots=True)
class Side:
    """One side of a contradiction: a statement of a note, or what a source says."""

    statement: str | None
    source: str | None
    text: Words | None


@dataclass(frozen=True, slots=True)
class Contradiction:
    """Two or more sides that cannot all be right, and who is."""

    id: str
    title: Words
    sides: tuple[Side, ...]
    ruling: Words
    evidence: tuple[Evidence, ...]
    place: Place


@dataclass(frozen=True, slots=True)
class OpenQuestion:
    """What is not settled: what is known, what is not, and an experiment to run."""

    id: str
    title: Words
    known: Words
    unknown: Words
    experiment: Words
    statements: tuple[str, ...]
    sources: tuple[str, ...]
    evidence: tuple[Evidence, ...]
    place: Place


@dataclass(frozen=True)
class Notes:
    """All notes of a content folder, and what is wrong with them.

    claims: statement id -> the questions in which somebody can judge it (kind `claim`).
    """

    notes: Mapping[str, Note] = field(default_factory=dict)
    contradictions: tuple[Contradiction, ...] = ()
    questions: tuple[OpenQuestion, ...] = ()
    claims: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    problems: tuple[Problem, ...] = ()

    @property
    def statements(self) -> dict[str, Statement]:
        """Every statement by its id, note by note."""
        return {s.id: s for note in self.notes.values() for s in note.statements}

    def about(self, card: str) -> tuple[Statement, ...]:
        """What the notes say about a card's concept."""
        return tuple(s for s in self.statements.values() if card in s.cards)
