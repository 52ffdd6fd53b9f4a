"""Who learns: their settings and names."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Select, bindparam, select, update
from sqlalchemy.dialects import postgresql, sqlite

from engine.storage.database import Database
from engine.storage.mapping import learner_of, settings_values
from engine.storage.records import Learner, Settings
from engine.storage.schema import learners

# Built once, so that SQLAlchemy finds its compiled form at once.
# SQLite has no row locks and needs none: its transaction locks the whole file.
_LOCK = select(learners.c.id).where(learners.c.id == bindparam("learner")).with_for_update()


class Learners:
    """All learners. Every method raises StorageError."""

    def __init__(self, database: Database) -> None:
        self._database = database
        insert_into = postgresql.insert if database.on_server else sqlite.insert
        self._create = insert_into(learners).on_conflict_do_nothing()

    def ensure(self, id: str, now: datetime) -> Learner:
        """The learner with this id, created at `now` with the default settings on first use."""
        known = self._database.rows(_with_id(id))
        if known:
            return learner_of(known[0])
        with self._database.writing() as connection:
            return self.create(connection, id, now)

    def create(self, connection: Connection, id: str, now: datetime) -> Learner:
        """In a transaction of somebody else's: the learner, created if there is none, and locked
        until it ends.
        """
        values = {"id": id, "created_at": now} | settings_values(Settings())
        connection.execute(self._create, values)
        lock(connection, id)
        return learner_of(connection.execute(_with_id(id)).mappings().one())

    def save_settings(self, id: str, settings: Settings) -> None:
        """Keeps what a learner chose. Raises KeyError for a learner that was never created."""
        changed = update(learners).where(learners.c.id == id).values(settings_values(settings))
        with self._database.writing() as connection:
            if connection.execute(changed).rowcount == 0:
                raise KeyError(id)

    def ids(self) -> list[str]:
        """The ids of all learners, in their order."""
        rows = self._database.rows(select(learners.c.id).order_by(learners.c.id))
        return [row["id"] for row in rows]

    def exists(self, learner: str) -> bool:
        """Whether there is a learner with this id."""
        return bool(self._database.rows(select(learners.c.id).where(learners.c.id == learner)))

    def names(self, ids: Iterable[str]) -> dict[str, str]:
        """id -> name, of those who have one."""
        wanted = select(learners.c.id, learners.c.name).where(
            learners.c.id.in_(sorted(set(ids))[:500]), learners.c.name.is_not(None)
        )
        return {row["id"]: row["name"] for row in self._database.rows(wanted)}

    def save_name(self, learner: str, name: str) -> None:
        """Keeps a name; an empty one is none. Raises KeyError for a learner never created."""
        changed = update(learners).where(learners.c.id == learner).values(name=name or None)
        with self._database.writing() as connection:
            if connection.execute(changed).rowcount == 0:
                raise KeyError(learner)


def lock(connection: Connection, learner: str) -> bool:
    """Makes others who write for this learner wait. False: there is no such learner."""
    return connection.execute(_LOCK, {"learner": learner}).first() is not None


def _with_id(id: str) -> Select[Any]:
    return select(learners).where(learners.c.id == id)
