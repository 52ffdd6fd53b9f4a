"""What is asked of the log, as SQLAlchemy selects.

Each is answered from an index; none reads a learner's whole log, except where all is wanted.
"""

from __future__ import annotations

from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, exists, func, select

from engine.storage.schema import log

_undo = log.alias("undo")
_earlier = log.alias("earlier")

IS_ANSWER = log.c.type == "answer"
_UNDONE: ColumnElement[bool] = exists().where(_undo.c.undoes == log.c.id).correlate(log)
_EARLIER_UNDONE = exists().where(_undo.c.undoes == _earlier.c.id).correlate(_earlier)
#: An answer that counts: given, and not taken back.
STANDS = and_(IS_ANSWER, ~_UNDONE)

# Where an item's rows are wanted, its index must be used: without the `+ 0` both databases prefer
# to walk through the learner's whole log in the order of ids.
_log_id = log.c.id + 0
_earlier_id = _earlier.c.id + 0

#: Rows of the log with `undone` beside them.
ROWS: Select[Any] = select(log, _UNDONE.label("undone"))


def answer_to(presentation: str) -> Select[Any]:
    return ROWS.where(log.c.presentation == presentation)


def answered_as(learner: str, mode: str, item: str, seed: int, attempt: int) -> Select[Any]:
    """What this was answered with, under whatever id."""
    wanted = ROWS.where(log.c.learner == learner, log.c.item == item)
    wanted = wanted.where(log.c.seed == seed, log.c.mode == mode, log.c.attempt == attempt)
    return wanted.where(IS_ANSWER).order_by(_log_id.desc()).limit(1)


def newest_answer(learner: str) -> Select[Any]:
    return ROWS.where(log.c.learner == learner, STANDS).order_by(log.c.id.desc()).limit(1)


def newest_scheduled(learner: str, item: str, *, before: int) -> Select[Any]:
    """Of the item's scheduled answers that stand, the newest with an id below `before`."""
    return (
        ROWS.where(log.c.learner == learner, log.c.item == item, _log_id < before)
        .where(STANDS, log.c.scheduled)
        .order_by(_log_id.desc())
        .limit(1)
    )


def scheduled_since(learner: str, study_day: date) -> Select[Any]:
    """The ids and items of scheduled answers that stand, of this study day and later ones."""
    wanted = select(log.c.id, log.c.item).where(log.c.learner == learner, STANDS, log.c.scheduled)
    return wanted.where(log.c.study_day >= study_day).order_by(log.c.id)


def rows_after(learner: str, log_id: int, *, limit: int | None = None) -> Select[Any]:
    wanted = ROWS.where(log.c.learner == learner, log.c.id > log_id)
    return wanted.order_by(log.c.id).limit(limit)


def last_id(learner: str) -> Select[Any]:
    return select(func.max(log.c.id)).where(log.c.learner == learner)


def answers_in(
    learner: str, first_day: date, last_day: date, *, include_undone: bool
) -> Select[Any]:
    in_time = ROWS.where(log.c.learner == learner, log.c.study_day.between(first_day, last_day))
    return in_time.where(IS_ANSWER if include_undone else STANDS).order_by(log.c.id)


def first_answered_on(learner: str, study_day: date) -> Select[Any]:
    """Items with an answer that day before which no other scheduled answer stands."""
    earlier = exists().where(
        _earlier.c.learner == learner,
        _earlier.c.item == log.c.item,
        _earlier_id < log.c.id,
        _earlier.c.type == "answer",
        _earlier.c.scheduled,
        ~_EARLIER_UNDONE,
    )
    return (
        select(log.c.item)
        .where(log.c.learner == learner, log.c.study_day == study_day)
        .where(STANDS, log.c.scheduled, ~earlier.correlate(log))
        .order_by(log.c.id)
    )


def answers_counted(learner: str, item: str, seed: int | None = None) -> Select[Any]:
    """How many answers, undone ones included, to the item (and to this seed of it)."""
    counted = select(func.count()).where(log.c.learner == learner, log.c.item == item, IS_ANSWER)
    return counted if seed is None else counted.where(log.c.seed == seed)


def answer_to_card(learner: str, card: str, *, before: date | None = None) -> Select[Any]:
    """Some answer to an item of the card that stands. before: only of earlier study days."""
    wanted = select(log.c.id).where(log.c.learner == learner, log.c.card == card, STANDS)
    return (wanted if before is None else wanted.where(log.c.study_day < before)).limit(1)


def timed_before(day: date, *, learner: str | None, limit: int) -> Select[Any]:
    """Kind and duration of the newest answers of earlier study days that stand and were timed."""
    timed = select(log.c.kind, log.c.milliseconds).where(STANDS, log.c.study_day < day)
    if learner is not None:
        timed = timed.where(log.c.learner == learner)
    return timed.where(log.c.milliseconds.is_not(None)).order_by(log.c.id.desc()).limit(limit)


def first_answers(learner: str, before: date, *, limit: int) -> Select[Any]:
    """Verdicts of the first scheduled answers to each item that stand, newest first."""
    own = (log.c.learner == learner, STANDS, log.c.scheduled, log.c.study_day < before)
    firsts = select(func.min(log.c.id)).where(*own).group_by(log.c.item)
    wanted = select(log.c.verdict).where(log.c.learner == learner, log.c.id.in_(firsts))
    return wanted.order_by(log.c.id.desc()).limit(limit)


def misses(learner: str, item: str) -> Select[Any]:
    """How many scheduled answers to the item stand that were not right."""
    counted = select(func.count()).where(log.c.learner == learner, log.c.item == item)
    return counted.where(STANDS, log.c.scheduled, log.c.verdict != "correct")


def newest_answer_to(learner: str, item: str, seed: int) -> Select[Any]:
    wanted = ROWS.where(log.c.learner == learner, log.c.item == item, log.c.seed == seed)
    return wanted.where(IS_ANSWER).order_by(_log_id.desc()).limit(1)


def counted_on(learner: str, study_day: date, mode: str) -> Select[Any]:
    """How many answers stand that were given in this mode that day."""
    return select(func.count()).where(
        log.c.learner == learner, log.c.study_day == study_day, log.c.mode == mode, STANDS
    )
