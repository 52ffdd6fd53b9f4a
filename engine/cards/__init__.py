"""Cards: from Markdown files to `Card`s, and everything that can be wrong with the files."""

from __future__ import annotations

from engine.cards.completeness import check_complete
from engine.cards.content import Content, Course, Source, Unit
from engine.cards.course_checks import course_order
from engine.cards.load import ContentReader, load_cards
from engine.cards.model import (
    Card,
    ContentError,
    Flashcard,
    Level,
    Node,
    Place,
    Problem,
    Question,
    Status,
)
from engine.cards.reading import Reading, read_card
from engine.cards.translation import PLACEHOLDER
from engine.cards.yaml_reader import read_mapping

__all__ = [
    "PLACEHOLDER",
    "Card",
    "Content",
    "ContentError",
    "ContentReader",
    "Course",
    "Flashcard",
    "Level",
    "Node",
    "Place",
    "Problem",
    "Question",
    "Reading",
    "Source",
    "Status",
    "Unit",
    "check_complete",
    "course_order",
    "load_cards",
    "read_card",
    "read_mapping",
]
