"""The connections to one database: what reads from it, and transactions that write to it."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager
from typing import Any

from sqlalchemy import Connection, CursorResult, Engine, RowMapping, Select, text

from engine.storage.address import Address
from engine.storage.driver_errors import explained, legible
from engine.storage.errors import BUSY_SECONDS, Replaced, busy, replaced
from engine.storage.file import OpenFile

#: PostgreSQL's advisory locks are numbers; edits wait for one another on this one.
EDIT_LOCK = 0x51CA2D6


class Database:
    """A database that is open. Every method may be called from any thread.

    replaced: whether another file lies where it was: it has to be opened anew.
    Every method raises StorageError where the database cannot do its work.
    """

    def __init__(self, engine: Engine, address: Address, file: OpenFile | None = None) -> None:
        self.engine = engine
        self.address = address
        self.file = file
        self.replaced = False
        self.on_server = engine.dialect.name == "postgresql"
        # A single select needs no transaction, and a server no round trips for one.
        self._reader = (
            engine.execution_options(isolation_level="AUTOCOMMIT") if self.on_server else engine
        )
        # SQLite has one writer at a time, and lets the others sleep and try again: slow and
        # unfair. Within this process they queue up here.
        self._turn = None if self.on_server else threading.Lock()

    def value(self, wanted: Select[Any]) -> Any:
        """The first column of the first row; None without one."""
        with self.reading() as connection:
            return connection.execute(wanted).scalar()

    def rows(self, wanted: Select[Any]) -> list[RowMapping]:
        """All rows."""
        with self.reading() as connection:
            return _listed(connection.execute(wanted))

    def reading(self) -> AbstractContextManager[Connection]:
        """A connection for selects alone."""
        return self.connected(self._reader)

    @contextmanager
    def writing(self) -> Iterator[Connection]:
        """A transaction that is committed at the end, or rolled back by what is raised.

        What a file that is no longer there was told is not acknowledged.
        """
        with self._in_turn(), self.connected() as connection:
            begin_writing(connection)
            self.check_file(whole=True)
            yield connection
            connection.commit()
            self.check_file(whole=True)

    @contextmanager
    def connected(self, engine: Engine | None = None) -> Iterator[Connection]:
        """A connection; what its driver raises is explained."""
        self.check_file()
        with explained(self.address), (engine or self.engine).connect() as connection:
            yield connection

    def check_file(self, *, whole: bool = False) -> None:
        """Raises Removed or Replaced."""
        if self.file is None:
            return
        try:
            if self.replaced:
                raise replaced(self.address)
            if whole:
                self.file.check_whole()
            else:
                self.file.check()
        except Replaced:
            self.replaced = True
            self.engine.dispose()
            raise

    @contextmanager
    def _in_turn(self) -> Iterator[None]:
        if self._turn is None:
            yield
            return
        if not self._turn.acquire(timeout=BUSY_SECONDS):
            raise busy(self.address)
        try:
            yield
        finally:
            self._turn.release()


@legible
def _listed(found: CursorResult[Any]) -> list[RowMapping]:
    return list(found.mappings())


def begin_writing(connection: Connection) -> None:
    """Begins a transaction that will write, so that it waits at its start and never in between."""
    if connection.dialect.name == "sqlite":
        connection.exec_driver_sql("BEGIN IMMEDIATE")


def one_edit_at_a_time(connection: Connection) -> None:
    """Edits wait for one another, so that versions become visible in their order."""
    if connection.dialect.name == "postgresql":
        connection.execute(text("SELECT pg_advisory_xact_lock(:key)"), {"key": EDIT_LOCK})
