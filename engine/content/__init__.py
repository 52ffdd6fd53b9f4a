"""What is read from files: cards, course, sources; and everything that can be wrong with them."""

from __future__ import annotations

from engine.content.cards.model import (
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
from engine.content.cards.place_holding import Palette, palette_of
from engine.content.cards.reading import LARGEST_FILE, Reading, decode, digest, file_name, read_card
from engine.content.cards.snippets import BESIDE, WITHIN, Snippet
from engine.content.cards.translation import PLACEHOLDER
from engine.content.course.checks import course_order
from engine.content.course.load import ContentReader, load_cards
from engine.content.course.model import Content, Course, Source, Unit
from engine.content.files.folder import CARDS, Files, Folder, Mark
from engine.content.files.problems import is_id
from engine.content.files.yaml_reader import read_mapping
from engine.content.lints.formulas import card_formulas, toml_formulas

__all__ = [
    "BESIDE",
    "CARDS",
    "LARGEST_FILE",
    "PLACEHOLDER",
    "WITHIN",
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
    "Palette",
    "Place",
    "Problem",
    "Question",
    "Reading",
    "Snippet",
    "Source",
    "Status",
    "Trial",
    "Unit",
    "card_formulas",
    "course_order",
    "decode",
    "digest",
    "file_name",
    "is_id",
    "load_cards",
    "palette_of",
    "read_card",
    "read_mapping",
    "toml_formulas",
]
