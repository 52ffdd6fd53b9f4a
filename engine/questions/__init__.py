"""Questions: template + seed -> Variant; text -> Response; Response -> Grade."""

from __future__ import annotations

from collections.abc import Iterator

from engine.questions.checking.check import QuestionReport, check_drawing, check_question
from engine.questions.checking.completeness import check_complete
from engine.questions.checking.reviewing import remarks
from engine.questions.checking.siblings import accepted_elsewhere
from engine.questions.compiling.question import COMMON_KEYS, compile_question
from engine.questions.compiling.settings import outcome_names
from engine.questions.drawing import (
    LARGEST_SEED,
    MOST_TRIES,
    PARAMETERS,
    DrawError,
    draw,
    generator,
    with_outcome,
)
from engine.questions.expressions import (
    CONSTANTS,
    FUNCTIONS,
    MOST_CHARACTERS,
    Expression,
    ExpressionError,
    Value,
    compile_expression,
)
from engine.questions.kinds import KINDS
from engine.questions.kinds.common import Rejected, condition
from engine.questions.kinds.estimate import tolerance
from engine.questions.kinds.form import Form
from engine.questions.kinds.kind import Kind, Logic, Measured
from engine.questions.kinds.measuring import bracketed, value_of
from engine.questions.model import (
    Answer,
    Axis,
    Grade,
    Malformed,
    Option,
    Response,
    Sample,
    Variant,
    Verdict,
)
from engine.questions.numbers.interval_ends import accepted_ends
from engine.questions.numbers.reading import is_plain_number, read_number
from engine.questions.numbers.units import bare, is_unit, quantity, split_unit
from engine.questions.placeholders import shown
from engine.questions.snippets import SNIPPETS, palette
from engine.questions.template import Template
from engine.questions.texts import (
    answer_from_json,
    asked,
    chart_description,
    explanation,
    feedback,
    hints,
    number_text,
    response_parts,
    response_text,
    settings_of,
    simulate,
    simulation_rng,
    was_settled,
)

__all__ = [
    "COMMON_KEYS",
    "CONSTANTS",
    "FUNCTIONS",
    "KINDS",
    "LARGEST_SEED",
    "MOST_CHARACTERS",
    "MOST_TRIES",
    "PARAMETERS",
    "SNIPPETS",
    "Answer",
    "Axis",
    "DrawError",
    "Expression",
    "ExpressionError",
    "Form",
    "Grade",
    "Kind",
    "Logic",
    "Malformed",
    "Measured",
    "Option",
    "QuestionReport",
    "Rejected",
    "Response",
    "Sample",
    "Template",
    "Value",
    "Variant",
    "Verdict",
    "accepted_elsewhere",
    "accepted_ends",
    "answer_from_json",
    "asked",
    "bare",
    "bracketed",
    "chart_description",
    "check_complete",
    "check_drawing",
    "check_question",
    "compile_expression",
    "compile_question",
    "condition",
    "draw",
    "explanation",
    "feedback",
    "generator",
    "grade",
    "hints",
    "is_plain_number",
    "is_unit",
    "kind_of",
    "number_text",
    "outcome_names",
    "palette",
    "parse",
    "quantity",
    "read_number",
    "remarks",
    "response_parts",
    "response_text",
    "samples",
    "settings_of",
    "shown",
    "simulate",
    "simulation_rng",
    "split_unit",
    "tolerance",
    "value_of",
    "was_settled",
    "with_outcome",
]


def kind_of(variant: Variant) -> Kind:
    """All that is known of a variant's kind."""
    return KINDS[variant.kind]


def parse(variant: Variant, text: str) -> Response | Malformed:
    """Reads an answer as a person gives it; what cannot be read is no attempt."""
    return kind_of(variant).parse(variant, text)


def grade(variant: Variant, response: Response) -> Grade:
    """Judges a response by the variant alone."""
    return kind_of(variant).grade(variant, response)


def samples(variant: Variant) -> Iterator[Sample]:
    """Responses that a question makes of itself, with what should come of each."""
    yield from kind_of(variant).samples(variant)
