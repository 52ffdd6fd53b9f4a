"""What is remembered of each item: the log's cache, which can be made of it again."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import Connection, RowMapping, Select, bindparam, delete, select
from sqlalchemy.dialects import postgresql, sqlite

from engine.scheduling import Memory
from engine.storage.database import Database
from engine.storage.errors import StorageError
from engine.storage.learners import lock
from engine.storage.log_selects import STANDS, newest_scheduled, scheduled_since
from engine.storage.mapping import (
    MEMORY_COLUMNS,
    MEMORY_FIELDS,
    memory_from_text,
    memory_of,
    memory_values,
)
from engine.storage.records import LoggedAnswer
from engine.storage.replaying import (
    ALL_RENAMES,
    Ready,
    histories,
    history,
    newest_refit,
    renamed_from,
    replayed,
)
from engine.storage.schema import log, memories

#: item -> its memory, and the id of the answer that it came from
Remembered = dict[str, tuple[Memory | None, int]]
#: What stands for a memory that cannot be read.
UNREADABLE = (None, -1)

# Built once, so that SQLAlchemy finds their compiled form at once.
_MEMORY = select(*MEMORY_COLUMNS).where(
    memories.c.learner == bindparam("learner"), memories.c.item == bindparam("item")
)
_FORGET = delete(memories).where(
    memories.c.learner == bindparam("its_learner"), memories.c.item == bindparam("its_item")
)


@dataclass(frozen=True, slots=True)
class Difference:
    """An item whose memory is not what the log says; None: no memory at all.

    unreadable: what is kept is nothing that a memory can be.
    """

    item: str
    kept: Memory | None
    logged: Memory | None
    unreadable: bool = False


class Memories:
    """The memories of all learners. Every method raises StorageError."""

    def __init__(self, database: Database) -> None:
        self._database = database
        new = (postgresql.insert if database.on_server else sqlite.insert)(memories)
        changed = {name: new.excluded[name] for name in (*MEMORY_FIELDS, "log_id")}
        key = ["learner", "item"]
        self._remember = new.on_conflict_do_update(index_elements=key, set_=changed)

    def of(self, learner: str) -> dict[str, Memory]:
        """item -> its memory, for every item that has one."""
        rows = self._database.rows(_memories_of(learner))
        return {row["item"]: memory_of(row) for row in rows}

    def of_item(self, learner: str, item: str) -> Memory | None:
        """One item's memory."""
        rows = self._database.rows(_memory_of(learner, item))
        return memory_of(rows[0]) if rows else None

    def before(self, logged: LoggedAnswer) -> Memory | None:
        """What was remembered of an answer's item when it was given."""
        with self._database.reading() as connection:
            return memory_before(connection, logged)[0]

    def at_start_of(self, learner: str, day: date) -> dict[str, Memory]:
        """item -> its memory before that study day's first answer; later days do not count either.

        Answers that were undone never count.
        """
        with self._database.reading() as connection:
            wanted = _memories_of(learner)
            found = {row["item"]: memory_of(row) for row in connection.execute(wanted).mappings()}
            since = connection.execute(scheduled_since(learner, day)).all()
            for item, (of, id) in _firsts(since, connection.execute(ALL_RENAMES).all()).items():
                before = _memory_before(connection, learner, of, id)[0]
                found.pop(item, None)
                if before is not None:
                    found[item] = before
            return found

    def differences(self, learner: str) -> list[Difference]:
        """The items whose memories are not what the log says, by id; nothing is changed."""
        with self._database.writing() as connection:
            return self._differences(connection, learner)[0]

    def rebuild(self, learner: str) -> list[Difference]:
        """Makes the memories what the log says, in one transaction. -> what was something else"""
        with self._database.writing() as connection:
            return self.make_again(connection, learner)

    @staticmethod
    def _differences(
        connection: Connection, learner: str, ready: Ready | None = None
    ) -> tuple[list[Difference], Remembered]:
        """What differs, and all that the log says. Others who write for this learner wait."""
        lock(connection, learner)
        logged, kept = _logged(connection, learner, ready), _kept(connection, learner)
        wrong = [item for item in logged.keys() | kept.keys() if logged.get(item) != kept.get(item)]
        nothing = (None, 0)
        return [
            Difference(
                item,
                kept.get(item, nothing)[0],
                logged.get(item, nothing)[0],
                unreadable=kept.get(item) == UNREADABLE,
            )
            for item in sorted(wrong)
        ], logged

    # In a transaction that somebody else begins and commits

    def make_again(
        self, connection: Connection, learner: str, ready: Ready | None = None
    ) -> list[Difference]:
        """Makes the memories what the log says, with the learner's weights of now.

        ready: what was made before the transaction began.
        """
        wrong, logged = self._differences(connection, learner, ready)
        for difference in wrong:
            memory, source = logged.get(difference.item, (None, 0))
            self.put(connection, learner, difference.item, memory, source)
        return wrong

    @staticmethod
    def current(connection: Connection, learner: str, item: str) -> Memory | None:
        """One item's memory."""
        row = connection.execute(_MEMORY, {"learner": learner, "item": item}).first()
        return None if row is None else Memory(*row)

    def put(
        self, connection: Connection, learner: str, item: str, memory: Memory | None, log_id: int
    ) -> None:
        """Remembers an item's memory and the answer that it came from; None: forgets it."""
        if memory is None:
            connection.execute(_FORGET, {"its_learner": learner, "its_item": item})
        else:
            key = {"learner": learner, "item": item, "log_id": log_id}
            connection.execute(self._remember, key | memory_values(memory))


