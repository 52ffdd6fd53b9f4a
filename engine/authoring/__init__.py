"""Writing and editing the course: what instructors do, in the app or with files."""

from engine.authoring.author import Author, NotAllowed
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
from engine.authoring.workshop import Workshop, open_workshop

__all__ = [
    "AskRenames",
    "Author",
    "Conflict",
    "EditError",
    "Editor",
    "NotAllowed",
    "Opened",
    "Refused",
    "SaveResult",
    "Saved",
    "Workshop",
    "as_saved",
    "decided_texts",
    "open_workshop",
]
