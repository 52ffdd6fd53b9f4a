"""What instructors have typed and not saved."""

from __future__ import annotations

from sqlalchemy import RowMapping, delete, insert, select, update

from engine.storage.database import Database
from engine.storage.edit_records import Draft
from engine.storage.mapping import json_of_texts, texts_of_json
from engine.storage.schema import drafts, utc


class Drafts:
    """The drafts of all instructors. Every method raises StorageError.

    What a method writes is durable when it returns.
    """

    def __init__(self, database: Database) -> None:
        self._database = database

    def keep(self, draft: Draft) -> None:
        """Keeps what an author has typed, in place of their draft of before."""
        values = {
            "card": draft.card,
            "author": draft.author,
            "base": draft.base,
            "at": utc(draft.at),
            "files": json_of_texts(draft.texts),
        }
        own = (drafts.c.card == draft.card, drafts.c.author == draft.author)
        with self._database.writing() as connection:
            if connection.execute(update(drafts).where(*own).values(values)).rowcount == 0:
                connection.execute(insert(drafts), values)

    def get(self, card: str, author: str) -> Draft | None:
        """What an author has typed and not saved."""
        own = (drafts.c.card == card, drafts.c.author == author)
        rows = self._database.rows(select(drafts).where(*own))
        return _draft(rows[0]) if rows else None

    def of(self, author: str) -> list[Draft]:
        """All that an author has typed and not saved, by card."""
        wanted = select(drafts).where(drafts.c.author == author).order_by(drafts.c.card)
        return [_draft(row) for row in self._database.rows(wanted)]

    def drop(self, card: str, author: str) -> None:
        """Forgets an author's draft of a card."""
        with self._database.writing() as connection:
            connection.execute(
                delete(drafts).where(drafts.c.card == card, drafts.c.author == author)
            )


def _draft(row: RowMapping) -> Draft:
    return Draft(
        card=row["card"],
        author=row["author"],
        base=row["base"],
        at=row["at"],
        texts=texts_of_json(row["files"]),
    )
