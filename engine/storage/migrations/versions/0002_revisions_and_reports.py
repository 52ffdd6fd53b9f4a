"""Revisions of cards, drafts, renamed items, and what learners report."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

ROW_ID = sa.BigInteger().with_variant(sa.Integer, "sqlite")
UTC_TIME = sa.String(27).with_variant(sa.TIMESTAMP(timezone=True), "postgresql")


def upgrade() -> None:
    _create_revision()
    _create_head()
    _create_draft()
    _create_rename()
    _create_report()


def _of_revision(name: str, *, nullable: bool = True) -> sa.Column[int]:
    return sa.Column(name, sa.BigInteger, sa.ForeignKey("revision.id"), nullable=nullable)


def _create_revision() -> None:
    op.create_table(
        "revision",
        sa.Column("id", ROW_ID, primary_key=True, autoincrement=True),
        sa.Column("card", sa.Text, nullable=False),
        _of_revision("parent"),
        sa.Column("origin", sa.Text, nullable=False),
        sa.Column("author", sa.Text, nullable=False),
        sa.Column("note", sa.Text, nullable=False),
        sa.Column("at", UTC_TIME, nullable=False),
        sa.Column("digest", sa.Text, nullable=False),
        sa.Column("sound", sa.Boolean, nullable=False),
        sa.Column("files", sa.Text, nullable=False),
        sa.CheckConstraint(
            "origin IN ('app', 'file', 'restore', 'merge', 'import')", name="revision_origin"
        ),
    )
    op.create_index("revision_card", "revision", ["card", "id"])


def _create_head() -> None:
    op.create_table(
        "head",
        sa.Column("card", sa.Text, primary_key=True),
        _of_revision("newest"),
        _of_revision("sound"),
        _of_revision("pending"),
        sa.Column("seen_digest", sa.Text),
        _of_revision("seen"),
        sa.Column("version", sa.BigInteger, nullable=False),
    )
    op.create_index("head_version", "head", ["version"])


def _create_draft() -> None:
    op.create_table(
        "draft",
        sa.Column("card", sa.Text, primary_key=True),
        sa.Column("author", sa.Text, primary_key=True),
        _of_revision("base"),
        sa.Column("at", UTC_TIME, nullable=False),
        sa.Column("files", sa.Text, nullable=False),
    )


def _create_rename() -> None:
    op.create_table(
        "rename",
        sa.Column("id", ROW_ID, primary_key=True, autoincrement=True),
        sa.Column("old", sa.Text, nullable=False),
        sa.Column("new", sa.Text, nullable=False),
        _of_revision("revision", nullable=False),
        sa.Column("log_id", sa.BigInteger, nullable=False),
        sa.Column("at", UTC_TIME, nullable=False),
    )


def _create_report() -> None:
    op.create_table(
        "report",
        sa.Column("id", ROW_ID, primary_key=True, autoincrement=True),
        sa.Column("learner", sa.Text, sa.ForeignKey("learner.id"), nullable=False),
        sa.Column("presentation", sa.Text, nullable=False),
        sa.Column("item", sa.Text, nullable=False),
        sa.Column("card", sa.Text, nullable=False),
        sa.Column("seed", sa.BigInteger, nullable=False),
        sa.Column("card_digest", sa.Text, nullable=False),
        sa.Column("variant", sa.Text),
        sa.Column("text", sa.Text, nullable=False),
        sa.Column("at", UTC_TIME, nullable=False),
        sa.Column("closed_at", UTC_TIME),
        sa.Column("closed_by", sa.Text),
        sa.Column("reply", sa.Text),
    )
    op.create_index("report_card", "report", ["card", "id"])
    op.create_index("report_learner", "report", ["learner", "id"])
