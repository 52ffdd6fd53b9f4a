"""All that lasts: an append-only log of answers, and the memories that are its cache."""

from engine.storage.errors import (
    Busy,
    DiskFull,
    NewerDatabase,
    ReadOnly,
    StorageError,
    Unreachable,
)
from engine.storage.opening import open_store
from engine.storage.records import (
    Answer,
    Learner,
    LoggedAnswer,
    LoggedUndo,
    LogRow,
    Mode,
    Recorded,
    Settings,
    Undone,
)
from engine.storage.store import Store, check

__all__ = [
    "Answer",
    "Busy",
    "DiskFull",
    "Learner",
    "LogRow",
    "LoggedAnswer",
    "LoggedUndo",
    "Mode",
    "NewerDatabase",
    "ReadOnly",
    "Recorded",
    "Settings",
    "StorageError",
    "Store",
    "Undone",
    "Unreachable",
    "check",
    "open_store",
]
