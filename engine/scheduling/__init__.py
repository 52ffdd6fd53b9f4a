"""When an item comes back: study days, FSRS memories, today's queue. All of it pure."""

from engine.scheduling.days import Calendar, SettingError
from engine.scheduling.fsrs_memory import (
    DEFAULT_RETENTION,
    HIGHEST_RETENTION,
    LEARN_AHEAD,
    LOWEST_RETENTION,
    answers_to_come,
    check_retention,
    is_due,
    learn_ahead,
    rating_for,
    retrievability,
    review,
)
from engine.scheduling.history import LoggedAnswer, PastReview, Replayed, rebuild, replay
from engine.scheduling.memory import Memory, Rating
from engine.scheduling.outlook import estimate_minutes, forecast
from engine.scheduling.parameters import COURSE_PARAMETERS, Parameters, checked_parameters
from engine.scheduling.queue import Counts, Entry, Item, Queue, Reason, build_queue
from engine.scheduling.review_file import read_reviews, replay_file

__all__ = [
    "COURSE_PARAMETERS",
    "DEFAULT_RETENTION",
    "HIGHEST_RETENTION",
    "LEARN_AHEAD",
    "LOWEST_RETENTION",
    "Calendar",
    "Counts",
    "Entry",
    "Item",
    "LoggedAnswer",
    "Memory",
    "Parameters",
    "PastReview",
    "Queue",
    "Rating",
    "Reason",
    "Replayed",
    "SettingError",
    "answers_to_come",
    "build_queue",
    "check_retention",
    "checked_parameters",
    "estimate_minutes",
    "forecast",
    "is_due",
    "learn_ahead",
    "rating_for",
    "read_reviews",
    "rebuild",
    "replay",
    "replay_file",
    "retrievability",
    "review",
]
