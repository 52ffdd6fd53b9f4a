"""Learners, the log, and the memories."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None

ROW_ID = sa.BigInteger().with_variant(sa.Integer, "sqlite")
UTC_TIME = sa.String(27).with_variant(sa.TIMESTAMP(timezone=True), "postgresql")


def upgrade() -> None:
    _create_learner()
    _create_log()
    _create_memory()


def _create_learner() -> None:
    op.create_table(
        "learner",
        sa.Column("id", sa.Text, primary_key=True),
        sa.Column("created_at", UTC_TIME, nullable=False),
        sa.Column("language", sa.Text),
        sa.Column("timezone", sa.Text),
        sa.Column("rollover", sa.Integer, nullable=False),
        sa.Column("new_per_day", sa.Integer, nullable=False),
        sa.Column("desired_retention", sa.Double, nullable=False),
    )


def _create_log() -> None:
    op.create_table(
        "log",
        sa.Column("id", ROW_ID, primary_key=True, autoincrement=True),
        sa.Column("learner", sa.Text, sa.ForeignKey("learner.id"), nullable=False),
        sa.Column("type", sa.Text, nullable=False),
        sa.Column("presentation", sa.Text),
        sa.Column("undoes", sa.BigInteger, sa.ForeignKey("log.id")),
        sa.Column("item", sa.Text, nullable=False),
        sa.Column("card", sa.Text),
        sa.Column("kind", sa.Text),
        sa.Column("mode", sa.Text),
        sa.Column("scheduled", sa.Boolean, nullable=False),
        sa.Column("seed", sa.BigInteger),
        sa.Column("attempt", sa.Integer),
        sa.Column("variant", sa.Text),
        sa.Column("answer_text", sa.Text),
        sa.Column("response", sa.Text),
        sa.Column("verdict", sa.Text),
        sa.Column("misconception", sa.Text),
        sa.Column("confidence", sa.Double),
        sa.Column("confidence_level", sa.Integer),
        sa.Column("rating", sa.Integer),
        sa.Column("milliseconds", sa.BigInteger),
        sa.Column("at", UTC_TIME, nullable=False),
        sa.Column("study_day", sa.Date),
        sa.Column("timezone", sa.Text),
        sa.Column("rollover", sa.Integer),
        sa.Column("card_digest", sa.Text),
        sa.Column("engine_version", sa.Text),
        sa.Column("desired_retention", sa.Double),
        sa.Column("fuzz_seed", sa.BigInteger),
        sa.Column("memory_after", sa.Text),
        sa.CheckConstraint("type IN ('answer', 'undo')", name="log_type"),
        sa.CheckConstraint("(type = 'answer') = (presentation IS NOT NULL)", name="log_answer"),
        sa.CheckConstraint("(type = 'undo') = (undoes IS NOT NULL)", name="log_undo"),
    )
    for column in ("presentation", "undoes"):
        present = sa.text(f"{column} IS NOT NULL")
        op.create_index(
            f"log_{column}",
            "log",
            [column],
            unique=True,
            sqlite_where=present,
            postgresql_where=present,
        )
    op.create_index("log_learner", "log", ["learner", "id"])
    op.create_index("log_item", "log", ["learner", "item", "seed"])
    op.create_index("log_card", "log", ["learner", "card"])
    op.create_index("log_day", "log", ["learner", "study_day"])


def _create_memory() -> None:
    op.create_table(
        "memory",
        sa.Column("learner", sa.Text, sa.ForeignKey("learner.id"), primary_key=True),
        sa.Column("item", sa.Text, primary_key=True),
        sa.Column("state", sa.Text, nullable=False),
        sa.Column("step", sa.Integer),
        sa.Column("stability", sa.Double, nullable=False),
        sa.Column("difficulty", sa.Double, nullable=False),
        sa.Column("day", sa.Date, nullable=False),
        sa.Column("reviewed_at", UTC_TIME, nullable=False),
        sa.Column("due_day", sa.Date, nullable=False),
        sa.Column("due_at", UTC_TIME, nullable=False),
        sa.Column("log_id", sa.BigInteger, nullable=False),
        sqlite_with_rowid=False,
    )
    op.create_index("memory_due", "memory", ["learner", "due_day"])
