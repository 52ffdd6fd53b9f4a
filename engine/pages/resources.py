"""What all sessions of this process share."""

from __future__ import annotations

import atexit
import logging
from dataclasses import dataclass
from pathlib import Path

import streamlit as st

from engine import authoring, configuration, logs
from engine.authoring import Workshop
from engine.pages import clock
from engine.storage import StorageError, open_store
from engine.study import Study
from engine.threads import one_thread_each

log = logging.getLogger("simcards")

#: Seconds for which a database that could not be opened is not tried again: whoever waits for the
#: same attempt hears of it at once, and not one after the other.
FAILED_SECONDS = 1.0


@dataclass(frozen=True)
class Attempt:
    """What came of opening the database, and when."""

    at: float
    workshop: Workshop | None = None
    error: StorageError | None = None

    def holds(self) -> bool:
        """Whether it need not be tried again."""
        if self.workshop is None:
            return clock.ticks() - self.at < FAILED_SECONDS
        return not self.workshop.study.store.replaced


def open_study() -> Study:
    """The study over the configured content and database. Raises StorageError."""
    return open_workshop().study


def open_workshop() -> Workshop:
    """Study and editor over the configured content and database.

    Raises StorageError while the database cannot be used; a later call tries again.
    """
    attempt = _attempt(
        configuration.database_url(), configuration.data_folder(), configuration.content_folder()
    )
    if attempt.workshop is None:
        assert attempt.error is not None
        raise attempt.error.with_traceback(None)
    return attempt.workshop


@st.cache_resource(show_spinner=False, validate=Attempt.holds, max_entries=4)
def _attempt(url: str | None, data: Path, content: Path) -> Attempt:
    one_thread_each()
    logs.set_up()
    try:
        store = open_store(url, data)
    except StorageError as error:
        return Attempt(clock.ticks(), error=error)
    # However the process ends, short of being killed, the database is left in one piece.
    atexit.register(store.close)
    try:
        return Attempt(clock.ticks(), workshop=authoring.open_workshop(content, store))
    except BaseException as error:  # another course's database, for example
        store.close()
        if isinstance(error, StorageError):
            return Attempt(clock.ticks(), error=error)
        raise


def tidy() -> None:
    """Carries what is new in SQLite's log over into its file."""
    try:
        open_study().store.checkpoint()
    except StorageError as error:
        log.error("%s", error)


def close() -> None:
    """Closes the database: all of it is in its one file then."""
    try:
        open_study().store.close()
    except StorageError as error:
        log.error("%s", error)
