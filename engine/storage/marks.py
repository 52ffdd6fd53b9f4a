"""Where a learner's rows end: whoever has what was made of them knows whether it still holds."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import BindParameter, bindparam, func, select

from engine.storage.database import Database
from engine.storage.schema import asides, lessons, log, parameters


@dataclass(frozen=True, slots=True)
class Mark:
    """The newest rows of a learner: of the log, of lessons, of fitted parameters; and of what is
    put aside how much there is and since when.
    """

    log: int
    lessons: int
    fits: int
    asides: tuple[int, datetime | None]


_LEARNER: BindParameter[str] = bindparam("learner")
# One query, built once: it is asked before every item.
_MARK = select(
    select(func.max(log.c.id)).where(log.c.learner == _LEARNER).scalar_subquery(),
    select(func.max(lessons.c.id)).where(lessons.c.learner == _LEARNER).scalar_subquery(),
    select(func.max(parameters.c.id)).where(parameters.c.learner == _LEARNER).scalar_subquery(),
    select(func.count()).where(asides.c.learner == _LEARNER).scalar_subquery(),
    select(func.max(asides.c.at)).where(asides.c.learner == _LEARNER).scalar_subquery(),
)


def mark_of(database: Database, learner: str) -> Mark:
    """Where the learner's rows end, in one query. Raises StorageError."""
    with database.reading() as connection:
        row = connection.execute(_MARK, {"learner": learner}).one()
    newest_log, lesson, fit, count, since = row
    return Mark(newest_log or 0, lesson or 0, fit or 0, (count, since))
