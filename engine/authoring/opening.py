"""The parts of an app in which cards are edited, put together."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from engine.authoring.checking import Checker
from engine.authoring.editor import Editor
from engine.authoring.intake import Intake
from engine.cards import Problem
from engine.storage import Store
from engine.study import CourseFolder, Study
from engine.study.stored_files import StoredFiles


@dataclass(frozen=True)
class Workshop:
    """What learners study, and what instructors edit, over one folder and one store.

    refresh: looks for revisions of others, and takes no file in.
    """

    study: Study
    editor: Editor
    refresh: Callable[[], object]


def open_workshop(folder: Path, store: Store) -> Workshop:
    """Files that were changed outside the app are taken in at every look at the course."""
    files = StoredFiles(folder, store.editing)

    def look(now: datetime) -> None:
        intake.look(checker.alone, now)
        files.refresh()

    def held_back() -> tuple[Problem, ...]:
        """Why some cards' newest revision does not reach learners."""
        told = [*intake.problems]
        for card, revision in files.held_back.items():
            checked = checker.check(card, store.editing.texts(revision))
            if not checked.withdrawn:
                told.extend(checked.errors)
        return tuple(told)

    course = CourseFolder(folder, files, look, held_back)
    checker = Checker(course.reader, course.compiled)
    intake = Intake(folder, store.editing, course.reader.languages)
    return Workshop(Study(course, store), Editor(store, checker, intake), files.refresh)
