"""Items that learners put aside: until another day, or until they take them back."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import delete, select
from sqlalchemy.dialects import postgresql, sqlite

from engine.storage.database import Database
from engine.storage.schema import asides, utc


@dataclass(frozen=True, slots=True)
class Aside:
    """An item that was put aside. until: the study day on which it comes back; None: suspended."""

    until: date | None
    at: datetime

    def holds(self, day: date) -> bool:
        """Whether the item is put aside on a study day."""
        return self.until is None or self.until > day


class Asides:
    """What all learners put aside. Every method raises StorageError.

    What a method writes is durable when it returns.
    """

    def __init__(self, database: Database) -> None:
        self._database = database
        new = (postgresql.insert if database.on_server else sqlite.insert)(asides)
        self._put = new.on_conflict_do_update(
            index_elements=["learner", "item"],
            set_={"until": new.excluded.until, "at": new.excluded.at},
        )

    def put(self, learner: str, item: str, until: date | None, at: datetime) -> None:
        """Puts an item aside. until: the study day on which it comes back; None: suspended.

        Replaces what was said of it before.
        """
        values = {"learner": learner, "item": item, "until": until, "at": utc(at)}
        with self._database.writing() as connection:
            connection.execute(self._put, values)

    def take_back(self, learner: str, item: str) -> bool:
        """The item is asked again. -> whether it was put aside"""
        own = (asides.c.learner == learner, asides.c.item == item)
        with self._database.writing() as connection:
            return int(connection.execute(delete(asides).where(*own)).rowcount) > 0

    def of(self, learner: str) -> dict[str, date | None]:
        """item -> until when it is put aside, of days that are over as well; None: suspended."""
        return {item: aside.until for item, aside in self.entries(learner).items()}

    def entries(self, learner: str) -> dict[str, Aside]:
        """The same with when it was put aside."""
        own = asides.c.learner == learner
        rows = self._database.rows(select(asides.c.item, asides.c.until, asides.c.at).where(own))
        return {row["item"]: Aside(row["until"], row["at"]) for row in rows}
