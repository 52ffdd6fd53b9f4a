"""What proves who somebody is: tokens, transfer codes. Only hashes of it are kept."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Connection, RowMapping, Select, delete, func, insert, select, update

from engine.identity import TOKEN_COOKIE, digest
from engine.storage.database import Database
from engine.storage.learners import Learners
from engine.storage.schema import credentials, learners, site, utc

#: As long as browsers keep a cookie at most.
TOKEN_LASTS = timedelta(days=400)
#: A token that nobody came back with: a robot's, or that of a browser without cookies.
UNUSED_LASTS = timedelta(days=1)
ROTATED_AFTER = timedelta(days=30)
#: How long the token of before is good as well, for tabs that are open.
REPLACED_LASTS = timedelta(days=7)
#: How long an earlier version's cookie is good for after its exchange, for tabs opened together
#: and answers that got lost.
EXCHANGED_LASTS = timedelta(minutes=2)
CODE_LASTS = timedelta(minutes=15)


class Credentials:
    """All tokens and codes. Every method raises StorageError."""

    def __init__(self, database: Database, learners: Learners) -> None:
        self._database = database
        self._learners = learners
        self._cookie = ""

    @property
    def cookie(self) -> str:
        """The name of the cookie that holds a token for this database."""
        if not self._cookie:
            self._cookie = TOKEN_COOKIE + str(self._database.rows(select(site.c.mark))[0]["mark"])
        return self._cookie

    # Tokens

    def issue(self, token: str, now: datetime) -> None:
        """Makes a token good. It is nobody's until somebody comes in with it."""
        with self._database.writing() as connection:
            connection.execute(delete(credentials).where(credentials.c.expires_at < utc(now)))
            _keep(connection, token, "token", None, now, UNUSED_LASTS)

    def renew(self, token: str, fresh: str, now: datetime) -> str | None:
        """The token to be kept after a visit with `token`; None for one that is not good.

        It is the same one, for longer, and now and then `fresh` in its place.
        """
        row = self._good(token, "token", now)
        if row is None:
            return None
        if row["rotate_at"] <= now and row["learner"] is not None:
            self._replace(row, token, fresh, now)
            return fresh
        lasts = TOKEN_LASTS if row["learner"] is not None else UNUSED_LASTS
        self._prolong(row, token, now + lasts)
        return token

    def _prolong(self, row: RowMapping, token: str, until: datetime) -> None:
        """Once a day at most: a visit shall not cost a write."""
        if until - row["expires_at"] < timedelta(days=1) or row["expires_at"] > until:
            return
        changed = update(credentials).where(credentials.c.hash == digest(token))
        with self._database.writing() as connection:
            connection.execute(changed.values(expires_at=utc(until)))

    def _replace(self, row: RowMapping, token: str, fresh: str, now: datetime) -> None:
        with self._database.writing() as connection:
            _keep(connection, fresh, "token", row["learner"], now, TOKEN_LASTS)
            _ends_by(connection, token, now + REPLACED_LASTS)

    def exchange(self, former: str, token: str, now: datetime) -> bool:
        """Makes `token` good for whom an earlier version knew by the cookie `former`. Once."""
        with self._database.writing() as connection:
            row = _locked(connection, former, "former", now)
            if row is None:
                return False
            _keep(connection, token, "token", row["learner"], now, TOKEN_LASTS)
            _ends_by(connection, former, now + EXCHANGED_LASTS)
            return True

    def enter(self, token: str, now: datetime, fresh_id: Callable[[], str]) -> str | None:
        """Whose token this is, for somebody who comes in with it; None for one that is not good.

        A token that was nobody's becomes a new learner's.
        """
        row = self._good(token, "token", now)
        if row is None or row["learner"] is not None:
            return None if row is None else str(row["learner"])
        with self._database.writing() as connection:
            row = _locked(connection, token, "token", now)
            if row is None or row["learner"] is not None:
                return None if row is None else str(row["learner"])
            id = fresh_id()
            while connection.execute(select(learners.c.id).where(learners.c.id == id)).first():
                id = fresh_id()
            self._learners.create(connection, id, now)
            changed = update(credentials).where(credentials.c.hash == digest(token))
            connection.execute(
                changed.values(
                    learner=id,
                    expires_at=utc(now + TOKEN_LASTS),
                    rotate_at=utc(now + ROTATED_AFTER),
                )
            )
            return id

    def browsers(self, learner: str, now: datetime) -> int:
        """How many browsers come in as this learner, as far as is known."""
        good = select(func.count().label("count")).where(
            credentials.c.learner == learner,
            credentials.c.kind == "token",
            # One that was replaced ends soon, and its browser has another.
            credentials.c.expires_at > utc(now + REPLACED_LASTS),
        )
        return int(self._database.rows(good)[0]["count"])

    def sign_out(self, learner: str, keep: str | None = None) -> int:
        """Nothing but the token `keep` lets anybody in as this learner. -> how much did before"""
        others = delete(credentials).where(credentials.c.learner == learner)
        if keep is not None:
            others = others.where(credentials.c.hash != digest(keep))
        with self._database.writing() as connection:
            return int(connection.execute(others).rowcount)

    # Transfer codes

    def keep_code(self, learner: str, code: str, now: datetime) -> datetime:
        """Makes a code good, in place of the learner's earlier one. -> until when

        Raises KeyError for a learner that was never created.
        """
        with self._database.writing() as connection:
            if connection.execute(select(learners.c.id).where(learners.c.id == learner)).first():
                connection.execute(
                    delete(credentials).where(
                        credentials.c.learner == learner, credentials.c.kind == "code"
                    )
                )
                _keep(connection, code, "code", learner, now, CODE_LASTS)
                return now + CODE_LASTS
        raise KeyError(learner)

    def redeem(self, token: str, code: str, now: datetime) -> str | None:
        """Makes `token` that of the learner who was given `code`, which is spent. -> the learner

        None for a token or a code that is not good. The token is replaced at the next visit, for
        the case that somebody else had put it into this browser.
        """
        with self._database.writing() as connection:
            row = _locked(connection, code, "code", now)
            if row is None or _locked(connection, token, "token", now) is None:
                return None
            connection.execute(delete(credentials).where(credentials.c.hash == digest(code)))
            changed = update(credentials).where(credentials.c.hash == digest(token))
            connection.execute(
                changed.values(
                    learner=row["learner"],
                    rotate_at=utc(now),
                    expires_at=utc(now + TOKEN_LASTS),
                )
            )
            return str(row["learner"])

    # Ids of before

    def id_now(self, former: str) -> str | None:
        """The public id of whom an earlier version called `former`, before its exchange."""
        wanted = select(credentials.c.learner).where(
            credentials.c.hash == digest(former), credentials.c.kind == "former"
        )
        rows = self._database.rows(wanted)
        return str(rows[0]["learner"]) if rows else None

    def _good(self, secret: str, kind: str, now: datetime) -> RowMapping | None:
        rows = self._database.rows(_wanted(secret, kind, now))
        return rows[0] if rows else None


def _wanted(secret: str, kind: str, now: datetime) -> Select[Any]:
    return select(credentials).where(
        credentials.c.hash == digest(secret),
        credentials.c.kind == kind,
        credentials.c.expires_at > utc(now),
    )


def _locked(connection: Connection, secret: str, kind: str, now: datetime) -> RowMapping | None:
    wanted = _wanted(secret, kind, now).with_for_update()
    return connection.execute(wanted).mappings().first()


def _keep(
    connection: Connection,
    secret: str,
    kind: str,
    learner: str | None,
    now: datetime,
    lasts: timedelta,
) -> None:
    values = {
        "hash": digest(secret),
        "kind": kind,
        "learner": learner,
        "rotate_at": utc(now + ROTATED_AFTER),
        "expires_at": utc(now + lasts),
    }
    connection.execute(insert(credentials), values)


def _ends_by(connection: Connection, secret: str, end: datetime) -> None:
    """A credential that ends earlier stays so."""
    connection.execute(
        update(credentials)
        .where(credentials.c.hash == digest(secret), credentials.c.expires_at > utc(end))
        .values(expires_at=utc(end))
    )
