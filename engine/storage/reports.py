"""What learners say is wrong with an item, and what they were answered."""

from __future__ import annotations

from dataclasses import fields
from datetime import datetime
from typing import Any

from sqlalchemy import insert, select, update

from engine.storage.database import Database, one_edit_at_a_time
from engine.storage.edit_records import BY_APP, NewReport, Report
from engine.storage.mapping import storable
from engine.storage.schema import reports, utc

_COLUMNS = tuple(reports.c[field.name] for field in fields(Report))


class Reports:
    """The reports of all learners. Every method raises StorageError.

    What a method writes is durable when it returns.
    """

    def __init__(self, database: Database) -> None:
        self._database = database

    def add(self, new: NewReport) -> Report:
        """Keeps what a learner says is wrong. Raises StorageError for an unknown learner."""
        values = _values(new)
        with self._database.writing() as connection:
            found = connection.execute(insert(reports).returning(reports.c.id), values)
            id = int(found.scalar_one())
            row = connection.execute(select(*_COLUMNS).where(reports.c.id == id)).mappings().one()
            return Report(**row)

    def add_once(self, new: NewReport) -> bool:
        """The same, unless the card has a report of this presentation. -> whether it had none"""
        own = (reports.c.card == new.card, reports.c.presentation == new.presentation)
        with self._database.writing() as connection:
            one_edit_at_a_time(connection)
            if connection.execute(select(reports.c.id).where(*own).limit(1)).first() is not None:
                return False
            connection.execute(insert(reports), _values(new))
            return True

    def find(self, card: str | None = None, *, closed: bool = False) -> list[Report]:
        """The open reports of a card or of all, newest first; with the closed ones if asked."""
        wanted = select(*_COLUMNS).order_by(reports.c.id.desc())
        if card is not None:
            wanted = wanted.where(reports.c.card == card)
        if not closed:
            wanted = wanted.where(reports.c.closed_at.is_(None))
        return [Report(**row) for row in self._database.rows(wanted)]

    def by(self, learner: str) -> list[Report]:
        """What a learner has reported, newest first, with what was answered."""
        own = reports.c.presentation.not_like(f"{BY_APP}%")
        wanted = select(*_COLUMNS).where(reports.c.learner == learner, own)
        return [Report(**row) for row in self._database.rows(wanted.order_by(reports.c.id.desc()))]

    def close(self, id: int, by: str, reply: str, at: datetime) -> bool:
        """Answers and closes a report; False if it was closed before or is not there."""
        values = {"closed_at": utc(at), "closed_by": by, "reply": storable(reply)}
        still_open = (reports.c.id == id, reports.c.closed_at.is_(None))
        with self._database.writing() as connection:
            return (
                connection.execute(update(reports).where(*still_open).values(values)).rowcount > 0
            )


def _values(new: NewReport) -> dict[str, Any]:
    values = {field.name: getattr(new, field.name) for field in fields(NewReport)}
    return values | {"at": utc(new.at), "text": storable(new.text)}
