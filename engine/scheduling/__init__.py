"""What to learn today: study days, FSRS memories, the day's plan and its queue. All of it pure."""

from engine.scheduling.day_plan import DayPlan, plan_day
from engine.scheduling.days import Calendar, SettingError
from engine.scheduling.exam_forecast import (
    OTHER_MINUTES,
    ExamChoices,
    ExamOutlook,
    exam_choices,
    exam_outlook,
    expected_recall,
)
from engine.scheduling.fitting import (
    ENOUGH_TO_FIT,
    Fitting,
    NotEnough,
    RatedOn,
    can_fit,
    fit_parameters,
    fitted_answers,
)
from engine.scheduling.fsrs_memory import (
    DEFAULT_RETENTION,
    HIGHEST_RETENTION,
    LOWEST_RETENTION,
    check_retention,
    is_due,
    rating_for,
    retrievability,
    review,
)
from engine.scheduling.history import LoggedAnswer, PastReview, Replayed, rebuild, replay
from engine.scheduling.item_times import ItemTimes, learn_times, usual_seconds
from engine.scheduling.memory import Memory, Rating
from engine.scheduling.outlook import forecast
from engine.scheduling.parameters import COURSE_PARAMETERS, Parameters, checked_parameters
from engine.scheduling.queue import (
    Answered,
    Counts,
    Entry,
    LessonNext,
    LessonOver,
    Queue,
    Reason,
    build_queue,
)
from engine.scheduling.review_file import read_reviews, replay_file
from engine.scheduling.simulated_learner import LEARNERS, SimulatedDay, SimulatedLearner
from engine.scheduling.standing import How, Standing, stands
from engine.scheduling.syllabus import USUAL_STEPS, Concept, Item, Level
from engine.scheduling.wishes import Exam, Wishes
from engine.scheduling.workload import AHEAD, RETENTIONS, Habits, Workload, workload_of

__all__ = [
    "AHEAD",
    "COURSE_PARAMETERS",
    "DEFAULT_RETENTION",
    "ENOUGH_TO_FIT",
    "HIGHEST_RETENTION",
    "LEARNERS",
    "LOWEST_RETENTION",
    "OTHER_MINUTES",
    "RETENTIONS",
    "USUAL_STEPS",
    "Answered",
    "Calendar",
    "Concept",
    "Counts",
    "DayPlan",
    "Entry",
    "Exam",
    "ExamChoices",
    "ExamOutlook",
    "Fitting",
    "Habits",
    "How",
    "Item",
    "ItemTimes",
    "LessonNext",
    "LessonOver",
    "Level",
    "LoggedAnswer",
    "Memory",
    "NotEnough",
    "Parameters",
    "PastReview",
    "Queue",
    "RatedOn",
    "Rating",
    "Reason",
    "Replayed",
    "SettingError",
    "SimulatedDay",
    "SimulatedLearner",
    "Standing",
    "Wishes",
    "Workload",
    "build_queue",
    "can_fit",
    "check_retention",
    "checked_parameters",
    "exam_choices",
    "exam_outlook",
    "expected_recall",
    "fit_parameters",
    "fitted_answers",
    "forecast",
    "is_due",
    "learn_times",
    "plan_day",
    "rating_for",
    "read_reviews",
    "rebuild",
    "replay",
    "replay_file",
    "retrievability",
    "review",
    "stands",
    "usual_seconds",
    "workload_of",
]
