"""What a learner is told after an answer, and the chart that shows why."""

from __future__ import annotations

import logging
import math
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Any, TypeVar, cast

from engine import charts, questions, simulations
from engine.charts import Mark, Picture
from engine.i18n import Message, Translator, in_language, plain, say
from engine.questions import Grade, Malformed, Template, Variant, Verdict
from engine.scheduling import Rating
from engine.storage import LoggedAnswer
from engine.study.presentation import PresentedFlashcard, PresentedQuestion

log = logging.getLogger("simcards")
T = TypeVar("T")


@dataclass(frozen=True, kw_only=True)
class Feedback:
    """What is said after every answer, as Markdown in the learner's language.

    counted: False when this click was the second to answer the presentation; what is shown is the
    first. next_review: when the item returns (None: the answer was not scheduled).
    """

    logged: LoggedAnswer
    grade: Grade
    counted: bool
    your_answer: str
    right_answer: str
    next_review: NextReview | None


@dataclass(frozen=True, kw_only=True)
class FlashcardFeedback(Feedback):
    """What is said after a flashcard was rated."""

    presentation: PresentedFlashcard


@dataclass(frozen=True, kw_only=True)
class QuestionFeedback(Feedback):
    """All that the reveal says.

    borne_out: whether the simulation bore the verdict on a claim out.
    """

    presentation: PresentedQuestion
    accepted: tuple[float, float] | None
    misconception: str | None
    explanation: str | None
    borne_out: bool


@dataclass(frozen=True)
class NextReview:
    """When an item comes back: a study day.

    failed_on: the study day of an answer that was not right. While that day lasts the item comes
    back in the session, until it was right once.
    """

    day: date
    failed_on: date | None = None


class SimulationFailed(Exception):
    """A simulation or its chart raised; `message` says what that means for the learner."""

    def __init__(self, item: str) -> None:
        self.message = say(
            "The simulation behind “{item}” failed, so its chart cannot be shown. Your answer is "
            "kept and graded. Please tell whoever looks after this course.",
            item=item,
        )
        super().__init__(str(self.message))


def _tried(work: Callable[[], T], otherwise: T, item: str) -> T:
    """What `work` comes to; what it raises costs this part of the feedback and nothing else."""
    try:
        return work()
    except SimulationFailed:
        return otherwise  # the chart says so
    except Exception:
        log.exception("in the feedback of %s", item)
        return otherwise


def outcome_of(template: Template, variant: Variant) -> simulations.Outcome | None:
    """The run of the simulation behind a variant; None if its question has none.

    Raises SimulationFailed.
    """
    try:
        return questions.simulate(template, variant)
    except Exception as error:
        raise SimulationFailed(template.item) from error


def draw_chart(
    template: Template,
    variant: Variant,
    answered: questions.Answer | None,
    mode: charts.Theme,
    *,
    reveal: bool = True,
) -> tuple[dict[str, Any], str] | None:
    """The Vega-Lite specification and the description in words; None without a chart.

    answered: the learner's answer, drawn beside the key; reveal: whether the key is drawn.
    """
    if template.chart is None or template.simulation is None:
        return None
    outcome = outcome_of(template, variant)
    assert outcome is not None
    try:
        picture = Picture(
            outcome=outcome,
            settings=questions.settings_of(template, variant),
            numbers=variant.parameters,
            marks=_marks(variant, answered) if reveal else (),
            accepted=variant.accepted if reveal else None,
            language=variant.language,
            options={o.id: charts.plain_text(o.text) for o in variant.options},
        )
        specification = charts.specification(template.chart, picture, mode)
        described = questions.chart_description(template, variant, variant.language, outcome)
    except Exception as error:
        raise SimulationFailed(template.item) from error
    return specification, described or ""


def draw_strip(
    variant: Variant, answered: questions.Answer | None, mode: charts.Theme
) -> tuple[dict[str, Any], str] | None:
    """An estimate's axis with the answers on it, and the same in words; None for other kinds."""
    axis, accepted = variant.axis, variant.accepted
    if axis is None or accepted is None:
        return None
    translate = Translator(variant.language)
    label = translate(say("a misconception"))
    wrong = [Mark("misconception", float(v), label) for v in variant.misconceptions.values()]  # type: ignore[arg-type]
    picture = Picture(
        outcome=simulations.Outcome({}, {}),
        settings={},
        marks=(*wrong, *_marks(variant, answered)),
        accepted=accepted,
        language=variant.language,
    )
    drawn = charts.answer_strip(picture, (axis.low, axis.high), axis.scale, axis.title)
    low, high = (questions.quantity(e, variant.unit) for e in questions.accepted_ends(variant))
    text = say(
        "An axis, {title}, with the right answer {right} and what was accepted, "
        "from {low} to {high}.",
        title=axis.title,
        right=questions.response_text(variant, variant.answer),
        low=low,
        high=high,
    )
    return charts.themed(drawn, mode), translate(text)


def accepted_words(variant: Variant) -> Message:
    """What was accepted; each end, typed as it stands here, is."""
    low, high = questions.accepted_ends(variant)
    if low == high:
        return say("Accepted: only {value}", value=low)
    return say("Accepted: from {low} to {high}", low=low, high=high)


