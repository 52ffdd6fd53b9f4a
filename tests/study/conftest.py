"""A learner at a desk: the real content, a store of their own, a clock that the test moves."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from engine import questions
from engine.course import CourseFolder
from engine.questions import Malformed
from engine.scheduling import Calendar, Rating
from engine.storage import LessonRow, Settings, Store, open_store
from engine.study import (
    Feedback,
    Mode,
    Person,
    Presentation,
    PresentedFlashcard,
    PresentedQuestion,
    Study,
    Today,
)

CONTENT = Path(__file__).resolve().parents[2] / "content"
MORNING = datetime(2026, 3, 2, 9, tzinfo=UTC)
SIGMA = "xavier-normal/sigma"
FLASHCARD = "xavier-normal/formula"
CERTAIN, GUESSING = 3, 0


class Desk:
    """What a learner does, one line each; every answer takes a minute."""

    def __init__(self, study: Study, learner: str = "mina", **settings: Any) -> None:
        self.study = study
        self.now = MORNING
        chosen = Settings(**settings)
        study.learner(learner, self.now)
        calendar = Calendar("Asia/Seoul", chosen.rollover)
        self.person = Person(learner, chosen, chosen.language or "en", calendar)

    def today(self, *, more: int = 0) -> Today:
        """How the day stands."""
        return self.study.today(self.person, self.now, more=more)

    def next(self, *, more: int = 0) -> Presentation | None:
        """The next item that today's queue shows; lessons before it are read."""
        day = self.today(more=more)
        while day.lesson is not None:
            self.read(day.lesson)
            day = self.today(more=more)
        if day.next is None:
            return None
        return self.show(day.next.item, self.study.next_seed(self.person, day.next.item))

    def read(self, card: str) -> None:
        """Reads a lesson to its end, in two minutes."""
        self.now += timedelta(minutes=2)
        day = self.person.calendar.day(self.now)
        row = LessonRow(
            learner=self.person.id, card=card, how="read", at=self.now, study_day=day,
            milliseconds=120_000,
        )  # fmt: skip
        self.study.store.lessons.record(row)

    def show(
        self,
        item: str,
        seed: int = 7,
        attempt: int = 0,
        *,
        mode: Mode = "today",
        scheduled: bool = True,
    ) -> Presentation:
        return self.study.present(
            self.person, item, seed, attempt, self.now, mode=mode, scheduled=scheduled
        )

    def practise(self, item: str, seed: int = 7, attempt: int = 0) -> Presentation:
        return self.show(item, seed, attempt, mode="practice", scheduled=False)

    def say(self, shown: Presentation, text: str, level: int = CERTAIN) -> Feedback | Malformed:
        """Answers with a text, whatever comes of it."""
        self.now += timedelta(minutes=1)
        return self.study.answer_question(self.person, shown, text, level, 4200, self.now)

    def answer(
        self, shown: Presentation, verdict: str = "correct", level: int = CERTAIN
    ) -> Feedback:
        """Answers a question with that verdict, or rates a flashcard to match."""
        if isinstance(shown, PresentedFlashcard):
            return self.rate(shown, Rating.GOOD if verdict == "correct" else Rating.AGAIN, level)
        told = self.say(shown, text_for(shown, verdict), level)
        assert isinstance(told, Feedback)
        return told

    def rate(self, shown: Presentation, rating: Rating, level: int = CERTAIN) -> Feedback:
        self.now += timedelta(minutes=1)
        return self.study.answer_flashcard(self.person, shown, rating, level, 4200, self.now)

    def finish(self) -> None:
        """Answers everything that today has, without a fault, until nothing is left."""
        while (shown := self.next()) is not None:
            if isinstance(shown, PresentedFlashcard):
                self.rate(shown, Rating.EASY)
            else:
                self.answer(shown)

    def undo(self, expected: str | None = None) -> Any:
        self.now += timedelta(minutes=1)
        return self.study.undo(self.person, self.now, expected=expected)

    def is_todays(self, item: str, seed: int, attempt: int = 0) -> bool:
        return self.study.is_todays(self.person, item, seed, attempt)

    def memory(self, item: str = SIGMA) -> Any:
        return self.study.store.memories.of_item(self.person.id, item)

    def speaking(self, language: str) -> Desk:
        """The same learner with the interface in another language."""
        self.person = replace(self.person, language=language)
        return self


def text_for(shown: Presentation, verdict: str) -> str:
    """An answer that gets this verdict."""
    assert isinstance(shown, PresentedQuestion)
    if verdict == "close":
        assert shown.variant.accepted is not None
        low, high = shown.variant.accepted
        return repr(high + 0.25 * (high - low))
    return next(
        sample.text
        for sample in questions.samples(shown.variant)
        if sample.grade is not None and sample.grade.verdict == verdict
    )


def wrong_of(shown: Presentation) -> str:
    """A verdict that the item can get and that is not right."""
    if isinstance(shown, PresentedFlashcard):
        return "wrong"
    given = {s.grade.verdict for s in questions.samples(shown.variant) if s.grade is not None}
    return "wrong" if "wrong" in given else "misconception"


def question_of(desk: Desk) -> PresentedQuestion:
    """The next question of the day; flashcards before it are answered right."""
    while isinstance(shown := desk.next(), PresentedFlashcard):
        desk.answer(shown)
    assert shown is not None
    return shown


@cache
def item_ids() -> tuple[str, ...]:
    """The items of the real content, in the course's order."""
    return tuple(item.id for item in CourseFolder(CONTENT).current(MORNING).items)


@pytest.fixture(scope="session")
def course_folder() -> CourseFolder:
    """The real content, compiled once for all tests."""
    return CourseFolder(CONTENT)


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with open_store(None, tmp_path / "data") as opened:
        yield opened


@pytest.fixture
def study(course_folder: CourseFolder, store: Store) -> Study:
    return Study(course_folder, store)


@pytest.fixture
def desk(study: Study) -> Desk:
    return Desk(study)


@pytest.fixture
def desk_with(study: Study) -> Callable[..., Desk]:
    """A learner with settings of their own."""
    return lambda **settings: Desk(study, **settings)
