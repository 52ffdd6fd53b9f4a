"""The heartbeat that shows whether anything can be written; indexes that hold what is asked for."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None

UTC_TIME = sa.String(27).with_variant(sa.TIMESTAMP(timezone=True), "postgresql")


def upgrade() -> None:
    op.create_table(
        "heartbeat",
        sa.Column("id", sa.Integer, primary_key=True, autoincrement=False),
        sa.Column("at", UTC_TIME, nullable=False),
        sa.CheckConstraint("id = 1", name="heartbeat_one"),
    )
    _cover("log_pace", "log_learner", ["learner", "id", "type", "milliseconds"])
    _cover("log_item", "log_item", ["learner", "item", "seed", "type", "id"])
    _cover("log_card", "log_card", ["learner", "card", "type", "id"])
    present = sa.text("misconception IS NOT NULL")
    op.create_index(
        "log_misconception",
        "log",
        ["learner", "item", "misconception", "id"],
        sqlite_where=present,
        postgresql_where=present,
    )


def _cover(name: str, former: str, columns: list[str]) -> None:
    """Puts an index that holds more in the place of a former one."""
    op.drop_index(former, "log")
    op.create_index(name, "log", columns)
