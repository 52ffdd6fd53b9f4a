"""Learners and instructors over one course and one store."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from engine.authoring.editor import Editor
from engine.course import StoredCourse
from engine.storage import Store
from engine.study import Study


@dataclass(frozen=True)
class Workshop:
    """What learners study, and what instructors edit."""

    course: StoredCourse
    study: Study
    editor: Editor


def open_workshop(folder: Path, store: Store) -> Workshop:
    """The one place where the rooms are put together.

    Raises OtherCourse where the database is of another course, StorageError.
    """
    course = StoredCourse(folder, store.revisions)
    return Workshop(course, Study(course, store), Editor(store, course))