def _marks(variant: Variant, answered: questions.Answer | None) -> tuple[Mark, ...]:
    translate = Translator(variant.language)
    marks: list[Mark] = []
    for role, answer, label in (
        ("key", variant.answer, translate(say("answer"))),
        ("yours", answered, translate(say("your answer"))),
    ):
        if answer is None:
            continue
        values = answer if isinstance(answer, tuple) else (answer,)
        marks.extend(Mark(role, value, label) for value in values)  # type: ignore[arg-type]
    return tuple(marks)


def misconception_feedback(
    template: Template, variant: Variant, name: str, language: str
) -> str | None:
    """What the card says to one who holds this misconception, with the variant's numbers."""

    def words() -> str | None:
        outcome = outcome_of(template, variant) if template.words_need_outcome else None
        return questions.feedback(template, variant, name, language, outcome)

    return _tried(words, None, template.item)


def _mistakes(
    template: Template, variant: Variant, logged: LoggedAnswer, language: str
) -> str | None:
    """What is said to the misconception behind an answer; to each one, where several showed."""
    answer = questions.answer_from_json(variant.kind, logged.answer.response)
    mistakes = questions.kind_of(variant).mistakes(variant, answer)
    names = mistakes or [logged.answer.misconception or ""]
    parts = [misconception_feedback(template, variant, name, language) for name in names]
    return "\n\n".join(part for part in parts if part) or None


def typed_words(variant: Variant, typed: str) -> str:
    """A number as it was typed, as Markdown, with its unit once; of an expression its value too."""
    if variant.unit.strip() == "%":
        typed = typed.removesuffix("%").rstrip()
    number, letters = questions.split_unit(typed)
    with_unit = bool(letters) and questions.is_unit(letters, variant.units or (variant.unit,))
    value = _value_of(variant, number if with_unit else typed)
    if value is not None:
        text = f"{plain(_with_minus(number.strip() if with_unit else typed))} {value}"
    elif with_unit:
        return plain(_with_minus(typed))
    else:
        text = plain(_with_minus(typed))
    return questions.quantity(text, variant.unit)


def _value_of(variant: Variant, typed: str) -> str | None:
    """“= 12” for `3*4`; None for what is plainly a number already."""
    read = questions.parse(variant, typed)
    in_percent = variant.unit.strip() == "%"
    if isinstance(read, Malformed) or questions.is_plain_number(typed, in_percent=in_percent):
        return None
    value = float(read.value)  # type: ignore[arg-type]
    sign = "=" if math.isclose(float(f"{value:.6g}"), value, rel_tol=1e-12) else "≈"
    return f"{sign} {questions.number_text(value)}"


def right_words(variant: Variant) -> str:
    """The right answer, with its unit, as the question shows it."""
    if variant.answer_text and isinstance(variant.answer, (int, float)):
        return questions.quantity(variant.answer_text, variant.unit)
    return variant.answer_text or questions.response_text(variant, variant.answer)


def _with_minus(typed: str) -> str:
    return typed.replace("-", "−")


def _yours(variant: Variant, logged: LoggedAnswer) -> str:
    """A number as the learner wrote it; options in words."""
    if questions.kind_of(variant).form.is_number:
        return typed_words(variant, logged.answer.answer_text.strip())
    answer = questions.answer_from_json(variant.kind, logged.answer.response)
    return _tried(
        lambda: questions.response_text(variant, answer), logged.answer.answer_text, variant.item
    )


def _grade(logged: LoggedAnswer) -> Grade:
    return Grade(cast(Verdict, logged.answer.verdict), logged.answer.misconception)


def _explanation(template: Template, variant: Variant, language: str) -> str | None:
    def words() -> str | None:
        outcome = outcome_of(template, variant) if template.words_need_outcome else None
        return questions.explanation(template, variant, language, outcome)

    return _tried(words, None, template.item)


def _borne_out(template: Template, variant: Variant) -> bool:
    if template.settled is None:
        return False

    def held() -> bool:
        return bool(questions.was_settled(template, variant, outcome_of(template, variant)))

    return _tried(held, False, template.item)


def question_feedback(
    presentation: PresentedQuestion, logged: LoggedAnswer, *, counted: bool
) -> QuestionFeedback:
    """What to say about a logged answer to a question."""
    template, variant = presentation.template, presentation.variant
    language = presentation.language
    name = logged.answer.misconception
    return QuestionFeedback(
        presentation=presentation,
        logged=logged,
        grade=_grade(logged),
        counted=counted,
        your_answer=_yours(variant, logged),
        right_answer=right_words(variant),
        accepted=variant.accepted,
        misconception=_mistakes(template, variant, logged, language) if name else None,
        explanation=_explanation(template, variant, language),
        next_review=next_review_of(logged),
        borne_out=_borne_out(template, variant),
    )


def flashcard_feedback(
    presentation: PresentedFlashcard, logged: LoggedAnswer, *, counted: bool
) -> FlashcardFeedback:
    """What to say about a rated flashcard."""
    return FlashcardFeedback(
        presentation=presentation,
        logged=logged,
        grade=_grade(logged),
        counted=counted,
        your_answer=logged.answer.answer_text,
        right_answer=in_language(presentation.flashcard.back, presentation.language),
        next_review=next_review_of(logged),
    )


def next_review_of(logged: LoggedAnswer) -> NextReview | None:
    """When the answered item comes back, as the answer left it."""
    memory = logged.memory if logged.scheduled else None
    if memory is None:
        return None
    failed = logged.answer.rating == Rating.AGAIN
    return NextReview(memory.due_day, logged.answer.study_day if failed else None)
