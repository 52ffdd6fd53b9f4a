"""What is read from files: cards, course, sources; and everything that can be wrong with them."""

from __future__ import annotations

from engine.content.between_cards import course_order
from engine.content.cards.lesson_checks import check_lesson
from engine.content.cards.model import Card, Flashcard, ItemLevel, Question, Status, Step, Trial
from engine.content.cards.pictures import Placed
from engine.content.cards.place_holding import Palette, only_holds_places, palette_of
from engine.content.cards.reading import Reading, digest, file_name, read_card
from engine.content.cards.sheet import Sheet, read_sheet
from engine.content.cards.snippets import BESIDE, IN_TEXT, WITHIN, Snippet, new_card, without_logic
from engine.content.cards.translation import PLACEHOLDER
from engine.content.files.folder import CARDS, Files, Folder, Mark
from engine.content.files.problems import (
    ContentError,
    Diagnostics,
    Level,
    Place,
    Problem,
    clip,
    did_you_mean,
    fails,
    in_order,
    is_id,
)
from engine.content.files.texts import LARGEST_FILE, decode
from engine.content.files.yaml_reader import Node, read_mapping
from engine.content.files.yaml_writer import write_mapping, write_value
from engine.content.findings import Finding
from engine.content.glossary import Term, search_terms
from engine.content.katex.expander import arguments_of, tokens_of
from engine.content.katex.faults import FormulaError
from engine.content.katex.tables import FUNCTIONS, MACROS, SYMBOLS
from engine.content.lints.formulas import (
    Broken,
    broken_formulas,
    card_formulas,
    formula_problem,
    toml_formulas,
)
from engine.content.lints.maths import Formula, find_maths
from engine.content.loading import (
    Part,
    Parts,
    card_files,
    load_cards,
    other_files,
    parts_of,
    syllabus_of,
)
from engine.content.model import Content
from engine.content.notes import (
    STATEMENT_VERDICTS,
    Evidence,
    Notes,
    Side,
    Statement,
    StatementVerdict,
    Wanted,
    counts,
    matching,
)
from engine.content.sources import Source
from engine.content.syllabus import Syllabus, Unit

__all__ = [
    "BESIDE",
    "CARDS",
    "FUNCTIONS",
    "IN_TEXT",
    "LARGEST_FILE",
    "MACROS",
    "PLACEHOLDER",
    "STATEMENT_VERDICTS",
    "SYMBOLS",
    "WITHIN",
    "Broken",
    "Card",
    "Content",
    "ContentError",
    "Diagnostics",
    "Evidence",
    "Files",
    "Finding",
    "Flashcard",
    "Folder",
    "Formula",
    "FormulaError",
    "ItemLevel",
    "Level",
    "Mark",
    "Node",
    "Notes",
    "Palette",
    "Part",
    "Parts",
    "Place",
    "Placed",
    "Problem",
    "Question",
    "Reading",
    "Sheet",
    "Side",
    "Snippet",
    "Source",
    "Statement",
    "StatementVerdict",
    "Status",
    "Step",
    "Syllabus",
    "Term",
    "Trial",
    "Unit",
    "Wanted",
    "arguments_of",
    "broken_formulas",
    "card_files",
    "card_formulas",
    "check_lesson",
    "clip",
    "counts",
    "course_order",
    "decode",
    "did_you_mean",
    "digest",
    "fails",
    "file_name",
    "find_maths",
    "formula_problem",
    "in_order",
    "is_id",
    "load_cards",
    "matching",
    "new_card",
    "only_holds_places",
    "other_files",
    "palette_of",
    "parts_of",
    "read_card",
    "read_mapping",
    "read_sheet",
    "search_terms",
    "syllabus_of",
    "tokens_of",
    "toml_formulas",
    "without_logic",
    "write_mapping",
    "write_value",
]
