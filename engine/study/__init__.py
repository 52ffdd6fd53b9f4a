"""The use cases that tie cards, questions, scheduling, storage and charts together."""

from __future__ import annotations

from engine.storage import Mode
from engine.study.concept_knowledge import Knowledge, knowledge, recall
from engine.study.exam import ExamProspect, Working
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
from engine.study.fitting import (
    FEWEST_MEMORIES,
    FitStanding,
    fit_learner,
    fit_standing,
    workloads,
)
from engine.study.lab import (
    Comparison,
    Prediction,
    Way,
    experiments_of,
    judge,
    prediction_axis,
    read_settings,
    table_csv,
)
from engine.study.lessons import Check, Lessons, LessonStep, has_lesson
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
from engine.study.reporting import LONGEST, report_item
from engine.study.settings import FARTHEST_EXAM, LEAST_MINUTES, MOST_MINUTES, MOST_NEW
from engine.study.summary import Summary, summarize
from engine.study.use_cases import Study

__all__ = [
    "FARTHEST_EXAM",
    "FEWEST_MEMORIES",
    "LARGEST_SEED",
    "LEAST_MINUTES",
    "LONGEST",
    "MOST_MINUTES",
    "MOST_NEW",
    "STATED",
    "Check",
    "Comparison",
    "ExamProspect",
    "Feedback",
    "FitStanding",
    "FlashcardFeedback",
    "Knowledge",
    "LessonStep",
    "Lessons",
    "Mode",
    "NextReview",
    "NotThere",
    "Person",
    "Prediction",
    "Presentation",
    "PresentedFlashcard",
    "PresentedQuestion",
    "QuestionFeedback",
    "SimulationFailed",
    "Study",
    "Summary",
    "Today",
    "Unshowable",
    "Way",
    "Working",
    "accepted_words",
    "draw_chart",
    "draw_strip",
    "experiments_of",
    "fit_learner",
    "fit_standing",
    "has_lesson",
    "judge",
    "knowledge",
    "misconception_feedback",
    "prediction_axis",
    "presentation_id",
    "preview_feedback",
    "preview_of",
    "read_settings",
    "recall",
    "report_item",
    "right_words",
    "summarize",
    "table_csv",
    "workloads",
]
