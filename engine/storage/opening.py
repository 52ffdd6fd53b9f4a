"""Opening the database: the file or server, its connections, its schema."""

from __future__ import annotations

import sqlite3
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Engine, create_engine, event, exc, inspect, text

from engine.storage.address import Address, UnusableAddress, address_of
from engine.storage.database import begin_writing
from engine.storage.driver_errors import explained, of_system, reason_of
from engine.storage.errors import (
    BUSY_SECONDS,
    OPENING_SECONDS,
    StorageError,
    damaged,
    newer_database,
    read_only,
    unusable,
)
from engine.storage.file import CHECKPOINT_PAGES, OpenFile, refuse_left_over_log, unseal
from engine.storage.postgresql_timeouts import (
    CONNECT_SECONDS,
    LOCK_SECONDS,
    PATIENCE_SECONDS,
    PING_SECONDS,
    STATEMENT_SECONDS,
    PatientConnection,
)
from engine.storage.schema import HEAD
from engine.storage.store import Store

#: PostgreSQL's advisory locks are numbers; this one is ours.
MIGRATION_LOCK = 0x51CA2D5
#: A migration of a large database takes its time.
MIGRATION_SECONDS = 600


def open_store(url: str | None, folder: Path | str) -> Store:
    """The store at `url`, or in the file simcards.db of `folder`; made on first use.

    `url`: postgresql://… (postgres://… too), sqlite:///…, or nothing. The schema is brought up
    to date, by one process while others wait. Raises StorageError.
    """
    address = checked_address(url, folder)
    if address.file:
        try:
            address.file.parent.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise of_system(error, address) from error
    engine = _engine(address)
    try:
        with explained(address):
            _check_and_migrate(engine, address)
        return Store(engine, address, OpenFile(address, address.file) if address.file else None)
    except (StorageError, exc.SQLAlchemyError):
        engine.dispose()
        raise
    except Exception as error:  # Alembic's, of a schema that is none of its own
        engine.dispose()
        raise damaged(address, reason_of(error, address)) from error
    except BaseException:
        engine.dispose()
        raise


def checked_address(url: str | None, folder: Path | str) -> Address:
    """Where `url` leads, or else `folder`. Raises Unreachable for an address of no use."""
    try:
        return address_of(url, Path(folder))
    except UnusableAddress as error:
        raise unusable(error.shown) from None


def _engine(address: Address) -> Engine:
    return _file_engine(address) if address.is_file else _server_engine(address)


def _file_engine(address: Address) -> Engine:
    # Last in, first out: the connection used again is the one whose caches are warm.
    engine = create_engine(
        address.url,
        pool_use_lifo=True,
        pool_timeout=BUSY_SECONDS,
        # isolation_level None: transactions begin where we say so, with BEGIN IMMEDIATE.
        connect_args={"timeout": BUSY_SECONDS, "isolation_level": None},
    )

    @event.listens_for(engine, "do_connect")
    def look_first(*_arguments: object) -> None:
        refuse_left_over_log(address)

    event.listen(engine, "connect", _set_up_sqlite)
    return engine


def _set_up_sqlite(connection: Any, _record: object) -> None:
    try:
        connection.execute("PRAGMA foreign_keys = ON")
        connection.execute("PRAGMA synchronous = FULL")
        connection.execute(f"PRAGMA wal_autocheckpoint = {CHECKPOINT_PAGES}")
        unseal(connection)
    except sqlite3.Error:
        connection.close()
        raise


def _server_engine(address: Address) -> Engine:
    timeout = {} if "connect_timeout" in address.url.query else {"connect_timeout": CONNECT_SECONDS}
    engine = create_engine(
        address.url,
        isolation_level="READ COMMITTED",
        pool_use_lifo=True,
        pool_pre_ping=True,
        pool_timeout=BUSY_SECONDS,
        connect_args=timeout,
    )

    @event.listens_for(engine, "do_connect")
    def connect(_dialect: object, _record: object, arguments: Any, options: Any) -> Any:
        return PatientConnection.connect(*arguments, **options)

    @event.listens_for(engine, "checkin")
    def idle(connection: Any, _record: object) -> None:
        if connection is not None:
            connection.patience = PING_SECONDS

    @event.listens_for(engine, "checkout")
    def in_use(connection: Any, *_arguments: object) -> None:
        connection.patience = PATIENCE_SECONDS

    event.listen(engine, "connect", _set_up_postgresql)
    return engine


def _set_up_postgresql(connection: Any, _record: object) -> None:
    connection.execute(
        f"SET lock_timeout = '{LOCK_SECONDS}s'; SET statement_timeout = '{STATEMENT_SECONDS}s';"
        "SET datestyle = 'ISO'; SET timezone = 'UTC'"
    )
    connection.commit()


def _check_and_migrate(engine: Engine, address: Address) -> None:
    with engine.connect() as connection:
        if address.is_file:
            connection.exec_driver_sql(f"PRAGMA busy_timeout = {OPENING_SECONDS * 1000}")
        _check_writable(connection, address)
        if not _is_current(connection, address):
            connection.rollback()
            _migrate(connection, address)
        if address.is_file:
            connection.exec_driver_sql(f"PRAGMA busy_timeout = {BUSY_SECONDS * 1000}")


def _migrate(connection: Connection, address: Address) -> None:
    begin_writing(connection)
    if not address.is_file:
        _allow_time(connection)
        connection.execute(text("SELECT pg_advisory_xact_lock(:key)"), {"key": MIGRATION_LOCK})
    # Somebody else may have done it while we waited.
    if not _is_current(connection, address):
        from engine.storage.migrating import upgrade  # Alembic is slow to import

        upgrade(connection)
    connection.commit()


def _allow_time(connection: Connection) -> None:
    """For this transaction, on a server."""
    connection.exec_driver_sql(
        f"SET LOCAL lock_timeout = '{OPENING_SECONDS}s';"
        f"SET LOCAL statement_timeout = '{MIGRATION_SECONDS}s'"
    )
    driver: Any = connection.connection.dbapi_connection
    driver.patience = MIGRATION_SECONDS


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
