"""Opening the database: the file or server, its connections, its schema."""

from __future__ import annotations

import time
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Engine, create_engine, event, exc, inspect, text

from engine.storage.address import Address, UnusableAddress, address_of
from engine.storage.errors import (
    BUSY_SECONDS,
    StorageError,
    damaged,
    newer_database,
    read_only,
    unusable,
)
from engine.storage.faults import explained, of_system, reason_of
from engine.storage.schema import HEAD
from engine.storage.store import Store
from engine.storage.writing import begin_writing

CONNECT_SECONDS = 5
#: PostgreSQL's advisory locks are numbers; this one is ours.
MIGRATION_LOCK = 0x51CA2D5


def open_store(url: str | None, folder: Path | str) -> Store:
    """The store at `url`, or in the file simcards.db of `folder`; made on first use.

    `url`: postgresql://… (postgres://… too), sqlite:///…, or nothing. The schema is brought up
    to date, by one process while others wait. Raises StorageError.
    """
    try:
        address = address_of(url, Path(folder))
    except UnusableAddress as error:
        raise unusable(error.shown) from None
    if address.file:
        try:
            address.file.parent.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise of_system(error, address) from error
    engine = _engine(address)
    try:
        with explained(address):
            _check_and_migrate(engine, address)
        return Store(engine, address)
    except (StorageError, exc.SQLAlchemyError):
        engine.dispose()
        raise
    except Exception as error:  # Alembic's, of a schema that is none of its own
        engine.dispose()
        raise damaged(address, reason_of(error, address)) from error
    except BaseException:
        engine.dispose()
        raise


def _engine(address: Address) -> Engine:
    # Last in, first out: the connection used again is the one whose caches are warm.
    if address.is_file:
        engine = create_engine(
            address.url,
            pool_use_lifo=True,
            # isolation_level None: transactions begin where we say so, with BEGIN IMMEDIATE.
            connect_args={"timeout": BUSY_SECONDS, "isolation_level": None},
        )
        event.listen(engine, "connect", _set_up_sqlite)
        return engine
    timeout = {} if "connect_timeout" in address.url.query else {"connect_timeout": CONNECT_SECONDS}
    engine = create_engine(
        address.url,
        isolation_level="READ COMMITTED",
        pool_use_lifo=True,
        pool_pre_ping=True,
        connect_args=timeout,
    )
    event.listen(engine, "connect", _set_up_postgresql)
    return engine


def _set_up_sqlite(connection: Any, _record: object) -> None:
    connection.execute("PRAGMA foreign_keys = ON")
    connection.execute("PRAGMA synchronous = FULL")


def _set_up_postgresql(connection: Any, _record: object) -> None:
    connection.execute(
        f"SET lock_timeout = '{BUSY_SECONDS}s'; SET datestyle = 'ISO'; SET timezone = 'UTC'"
    )
    connection.commit()


def _check_and_migrate(engine: Engine, address: Address) -> None:
    with engine.connect() as connection:
        if address.is_file:
            _use_write_ahead_log(connection)
        _check_writable(connection, address)
        if _is_current(connection, address):
            return
        connection.rollback()
        begin_writing(connection)
        if not address.is_file:
            connection.execute(text("SELECT pg_advisory_xact_lock(:key)"), {"key": MIGRATION_LOCK})
        # Somebody else may have done it while we waited.
        if not _is_current(connection, address):
            from engine.storage.migrating import upgrade  # Alembic is slow to import

            upgrade(connection)
        connection.commit()


def _use_write_ahead_log(connection: Connection) -> None:
    """Switches the file over. SQLite waits for no lock here, so that we have to."""
    pause = 0.05
    for _ in range(round(BUSY_SECONDS / pause)):
        try:
            connection.exec_driver_sql("PRAGMA journal_mode = WAL")
            return
        except exc.OperationalError as error:
            if "locked" not in str(error.orig):
                raise
            time.sleep(pause)
    connection.exec_driver_sql("PRAGMA journal_mode = WAL")


def _check_writable(connection: Connection, address: Address) -> None:
    """Better said at the start than at the first answer. Raises ReadOnly."""
    if address.is_file:
        begin_writing(connection)
        # SQLite notices at the first page that is changed; this one is changed back below.
        connection.exec_driver_sql("PRAGMA user_version = 0")
    elif connection.exec_driver_sql("SHOW transaction_read_only").scalar() == "on":
        raise read_only(address, "transaction_read_only = on")
    connection.rollback()


def _is_current(connection: Connection, address: Address) -> bool:
    """Whether there is nothing to migrate. Raises NewerDatabase."""
    if not inspect(connection).has_table("alembic_version"):
        return False
    found = connection.execute(text("SELECT version_num FROM alembic_version")).scalar()
    if found is not None and not (found.isdigit() and int(found) <= int(HEAD)):
        raise newer_database(address, found, HEAD)
    return found == HEAD
