"""The store: one transaction a use case, over SQLite and PostgreSQL alike."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, datetime
from statistics import median
from types import TracebackType
from typing import Any, Self

from sqlalchemy import Connection, CursorResult, Engine, RowMapping, Select, select, update

from engine.scheduling.memory import Memory
from engine.storage import queries
from engine.storage.address import Address
from engine.storage.editing import Editing
from engine.storage.errors import BUSY_SECONDS, Replaced, StorageError, busy, replaced
from engine.storage.faults import explained, legible
from engine.storage.file import OpenFile, seal
from engine.storage.inspecting import INSPECTION_SECONDS, Inspection
from engine.storage.mapping import answer_of, learner_of, log_row_of, memory_of, settings_values
from engine.storage.people import People
from engine.storage.records import (
    Answer,
    Learner,
    LoggedAnswer,
    LogRow,
    Mode,
    Recorded,
    Settings,
    Undone,
)
from engine.storage.schema import learners
from engine.storage.writing import Schedule, Writing, begin_writing, memory_before

#: Rows of the log read at a time where all of them are wanted.
PAGE = 1000
#: A learner's pace is that of this many last answers, and unknown with fewer than that many.
PACE, PACE_KNOWN = 50, 10


class Store:
    """All that lasts. Made by `open_store`; every method may be called from any thread.

    Every method raises StorageError where the database cannot do its work.
    """

    def __init__(self, engine: Engine, address: Address, file: OpenFile | None = None) -> None:
        self._engine = engine
        self._address = address
        self._file = file
        self._replaced = False
        self._inspection = Inspection()
        self._writes = Writing(engine.dialect)
        on_server = engine.dialect.name == "postgresql"
        # A single select needs no transaction, and a server no round trips for one.
        self._reader = (
            engine.execution_options(isolation_level="AUTOCOMMIT") if on_server else engine
        )
        # SQLite has one writer at a time, and lets the others sleep and try again: slow and
        # unfair. Within this process they queue up here.
        self._turn = None if on_server else threading.Lock()
        #: Revisions of cards, drafts and reports.
        self.editing = Editing(self._rows, self._writing)
        #: Who is who, and what proves it.
        self.people = People(self._rows, self._writing, self._writes.learner)

    @property
    def where(self) -> str:
        """The database's address, as people may see it."""
        return self._address.shown

    def ping(self) -> None:
        """Raises StorageError unless the database answers."""
        self._value(select(1))

    def beat(self, now: datetime) -> None:
        """Writes and reads; raises StorageError unless answers can be read and written."""
        with self._writing() as connection:
            connection.execute(self._writes.beat, {"id": 1, "at": now})
        if self._file is not None:
            self._file.check_room()
        self._value(queries.HEARTBEAT)

    def checkpoint(self) -> None:
        """Carries what is in SQLite's write-ahead log over into its file, as far as nobody reads.

        A server does this by itself.
        """
        if self._file is not None:
            with self._connected() as connection:
                connection.exec_driver_sql("PRAGMA wal_checkpoint(PASSIVE)")

    def inspect(self, seconds: float = INSPECTION_SECONDS) -> bool:
        """Reads all of SQLite's file. False: it was not read to its end. Raises Damaged.

        It takes as long as the file is large. A server looks after its own files.
        """
        if self._file is None:
            return True
        with self._connected() as connection:
            return self._inspection.run(connection, self._address, seconds)

    @property
    def replaced(self) -> bool:
        """Whether another file lies where this store's was: it has to be opened anew."""
        return self._replaced

    def close(self) -> None:
        """Closes the idle connections. The store opens new ones if it is used again.

        All of a SQLite database is in its one file then, if no other program has it open.
        """
        self._inspection.call_off()
        self._engine.dispose()
        if self._file is not None and self._address.file is not None:
            try:
                self._file.check()
            except StorageError:  # the file there now is none of ours
                return
            seal(self._address.file)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    # Learners

    def learner(self, id: str, now: datetime) -> Learner:
        """The learner with this id, created at `now` with the default settings on first use."""
        known = self._rows(queries.learner_with(id))
        if known:
            return learner_of(known[0])
        with self._writing() as connection:
            return self._writes.learner(connection, id, now)

    def save_settings(self, id: str, settings: Settings) -> None:
        """Keeps what a learner chose. Raises KeyError for a learner that was never created."""
        changed = update(learners).where(learners.c.id == id).values(settings_values(settings))
        with self._writing() as connection:
            if connection.execute(changed).rowcount == 0:
                raise KeyError(id)

    # Writing the log

    def record(self, answer: Answer, schedule: Schedule | None) -> Recorded:
        """Appends an answer and remembers it, in one transaction; durable when it returns.

        schedule: the item's memory before -> after. It is called at most once, while others wait
        to write: it must be quick and must not use the store. None: an answer that does not
        touch the schedule. What it raises comes out here, and nothing was recorded.

        Where the presentation was answered before, nothing is changed and that answer returned.
        """
        with self._writing() as connection:
            return self._writes.record(connection, answer, schedule)

    def undo(self, learner: str, now: datetime, expected: str | None = None) -> Undone | None:
        """Takes the learner's newest answer that stands back, and its item's memory with it.

        Each call goes one further back. expected: presentation of the answer to be undone; if
        it has been undone before, nothing is changed (`first` is False), so that a double click
        undoes once. None: there is nothing to undo, or another answer than the expected one is
        the newest.
        """
        with self._writing() as connection:
            return self._writes.undo(connection, learner, now, expected)

    def rebuild_memories(self, learner: str) -> int:
        """Makes the memories what the log says. -> how many items' were something else"""
        with self._writing() as connection:
            return self._writes.rebuild(connection, learner)

    # Reading the log

    def answer(self, presentation: str) -> LoggedAnswer | None:
        """The answer that was given to a presentation, undone or not."""
        return self._answer(queries.answer_to(presentation))

    def answered_as(
        self, learner: str, mode: Mode, item: str, seed: int, attempt: int
    ) -> LoggedAnswer | None:
        """The learner's answer to this, undone or not; None: not answered.

        The id of its presentation may be of a time when the learner had another one.
        """
        return self._answer(queries.answered_as(learner, mode, item, seed, attempt))

    def newest_answer(self, learner: str) -> LoggedAnswer | None:
        """The learner's last answer that stands: what `undo` would take back."""
        return self._answer(queries.newest_answer(learner))

    def tries(self, learner: str, item: str, seed: int) -> int:
        """How many answers the log holds to this item with this seed, undone ones included."""
        return int(self._value(queries.answers_counted(learner, item, seed)))

    def answer_count(self, learner: str, item: str) -> int:
        """How many answers the log holds to this item, undone ones included."""
        return int(self._value(queries.answers_counted(learner, item)))

    def answers_on(
        self, learner: str, study_day: date, include_undone: bool = False
    ) -> list[LoggedAnswer]:
        """The answers of one study day, oldest first."""
        return self.answers_between(learner, study_day, study_day, include_undone)

    def answers_between(
        self, learner: str, first_day: date, last_day: date, include_undone: bool = False
    ) -> list[LoggedAnswer]:
        """The answers of these study days, both included, oldest first."""
        wanted = queries.answers_in(learner, first_day, last_day, include_undone=include_undone)
        return [answer_of(row) for row in self._rows(wanted)]

    def first_answered_on(self, learner: str, study_day: date) -> list[str]:
        """Items whose first scheduled answer that stands was given that day, in that order."""
        return [row["item"] for row in self._rows(queries.first_answered_on(learner, study_day))]

    def newest_answer_to(self, learner: str, item: str, seed: int) -> LoggedAnswer | None:
        """The learner's last answer to this item with this seed, undone or not."""
        return self._answer(queries.newest_answer_to(learner, item, seed))

    def answered_count(self, learner: str, study_day: date, mode: Mode = "today") -> int:
        """How many answers stand that were given in this mode on that study day."""
        return int(self._value(queries.counted_on(learner, study_day, mode)))

    def median_seconds(self, learner: str) -> float | None:
        """Seconds the learner takes over an item: the median of the last 50, None below 10."""
        rows = self._rows(queries.newest_milliseconds(learner, limit=PACE))
        taken = [row["milliseconds"] for row in rows]
        return median(taken) / 1000 if len(taken) >= PACE_KNOWN else None

    def has_answered_card(self, learner: str, card: str, *, before: date | None = None) -> bool:
        """Whether an answer to any item of the card stands, scheduled or not.

        before: only answers of earlier study days count.
        """
        return self._value(queries.answer_to_card(learner, card, before=before)) is not None

    def answered_items(self, learner: str) -> set[str]:
        """Items with an answer that stands, scheduled or not."""
        return {row["item"] for row in self._rows(queries.answered_items(learner))}

    def misconception_counts(self, learner: str) -> dict[tuple[str, str], int]:
        """(item, misconception) -> how many answers that stand showed it."""
        rows = self._rows(queries.misconceptions_counted(learner))
        return {(row["item"], row["misconception"]): row["times"] for row in rows}

    def last_log_id(self, learner: str) -> int:
        """Id of the learner's newest row of the log, 0 if there is none."""
        return int(self._value(queries.last_id(learner)) or 0)

    def changes_since(self, learner: str, log_id: int) -> list[LogRow]:
        """The learner's rows with an id above `log_id`, oldest first.

        A learner's rows become visible in the order of their ids, so that somebody who has all
        up to one id misses nothing. Both kinds of row hold their item's memory after them.
        """
        return [log_row_of(row) for row in self._rows(queries.rows_after(learner, log_id))]

    def log_rows(self, learner: str) -> Iterator[LogRow]:
        """All of the learner's rows, oldest first, read a page at a time."""
        last = 0
        while rows := self._rows(queries.rows_after(learner, last, limit=PAGE)):
            yield from map(log_row_of, rows)
            last = rows[-1]["id"]

    # Reading what is remembered

    def memories(self, learner: str) -> dict[str, Memory]:
        """item -> its memory, for every item that has one."""
        return {row["item"]: memory_of(row) for row in self._rows(queries.memories_of(learner))}

    def memory_before(self, logged: LoggedAnswer) -> Memory | None:
        """What was remembered of an answer's item when it was given."""
        with self._connected(self._reader) as connection:
            return memory_before(connection, logged)[0]

    def memory(self, learner: str, item: str) -> Memory | None:
        """One item's memory."""
        rows = self._rows(queries.memory_of(learner, item))
        return memory_of(rows[0]) if rows else None

    def check(self) -> int:
        """How many memories, over all learners, are not what the log says (0: all is well)."""
        wrong = 0
        for row in self._rows(queries.all_learners()):
            with self._writing() as connection:
                wrong += self._writes.differences(connection, row["id"])
        return wrong

    # Connections

    def _answer(self, wanted: Select[Any]) -> LoggedAnswer | None:
        rows = self._rows(wanted)
        return answer_of(rows[0]) if rows else None

    def _value(self, wanted: Select[Any]) -> Any:
        with self._connected(self._reader) as connection:
            return connection.execute(wanted).scalar()

    def _rows(self, wanted: Select[Any]) -> list[RowMapping]:
        with self._connected(self._reader) as connection:
            return _listed(connection.execute(wanted))

    @contextmanager
    def _writing(self) -> Iterator[Connection]:
        """A transaction that is committed at the end, or rolled back by what is raised.

        What a file that is no longer there was told is not acknowledged.
        """
        with self._in_turn(), self._connected() as connection:
            begin_writing(connection)
            self._check_file(whole=True)
            yield connection
            connection.commit()
            self._check_file(whole=True)

    @contextmanager
    def _connected(self, engine: Engine | None = None) -> Iterator[Connection]:
        self._check_file()
        with explained(self._address), (engine or self._engine).connect() as connection:
            yield connection

    def _check_file(self, *, whole: bool = False) -> None:
        """Raises Removed or Replaced."""
        if self._file is None:
            return
        try:
            if self._replaced:
                raise replaced(self._address)
            if whole:
                self._file.check_whole()
            else:
                self._file.check()
        except Replaced:
            self._replaced = True
            self._engine.dispose()
            raise

    @contextmanager
    def _in_turn(self) -> Iterator[None]:
        if self._turn is None:
            yield
            return
        if not self._turn.acquire(timeout=BUSY_SECONDS):
            raise busy(self._address)
        try:
            yield
        finally:
            self._turn.release()


@legible
def _listed(found: CursorResult[Any]) -> list[RowMapping]:
    return list(found.mappings())


def check(store: Store) -> int:
    """See `Store.check`."""
    return store.check()
