"""All that lasts, over SQLite and PostgreSQL alike: one transaction a use case."""

from __future__ import annotations

from datetime import datetime
from types import TracebackType
from typing import Any, Self

from sqlalchemy import Engine, Select, select
from sqlalchemy.dialects import postgresql, sqlite

from engine.storage.address import Address
from engine.storage.asides import Asides
from engine.storage.credentials import Credentials
from engine.storage.database import Database
from engine.storage.drafts import Drafts
from engine.storage.errors import StorageError
from engine.storage.file import OpenFile, seal
from engine.storage.fits import Fits
from engine.storage.inspecting import INSPECTION_SECONDS, Inspection
from engine.storage.learners import Learners
from engine.storage.lessons import Lessons
from engine.storage.log import Log
from engine.storage.marks import Mark, mark_of
from engine.storage.memories import Memories
from engine.storage.reports import Reports
from engine.storage.revisions import Revisions
from engine.storage.schema import heartbeats

_HEARTBEAT: Select[Any] = select(heartbeats.c.at).where(heartbeats.c.id == 1)


class Store:
    """All that lasts. Made by `open_store`; every method may be called from any thread.

    Each of its parts has what concerns one thing: who learns and what proves it, what they
    answered and what is remembered of it, which lessons they came through, what they put aside
    and what was fitted to them, and what instructors' work leaves behind.
    Every method raises StorageError where the database cannot do its work.
    """

    def __init__(self, engine: Engine, address: Address, file: OpenFile | None = None) -> None:
        self.database = Database(engine, address, file)
        self.learners = Learners(self.database)
        self.credentials = Credentials(self.database, self.learners)
        self.memories = Memories(self.database)
        self.log = Log(self.database, self.learners, self.memories)
        self.lessons = Lessons(self.database)
        self.asides = Asides(self.database)
        self.parameters = Fits(self.database, self.memories)
        self.revisions = Revisions(self.database)
        self.drafts = Drafts(self.database)
        self.reports = Reports(self.database)
        self._inspection = Inspection()
        new = (postgresql.insert if self.database.on_server else sqlite.insert)(heartbeats)
        self._beat = new.on_conflict_do_update(index_elements=["id"], set_={"at": new.excluded.at})

    @property
    def where(self) -> str:
        """The database's address, as people may see it."""
        return self.database.address.shown

    def beat(self, now: datetime) -> None:
        """Writes and reads; raises StorageError unless answers can be read and written."""
        with self.database.writing() as connection:
            connection.execute(self._beat, {"id": 1, "at": now})
        if self.database.file is not None:
            self.database.file.check_room()
        self.database.value(_HEARTBEAT)

    def mark(self, learner: str) -> Mark:
        """Where the learner's rows end, in one look."""
        return mark_of(self.database, learner)

    def checkpoint(self) -> None:
        """Carries what is in SQLite's write-ahead log over into its file, as far as nobody reads.

        A server does this by itself.
        """
        if self.database.file is not None:
            with self.database.connected() as connection:
                connection.exec_driver_sql("PRAGMA wal_checkpoint(PASSIVE)")

    def inspect(self, seconds: float = INSPECTION_SECONDS) -> bool:
        """Reads all of SQLite's file. False: it was not read to its end. Raises Damaged.

        It takes as long as the file is large. A server looks after its own files.
        """
        if self.database.file is None:
            return True
        with self.database.connected() as connection:
            return self._inspection.run(connection, self.database.address, seconds)

    @property
    def replaced(self) -> bool:
        """Whether another file lies where this store's was: it has to be opened anew."""
        return self.database.replaced

    def close(self) -> None:
        """Closes the idle connections. The store opens new ones if it is used again.

        All of a SQLite database is in its one file then, if no other program has it open.
        """
        self._inspection.call_off()
        self.database.engine.dispose()
        if self.database.file is not None and self.database.address.file is not None:
            try:
                self.database.file.check()
            except StorageError:  # the file there now is none of ours
                return
            seal(self.database.address.file)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()
