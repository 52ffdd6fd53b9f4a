"""The course of a content folder, read again at every look: from its files, or with revisions."""

from __future__ import annotations

import hashlib
from datetime import datetime, timedelta
from pathlib import Path
from threading import Lock

from engine.content import Files, Notes, Problem
from engine.course.checking import Checker
from engine.course.identity import check_course
from engine.course.model import Course, build_course
from engine.course.reader import ContentReader, Snapshot
from engine.course.stored_files import StoredFiles
from engine.course.sync import FileSync
from engine.storage import Revisions

#: How long a look at the content folder is good for, so that one click does not walk it twice.
FRESH = timedelta(seconds=2)
#: Cards whose newest revision learners do not see, with that revision.
HeldBack = tuple[tuple[str, int], ...]


class CourseFolder:
    """The course as the files have it. Safe to share between threads."""

    def __init__(self, folder: Path, files: Files | None = None) -> None:
        """files: where the cards are, if not in `folder` itself."""
        self.folder = folder
        self.reader = ContentReader(folder if files is None else files)
        self._lock = Lock()
        self._made_of: tuple[Snapshot, tuple[Problem, ...]] | None = None
        self._course: Course | None = None
        self._version = ""
        self._looked: datetime | None = None

    def current(self, now: datetime) -> Course:
        """The course as it is; what did not change is not parsed again."""
        with self._lock:
            return self._current(now)

    def version(self, now: datetime) -> str:
        """Another text for another course; the same on every server that has the same one."""
        with self._lock:
            self._current(now)
            if not self._version and self._made_of is not None:
                self._version = _version_of(*self._made_of)
            return self._version

    def changed(self) -> None:
        """Something was saved just now: the next look is not to wait."""
        with self._lock:
            self._looked = None

    def notes(self, now: datetime) -> Notes:
        """The notes as the files have them."""
        return self.current(now).content.notes

    def _current(self, now: datetime) -> Course:
        if self._course is not None and self._looked is not None:
            age = now - self._looked
            if timedelta(0) <= age < FRESH:
                return self._course
        self._look(now)
        read = self.reader.snapshot()
        also = self._left_out(read)
        self._looked = now
        before = self._made_of
        if self._course is None or before is None or before[0] is not read or before[1] != also:
            self._course, self._made_of = build_course(read, also), (read, also)
            self._version = ""
        return self._course

    def _look(self, now: datetime) -> None:
        """What is to be done before the files are read."""

    def _left_out(self, read: Snapshot) -> tuple[Problem, ...]:
        """What is wrong with cards that are not among the files."""
        del read  # all of them are
        return ()


class StoredCourse(CourseFolder):
    """The course whose cards are the newest good revisions, in step with the folder's files.

    Files that were changed outside the app are taken in at every look. Raises OtherCourse where the
    database is of another course, at a look too if that comes later.
    """

    def __init__(self, folder: Path, revisions: Revisions) -> None:
        self._revisions = revisions
        self._stored = StoredFiles(folder, revisions)
        super().__init__(folder, self._stored)
        self.checker = Checker(self.reader)
        self.sync = FileSync(folder, revisions, self.checker)
        self._caught_up = False
        #: The id of the course that the database was last found to be of.
        self._identified: tuple[str | None] | None = None
        self._last_errors: tuple[Snapshot, HeldBack, tuple[Problem, ...]] | None = None
        self._identify()

    def refresh(self) -> None:
        """Looks for revisions of others, and takes no file in. Raises StorageError."""
        self._stored.refresh()

    def _look(self, now: datetime) -> None:
        self._identify()
        self.sync.look(now)
        if not self._caught_up:  # only at the start: later somebody may look at an old state
            self._caught_up = True
            self.sync.catch_up()
        self.refresh()

    def _identify(self) -> None:
        """Asked again where course.toml says another id than before."""
        id = self.reader.syllabus().id
        if self._identified != (id,):
            check_course(id, self.sync, self._revisions)
            self._identified = (id,)

    def _left_out(self, read: Snapshot) -> tuple[Problem, ...]:
        """Why some cards' newest revision does not reach learners, and some files neither."""
        held = tuple(sorted(self._stored.held_back.items()))
        last = self._last_errors
        if last is None or last[0] is not read or last[1] != held:
            last = self._last_errors = read, held, self._errors(held, read)
        return (*self.sync.problems, *last[2])

    def _errors(self, held: HeldBack, read: Snapshot) -> tuple[Problem, ...]:
        checks = [
            self.checker.check(card, self._revisions.texts(revision), read)
            for card, revision in held
        ]
        return tuple(error for one in checks if not one.withdrawn for error in one.errors)


def _version_of(read: Snapshot, also: tuple[Problem, ...]) -> str:
    content = read.content
    beside = (content.syllabus, content.sources, content.glossary, content.findings, also)
    sha = hashlib.sha256(repr(beside).encode())
    for card in content.cards.values():
        sha.update(card.digest.encode())
    return sha.hexdigest()[:16]
