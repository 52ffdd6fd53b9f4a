"""The notes the course comes from: what they say, what became of it, and where that is shown."""

from __future__ import annotations

from engine.content.notes.model import (
    STATEMENT_VERDICTS,
    Contradiction,
    Evidence,
    Note,
    Notes,
    OpenQuestion,
    Side,
    Statement,
    StatementVerdict,
)
from engine.content.notes.search import Wanted, counts, matching

__all__ = [
    "STATEMENT_VERDICTS",
    "Contradiction",
    "Evidence",
    "Note",
    "Notes",
    "OpenQuestion",
    "Side",
    "Statement",
    "StatementVerdict",
    "Wanted",
    "counts",
    "matching",
]
