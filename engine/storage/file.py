"""The SQLite file: one piece while nobody has it open, and the same one while somebody has.

SQLite keeps what is new in a write-ahead log beside the file, and uses whatever log it finds there,
of this database or not. So a file that lies by itself is *sealed*: everything is in it, and a mark
in its header says so. Whoever opens it takes the mark away before there is a log. A sealed file
beside a log is therefore a copy that was put there.
"""

from __future__ import annotations

import os
import shutil
import sqlite3
import time
from contextlib import closing
from pathlib import Path
from typing import Any

from engine.storage.address import Address
from engine.storage.errors import BUSY_SECONDS, disk_full, left_over_log, removed, replaced

#: `PRAGMA application_id` of a sealed file.
SEALED = 0x53434C44
#: Pages in the log at which SQLite carries them over into the file: some fifty answers.
CHECKPOINT_PAGES = 250

#: Less room than this is none: SQLite may still write over what is old in its log, for a while.
ROOM_BYTES = 1_000_000


class OpenFile:
    """The file that a store has open."""

    def __init__(self, address: Address, file: Path) -> None:
        self._address = address
        self._file = file
        self._opened = self._found()

    def check(self) -> None:
        """Raises Removed or Replaced unless the file on the disk is the one that was opened."""
        if self._found() != self._opened:
            raise replaced(self._address)

    def check_whole(self) -> None:
        """The same, and notices a copy that was written over the file. While connected only."""
        self.check()
        if is_sealed(self._file):
            raise replaced(self._address)

    def check_room(self) -> None:
        """Raises DiskFull where a few more answers are all that there is room for."""
        if shutil.disk_usage(self._file.parent).free < ROOM_BYTES:
            raise disk_full(self._address)

    def _found(self) -> tuple[int, int]:
        try:
            found = self._file.stat()
        except OSError:
            raise removed(self._address) from None
        return found.st_dev, found.st_ino


def refuse_left_over_log(address: Address) -> None:
    """Before the file is opened. Raises LeftOverLog."""
    file = address.file
    if file is not None and has_log(file) and is_sealed(file):
        raise left_over_log(address)


def has_log(file: Path) -> bool:
    """Whether a write-ahead log with something in it lies beside the file."""
    try:
        return beside(file, "-wal").stat().st_size > 0
    except OSError:
        return False


def is_sealed(file: Path) -> bool:
    """Whether the file itself, without a log, bears the mark.

    Read by SQLite: if we opened and closed the file, the system would drop the locks that SQLite
    holds on it in this process.
    """
    try:
        with closing(sqlite3.connect(uri(file, "mode=ro&immutable=1"), uri=True)) as connection:
            return bool(connection.execute("PRAGMA application_id").fetchone()[0] == SEALED)
    except sqlite3.Error:  # whoever opens it is told why
        return False


def unseal(connection: Any) -> None:
    """Takes the mark away and begins a write-ahead log. SQLite waits for no lock here: we do."""
    give_up = time.monotonic() + BUSY_SECONDS
    while True:
        try:
            return _unsealed(connection)
        except sqlite3.OperationalError as error:
            if "locked" not in str(error) or time.monotonic() > give_up:
                raise
            time.sleep(0.05)


def _unsealed(connection: Any) -> None:
    if connection.execute("PRAGMA journal_mode").fetchone()[0] == "wal":
        return
    if connection.execute("PRAGMA application_id").fetchone()[0] == SEALED:
        connection.execute("PRAGMA application_id = 0")
    connection.execute("PRAGMA journal_mode = WAL")


def seal(file: Path) -> bool:
    """Carries the log over into the file and marks it. False: somebody else has it open."""
    try:
        with closing(sqlite3.connect(uri(file, "mode=rw"), uri=True, timeout=0.2)) as connection:
            connection.isolation_level = None
            # Held until the connection is closed, so that nobody begins a log in between.
            connection.execute("PRAGMA locking_mode = EXCLUSIVE")
            connection.execute("PRAGMA synchronous = FULL")
            connection.execute("PRAGMA journal_mode = DELETE")
            connection.execute(f"PRAGMA application_id = {SEALED}")
    except (sqlite3.Error, UnicodeError):  # of a damaged file even the error may be no text
        return False
    return True


def beside(file: Path, ending: str) -> Path:
    """The file that SQLite keeps beside another: its log (-wal), the log's index (-shm)."""
    return file.with_name(file.name + ending)


def uri(file: Path, options: str) -> str:
    """A file as SQLite's own kind of address."""
    return f"{file.absolute().as_uri()}?{options}"


def sync_folder(folder: Path) -> None:
    """Makes the names in a folder as durable as what is in the files."""
    if os.name == "nt":  # folders cannot be opened there
        return
    opened = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(opened)
    finally:
        os.close(opened)
