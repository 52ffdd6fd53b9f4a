"""Copies of a SQLite database: made while answers come in, and put back in its place."""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from datetime import datetime
from pathlib import Path

from engine.storage.address import Address
from engine.storage.driver_errors import of_sqlite_error, of_system
from engine.storage.errors import OPENING_SECONDS, cannot_open, damaged, newer_database
from engine.storage.file import SEALED, beside, seal, sync_folder, uri
from engine.storage.schema import HEAD

#: Endings of a database's files: itself, its log, the log's index.
ENDINGS = ("", "-wal", "-shm")


class InUse(Exception):
    """The database cannot be replaced: some program has it open."""


class OntoItself(Exception):
    """A copy of the database cannot take the place of one of its own files."""


def back_up(address: Address, target: Path) -> None:
    """Copies the database of `address` into the file `target`, while others read and write.

    All that was written before this was called is in the copy, which is one file. It is not there
    until it is whole. Raises StorageError, OntoItself.
    """
    assert address.file is not None
    if not address.file.is_file():
        raise cannot_open(address, os.strerror(2))
    if _is_of(address.file, target):
        raise OntoItself
    if not target.parent.is_dir():
        raise cannot_open(Address(address.url, str(target), target), os.strerror(2))
    _move(_copied(address.file, beside(target, ".part"), address), target)


def restore(address: Address, source: Path, now: datetime) -> Path | None:
    """Puts the copy `source` in the place of the database of `address`.

    -> what the database that was there is called now, None if there was none. The copy is checked
    before anything is touched. Raises StorageError, InUse.
    """
    file = address.file
    assert file is not None
    copied = Address(address.url, str(source), source)
    if not source.is_file():
        raise cannot_open(copied, os.strerror(2))
    file.parent.mkdir(parents=True, exist_ok=True)
    part = _copied(source, beside(file, ".part"), copied)
    try:
        aside = _put_aside(file, now)
    except BaseException:
        _remove(part)
        raise
    _move(part, file)
    return aside


def _is_of(file: Path, target: Path) -> bool:
    """Whether the target is one of the database's files, whatever it is called here."""
    if target.exists():
        own = (beside(file, ending) for ending in ENDINGS)
        return any(one.exists() and one.samefile(target) for one in own)
    # A log that is not there yet is of the database as well.
    return target.parent.resolve() == file.resolve().parent and target.name in {
        file.name + ending for ending in ENDINGS
    }


def _copied(source: Path, part: Path, address: Address) -> Path:
    """A whole copy, or none. address: of the source, for what is said of it."""
    try:
        with _explained(address):
            _remove(part)
            _copy(source, part)
            _check(part, address)
    except BaseException:
        _remove(part)
        raise
    return part


def _remove(file: Path) -> None:
    for ending in (*ENDINGS, "-journal"):
        beside(file, ending).unlink(missing_ok=True)


def _copy(source: Path, target: Path) -> None:
    """Through SQLite, which knows what of it is still in the log beside it."""
    with (
        closing(sqlite3.connect(uri(source, "mode=rw"), uri=True, timeout=OPENING_SECONDS)) as old,
        closing(sqlite3.connect(target, isolation_level=None)) as new,
    ):
        # In one step: that is one moment of the database, and nobody has to wait.
        old.backup(new)
        new.execute("PRAGMA synchronous = FULL")
        new.execute("PRAGMA journal_mode = DELETE")
        new.execute(f"PRAGMA application_id = {SEALED}")


def _check(file: Path, address: Address) -> None:
    """Raises Damaged or NewerDatabase unless it is a whole database of ours."""
    with closing(sqlite3.connect(file)) as connection:
        found = connection.execute("PRAGMA integrity_check(1)").fetchone()[0]
        if found != "ok":
            raise damaged(address, found)
        tables = {
            row[0]
            for row in connection.execute("SELECT name FROM sqlite_master WHERE type='table'")
        }
        if missing := {"alembic_version", "learner", "log"} - tables:
            raise damaged(address, f"no table {sorted(missing)[0]}")
        version = str(connection.execute("SELECT version_num FROM alembic_version").fetchone()[0])
        if not (version.isdigit() and int(version) <= int(HEAD)):
            raise newer_database(address, version, HEAD)


def _put_aside(file: Path, now: datetime) -> Path | None:
    """Renames the database, its log with it, if anything is there. Raises InUse."""
    if not any(beside(file, ending).exists() for ending in ENDINGS):
        return None
    if file.exists() and not seal(file) and _is_open(file):
        raise InUse
    aside = file.with_name(f"{file.stem}.replaced-{now:%Y%m%dT%H%M%S%f}{file.suffix}")
    for ending in ENDINGS:
        if beside(file, ending).exists():
            beside(file, ending).rename(beside(aside, ending))
    sync_folder(file.parent)
    return aside


def _is_open(file: Path) -> bool:
    """Whether another program has it open; a damaged file could not be sealed for other reasons."""
    try:
        with closing(sqlite3.connect(uri(file, "mode=rw"), uri=True, timeout=0.2)) as connection:
            connection.execute("PRAGMA locking_mode = EXCLUSIVE")
            connection.execute("BEGIN EXCLUSIVE")
    except sqlite3.OperationalError as error:
        return "locked" in str(error)
    except sqlite3.Error:
        return False
    return False


def _move(part: Path, target: Path) -> None:
    with part.open("rb+") as written:
        os.fsync(written.fileno())
    part.replace(target)
    sync_folder(target.parent)


@contextmanager
def _explained(address: Address) -> Iterator[None]:
    """Turns what SQLite and the system raise into a StorageError."""
    try:
        yield
    except sqlite3.Error as error:
        raise of_sqlite_error(error, address) from error
    except OSError as error:
        raise of_system(error, address) from error
