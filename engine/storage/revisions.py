"""Every saved state of a card, and which of them counts."""

from __future__ import annotations

import logging
from collections.abc import Iterable, Mapping
from dataclasses import fields
from typing import Any

from sqlalchemy import Connection, Table, delete, func, insert, literal, select, update

from engine.storage.database import Database, one_edit_at_a_time
from engine.storage.edit_records import Head, NewRevision, Revision, Stale, Texts
from engine.storage.errors import StorageError
from engine.storage.mapping import json_of_texts, storable, texts_of_json
from engine.storage.schema import (
    asides,
    courses,
    drafts,
    heads,
    lessons,
    log,
    memories,
    renames,
    revisions,
    utc,
)

LOG = logging.getLogger("simcards")
_COLUMNS = tuple(revisions.c[field.name] for field in fields(Revision))


class Revisions:
    """The revisions of all cards. Every method raises StorageError.

    What a method writes is durable when it returns.
    """

    def __init__(self, database: Database) -> None:
        self._database = database

    def course(self) -> str | None:
        """The id of the course that this database is of; None where nobody said."""
        rows = self._database.rows(select(courses.c.id))
        return str(rows[0]["id"]) if rows else None

    def name_course(self, id: str) -> str:
        """Makes the database a course's, unless it is one's already. -> whose it is"""
        with self._database.writing() as connection:
            one_edit_at_a_time(connection)
            kept = connection.execute(select(courses.c.id)).scalar()
            if kept is None:
                connection.execute(insert(courses), {"one": 1, "id": id})
            return id if kept is None else str(kept)

    def version(self) -> int:
        """Grows whenever a head changes; 0 before there is any."""
        newest = func.coalesce(func.max(heads.c.version), 0).label("newest")
        return int(self._database.rows(select(newest))[0]["newest"])

    def heads(self, since: int = 0) -> list[Head]:
        """The heads that changed after version `since`, in the order of the cards' ids."""
        wanted = select(heads).where(heads.c.version > since).order_by(heads.c.card)
        return [Head(**row) for row in self._database.rows(wanted)]

    def head(self, card: str) -> Head | None:
        """What counts of one card's revisions; None for a card without any."""
        rows = self._database.rows(select(heads).where(heads.c.card == card))
        return Head(**rows[0]) if rows else None

    def get(self, id: int) -> Revision | None:
        """One revision, without its texts."""
        rows = self._database.rows(select(*_COLUMNS).where(revisions.c.id == id))
        return Revision(**rows[0]) if rows else None

    def get_all(self, ids: Iterable[int]) -> dict[int, Revision]:
        """Several revisions by id, without their texts."""
        found: dict[int, Revision] = {}
        wanted = sorted(set(ids))
        for start in range(0, len(wanted), 500):
            some = select(*_COLUMNS).where(revisions.c.id.in_(wanted[start : start + 500]))
            found.update((row["id"], Revision(**row)) for row in self._database.rows(some))
        return found

    def texts(self, id: int) -> Texts:
        """A revision's texts by language. Raises KeyError for a revision that is not there."""
        rows = self._database.rows(select(revisions.c.files).where(revisions.c.id == id))
        if not rows:
            raise KeyError(id)
        return texts_of_json(rows[0]["files"])

    def texts_of(self, ids: Iterable[int]) -> dict[int, Texts]:
        """The texts of several revisions, in one query for at most 500 of them.

        One that is damaged is missing, so that it costs nobody the others.
        """
        wanted = select(revisions.c.id, revisions.c.files).where(revisions.c.id.in_(list(ids)))
        found: dict[int, Texts] = {}
        for row in self._database.rows(wanted):
            try:
                found[row["id"]] = texts_of_json(row["files"])
            except StorageError as error:
                LOG.error("revision %s: %s", row["id"], error)
        return found

    def with_digest(self, card: str, digest: str) -> int | None:
        """The newest of a card's revisions that has these texts."""
        wanted = select(func.max(revisions.c.id).label("id")).where(
            revisions.c.card == card, revisions.c.digest == digest
        )
        found = self._database.rows(wanted)[0]["id"]
        return None if found is None else int(found)

    def history(self, card: str, limit: int | None = None) -> list[Revision]:
        """A card's revisions, newest first."""
        wanted = select(*_COLUMNS).where(revisions.c.card == card).order_by(revisions.c.id.desc())
        return [Revision(**row) for row in self._database.rows(wanted.limit(limit))]

    def save(
        self,
        new: NewRevision,
        *,
        base: int | None,
        same_knowledge: Mapping[str, str] = {},
    ) -> Revision | Stale:
        """Makes `new` the card's newest revision, if `base` is still that; else changes nothing.

        same_knowledge: old item id -> new item id, for items whose learners keep their history.
        The author's draft of the card is gone with it, and a pending revision by file is settled.
        """
        with self._database.writing() as connection:
            head = self._locked(connection, new.card)
            if head.newest != base:
                return Stale(head.newest)
            saved = _insert(connection, new, head.newest)
            values = {"newest": saved.id, "pending": None, **_for_learners(new, saved)}
            self._move(connection, new.card, values)
            connection.execute(
                delete(drafts).where(drafts.c.card == new.card, drafts.c.author == new.author)
            )
            for old, now in same_knowledge.items():
                _rename(connection, old, now, saved)
            return saved

    def take_in(
        self,
        new: NewRevision,
        *,
        merged: NewRevision | None,
        base: int | None,
        since: int | None,
    ) -> bool:
        """Keeps what a card's files hold now; False if it was seen before, and nothing changed.

        base: the newest revision that the caller knows. since: the one the files were edited from.
        Where that is an older one, `merged` is both together; None there means that they contradict
        one another, and the files' revision waits as `pending`. Also False where another than
        `base` is the newest by now: the caller looks again.
        """
        with self._database.writing() as connection:
            head = self._locked(connection, new.card)
            if head.seen_digest == new.digest or head.newest != base:
                return False
            follows = head.newest == since
            kept = _insert(connection, new, since)
            values: dict[str, Any] = {"seen_digest": new.digest, "seen": kept.id}
            if follows:
                values |= {"newest": kept.id, "pending": None, **_for_learners(new, kept)}
            elif merged is not None:
                both = _insert(connection, merged, head.newest)
                values |= {"newest": both.id, "pending": None, **_for_learners(merged, both)}
            else:
                values["pending"] = kept.id
            self._move(connection, new.card, values)
            return True

    def begin(self, new: Iterable[NewRevision]) -> list[str]:
        """Keeps cards that have no revision yet, in one transaction. -> those that had none"""
        wanted = list(new)
        begun: list[str] = []
        if not wanted:
            return begun
        with self._database.writing() as connection:
            version = self._next_version(connection)
            known = set(connection.execute(select(heads.c.card)).scalars())
            for one in wanted:
                if one.card in known:
                    continue
                kept = _insert(connection, one, None)
                values = {
                    "card": one.card,
                    "newest": kept.id,
                    "sound": kept.id if one.sound else None,
                    "seen_digest": one.digest,
                    "seen": kept.id,
                    "version": version,
                }
                connection.execute(insert(heads), values)
                begun.append(one.card)
        return begun

    def saw(self, card: str, digest: str, revision: int) -> None:
        """The card's files were written, or found, as this revision has them."""
        with self._database.writing() as connection:
            head = self._locked(connection, card)
            values: dict[str, Any] = {"seen_digest": digest, "seen": revision}
            if head.newest == revision:
                values["pending"] = None  # nothing contradicts any more
            self._move(connection, card, values)

    def _locked(self, connection: Connection, card: str) -> Head:
        """The card's head, made if there is none; other edits wait until the transaction ends."""
        one_edit_at_a_time(connection)
        wanted = select(heads).where(heads.c.card == card)
        row = connection.execute(wanted).mappings().first()
        if row is None:
            connection.execute(insert(heads), {"card": card, "version": 0})
            row = connection.execute(wanted).mappings().one()
        return Head(**row)

    def _next_version(self, connection: Connection) -> int:
        one_edit_at_a_time(connection)
        newest = connection.execute(select(func.coalesce(func.max(heads.c.version), 0))).scalar()
        return int(newest or 0) + 1

    def _move(self, connection: Connection, card: str, values: Mapping[str, Any]) -> None:
        changed = update(heads).where(heads.c.card == card)
        connection.execute(changed.values(**values, version=self._next_version(connection)))


