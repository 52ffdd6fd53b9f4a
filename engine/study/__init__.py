"""The use cases that tie cards, questions, scheduling, storage and charts together."""

from __future__ import annotations

from engine.storage import Mode
from engine.study.feedback import (
    Feedback,
    FlashcardFeedback,
    NextReview,
    QuestionFeedback,
    SimulationFailed,
    accepted_words,
    draw_chart,
    draw_strip,
    misconception_feedback,
    right_words,
)
from engine.study.passed_over import Unshowable
from engine.study.person import STATED, NotThere, Person, Today
from engine.study.presentation import (
    LARGEST_SEED,
    Presentation,
    PresentedFlashcard,
    PresentedQuestion,
    presentation_id,
)
from engine.study.preview import preview_feedback, preview_of
from engine.study.settings import MOST_NEW
from engine.study.summary import Summary, summarize
from engine.study.use_cases import Study

__all__ = [
    "LARGEST_SEED",
    "MOST_NEW",
    "STATED",
    "Feedback",
    "FlashcardFeedback",
    "Mode",
    "NextReview",
    "NotThere",
    "Person",
    "Presentation",
    "PresentedFlashcard",
    "PresentedQuestion",
    "QuestionFeedback",
    "SimulationFailed",
    "Study",
    "Summary",
    "Today",
    "Unshowable",
    "accepted_words",
    "draw_chart",
    "draw_strip",
    "misconception_feedback",
    "presentation_id",
    "preview_feedback",
    "preview_of",
    "right_words",
    "summarize",
]
