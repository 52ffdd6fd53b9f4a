"""What is written, inside a transaction that somebody else begins and commits."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Dialect, bindparam, delete, insert, select
from sqlalchemy.dialects import postgresql, sqlite

from engine.scheduling.memory import Memory
from engine.storage import queries
from engine.storage.mapping import (
    MEMORY_COLUMNS,
    MEMORY_FIELDS,
    answer_of,
    answer_values,
    learner_of,
    memory_from_text,
    memory_of,
    memory_values,
    settings_values,
    undo_values,
)
from engine.storage.records import (
    Answer,
    Learner,
    LoggedAnswer,
    Recorded,
    Settings,
    Undone,
)
from engine.storage.schema import heartbeats, learners, log, memories

Schedule = Callable[[Memory | None], Memory]
#: item -> its memory, and the id of the answer that it came from
Remembered = dict[str, tuple[Memory | None, int]]


def begin_writing(connection: Connection) -> None:
    """Begins a transaction that will write, so that it waits at its start and never in between."""
    if connection.dialect.name == "sqlite":
        connection.exec_driver_sql("BEGIN IMMEDIATE")


# Built once, so that SQLAlchemy finds their compiled form at once.
# SQLite has no row locks and needs none: its transaction locks the whole file.
_LOCK = select(learners.c.id).where(learners.c.id == bindparam("learner")).with_for_update()
_SEEN = select(log.c.id).where(log.c.presentation == bindparam("presentation"))
_MEMORY = select(*MEMORY_COLUMNS).where(
    memories.c.learner == bindparam("learner"), memories.c.item == bindparam("item")
)
_FORGET = delete(memories).where(
    memories.c.learner == bindparam("its_learner"), memories.c.item == bindparam("its_item")
)
_APPEND = insert(log)


class Writing:
    """What a use case writes, for one kind of database."""

    def __init__(self, dialect: Dialect) -> None:
        insert_into = postgresql.insert if dialect.name == "postgresql" else sqlite.insert
        self._create = insert_into(learners).on_conflict_do_nothing()
        new = insert_into(memories)
        changed = {name: new.excluded[name] for name in (*MEMORY_FIELDS, "log_id")}
        key = ["learner", "item"]
        self._remember = new.on_conflict_do_update(index_elements=key, set_=changed)
        beat = insert_into(heartbeats)
        #: Writes the one heartbeat.
        self.beat = beat.on_conflict_do_update(index_elements=["id"], set_={"at": beat.excluded.at})

    def learner(self, connection: Connection, id: str, now: datetime) -> Learner:
        """The learner, created if there is none, and locked until the transaction ends."""
        values = {"id": id, "created_at": now} | settings_values(Settings())
        connection.execute(self._create, values)
        _lock(connection, id)
        return learner_of(connection.execute(queries.learner_with(id)).mappings().one())

    def record(self, connection: Connection, answer: Answer, schedule: Schedule | None) -> Recorded:
        """See `Store.record`."""
        if not _lock(connection, answer.learner):
            self.learner(connection, answer.learner, answer.at)
        if connection.execute(_SEEN, {"presentation": answer.presentation}).first():
            return _counted(connection, answer.presentation)
        previous = _memory(connection, answer.learner, answer.item)
        after = schedule(previous) if schedule else None
        values = answer_values(answer, scheduled=schedule is not None, memory=after)
        log_id = _appended(connection, values)
        if after is not None:
            self._put(connection, answer.learner, answer.item, after, log_id)
        logged = LoggedAnswer(log_id, answer, schedule is not None, after, undone=False)
        return Recorded(logged, True, previous, previous if after is None else after)

    def undo(
        self, connection: Connection, learner: str, now: datetime, expected: str | None
    ) -> Undone | None:
        """See `Store.undo`."""
        _lock(connection, learner)
        row = connection.execute(queries.newest_answer(learner)).mappings().first()
        logged = answer_of(row) if row is not None else None
        if expected is not None and (logged is None or logged.answer.presentation != expected):
            return _undone_before(connection, learner, expected)
        if logged is None:
            return None
        memory, source = memory_before(connection, logged)
        _appended(connection, undo_values(logged, memory, now))
        self._put(connection, learner, logged.answer.item, memory, source)
        return Undone(replace(logged, undone=True), memory, first=True)

    def rebuild(self, connection: Connection, learner: str) -> int:
        """See `Store.rebuild_memories`."""
        _lock(connection, learner)
        logged, cached = _logged(connection, learner), _cached(connection, learner)
        wrong = _differing(logged, cached)
        for item in wrong:
            memory, source = logged.get(item, (None, 0))
            self._put(connection, learner, item, memory, source)
        return len(wrong)

    def differences(self, connection: Connection, learner: str) -> int:
        """How many items' memories are not what the log says."""
        _lock(connection, learner)
        logged, cached = _logged(connection, learner), _cached(connection, learner)
        return len(_differing(logged, cached))

    def _put(
        self, connection: Connection, learner: str, item: str, memory: Memory | None, log_id: int
    ) -> None:
        if memory is None:
            connection.execute(_FORGET, {"its_learner": learner, "its_item": item})
        else:
            key = {"learner": learner, "item": item, "log_id": log_id}
            connection.execute(self._remember, key | memory_values(memory))


