"""All that lasts: an append-only log of answers, and the memories that are its cache."""

from engine.storage.copying import InUse, OntoItself, back_up, restore
from engine.storage.edit_records import (
    Draft,
    Head,
    NewReport,
    NewRevision,
    Origin,
    Report,
    Revision,
    Stale,
    Texts,
)
from engine.storage.editing import Editing
from engine.storage.errors import (
    Busy,
    Damaged,
    DiskFull,
    LeftOverLog,
    NewerDatabase,
    ReadOnly,
    Removed,
    Replaced,
    StorageError,
    Unreachable,
)
from engine.storage.opening import checked_address, open_store
from engine.storage.people import People
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
    "Damaged",
    "DiskFull",
    "Draft",
    "Editing",
    "Head",
    "InUse",
    "Learner",
    "LeftOverLog",
    "LogRow",
    "LoggedAnswer",
    "LoggedUndo",
    "Mode",
    "NewReport",
    "NewRevision",
    "NewerDatabase",
    "OntoItself",
    "Origin",
    "People",
    "ReadOnly",
    "Recorded",
    "Removed",
    "Replaced",
    "Report",
    "Revision",
    "Settings",
    "Stale",
    "StorageError",
    "Store",
    "Texts",
    "Undone",
    "Unreachable",
    "back_up",
    "check",
    "checked_address",
    "open_store",
    "restore",
]