def _for_learners(new: NewRevision, saved: Revision) -> dict[str, int | None]:
    """What changes for learners with a revision that is the newest now."""
    if new.sound:
        return {"sound": saved.id}
    return {"sound": None} if new.withdrawn else {}


def _insert(connection: Connection, new: NewRevision, parent: int | None) -> Revision:
    values = {
        "card": new.card,
        "parent": parent,
        "origin": new.origin,
        "author": storable(new.author),
        "note": storable(new.note),
        "at": utc(new.at),
        "digest": new.digest,
        "sound": new.sound,
        "files": json_of_texts(new.texts),
    }
    id = int(connection.execute(insert(revisions).returning(revisions.c.id), values).scalar_one())
    row = connection.execute(select(*_COLUMNS).where(revisions.c.id == id)).mappings().one()
    return Revision(**row)


def _rename(connection: Connection, old: str, new: str, saved: Revision) -> None:
    """What learners remember of `old` becomes what they remember of `new`, where they have none.

    So it is with what they put aside and, where the card has another id, with its lesson.
    """
    until = connection.execute(select(func.coalesce(func.max(log.c.id), 0))).scalar()
    values = {"old": old, "new": new, "revision": saved.id, "log_id": until, "at": saved.at}
    connection.execute(insert(renames), values)
    _carry(connection, memories, "item", old, new)
    _carry(connection, asides, "item", old, new)
    old_card, new_card = old.partition("/")[0], new.partition("/")[0]
    if old_card != new_card:
        _carry(connection, lessons, "card", old_card, new_card)


def _carry(connection: Connection, table: Table, column: str, old: str, new: str) -> None:
    """Copies the rows of `old` for every learner who has none of `new`."""
    own = ("id", "learner", column)
    names = [found.name for found in table.c if found.name not in own]
    theirs = table.alias("theirs")
    known = select(theirs.c.learner).where(theirs.c[column] == new)
    moved = select(table.c.learner, literal(new), *(table.c[name] for name in names)).where(
        table.c[column] == old, table.c.learner.not_in(known)
    )
    if "id" in table.c:
        moved = moved.order_by(table.c.id)
    connection.execute(insert(table).from_select(["learner", column, *names], moved))
