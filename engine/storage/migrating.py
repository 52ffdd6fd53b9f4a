"""Bringing a database's schema up to date with Alembic, from a running program."""

from __future__ import annotations

import threading
from pathlib import Path

from alembic import command
from alembic.config import Config
from sqlalchemy import Connection

MIGRATIONS = Path(__file__).resolve().parent / "migrations"

#: Alembic's environment is a global of its module: one migration at a time in a process.
_one_at_a_time = threading.Lock()


def upgrade(connection: Connection) -> None:
    """Runs the migrations that are missing, within the transaction that `connection` is in."""
    with _one_at_a_time:
        command.upgrade(alembic_config(connection), "head")


def alembic_config(connection: Connection) -> Config:
    """What alembic.ini would say."""
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS).replace("%", "%%"))
    config.attributes["connection"] = connection
    return config
