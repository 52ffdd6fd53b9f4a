"""What a day of study came to."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime

from engine import scheduling
from engine.course import Course
from engine.questions import Template, Variant
from engine.scheduling import Memory
from engine.storage import Answer
from engine.study.feedback import misconception_feedback
from engine.study.person import STATED, Person
from engine.study.use_cases import Study


@dataclass(frozen=True)
class Concept:
    """How one card went today: its id, answers given, answers right.

    new: whether none of its items had been answered on an earlier day.
    """

    card: str
    answered: int
    right: int
    new: bool


@dataclass(frozen=True)
class MisconceptionShown:
    """A misconception that showed: in which card, how often, and what was said about it last."""

    card: str
    name: str
    times: int
    feedback: str | None


@dataclass(frozen=True)
class Summary:
    """A study day: what was learned, what went wrong, how sure against how right, what comes.

    misconceptions: what showed, most frequent first.
    sureness: (stated probability, answers, right ones) for each confidence that was used.
    coming: for each of the next seven study days, tomorrow first, how many items come back.
    """

    answered: int
    right: int
    seconds: float
    concepts: tuple[Concept, ...]
    misconceptions: tuple[MisconceptionShown, ...]
    sureness: tuple[tuple[float, int, int], ...]
    coming: Mapping[date, int]


def summarize(study: Study, person: Person, now: datetime) -> Summary:
    """The learner's study day so far."""
    day = person.calendar.day(now)
    answers = [row.answer for row in study.store.log.answers_on(person.id, day)]
    return Summary(
        answered=len(answers),
        right=sum(a.verdict == "correct" for a in answers),
        seconds=sum(min(a.milliseconds or 0, 300_000) for a in answers) / 1000,
        concepts=_concepts(study, person, answers, day),
        misconceptions=_misconceptions(study, person, answers, now),
        sureness=_sureness(answers),
        coming=scheduling.forecast(
            to_come(
                study.course(now),
                study.store.memories.of(person.id),
                study.asides.of(person, now),
            ),
            day,
        ),
    )


def to_come(
    course: Course, memories: Mapping[str, Memory], asides: Mapping[str, date | None]
) -> dict[str, Memory]:
    """What is remembered of the items that will be asked; what is put off is due when it is back.

    asides: what is put aside, and until when (None: suspended).
    """
    coming = {}
    for item, memory in memories.items():
        until = asides.get(item, memory.due_day)
        if item in course.by_id and until is not None:
            coming[item] = replace(memory, due_day=max(memory.due_day, until))
    return coming


def _concepts(
    study: Study, person: Person, answers: Sequence[Answer], day: date
) -> tuple[Concept, ...]:
    cards = dict.fromkeys(a.card for a in answers)
    return tuple(
        Concept(
            card,
            answered=sum(a.card == card for a in answers),
            right=sum(a.card == card and a.verdict == "correct" for a in answers),
            new=not study.store.log.has_answered_card(person.id, card, before=day),
        )
        for card in cards
    )


def _misconceptions(
    study: Study, person: Person, answers: Sequence[Answer], now: datetime
) -> tuple[MisconceptionShown, ...]:
    shown = Counter((a.item, a.misconception) for a in answers if a.misconception)
    last = {(a.item, a.misconception): a for a in answers}
    course = study.course(now)
    return tuple(
        MisconceptionShown(
            card=last[item, name].card,
            name=name,
            times=times,
            feedback=_said(course.templates.get(item), last[item, name], name, person.language),
        )
        for (item, name), times in shown.most_common()
        if name
    )


def _said(template: Template | None, answer: Answer, name: str, language: str) -> str | None:
    """The feedback with the numbers the learner had; None if the question is gone."""
    if template is None or answer.variant is None:
        return None
    variant = Variant.from_json(answer.variant)
    return misconception_feedback(template, variant, name, language)


def _sureness(answers: Sequence[Answer]) -> tuple[tuple[float, int, int], ...]:
    rows = []
    for stated in STATED:
        own = [a for a in answers if a.confidence == stated]
        if own:
            rows.append((stated, len(own), sum(a.verdict == "correct" for a in own)))
    return tuple(rows)
