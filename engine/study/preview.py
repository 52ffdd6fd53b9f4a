"""A question answered as a learner would, with nothing recorded and nothing scheduled."""

from __future__ import annotations

import hashlib
from datetime import datetime

from engine import __version__, questions, scheduling
from engine.content import Card
from engine.questions import Malformed, Template, Variant
from engine.storage import Answer, LoggedAnswer
from engine.study.feedback import Feedback, question_feedback
from engine.study.person import STATED, Person
from engine.study.presentation import Presentation


def presented(
    person: Person, card: Card, template: Template, variant: Variant, attempt: int
) -> Presentation:
    """A drawn question as it would stand before a learner.

    The id changes with what is to be answered, so that no answer to another question is left in
    its widgets.
    """
    options = " ".join(option.id for option in variant.options)
    told = (template.item, str(variant.seed), variant.kind, options, str(attempt))
    id = hashlib.sha256("\x1f".join(("try", *told)).encode()).hexdigest()[:32]
    return Presentation(
        id=f"try-{id}",
        learner=person.id,
        mode="practice",
        scheduled=False,
        item=template.item,
        seed=variant.seed,
        attempt=attempt,
        card=card,
        language=variant.language,
        variant=variant,
        template=template,
    )


def tried(
    person: Person, shown: Presentation, text: str, level: int, now: datetime
) -> Feedback | Malformed:
    """What a learner would be told about this answer. level: index into STATED."""
    variant = shown.variant
    assert variant is not None
    response = questions.parse(variant, text)
    if isinstance(response, Malformed):
        return response
    grade = questions.grade(variant, response)
    value = response.value
    answer = Answer(
        learner=person.id,
        presentation=shown.id,
        item=shown.item,
        card=shown.card.id,
        kind=variant.kind,
        mode=shown.mode,
        seed=shown.seed,
        attempt=shown.attempt,
        variant=variant.to_json(),
        answer_text=text,
        response=list(value) if isinstance(value, tuple) else value,
        verdict=grade.verdict,
        misconception=grade.misconception,
        confidence=STATED[level],
        confidence_level=level,
        rating=int(scheduling.rating_for(grade.verdict == "correct", level)),
        at=now,
        study_day=person.calendar.day(now),
        timezone=person.calendar.timezone,
        rollover=person.calendar.rollover,
        card_digest=shown.card.digest,
        engine_version=__version__,
        desired_retention=person.settings.desired_retention,
    )
    logged = LoggedAnswer(0, answer, scheduled=False, memory=None, undone=False)
    return question_feedback(shown, logged, counted=True)
