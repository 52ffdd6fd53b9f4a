"""A question answered as a learner would, with nothing recorded and nothing scheduled."""

from __future__ import annotations

import hashlib
from datetime import datetime

from engine.content import Card
from engine.questions import Malformed, Template, Variant
from engine.storage import LoggedAnswer
from engine.study.feedback import QuestionFeedback, question_feedback
from engine.study.person import Person
from engine.study.presentation import PresentedQuestion
from engine.study.submission import graded, row_of


def preview_of(
    person: Person, card: Card, template: Template, variant: Variant, attempt: int
) -> PresentedQuestion:
    """A drawn question as it would stand before a learner.

    The id changes with what is to be answered, so that no answer to another question is left in
    its widgets.
    """
    options = " ".join(option.id for option in variant.options)
    parts = (template.item, str(variant.seed), variant.kind, options, str(attempt))
    id = hashlib.sha256("\x1f".join(("try", *parts)).encode()).hexdigest()[:32]
    return PresentedQuestion(
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


def preview_feedback(
    person: Person, shown: PresentedQuestion, text: str, level: int, now: datetime
) -> QuestionFeedback | Malformed:
    """What a learner would be told about this answer. level: index into STATED."""
    submission = graded(shown.variant, text, level)
    if isinstance(submission, Malformed):
        return submission
    answer = row_of(person, shown, submission, now)
    logged = LoggedAnswer(0, answer, scheduled=False, memory=None, undone=False)
    return question_feedback(shown, logged, counted=True)
