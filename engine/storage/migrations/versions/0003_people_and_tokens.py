"""Who somebody is, apart from what proves it.

Until now a learner's id was the value of their cookie, and was written as the author of revisions.
Every such id becomes a fresh, public one wherever it stands. Of the old value only a hash is kept,
which lets its browser exchange it for a token, once.
"""

from __future__ import annotations

import hashlib
import re
import secrets
from datetime import UTC, datetime
from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None

UTC_TIME = sa.String(27).with_variant(sa.TIMESTAMP(timezone=True), "postgresql")
#: The cookies that were ids lasted ten years.
LAST_EXCHANGE = datetime(2037, 1, 1, tzinfo=UTC)
ALPHABET = "23456789bcdfghjkmnpqrstvwxz"
#: Where a learner's id stands beside the table of learners.
PLACES = (
    ("log", "learner"),
    ("memory", "learner"),
    ("report", "learner"),
    ("report", "closed_by"),
    ("revision", "author"),
    ("draft", "author"),
)


def upgrade() -> None:
    op.add_column("learner", sa.Column("name", sa.Text))
    _create_credential()
    _create_site()
    for id in _ids_that_were_cookies():
        _make_public(id)


def _create_credential() -> None:
    op.create_table(
        "credential",
        sa.Column("hash", sa.Text, primary_key=True),
        sa.Column("kind", sa.Text, nullable=False),
        sa.Column("learner", sa.Text, sa.ForeignKey("learner.id")),
        sa.Column("rotate_at", UTC_TIME, nullable=False),
        sa.Column("expires_at", UTC_TIME, nullable=False),
        sa.CheckConstraint("kind IN ('token', 'former', 'code')", name="credential_kind"),
    )
    op.create_index("credential_learner", "credential", ["learner"])
    op.create_index("credential_expires", "credential", ["expires_at"])


def _create_site() -> None:
    op.create_table(
        "site",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("mark", sa.Text, nullable=False),
        sa.CheckConstraint("id = 1", name="site_one"),
    )
    _run("INSERT INTO site (id, mark) VALUES (1, :mark)", mark=secrets.token_hex(4))


def _ids_that_were_cookies() -> list[str]:
    found: set[str] = set()
    for table, column in (("learner", "id"), *PLACES):
        found.update(
            id
            for (id,) in _run(f"SELECT DISTINCT {column} FROM {table}")
            if id is not None and re.fullmatch(r"[0-9a-f]{32}", id)
        )
    return sorted(found)


def _make_public(id: str) -> None:
    new = "-".join("".join(secrets.choice(ALPHABET) for _ in range(5)) for _ in range(2))
    settings = "created_at, language, timezone, rollover, new_per_day, desired_retention"
    _run(
        f"INSERT INTO learner (id, {settings}) SELECT :new, {settings} FROM learner WHERE id = :id",
        id=id,
        new=new,
    )
    for table, column in PLACES:
        _run(f"UPDATE {table} SET {column} = :new WHERE {column} = :id", id=id, new=new)
    _run(
        "INSERT INTO credential (hash, kind, learner, rotate_at, expires_at) "
        "SELECT :hash, 'former', id, :until, :until FROM learner WHERE id = :new",
        hash=hashlib.sha256(id.encode()).hexdigest(),
        new=new,
        until=_stored(LAST_EXCHANGE),
    )
    _run("DELETE FROM learner WHERE id = :id", id=id)


def _stored(time: datetime) -> Any:
    if op.get_bind().dialect.name == "postgresql":
        return time
    return time.isoformat(timespec="microseconds")[:26] + "Z"


def _run(statement: str, **values: Any) -> Any:
    return op.get_bind().execute(sa.text(statement), values)
