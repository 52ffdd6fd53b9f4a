"""What is read from files: cards, course, sources; and everything that can be wrong with them."""

from __future__ import annotations

from engine.content.between_cards import course_order
from engine.content.cards.model import Card, Flashcard, Question, Status, Trial
from engine.content.cards.place_holding import Palette, palette_of
from engine.content.cards.reading import Reading, digest, file_name, read_card
from engine.content.cards.snippets import BESIDE, WITHIN, Snippet
from engine.content.cards.translation import PLACEHOLDER
from engine.content.files.folder import CARDS, Files, Folder, Mark
from engine.content.files.problems import (
    ContentError,
    Level,
    Place,
    Problem,
    fails,
    in_order,
    is_id,
)
from engine.content.files.texts import LARGEST_FILE, decode
from engine.content.files.yaml_reader import Node, read_mapping
from engine.content.findings import Finding
from engine.content.glossary import Term, search_terms
from engine.content.lints.formulas import card_formulas, toml_formulas
from engine.content.loading import load_cards
from engine.content.model import Content
from engine.content.sources import Source
from engine.content.syllabus import Syllabus, Unit

__all__ = [
    "BESIDE",
    "CARDS",
    "LARGEST_FILE",
    "PLACEHOLDER",
    "WITHIN",
    "Card",
    "Content",
    "ContentError",
    "Files",
    "Finding",
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
    "Syllabus",
    "Term",
    "Trial",
    "Unit",
    "card_formulas",
    "course_order",
    "decode",
    "digest",
    "fails",
    "file_name",
    "in_order",
    "is_id",
    "load_cards",
    "palette_of",
    "read_card",
    "read_mapping",
    "search_terms",
    "toml_formulas",
]
