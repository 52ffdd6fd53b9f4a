"""Writing and editing the course: what instructors do, in the app or with files."""

from engine.authoring.assembly import Workshop, open_workshop
from engine.authoring.author import Author, NotAllowed
from engine.authoring.checking import Checked, Checker
from engine.authoring.editor import (
    AskRenames,
    Conflict,
    EditError,
    Editor,
    Opened,
    Refused,
    Saved,
    SaveResult,
    as_saved,
    decided_texts,
)
from engine.authoring.merging import Change, Chunk, Merged, merge, word_diff
from engine.authoring.sync import Intake, texts_digest

__all__ = [
    "AskRenames",
    "Author",
    "Change",
    "Checked",
    "Checker",
    "Chunk",
    "Conflict",
    "EditError",
    "Editor",
    "Intake",
    "Merged",
    "NotAllowed",
    "Opened",
    "Refused",
    "SaveResult",
    "Saved",
    "Workshop",
    "as_saved",
    "decided_texts",
    "merge",
    "open_workshop",
    "texts_digest",
    "word_diff",
]
