"""The tables as the newest migration leaves them (a test holds the two together)."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from sqlalchemy import (
    BigInteger,
    Boolean,
    CheckConstraint,
    Column,
    Date,
    Dialect,
    Double,
    ForeignKey,
    Index,
    Integer,
    MetaData,
    String,
    Table,
    Text,
    text,
)
from sqlalchemy.dialects.postgresql import TIMESTAMP
from sqlalchemy.types import TypeDecorator, TypeEngine

#: The newest migration. Revisions are numbered, so that older and newer can be told apart
#: without loading Alembic.
HEAD = "0006"


class UtcTime(TypeDecorator[datetime]):
    """An exact UTC time, to the microsecond. SQLite keeps it as text of one width that sorts."""

    impl = String(27)
    cache_ok = True

    def load_dialect_impl(self, dialect: Dialect) -> TypeEngine[Any]:
        if dialect.name == "postgresql":
            return dialect.type_descriptor(TIMESTAMP(timezone=True))
        return dialect.type_descriptor(String(27))

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> Any:
        if value is None:
            return None
        return utc(value) if dialect.name == "postgresql" else utc_text(value)

    def process_result_value(self, value: Any, dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        time: datetime = value if dialect.name == "postgresql" else datetime.fromisoformat(value)
        return time.astimezone(UTC)


def utc(time: datetime) -> datetime:
    """The same time in UTC. Raises ValueError for one without a time zone."""
    if time.tzinfo is None:
        raise ValueError(f"a time without a time zone cannot be stored: {time!r}")
    return time.astimezone(UTC)


def utc_text(time: datetime) -> str:
    """`2026-01-02T03:04:05.000006Z`, which `datetime.fromisoformat` reads back."""
    return utc(time).isoformat(timespec="microseconds")[:26] + "Z"


#: SQLite numbers the rows of a table itself only where the key is of its own type INTEGER.
RowId = BigInteger().with_variant(Integer, "sqlite")

metadata = MetaData()

learners = Table(
    "learner",
    metadata,
    Column("id", Text, primary_key=True),
    Column("created_at", UtcTime, nullable=False),
    Column("language", Text),
    Column("timezone", Text),
    Column("rollover", Integer, nullable=False),
    # None: no bound.
    Column("new_per_day", Integer),
    Column("desired_retention", Double, nullable=False),
    Column("name", Text),
    Column("minutes_a_day", Integer, nullable=False, server_default="15"),
    Column("exam_day", Date),
    # A JSON list; None: all units.
    Column("exam_units", Text),
)

#: Hashes of what proves who somebody is: tokens, transfer codes, and cookies of earlier versions.
#: learner: None while nobody has come with a token yet.
credentials = Table(
    "credential",
    metadata,
    Column("hash", Text, primary_key=True),
    Column("kind", Text, nullable=False),
    Column("learner", Text, ForeignKey("learner.id")),
    Column("rotate_at", UtcTime, nullable=False),
    Column("expires_at", UtcTime, nullable=False),
    CheckConstraint("kind IN ('token', 'former', 'code')", name="credential_kind"),
    Index("credential_learner", "learner"),
    Index("credential_expires", "expires_at"),
)

#: One row. mark: tells this database's cookies from another's on the same host.
site = Table(
    "site",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("mark", Text, nullable=False),
    CheckConstraint("id = 1", name="site_one"),
)

#: Append-only: no statement of this package updates or deletes a row of it.
log = Table(
    "log",
    metadata,
    Column("id", RowId, primary_key=True, autoincrement=True),
    Column("learner", Text, ForeignKey("learner.id"), nullable=False),
    Column("type", Text, nullable=False),
    Column("presentation", Text),
    Column("undoes", BigInteger, ForeignKey("log.id")),
    Column("item", Text, nullable=False),
    Column("card", Text),
    Column("kind", Text),
    Column("mode", Text),
    Column("scheduled", Boolean, nullable=False),
    Column("seed", BigInteger),
    Column("attempt", Integer),
    Column("variant", Text),
    Column("answer_text", Text),
    Column("response", Text),
    Column("verdict", Text),
    Column("misconception", Text),
    Column("confidence", Double),
    Column("confidence_level", Integer),
    Column("rating", Integer),
    # Big: a tab may stay open for a month.
    Column("milliseconds", BigInteger),
    Column("at", UtcTime, nullable=False),
    Column("study_day", Date),
    Column("timezone", Text),
    Column("rollover", Integer),
    Column("card_digest", Text),
    Column("engine_version", Text),
    Column("desired_retention", Double),
    Column("fuzz_seed", BigInteger),
    Column("memory_after", Text),
    CheckConstraint("type IN ('answer', 'undo')", name="log_type"),
    CheckConstraint("(type = 'answer') = (presentation IS NOT NULL)", name="log_answer"),
    CheckConstraint("(type = 'undo') = (undoes IS NOT NULL)", name="log_undo"),
    # Partial, because every index that a row is not in is a page less to write for an answer.
    Index(
        "log_presentation",
        "presentation",
        unique=True,
        sqlite_where=text("presentation IS NOT NULL"),
        postgresql_where=text("presentation IS NOT NULL"),
    ),
    Index(
        "log_undoes",
        "undoes",
        unique=True,
        sqlite_where=text("undoes IS NOT NULL"),
        postgresql_where=text("undoes IS NOT NULL"),
    ),
    # With the columns that are asked for most, so that the rows themselves, each on a page of its
    # own among those of other learners, need not be read.
    Index("log_pace", "learner", "id", "type", "milliseconds"),
    Index("log_item", "learner", "item", "seed", "type", "id"),
    Index("log_card", "learner", "card", "type", "id"),
    Index(
        "log_misconception",
        "learner",
        "item",
        "misconception",
        "id",
        sqlite_where=text("misconception IS NOT NULL"),
        postgresql_where=text("misconception IS NOT NULL"),
    ),
    Index("log_day", "learner", "study_day"),
)

memories = Table(
    "memory",
    metadata,
    Column("learner", Text, ForeignKey("learner.id"), primary_key=True),
    Column("item", Text, primary_key=True),
    Column("state", Text, nullable=False),
    Column("step", Integer),
    Column("stability", Double, nullable=False),
    Column("difficulty", Double, nullable=False),
    Column("day", Date, nullable=False),
    Column("reviewed_at", UtcTime, nullable=False),
    Column("due_day", Date, nullable=False),
    Column("due_at", UtcTime, nullable=False),
    Column("log_id", BigInteger, nullable=False),
    Index("memory_due", "learner", "due_day"),
    sqlite_with_rowid=False,
)

#: Append-only: how a learner came through a card's lesson. The newest row of a card counts.
lessons = Table(
    "lesson",
    metadata,
    Column("id", RowId, primary_key=True, autoincrement=True),
    Column("learner", Text, ForeignKey("learner.id"), nullable=False),
    Column("card", Text, nullable=False),
    Column("how", Text, nullable=False),
    Column("at", UtcTime, nullable=False),
    Column("study_day", Date, nullable=False),
    Column("milliseconds", BigInteger),
    CheckConstraint("how IN ('read', 'check', 'failed')", name="lesson_how"),
    Index("lesson_learner", "learner", "id"),
)

#: Items that a learner put aside. until: the study day on which it comes back; None: suspended.
asides = Table(
    "aside",
    metadata,
    Column("learner", Text, ForeignKey("learner.id"), primary_key=True),
    Column("item", Text, primary_key=True),
    Column("until", Date),
    Column("at", UtcTime, nullable=False),
)

#: Append-only: FSRS parameters that were fitted to a learner. The newest applied row counts.
parameters = Table(
    "parameters",
    metadata,
    Column("id", RowId, primary_key=True, autoincrement=True),
    Column("learner", Text, ForeignKey("learner.id"), nullable=False),
    Column("at", UtcTime, nullable=False),
    # A JSON list; None: FSRS's own.
    Column("weights", Text),
    Column("answers", Integer, nullable=False),
    Column("log_loss_before", Double),
    Column("log_loss_after", Double),
    Column("applied", Boolean, nullable=False),
    # The learner's newest row of the log then: what was remembered up to it was made again.
    Column("log_id", BigInteger, nullable=False),
    Index("parameters_learner", "learner", "id"),
)

#: One row, written to find out whether anything can be written.
heartbeats = Table(
    "heartbeat",
    metadata,
    Column("id", Integer, primary_key=True, autoincrement=False),
    Column("at", UtcTime, nullable=False),
    CheckConstraint("id = 1", name="heartbeat_one"),
)

#: Append-only: every saved state of a card, for ever.
revisions = Table(
    "revision",
    metadata,
    Column("id", RowId, primary_key=True, autoincrement=True),
    Column("card", Text, nullable=False),
    Column("parent", BigInteger, ForeignKey("revision.id")),
    Column("origin", Text, nullable=False),
    Column("author", Text, nullable=False),
    Column("note", Text, nullable=False),
    Column("at", UtcTime, nullable=False),
    Column("digest", Text, nullable=False),
    Column("sound", Boolean, nullable=False),
    Column("files", Text, nullable=False),
    CheckConstraint(
        "origin IN ('app', 'file', 'restore', 'merge', 'import')", name="revision_origin"
    ),
    Index("revision_card", "card", "id"),
)

#: One row a card: what counts of its revisions, and what its files were when last seen.
heads = Table(
    "head",
    metadata,
    Column("card", Text, primary_key=True),
    Column("newest", BigInteger, ForeignKey("revision.id")),
    Column("sound", BigInteger, ForeignKey("revision.id")),
    Column("pending", BigInteger, ForeignKey("revision.id")),
    Column("seen_digest", Text),
    Column("seen", BigInteger, ForeignKey("revision.id")),
    Column("version", BigInteger, nullable=False),
    Index("head_version", "version"),
)

drafts = Table(
    "draft",
    metadata,
    Column("card", Text, primary_key=True),
    Column("author", Text, primary_key=True),
    Column("base", BigInteger, ForeignKey("revision.id")),
    Column("at", UtcTime, nullable=False),
    Column("files", Text, nullable=False),
)

#: Append-only: an item that is the same knowledge under another id.
renames = Table(
    "rename",
    metadata,
    Column("id", RowId, primary_key=True, autoincrement=True),
    Column("old", Text, nullable=False),
    Column("new", Text, nullable=False),
    Column("revision", BigInteger, ForeignKey("revision.id"), nullable=False),
    # The newest row of the log then: what came later was not carried over.
    Column("log_id", BigInteger, nullable=False),
    Column("at", UtcTime, nullable=False),
)

#: One row: which course all of this is of. None in a database from before courses had ids.
courses = Table(
    "course",
    metadata,
    Column("one", Integer, primary_key=True, autoincrement=False),
    Column("id", Text, nullable=False),
    CheckConstraint("one = 1", name="course_one"),
)

reports = Table(
    "report",
    metadata,
    Column("id", RowId, primary_key=True, autoincrement=True),
    Column("learner", Text, ForeignKey("learner.id"), nullable=False),
    Column("presentation", Text, nullable=False),
    Column("item", Text, nullable=False),
    Column("card", Text, nullable=False),
    Column("seed", BigInteger, nullable=False),
    Column("card_digest", Text, nullable=False),
    Column("variant", Text),
    Column("text", Text, nullable=False),
    Column("at", UtcTime, nullable=False),
    Column("closed_at", UtcTime),
    Column("closed_by", Text),
    Column("reply", Text),
    Index("report_card", "card", "id"),
    Index("report_learner", "learner", "id"),
)
