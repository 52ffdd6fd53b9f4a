"""Questions: template + seed -> Variant; text -> Response; Response -> Grade."""

from __future__ import annotations

from collections.abc import Iterator

from engine.questions.checking.check import QuestionReport, check_drawing, check_question
from engine.questions.checking.reviewing import remarks
from engine.questions.checking.siblings import accepted_elsewhere
from engine.questions.compiling.question import compile_question
from engine.questions.draw import LARGEST_SEED, MOST_TRIES, DrawError, draw
from engine.questions.kinds import KINDS
from engine.questions.kinds.estimate import tolerance
from engine.questions.kinds.several import misconceptions as misconceptions_ticked
from engine.questions.model import (
    Answer,
    Axis,
    Grade,
    Kind,
    Malformed,
    Option,
    Response,
    Sample,
    Variant,
    Verdict,
)
from engine.questions.numbers.interval_ends import accepted_ends
from engine.questions.numbers.reading import is_plain_number
from engine.questions.numbers.units import bare, is_unit, quantity, split_unit
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
    "KINDS",
    "LARGEST_SEED",
    "MOST_TRIES",
    "Answer",
    "Axis",
    "DrawError",
    "Grade",
    "Kind",
    "Malformed",
    "Option",
    "QuestionReport",
    "Response",
    "Sample",
    "Template",
    "Variant",
    "Verdict",
    "accepted_elsewhere",
    "accepted_ends",
    "answer_from_json",
    "asked",
    "bare",
    "chart_description",
    "check_drawing",
    "check_question",
    "compile_question",
    "draw",
    "explanation",
    "feedback",
    "grade",
    "hints",
    "is_plain_number",
    "is_unit",
    "misconceptions_ticked",
    "number_text",
    "parse",
    "quantity",
    "remarks",
    "response_parts",
    "response_text",
    "samples",
    "settings_of",
    "simulate",
    "simulation_rng",
    "split_unit",
    "tolerance",
    "was_settled",
]


def parse(variant: Variant, text: str) -> Response | Malformed:
    """Reads an answer as a person gives it; what cannot be read is no attempt."""
    parsed: Response | Malformed = KINDS[variant.kind].parse(variant, text)
    return parsed


def grade(variant: Variant, response: Response) -> Grade:
    """Judges a response by the variant alone."""
    judged: Grade = KINDS[variant.kind].grade(variant, response)
    return judged


def samples(variant: Variant) -> Iterator[Sample]:
    """Responses that a question makes of itself, with what should come of each."""
    yield from KINDS[variant.kind].samples(variant)