def _lock(connection: Connection, learner: str) -> bool:
    """Makes others who write for this learner wait. False: there is no such learner."""
    return connection.execute(_LOCK, {"learner": learner}).first() is not None


def _appended(connection: Connection, values: dict[str, Any]) -> int:
    """Inserts a row into the log. -> its id"""
    key = connection.execute(_APPEND, values).inserted_primary_key
    assert key is not None  # of a single row there always is one
    return int(key[0])


def _memory(connection: Connection, learner: str, item: str) -> Memory | None:
    row = connection.execute(_MEMORY, {"learner": learner, "item": item}).first()
    return None if row is None else Memory(*row)


def _counted(connection: Connection, presentation: str) -> Recorded:
    logged = answer_of(connection.execute(queries.answer_to(presentation)).mappings().one())
    current = _memory(connection, logged.answer.learner, logged.answer.item)
    return Recorded(logged, False, None, logged.memory if logged.scheduled else current)


def _undone_before(connection: Connection, learner: str, presentation: str) -> Undone | None:
    row = connection.execute(queries.answer_to(presentation)).mappings().first()
    if row is None or row["learner"] != learner or not row["undone"]:
        return None
    logged = answer_of(row)
    return Undone(logged, _memory(connection, learner, logged.answer.item), first=False)


def memory_before(connection: Connection, logged: LoggedAnswer) -> tuple[Memory | None, int]:
    """What the item's memory was before this answer, and the id of the answer it came from."""
    learner, item, before = logged.answer.learner, logged.answer.item, logged.id
    while True:
        query = queries.newest_scheduled(learner, item, before=before)
        row = connection.execute(query).mappings().first()
        if row is not None:
            return memory_from_text(row["memory_after"]), row["id"]
        # Under the name that the item had before, up to when it was renamed.
        renamed = connection.execute(queries.renamed_from(item, before)).first()
        if renamed is None:
            return None, 0
        item, before = renamed.old, min(before, renamed.log_id + 1)


def _logged(connection: Connection, learner: str) -> Remembered:
    rows = connection.execute(queries.logged_memories(learner)).all()
    # Later rows of an item replace earlier ones.
    newest = {item: (log_id, text) for log_id, item, text in rows}
    carried: dict[str, tuple[int, str]] = {}
    for old, new, until in connection.execute(queries.RENAMES):
        known = {item: (log_id, text) for log_id, item, text in rows if log_id <= until}
        before = known.get(old, carried.get(old))
        if before is not None and new not in newest:
            carried[new] = before
    newest |= {item: before for item, before in carried.items() if item not in newest}
    return {item: (memory_from_text(text), log_id) for item, (log_id, text) in newest.items()}


def _cached(connection: Connection, learner: str) -> Remembered:
    rows = connection.execute(queries.cached_memories(learner)).mappings()
    return {row["item"]: (memory_of(row), row["log_id"]) for row in rows}


def _differing(logged: Remembered, cached: Remembered) -> list[str]:
    return [item for item in logged.keys() | cached.keys() if logged.get(item) != cached.get(item)]
