"""What a learner hands in, graded or rated, and the row of the log that is made of it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from engine import __version__, questions, scheduling
from engine.questions import Malformed, Variant
from engine.scheduling import Rating
from engine.storage import Answer
from engine.study.person import STATED, Person
from engine.study.presentation import Presentation, seed_for


@dataclass(frozen=True, kw_only=True)
class Submission:
    """An answer and what it came to.

    level: index into STATED. milliseconds: from shown to answered, where that is known.
    """

    text: str
    response: object
    verdict: str
    misconception: str | None
    rating: Rating
    level: int
    milliseconds: int | None


def graded(
    variant: Variant, text: str, level: int, milliseconds: int | None = None
) -> Submission | Malformed:
    """An answer to a question; Malformed for one that cannot be read."""
    response = questions.parse(variant, text)
    if isinstance(response, Malformed):
        return response
    grade = questions.grade(variant, response)
    value = response.value
    return Submission(
        text=text,
        response=list(value) if isinstance(value, tuple) else value,
        verdict=grade.verdict,
        misconception=grade.misconception,
        rating=scheduling.rating_for(grade.verdict == "correct", level),
        level=level,
        milliseconds=milliseconds,
    )


def rated(rating: Rating, level: int, milliseconds: int | None) -> Submission:
    """How a flashcard went."""
    return Submission(
        text=rating.name.lower(),
        response=None,
        verdict="wrong" if rating is Rating.AGAIN else "correct",
        misconception=None,
        rating=rating,
        level=level,
        milliseconds=milliseconds,
    )


def row_of(person: Person, shown: Presentation, made: Submission, now: datetime) -> Answer:
    """The log's row, with all that is needed to understand it years later."""
    return Answer(
        learner=person.id,
        presentation=shown.id,
        item=shown.item,
        card=shown.card.id,
        kind=shown.kind,
        mode=shown.mode,
        seed=shown.seed,
        attempt=shown.attempt,
        variant=shown.variant_json,
        answer_text=made.text,
        response=made.response,
        verdict=made.verdict,
        misconception=made.misconception,
        confidence=STATED[made.level],
        confidence_level=made.level,
        rating=int(made.rating),
        milliseconds=made.milliseconds,
        at=now,
        study_day=person.calendar.day(now),
        timezone=person.calendar.timezone,
        rollover=person.calendar.rollover,
        card_digest=shown.card.digest,
        engine_version=__version__,
        desired_retention=person.settings.desired_retention,
        fuzz_seed=seed_for(person.id, shown.id, 0),
    )
