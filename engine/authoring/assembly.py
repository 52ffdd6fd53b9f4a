"""The parts of an app in which cards are edited, put together."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from engine.authoring.checking import Checker
from engine.authoring.editor import Editor
from engine.authoring.identity import check_course
from engine.authoring.sync import Intake
from engine.content import Content, Problem
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
    """Files that were changed outside the app are taken in at every look at the course.

    Raises OtherCourse where the database is of another course, at a look too if that comes later.
    """
    files = StoredFiles(folder, store.revisions)
    told: tuple[Content, tuple[tuple[str, int], ...], tuple[Problem, ...]] | None = None

    caught_up = False
    identified: tuple[str | None] | None = None

    def identify() -> None:
        """Asked again where course.toml says another id than before."""
        nonlocal identified
        id = course.reader.course_id()
        if identified != (id,):
            check_course(id, intake, store.revisions)
            identified = (id,)

    def look(now: datetime) -> None:
        nonlocal caught_up
        identify()
        intake.look(checker.alone, now)
        if not caught_up:  # only at the start: later somebody may look at an old state on purpose
            caught_up = True
            intake.catch_up()
        files.refresh()

    def held_back() -> tuple[Problem, ...]:
        """Why some cards' newest revision does not reach learners; asked at every look."""
        nonlocal told
        content, held = course.reader.read(), tuple(sorted(files.held_back.items()))
        if told is None or told[0] is not content or told[1] != held:
            checks = [checker.check(card, store.revisions.texts(number)) for card, number in held]
            errors = (
                error for checked in checks if not checked.withdrawn for error in checked.errors
            )
            told = content, held, tuple(errors)
        return (*intake.problems, *told[2])

    course = CourseFolder(folder, files, look, held_back)
    checker = Checker(course.reader, course.compiled)
    intake = Intake(folder, store.revisions, course.reader.languages)
    identify()
    return Workshop(Study(course, store), Editor(store, checker, intake), files.refresh)
