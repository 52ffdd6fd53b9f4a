"""Reads all of a SQLite file, to find damage in places that nobody has asked for yet."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from threading import Event, Lock, Timer
from typing import Any

from sqlalchemy import Connection, exc

from engine.storage.address import Address
from engine.storage.errors import damaged

#: Not integrity_check: comparing every index with its table takes many times as long.
LOOKS = "PRAGMA quick_check(1)"
#: Seconds that reading may take: a file so large is left to the backups.
INSPECTION_SECONDS = 120.0
#: Seconds between two attempts to stop it: an interrupt that comes too early is lost.
AGAIN_SECONDS = 0.05


class Inspection:
    """One at a time, which can be called off: nobody stops a server by waiting for it."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._driver: Any = None
        self._ended = Event()
        self._ended.set()

    def run(self, connection: Connection, address: Address, seconds: float) -> bool:
        """False: time was up, or it was called off. Raises Damaged."""
        with self._lock, self._watched(connection, seconds):
            try:
                found = connection.exec_driver_sql(LOOKS).scalar()
            except exc.OperationalError as error:
                if "interrupted" in str(error.orig):
                    return False
                raise
        if found != "ok":
            raise damaged(address, str(found).strip().splitlines()[-1])
        return True

    def call_off(self) -> None:
        """Ends one that is under way."""
        while not self._ended.is_set():
            driver = self._driver
            if driver is not None:
                driver.interrupt()
            self._ended.wait(AGAIN_SECONDS)

    @contextmanager
    def _watched(self, connection: Connection, seconds: float) -> Iterator[None]:
        self._driver = connection.connection.dbapi_connection
        self._ended.clear()
        timer = Timer(seconds, self._driver.interrupt)
        timer.daemon = True
        timer.start()
        try:
            yield
        finally:
            timer.cancel()
            timer.join()
            self._driver = None
            self._ended.set()
