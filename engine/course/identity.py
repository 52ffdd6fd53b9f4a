"""A database is of one course: a second one is refused before anything of it is taken in."""

from __future__ import annotations

from engine.course.sync import FileSync
from engine.i18n import Message, say
from engine.storage import Revisions, StorageError


class OtherCourse(StorageError):
    """The content folder and the database belong to two courses.

    Whoever opens a page may read why: there is no path, user or host in it.
    """

    def __init__(self, detail: Message) -> None:
        super().__init__(detail)
        self.message = detail


def check_course(id: str | None, sync: FileSync, revisions: Revisions) -> None:
    """Raises OtherCourse where the database is of another course than the content folder.

    id: what course.toml says; where it, or the database, says none (as before there were ids), two
    that share no card at all are two courses. The first course that comes gives the database its
    id. Raises StorageError.
    """
    kept = revisions.course()
    if id is not None and kept is not None:
        if id != kept:
            raise OtherCourse(_other(id, kept))
        return
    ours, theirs = set(sync.cards_on_disk()), {head.card for head in revisions.heads()}
    if ours and theirs and not ours & theirs:
        raise OtherCourse(_strangers(id, kept))
    if id is not None and ours and revisions.name_course(id) != id:
        raise OtherCourse(_other(id, revisions.course() or ""))


def _other(id: str, kept: str) -> Message:
    return say(
        "This database is of the course “{kept}”, and the content folder holds the course “{id}”. "
        "A database keeps one course: give this one a database of its own (SIMCARDS_DATABASE_URL "
        "or SIMCARDS_DATA), or name the folder of “{kept}” in SIMCARDS_CONTENT. If it is the same "
        'course under a new name, write id = "{kept}" into course.toml. Nothing was changed.',
        id=id,
        kept=kept,
    )


def _strangers(id: str | None, kept: str | None) -> Message:
    name = kept or id
    if name is not None:
        return say(
            "The content folder and the database share no card, so they seem to be two courses, "
            "one of them “{name}”. A database keeps one course: give this one a database of its "
            "own (SIMCARDS_DATABASE_URL or SIMCARDS_DATA), or name the other content folder in "
            "SIMCARDS_CONTENT. Nothing was changed.",
            name=name,
        )
    return say(
        "The content folder and the database share no card, so they seem to be two courses. A "
        "database keeps one course: give this one a database of its own (SIMCARDS_DATABASE_URL or "
        "SIMCARDS_DATA), or name the other content folder in SIMCARDS_CONTENT. Nothing was changed."
    )
