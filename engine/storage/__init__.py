"""All that lasts: an append-only log of answers, and the memories that are its cache."""

from engine.storage.asides import Asides
from engine.storage.copying import InUse, OntoItself, back_up, restore
from engine.storage.credentials import TOKEN_LASTS, Credentials
from engine.storage.drafts import Drafts
from engine.storage.edit_records import (
    BY_APP,
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
from engine.storage.fits import Fits
from engine.storage.learners import Learners
from engine.storage.lessons import Lessons
from engine.storage.log import Log
from engine.storage.marks import Mark
from engine.storage.memories import Difference, Memories
from engine.storage.opening import checked_address, open_store
from engine.storage.records import (
    Answer,
    Fit,
    HowMet,
    Learner,
    Lesson,
    LessonRow,
    LoggedAnswer,
    LoggedUndo,
    LogRow,
    Mode,
    NewFit,
    Recorded,
    Settings,
    Undone,
)
from engine.storage.reports import Reports
from engine.storage.revisions import Revisions
from engine.storage.store import Store

__all__ = [
    "BY_APP",
    "TOKEN_LASTS",
    "Answer",
    "Asides",
    "Busy",
    "Credentials",
    "Damaged",
    "Difference",
    "DiskFull",
    "Draft",
    "Drafts",
    "Fit",
    "Fits",
    "Head",
    "HowMet",
    "InUse",
    "Learner",
    "Learners",
    "LeftOverLog",
    "Lesson",
    "LessonRow",
    "Lessons",
    "Log",
    "LogRow",
    "LoggedAnswer",
    "LoggedUndo",
    "Mark",
    "Memories",
    "Mode",
    "NewFit",
    "NewReport",
    "NewRevision",
    "NewerDatabase",
    "OntoItself",
    "Origin",
    "ReadOnly",
    "Recorded",
    "Removed",
    "Replaced",
    "Report",
    "Reports",
    "Revision",
    "Revisions",
    "Settings",
    "Stale",
    "StorageError",
    "Store",
    "Texts",
    "Undone",
    "Unreachable",
    "back_up",
    "checked_address",
    "open_store",
    "restore",
]
