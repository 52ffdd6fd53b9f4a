"""The use cases that tie cards, questions, scheduling, storage and charts together."""

from __future__ import annotations

from engine.study.feedback import (
    Back,
    Feedback,
    SimulationFailed,
    accepted_words,
    draw_chart,
    draw_strip,
    misconception_feedback,
    right_words,
)
from engine.study.passed_over import Unshowable
from engine.study.person import STATED, NotThere, Person, Today
from engine.study.presentation import LARGEST_SEED, Mode, Presentation, presentation_id
from engine.study.session import Study
from engine.study.summary import Summary, summarize
from engine.study.trying import presented, tried

__all__ = [
    "LARGEST_SEED",
    "STATED",
    "Back",
    "Feedback",
    "Mode",
    "NotThere",
    "Person",
    "Presentation",
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
    "presented",
    "right_words",
    "summarize",
    "tried",
]
