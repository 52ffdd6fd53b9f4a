"""Which lessons learners came through, and how."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import fields
from datetime import date

from sqlalchemy import RowMapping, insert, select

from engine.storage.database import Database
from engine.storage.driver_errors import legible
from engine.storage.records import Lesson, LessonRow
from engine.storage.schema import lessons, utc

_FIELDS = tuple(field.name for field in fields(LessonRow))


class Lessons:
    """The lessons of all learners; no row is ever changed. Every method raises StorageError."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def record(self, row: LessonRow) -> None:
        """Keeps that a learner came through a lesson; durable when it returns."""
        values = {name: getattr(row, name) for name in _FIELDS} | {"at": utc(row.at)}
        with self._database.writing() as connection:
            connection.execute(insert(lessons), values)

    def of(self, learner: str, *, before: date | None = None) -> dict[str, Lesson]:
        """card -> how the learner stands with its lesson, for every card with a row.

        before: as it was when this study day began.
        """
        wanted = select(lessons).where(lessons.c.learner == learner).order_by(lessons.c.id)
        if before is not None:
            wanted = wanted.where(lessons.c.study_day < before)
        return _by_card(self._database.rows(wanted))


@legible
def _by_card(rows: Iterable[RowMapping]) -> dict[str, Lesson]:
    found: dict[str, Lesson] = {}
    for row in rows:
        found[row["card"]] = _after(found.get(row["card"]), row)
    return found


def _after(lesson: Lesson | None, row: RowMapping) -> Lesson:
    spent = (lesson.milliseconds if lesson else 0) + int(row["milliseconds"] or 0)
    return Lesson(row["how"], row["at"], row["study_day"], spent)
