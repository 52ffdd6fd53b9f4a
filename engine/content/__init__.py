"""What is read from files: cards, course, sources; and everything that can be wrong with them."""

from __future__ import annotations

from engine.content.cards.completeness import check_complete
from engine.content.cards.model import Card, Flashcard, Question, Status, Trial
from engine.content.cards.reading import Reading, digest, file_name, read_card
from engine.content.cards.translation import PLACEHOLDER
from engine.content.course.checks import course_order
from engine.content.course.load import ContentReader, load_cards
from engine.content.course.model import Content, Course, Source, Unit
from engine.content.files.folder import CARDS, Files, Folder, Mark
from engine.content.files.problems import ContentError, Level, Place, Problem, in_order, is_id
from engine.content.files.texts import LARGEST_FILE, decode
from engine.content.files.yaml_reader import Node, read_mapping
from engine.content.lints.formulas import card_formulas, toml_formulas

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
    "in_order",
    "is_id",
    "load_cards",
    "read_card",
    "read_mapping",
    "toml_formulas",
]
