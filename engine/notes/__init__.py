"""The notes the course comes from: what they say, what became of it, and where that is shown."""

from __future__ import annotations

from engine.notes.finding import Wanted, counts, matching
from engine.notes.folder import NotesReader
from engine.notes.model import (
    VERDICTS,
    Contradiction,
    Evidence,
    Note,
    Notes,
    OpenQuestion,
    Side,
    Statement,
    Verdict,
)

__all__ = [
    "VERDICTS",
    "Contradiction",
    "Evidence",
    "Note",
    "Notes",
    "NotesReader",
    "OpenQuestion",
    "Side",
    "Statement",
    "Verdict",
    "Wanted",
    "counts",
    "matching",
]
