"""The notes of a content folder, read again only when something changed."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from threading import Lock

from engine.content import Content, Problem
from engine.content.files.folder import Folder, Mark
from engine.content.files.problems import Place, as_id, clip, in_order, is_id
from engine.i18n import say
from engine.notes.checks import check_notes, claims_of
from engine.notes.model import Note, Notes
from engine.notes.reading import (
    CONTRADICTIONS_FILE,
    FOLDER,
    OPEN_FILE,
    read_contradictions,
    read_note,
    read_open_questions,
)


class NotesReader:
    """Reads content/notes. Safe to share between threads."""

    def __init__(self, folder: Path) -> None:
        self._folder = Folder(folder)
        self._lock = Lock()
        self._marks: dict[str, Mark] = {}
        self._content: Content | None = None
        self._notes = Notes()

    def read(self, content: Content) -> Notes:
        """The notes beside this content: the same object as last time if nothing changed.

        Whatever is in the folder, nothing is raised: it is in the notes' `problems`.
        """
        with self._lock:
            names = (n for n in self._folder.names(FOLDER) if n.endswith(".toml"))
            marks = {f"{FOLDER}/{name}": self._folder.mark(f"{FOLDER}/{name}") for name in names}
            if content is not self._content or marks != self._marks:
                self._notes = self._read(sorted(marks), content)
                self._content, self._marks = content, marks
            return self._notes

    def _read(self, files: list[str], content: Content) -> Notes:
        notes: dict[str, Note] = {}
        found = Notes(claims=claims_of(content))
        problems: list[Problem] = []
        languages = content.course.languages
        for file in files:
            told = self._folder.read(file)
            if told is None:  # deleted just now
                continue
            wrong: tuple[Problem, ...]
            if file == CONTRADICTIONS_FILE:
                contradictions, wrong = read_contradictions(told, languages)
                found = replace(found, contradictions=contradictions)
            elif file == OPEN_FILE:
                questions, wrong = read_open_questions(told, languages)
                found = replace(found, questions=questions)
            elif not is_id(file.removeprefix(f"{FOLDER}/").removesuffix(".toml")):
                wrong = (_misnamed(file),)
            else:
                note, wrong = read_note(told, file, languages)
                if note is not None:
                    notes[note.id] = note
            problems.extend(wrong)
        found = replace(found, notes=notes)
        problems.extend(check_notes(found, content))
        return replace(found, problems=in_order(problems))


def _misnamed(file: str) -> Problem:
    shown = file.encode("utf-8", "replace").decode()
    name = shown.rpartition("/")[2]
    return Problem(
        "error",
        Place(shown, 1),
        "bad-id",
        say("a file “{name}”", name=clip(name)),
        say("small letters and digits, joined by hyphens, at most 64"),
        say("Name it “{id}”, for example.", id=f"{as_id(name.removesuffix('.toml'))}.toml"),
    )
