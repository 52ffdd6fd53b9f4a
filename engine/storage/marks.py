"""Where a learner's rows end: whoever has what was made of them knows whether it still holds."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Select, bindparam, func, select

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


_LEARNER = bindparam("learner")
# One query, built once: it is asked before every item.
MARK: Select[tuple[int | None, int | None, int | None, int, datetime | None]] = select(
    select(func.max(log.c.id)).where(log.c.learner == _LEARNER).scalar_subquery(),
    select(func.max(lessons.c.id)).where(lessons.c.learner == _LEARNER).scalar_subquery(),
    select(func.max(parameters.c.id)).where(parameters.c.learner == _LEARNER).scalar_subquery(),
    select(func.count()).where(asides.c.learner == _LEARNER).scalar_subquery(),
    select(func.max(asides.c.at)).where(asides.c.learner == _LEARNER).scalar_subquery(),
)
