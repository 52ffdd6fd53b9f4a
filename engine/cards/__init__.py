"""Cards: from Markdown files to `Card`s, and everything that can be wrong with the files."""

from __future__ import annotations

from engine.cards.completeness import check_complete
from engine.cards.content import Content, Course, Source, Unit
from engine.cards.course_checks import course_order
from engine.cards.folder import CARDS, Files, Folder, Mark
from engine.cards.formulas import card_formulas, toml_formulas
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
    Trial,
)
from engine.cards.problems import is_id
from engine.cards.reading import LARGEST_FILE, Reading, decode, digest, file_name, read_card
from engine.cards.translation import PLACEHOLDER
from engine.cards.yaml_reader import read_mapping

__all__ = [
    "CARDS",
    "LARGEST_FILE",
    "PLACEHOLDER",
    "Card",
    "Content",
    "ContentError",
    "ContentReader",
    "Course",
    "Files",
    "Flashcard",
    "Folder",
    "Level",
    "Mark",
    "Node",
    "Place",
    "Problem",
    "Question",
    "Reading",
    "Source",
    "Status",
    "Trial",
    "Unit",
    "card_formulas",
    "check_complete",
    "course_order",
    "decode",
    "digest",
    "file_name",
    "is_id",
    "load_cards",
    "read_card",
    "read_mapping",
    "toml_formulas",
]
