"""Minutes a day and an exam, lessons, what is put aside, and parameters fitted to a learner."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None

ROW_ID = sa.BigInteger().with_variant(sa.Integer, "sqlite")
UTC_TIME = sa.String(27).with_variant(sa.TIMESTAMP(timezone=True), "postgresql")


def upgrade() -> None:
    _let_new_items_be_unbounded()
    op.add_column(
        "learner", sa.Column("minutes_a_day", sa.Integer, nullable=False, server_default="15")
    )
    op.add_column("learner", sa.Column("exam_day", sa.Date))
    op.add_column("learner", sa.Column("exam_units", sa.Text))
    _create_lesson()
    _create_aside()
    _create_parameters()


def _let_new_items_be_unbounded() -> None:
    """`new_per_day` may be NULL from now on; whoever had a number keeps it.

    SQLite cannot take NOT NULL from a column, and a table that others refer to cannot be made anew
    within a transaction, so another column takes its place.
    """
    op.add_column("learner", sa.Column("most_new", sa.Integer))
    op.execute("UPDATE learner SET most_new = new_per_day")
    op.drop_column("learner", "new_per_day")
    op.alter_column("learner", "most_new", new_column_name="new_per_day")


def _of_learner(*, primary_key: bool = False) -> sa.Column[str]:
    key = sa.ForeignKey("learner.id")
    return sa.Column("learner", sa.Text, key, nullable=False, primary_key=primary_key)


def _create_lesson() -> None:
    op.create_table(
        "lesson",
        sa.Column("id", ROW_ID, primary_key=True, autoincrement=True),
        _of_learner(),
        sa.Column("card", sa.Text, nullable=False),
        sa.Column("how", sa.Text, nullable=False),
        sa.Column("at", UTC_TIME, nullable=False),
        sa.Column("study_day", sa.Date, nullable=False),
        sa.Column("milliseconds", sa.BigInteger),
        sa.CheckConstraint("how IN ('read', 'check', 'failed')", name="lesson_how"),
    )
    op.create_index("lesson_learner", "lesson", ["learner", "id"])


def _create_aside() -> None:
    op.create_table(
        "aside",
        _of_learner(primary_key=True),
        sa.Column("item", sa.Text, primary_key=True),
        sa.Column("until", sa.Date),
        sa.Column("at", UTC_TIME, nullable=False),
    )


def _create_parameters() -> None:
    op.create_table(
        "parameters",
        sa.Column("id", ROW_ID, primary_key=True, autoincrement=True),
        _of_learner(),
        sa.Column("at", UTC_TIME, nullable=False),
        sa.Column("weights", sa.Text),
        sa.Column("answers", sa.Integer, nullable=False),
        sa.Column("log_loss_before", sa.Double),
        sa.Column("log_loss_after", sa.Double),
        sa.Column("applied", sa.Boolean, nullable=False),
        sa.Column("log_id", sa.BigInteger, nullable=False),
    )
    op.create_index("parameters_learner", "parameters", ["learner", "id"])
