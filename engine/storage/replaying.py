"""Memories under other parameters than those of their time: the log is gone through again.

A row of the log holds the memory after it, as it was scheduled. When parameters fitted to a learner
are applied, or FSRS's own come back, what was remembered up to then is made again of the answers
themselves; later rows hold what follows from that. The log stays as it is.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, Row, Select, select

from engine.scheduling import Calendar, Memory, Rating, SettingError, rebuild
from engine.scheduling import LoggedAnswer as Scheduled
from engine.storage.log_selects import STANDS
from engine.storage.mapping import memory_from_text, weights_of
from engine.storage.schema import log, parameters, renames

#: What a scheduled answer has to be known by to be scheduled again.
_COLUMNS = (
    log.c.id,
    log.c.item,
    log.c.rating,
    log.c.at,
    log.c.study_day,
    log.c.timezone,
    log.c.rollover,
    log.c.desired_retention,
    log.c.fuzz_seed,
    log.c.memory_after,
)
Rows = Sequence[Row[Any]]


@dataclass(frozen=True, slots=True)
class Refit:
    """The newest change of a learner's parameters. weights: since then, None: FSRS's own.

    log_id: the learner's newest row of the log at that time.
    """

    weights: tuple[float, ...] | None
    log_id: int


@dataclass(frozen=True, slots=True)
class Ready:
    """Memories that were made before others had to wait for them, by the ids of their answers."""

    weights: tuple[float, ...] | None
    memories: Mapping[tuple[int, ...], Memory | None]


def made_ready(connection: Connection, learner: str, weights: tuple[float, ...] | None) -> Ready:
    """All that a learner would remember with these weights."""
    refit = Refit(weights, 0)
    answers = histories(connection, learner).values()
    return Ready(weights, {_ids(rows): replayed(rows, refit) for rows in answers})


def _ids(rows: Rows) -> tuple[int, ...]:
    return tuple(row.id for row in rows)


def newest_refit(connection: Connection, learner: str) -> Refit | None:
    """None for a learner whose parameters were always FSRS's own."""
    wanted = select(parameters.c.weights, parameters.c.log_id).where(
        parameters.c.learner == learner, parameters.c.applied
    )
    row = connection.execute(wanted.order_by(parameters.c.id.desc()).limit(1)).first()
    return None if row is None else Refit(weights_of(row.weights), row.log_id)


def replayed(rows: Rows, refit: Refit, ready: Ready | None = None) -> Memory | None:
    """The memory that an item's answers, oldest first, lead to with a learner's weights.

    Where one of them lacks what it takes, as it was. ready: what is known already.
    """
    if not rows:
        return None
    if ready and ready.weights == refit.weights and _ids(rows) in ready.memories:
        return ready.memories[_ids(rows)]
    if any(row.rating is None or row.at is None or row.rollover is None for row in rows):
        return memory_from_text(rows[-1].memory_after)
    answers = [_scheduled(row) for row in rows]
    return rebuild(answers, parameters=refit.weights)[answers[0].item]


def _scheduled(row: Row[Any]) -> Scheduled:
    # All under one name: what an item is called now does not matter here.
    return Scheduled(
        "",
        Rating(row.rating),
        row.at,
        _calendar(row.timezone, row.rollover),
        row.desired_retention,
        row.fuzz_seed,
    )


def _calendar(timezone: str | None, rollover: int) -> Calendar:
    try:
        return Calendar(timezone or "UTC", rollover)
    except SettingError:  # of another machine, which knew that time zone
        return Calendar("UTC", rollover)


def history(
    connection: Connection, learner: str, item: str, before: int, rename: int | None = None
) -> Rows:
    """The scheduled answers that stand of an item, oldest first, under its former names as well.

    before: of the log's rows only those with a lower id. rename: likewise of the renames.
    """
    wanted = _standing(learner).where(log.c.item == item, log.c.id < before)
    rows = connection.execute(wanted).all()
    renamed = connection.execute(renamed_from(item, rows[0].id if rows else before, rename)).first()
    if renamed is None:
        return rows
    until = min(before, renamed.log_id + 1)
    return [*history(connection, learner, renamed.old, until, renamed.id), *rows]


def histories(connection: Connection, learner: str) -> dict[str, Rows]:
    """The same of every item that the learner answered."""
    found: dict[str, list[Row[Any]]] = defaultdict(list)
    for row in connection.execute(_standing(learner)):
        found[row.item].append(row)
    for old, new, until in connection.execute(ALL_RENAMES):
        carried = [row for row in found.get(old, ()) if row.id <= until]
        own = found.get(new, ())
        if carried and not (own and own[0].id <= until):
            found[new] = [*carried, *own]
    return dict(found)


def renamed_from(item: str, before: int, rename: int | None = None) -> Select[Any]:
    """What an item was called earlier: its old id, and the newest row of the log then.

    rename: only a rename with a lower id, so that names that went back and forth come to an end.
    """
    wanted = select(renames.c.id, renames.c.old, renames.c.log_id).where(
        renames.c.new == item, renames.c.log_id < before
    )
    if rename is not None:
        wanted = wanted.where(renames.c.id < rename)
    return wanted.order_by(renames.c.id.desc()).limit(1)


def _standing(learner: str) -> Select[Any]:
    own = (log.c.learner == learner, STANDS, log.c.scheduled)
    return select(*_COLUMNS).where(*own).order_by(log.c.id)


#: Every renamed item, in the order in which they were renamed.
ALL_RENAMES: Select[Any] = select(renames.c.old, renames.c.new, renames.c.log_id).order_by(
    renames.c.id
)
