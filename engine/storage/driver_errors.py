"""Which of our errors a driver's error is."""

from __future__ import annotations

import errno
import functools
import os
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import ParamSpec, TypeVar

from sqlalchemy import exc

from engine.storage.address import Address
from engine.storage.errors import (
    StorageError,
    busy,
    cannot_open,
    damaged,
    disk_full,
    other,
    read_only,
    unreachable,
    unreadable,
)

P = ParamSpec("P")
R = TypeVar("R")


@contextmanager
def explained(address: Address) -> Iterator[None]:
    """Turns what a driver raises about the database's condition into a `StorageError`.

    What is our own mistake (a broken constraint, a wrong type) passes as it is.
    """
    try:
        yield
    except exc.TimeoutError as error:  # of the connection pool
        raise busy(address) from error
    except (exc.IntegrityError, exc.DataError, exc.ProgrammingError) as error:
        if getattr(error.orig, "sqlstate", None) != "42501":  # insufficient_privilege
            raise
        raise read_only(address, reason_of(error.orig, address)) from error
    except exc.DatabaseError as error:
        raise _of_driver(error, address) from error
    except exc.SQLAlchemyError as error:
        raise other(address, reason_of(error, address)) from error
    except UnicodeDecodeError as error:  # which sqlite3 raises for a text of a damaged file
        raise damaged(address, reason_of(error, address)) from error


def legible(make: Callable[P, R]) -> Callable[P, R]:
    """A function that makes something of a row, and says so where no row of ours can be like it."""

    @functools.wraps(make)
    def made(*args: P.args, **kwargs: P.kwargs) -> R:
        try:
            return make(*args, **kwargs)
        except (ValueError, TypeError, AttributeError, LookupError, ArithmeticError) as error:
            raise unreadable(f"{type(error).__name__}: {error}"[:200]) from error

    return made


def _of_driver(error: exc.DBAPIError, address: Address) -> StorageError:
    reason = reason_of(error.orig, address)
    if isinstance(error.orig, sqlite3.Error):
        return of_sqlite_error(error.orig, address)
    state = getattr(error.orig, "sqlstate", None)
    return _of_postgresql(state, reason, address, lost=error.connection_invalidated)


def of_sqlite_error(error: sqlite3.Error, address: Address) -> StorageError:
    """What SQLite itself says."""
    # The low byte is the primary code; the rest tells variants of it apart.
    code = getattr(error, "sqlite_errorcode", 0) & 0xFF
    return _of_sqlite(code, reason_of(error, address), address)


def _of_sqlite(code: int, reason: str, address: Address) -> StorageError:
    match code:
        case sqlite3.SQLITE_BUSY | sqlite3.SQLITE_LOCKED:
            return busy(address)
        case sqlite3.SQLITE_READONLY | sqlite3.SQLITE_PERM:
            return read_only(address, reason)
        case sqlite3.SQLITE_FULL:
            return disk_full(address)
        case sqlite3.SQLITE_CANTOPEN:
            # SQLite says no more than that when it may not make its -wal and -shm files.
            barred = _is_barred(address)
            return read_only(address, reason) if barred else cannot_open(address, reason)
        case sqlite3.SQLITE_NOTADB | sqlite3.SQLITE_CORRUPT:
            return damaged(address, reason)
        case _:
            return other(address, reason)


def _of_postgresql(state: str | None, reason: str, address: Address, *, lost: bool) -> StorageError:
    """`state`: SQLSTATE, see "PostgreSQL Error Codes" in its manual; None before a session."""
    if state is None or lost or state[:2] in ("08", "28", "3D") or state.startswith("57P"):
        return unreachable(address, reason)
    if state == "53100":
        return disk_full(address)
    if state[:2] in ("40", "53", "55"):
        return busy(address)
    if state == "25006":
        return read_only(address, reason)
    return other(address, reason)


def _is_barred(address: Address) -> bool:
    folder = address.file.parent if address.file else None
    return folder is not None and folder.is_dir() and not os.access(folder, os.W_OK)


def of_system(error: OSError, address: Address) -> StorageError:
    """What the operating system says when a file or folder is made."""
    reason = error.strerror or type(error).__name__
    match error.errno:
        case errno.EACCES | errno.EPERM | errno.EROFS:
            return read_only(address, reason)
        case errno.ENOSPC | errno.EDQUOT:
            return disk_full(address)
        case _:
            return cannot_open(address, reason)


def reason_of(error: BaseException | None, address: Address) -> str:
    """The first line of what the driver says, the rest being advice to programmers."""
    lines = address.without_password(str(error)).strip().splitlines()
    return lines[0].rstrip(".") if lines else type(error).__name__
