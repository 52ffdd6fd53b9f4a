"""Items that cannot be shown: passed over for the day, and told beside their card.

Nothing of a learner's schedule is touched: what is passed over keeps its memory and its date, and
comes as soon as its card was mended, or on another day.
"""

from __future__ import annotations

import hashlib
import logging
from collections.abc import MutableMapping
from datetime import date, datetime
from threading import Lock
from typing import Any

from engine import questions
from engine.course import Course
from engine.i18n import say
from engine.questions import Template, Variant
from engine.storage import BY_APP, LoggedAnswer, Mode, NewReport, StorageError, Store
from engine.study.person import NotThere, Person
from engine.study.presentation import (
    LARGEST_SEED,
    Presentation,
    PresentedFlashcard,
    PresentedQuestion,
    presentation_id,
)

log = logging.getLogger("simcards")

#: Items passed over that are remembered; whoever is forgotten is found again.
MOST = 10_000
LONGEST = 300


class Unshowable(NotThere):
    """An item of the course that cannot be shown; `why` says what was raised, for its author."""

    def __init__(self, why: str) -> None:
        super().__init__(
            say(
                "This item cannot be shown just now, so it is passed over. Whoever looks after the "
                "course has been told, and your schedule keeps its place."
            )
        )
        self.why = why


def present(
    course: Course,
    store: Store,
    person: Person,
    item: str,
    seed: int,
    attempt: int,
    *,
    mode: Mode,
    scheduled: bool,
) -> Presentation:
    """Item and seed as they stand before a learner.

    Raises NotThere for an item the course does not have or a seed out of range, Unshowable for one
    whose numbers or words do not come out, StorageError.
    """
    if item not in course.by_id:
        raise NotThere(
            say(
                "There is no item “{item}” in this course. It may have been renamed or retired.",
                item=item,
            )
        )
    if not 0 <= seed <= LARGEST_SEED:
        raise NotThere(say("The number {seed} cannot name a question's numbers.", seed=seed))
    answered = store.log.answered_as(person.id, mode, item, seed, attempt)
    common: Any = {
        "id": presentation_id(person.id, mode, item, seed, attempt)
        if answered is None
        else answered.answer.presentation,
        "learner": person.id,
        "mode": mode,
        "scheduled": scheduled,
        "item": item,
        "seed": seed,
        "attempt": attempt,
        "card": course.card_of(item),
        "language": person.language,
    }
    if item in course.flashcards:
        return PresentedFlashcard(flashcard=course.flashcards[item], **common)
    template = course.templates[item]
    variant = _drawn(template, seed, person.language, answered)
    return PresentedQuestion(template=template, variant=variant, **common)


def _drawn(template: Template, seed: int, language: str, answered: LoggedAnswer | None) -> Variant:
    """The variant; as it was answered, where it does not come out any more. Raises Unshowable."""
    try:
        return questions.draw(template, seed, language)
    except Exception as error:  # whatever a simulation may raise
        if answered is None or answered.answer.variant is None:
            raise Unshowable(reason(error)) from error
        return Variant.from_json(answered.answer.variant)


def reason(error: Exception) -> str:
    """What was raised, in a line."""
    why = error if isinstance(error, questions.DrawError) else f"{type(error).__name__}: {error}"
    return " ".join(str(why).split())[:LONGEST]


class PassedOver:
    """Who cannot be shown which items today. Safe to share between threads."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._lock = Lock()
        self._items: dict[tuple[str, date, str, str], None] = {}
        self._reported: dict[str, None] = {}

    def of(self, person: Person, course: Course, day: date) -> frozenset[str]:
        """The items that are passed over, as long as their card stays as it is."""
        with self._lock:
            theirs = [key for key in self._items if key[:2] == (person.id, day)]
        return frozenset(
            item
            for _, _, item, digest in theirs
            if item in course.by_id and course.card_of(item).digest == digest
        )

    def add(self, person: Person, course: Course, day: date, item: str) -> None:
        """Passes an item over for the rest of the day, or until its card is changed."""
        with self._lock:
            self._items[person.id, day, item, course.card_of(item).digest] = None
            _keep(self._items)

    def tell(
        self, person: Person, course: Course, item: str, seed: int, why: str, now: datetime
    ) -> None:
        """Reports it to the instructor, once for each item of each revision of its card.

        A database that cannot take it is told by whoever asks it for something else.
        """
        card = course.card_of(item)
        digest = hashlib.sha256("\x1f".join((item, card.digest)).encode()).hexdigest()[:32]
        with self._lock:
            if digest in self._reported:
                return
        log.error("“%s” cannot be shown with the seed %s: %s", item, seed, why)
        try:
            self._store.reports.add_once(
                NewReport(
                    learner=person.id,
                    presentation=f"{BY_APP}{digest}",
                    item=item,
                    card=card.id,
                    seed=seed,
                    card_digest=card.digest,
                    variant=None,
                    text=why,
                    at=now,
                )
            )
        except StorageError as error:
            log.error("%s", error)
            return
        with self._lock:
            self._reported[digest] = None
            _keep(self._reported)


def _keep(kept: MutableMapping[Any, None]) -> None:
    while len(kept) > MOST:
        del kept[next(iter(kept))]
