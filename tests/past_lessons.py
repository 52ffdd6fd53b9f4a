"""What tests need that are about something else than lessons: all of them are read already."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, datetime, timedelta

from engine.storage import LessonRow, Store

#: Before every day on which a test studies, and late enough for no date to be odd.
LONG_AGO = datetime(2026, 1, 5, 9, tzinfo=UTC)


def read_lessons(store: Store, learner: str, cards: Iterable[str], at: datetime = LONG_AGO) -> None:
    """The lessons of these cards were read by a learner, who is made if need be."""
    store.learners.ensure(learner, at)
    for n, card in enumerate(cards):
        moment = at + timedelta(seconds=n)
        row = LessonRow(
            learner=learner,
            card=card,
            how="read",
            at=moment,
            study_day=moment.date(),
            milliseconds=60_000,
        )
        store.lessons.record(row)
