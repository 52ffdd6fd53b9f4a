"""What storage takes and gives: learners, answers, and the rows of the log."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Literal

from engine.scheduling import Memory

Mode = Literal["today", "practice"]
#: read: a lesson was read to its end; check: "I know this already" was chosen, and was so;
#: failed: it was chosen, and was not so.
HowMet = Literal["read", "check", "failed"]


@dataclass(frozen=True, slots=True)
class Settings:
    """What a learner chose. `None` for language or timezone means: detect it.

    rollover: hour of the day, 0 to 23, at which a study day begins; new_per_day: the most new
    items a day, None: no bound; desired_retention: probability, as FSRS takes it; minutes_a_day:
    what a day of study is to take; exam_day: study day of an exam; exam_units: ids of the units it
    covers, none: all.
    """

    language: str | None = None
    timezone: str | None = None
    rollover: int = 4
    new_per_day: int | None = None
    desired_retention: float = 0.9
    minutes_a_day: int = 15
    exam_day: date | None = None
    exam_units: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Learner:
    """Who learns. `created_at` is exact UTC."""

    id: str
    created_at: datetime
    settings: Settings


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """One answer with all that is needed to understand it years later.

    presentation: id of what was shown; the log holds it once. attempt: how many answers to this
    item and seed the log held when it was shown, undone ones included. seed: 0 to 2**32 - 1.
    at: when it was given, any time zone (kept as UTC, to the microsecond); study_day, timezone and
    rollover: the learner's day then. variant: the whole variant as JSON text, None for a
    flashcard. response: whatever JSON can hold (a tuple comes back as a list). confidence: stated
    probability of being right; confidence_level: which button. rating: FSRS's, None if unrated.
    milliseconds: from shown to answered. fuzz_seed: below 2**63, what the scheduler's fuzz was
    drawn with.
    """

    learner: str
    presentation: str
    item: str
    card: str
    kind: str
    mode: Mode
    seed: int
    attempt: int
    at: datetime
    study_day: date
    timezone: str
    rollover: int
    card_digest: str
    engine_version: str
    desired_retention: float
    variant: str | None = None
    answer_text: str = ""
    response: object = None
    verdict: str | None = None
    misconception: str | None = None
    confidence: float | None = None
    confidence_level: int | None = None
    rating: int | None = None
    milliseconds: int | None = None
    fuzz_seed: int | None = None


@dataclass(frozen=True, slots=True)
class LoggedAnswer:
    """An answer in the log. `memory`: of its item right after it, if it was scheduled."""

    id: int
    answer: Answer
    scheduled: bool
    memory: Memory | None
    undone: bool


@dataclass(frozen=True, slots=True)
class LoggedUndo:
    """An undo in the log.

    undoes: id of the answer taken back; item, scheduled: that answer's.
    memory: of the item right after the undo, None if nothing is remembered any more.
    """

    id: int
    learner: str
    undoes: int
    item: str
    scheduled: bool
    memory: Memory | None
    at: datetime


LogRow = LoggedAnswer | LoggedUndo


@dataclass(frozen=True, slots=True)
class Recorded:
    """What came of recording an answer.

    logged: the answer that counts, which is an earlier one if its presentation was answered
    before (`first` is False then, and nothing was changed). previous: memory before it (None as
    well when not `first`); memory: right after it (of an unscheduled answer: as it was).
    """

    logged: LoggedAnswer
    first: bool
    previous: Memory | None
    memory: Memory | None


@dataclass(frozen=True, slots=True)
class Undone:
    """What came of an undo: the answer taken back, and its item's memory now.

    `first` is False when the expected answer had been undone before and nothing was changed.
    """

    logged: LoggedAnswer
    memory: Memory | None
    first: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class LessonRow:
    """Once that a learner came through a card's lesson. milliseconds: spent on it, if known.

    at: any time zone, kept as UTC.
    """

    learner: str
    card: str
    how: HowMet
    at: datetime
    study_day: date
    milliseconds: int | None = None


@dataclass(frozen=True, slots=True)
class Lesson:
    """How a learner stands with a card's lesson: what the newest row says.

    milliseconds: of all rows together.
    """

    how: HowMet
    at: datetime
    study_day: date
    milliseconds: int


@dataclass(frozen=True, slots=True, kw_only=True)
class NewFit:
    """Parameters that were fitted to a learner, or the way back to FSRS's own (weights None).

    answers: how many the learner's log had that count for a fit; log_loss_before, log_loss_after:
    on answers that the fit had not seen, None where nothing was fitted. applied: whether they
    are used from now on.
    """

    learner: str
    at: datetime
    weights: tuple[float, ...] | None
    answers: int
    log_loss_before: float | None = None
    log_loss_after: float | None = None
    applied: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class Fit(NewFit):
    """Parameters as they are kept. log_id: the learner's newest row of the log then."""

    id: int
    log_id: int