def memory_before(connection: Connection, logged: LoggedAnswer) -> tuple[Memory | None, int]:
    """What the item's memory was before this answer, and the id of the answer it came from.

    With the learner's weights of now, which may be others than when it was given.
    """
    return _memory_before(connection, logged.answer.learner, logged.answer.item, logged.id)


def _memory_before(
    connection: Connection, learner: str, item: str, before: int
) -> tuple[Memory | None, int]:
    row = _source(connection, learner, item, before)
    if row is None:
        return None, 0
    refit = newest_refit(connection, learner)
    if refit is None or row["id"] > refit.log_id:
        return memory_from_text(row["memory_after"]), row["id"]
    return replayed(history(connection, learner, item, before), refit), row["id"]


def _source(connection: Connection, learner: str, item: str, before: int) -> RowMapping | None:
    """The newest scheduled answer that stands, of those with a lower id."""
    rename = None
    while True:
        query = newest_scheduled(learner, item, before=before)
        row = connection.execute(query).mappings().first()
        if row is not None:
            return row
        # Under the name that the item had before, up to when it was renamed.
        renamed = connection.execute(renamed_from(item, before, rename)).first()
        if renamed is None:
            return None
        item, rename, before = renamed.old, renamed.id, min(before, renamed.log_id + 1)


def _firsts(since: Iterable[Any], renamed: Iterable[Any]) -> dict[str, tuple[str, int]]:
    """item -> its first row of these, or that of the item whose memory it was given since."""
    firsts: dict[str, tuple[str, int]] = {}
    for id, item in since:
        firsts.setdefault(item, (item, id))
    for old, new, until in renamed:
        if old in firsts and new not in firsts and firsts[old][1] <= until:
            firsts[new] = firsts[old]
    return firsts


def _logged(connection: Connection, learner: str, ready: Ready | None = None) -> Remembered:
    newest = _newest(connection, learner)
    logged = {item: (memory_from_text(text), log_id) for item, (log_id, text) in newest.items()}
    refit = newest_refit(connection, learner)
    if refit is not None:
        answers = histories(connection, learner)
        for item, (log_id, _text) in newest.items():
            if log_id <= refit.log_id:
                logged[item] = (replayed(answers[item], refit, ready), log_id)
    return logged


def _newest(connection: Connection, learner: str) -> dict[str, tuple[int, str]]:
    """item -> the answer that its memory came from, and that memory as it was then."""
    rows = connection.execute(_logged_memories(learner)).all()
    # Later rows of an item replace earlier ones.
    newest = {item: (log_id, text) for log_id, item, text in rows}
    carried: dict[str, tuple[int, str]] = {}
    for old, new, until in connection.execute(ALL_RENAMES):
        known = {item: (log_id, text) for log_id, item, text in rows if log_id <= until}
        before = known.get(old, carried.get(old))
        if before is not None and new not in newest:
            carried[new] = before
    return carried | newest


def _kept(connection: Connection, learner: str) -> Remembered:
    try:
        return _read(connection, _cached_memories(learner))
    except (StorageError, ValueError):  # SQLite keeps whatever it is given
        return _kept_one_by_one(connection, learner)


def _kept_one_by_one(connection: Connection, learner: str) -> Remembered:
    """The same, where one that cannot be read costs nobody the others."""
    kept: Remembered = {}
    for item in connection.execute(_items_of(learner)).scalars().all():
        try:
            kept |= _read(connection, _cached_memories(learner).where(memories.c.item == item))
        except (StorageError, ValueError):
            kept[item] = UNREADABLE
    return kept


def _read(connection: Connection, wanted: Select[Any]) -> Remembered:
    rows = connection.execute(wanted).mappings()
    return {row["item"]: (memory_of(row), row["log_id"]) for row in rows}


def _memories_of(learner: str) -> Select[Any]:
    return select(memories.c.item, *MEMORY_COLUMNS).where(memories.c.learner == learner)


def _memory_of(learner: str, item: str) -> Select[Any]:
    return _memories_of(learner).where(memories.c.item == item)


def _items_of(learner: str) -> Select[Any]:
    return select(memories.c.item).where(memories.c.learner == learner)


def _cached_memories(learner: str) -> Select[Any]:
    """Memories with the answer that each came from."""
    return _memories_of(learner).add_columns(memories.c.log_id)


def _logged_memories(learner: str) -> Select[Any]:
    """The scheduled answers that stand, oldest first: an item's last one holds its memory."""
    return (
        select(log.c.id, log.c.item, log.c.memory_after)
        .where(log.c.learner == learner, STANDS, log.c.scheduled)
        .order_by(log.c.id)
    )
