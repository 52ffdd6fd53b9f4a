"""All that a content folder holds, once read, and what is wrong with it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from engine.content.cards.model import Card
from engine.content.files.problems import Problem
from engine.content.findings import Finding
from engine.content.glossary import Term
from engine.content.notes.model import Notes
from engine.content.sources import Source
from engine.content.syllabus import Syllabus


@dataclass(frozen=True, slots=True)
class Content:
    """A content folder. `cards` holds no card whose card.md has an error; it is sorted by id.

    problems: of all files but the notes, which have their own.
    """

    cards: Mapping[str, Card]
    problems: tuple[Problem, ...]
    syllabus: Syllabus
    sources: Mapping[str, Source]
    glossary: tuple[Term, ...] = ()
    findings: tuple[Finding, ...] = ()
    notes: Notes = field(default_factory=Notes)
