"""Reading the files of a content folder carefully, and telling cheaply whether they changed."""

# Thousands of files are looked at again and again, and pathlib takes several times as long.
# ruff: noqa: PTH116, PTH118, PTH123, PTH208
from __future__ import annotations

import os
import stat
from pathlib import Path
from typing import Protocol

from engine.content.files.problems import Place, Problem
from engine.content.files.texts import LARGEST_FILE
from engine.i18n import Message, say

CARDS = "cards"
#: What changes when a file does: kind, time, size, identity. None: there is no such file.
Mark = tuple[int, ...] | None


class Files(Protocol):
    """What a content is read from: a folder, or something that looks like one.

    Names are relative to the content, with forward slashes. See `Folder` for the methods.
    """

    def cards(self) -> tuple[str, ...] | None: ...

    def names(self, folder: str) -> tuple[str, ...]: ...

    def mark(self, name: str) -> Mark: ...

    def read(self, name: str) -> bytes | Problem | None: ...


class Folder:
    """A content folder. Nothing outside of it is read, whatever links it holds."""

    def __init__(self, root: Path) -> None:
        self._root = os.path.realpath(root)

    def cards(self) -> tuple[str, ...] | None:
        """The names of the folders of cards, sorted; None if they cannot be listed."""
        try:
            with os.scandir(os.path.join(self._root, CARDS)) as entries:
                return tuple(sorted(e.name for e in entries if _is_card(e)))
        except OSError:
            return None

    def names(self, folder: str) -> tuple[str, ...]:
        """The names in a folder; none if it cannot be listed."""
        try:
            return tuple(os.listdir(os.path.join(self._root, folder)))
        except OSError:
            return ()

    def mark(self, name: str) -> Mark:
        """What tells this version of a file from another, as far as its metadata can."""
        path = os.path.join(self._root, name)
        try:
            seen = os.lstat(path)
            if stat.S_ISLNK(seen.st_mode):
                # A link's target changes without the link, and so may a folder on the way.
                target = os.stat(path)
                return (*_mark(seen), *_mark(target))
        except FileNotFoundError:
            return None
        except OSError as error:
            return (error.errno or 0,)
        return _mark(seen)

    def read(self, name: str) -> bytes | Problem | None:
        """A file's bytes, why it cannot be read, or None if it is not there.

        At most one byte more than is allowed is read, so that its reader sees it is too much.
        """
        path = os.path.join(self._root, name)
        try:
            if not os.path.lexists(path):
                return None
            if not self._inside(path):
                return _problem(
                    name,
                    "outside",
                    say("a link to a place outside of the content folder"),
                    say("a file in the content folder"),
                    say("Put the file itself there instead of the link."),
                )
            if not stat.S_ISREG(os.stat(path).st_mode):
                return _problem(
                    name,
                    "not-a-file",
                    say("something that is not a file"),
                    say("a text file"),
                    say("Give it another name, or move it away."),
                )
            with open(path, "rb") as file:
                return file.read(LARGEST_FILE + 1)
        except OSError as error:
            return _problem(
                name,
                "unreadable",
                say("a file that cannot be read ({reason})", reason=error.strerror or error),
                say("a file that the app may read"),
                say("Check the file's permissions, and the link if it is one."),
            )

    def _inside(self, path: str) -> bool:
        real = os.path.realpath(path)
        return real.startswith(os.path.join(self._root, ""))


def _problem(name: str, code: str, found: Message, expected: Message, mend: Message) -> Problem:
    return Problem("error", Place(name, 1), code, found, expected, mend)


def _is_card(entry: os.DirEntry[str]) -> bool:
    if entry.name.startswith((".", "_")):
        return False
    # A link to nowhere is reported later, as a card that is not there.
    return entry.is_dir() or (entry.is_symlink() and not entry.is_file())


def _mark(seen: os.stat_result) -> tuple[int, ...]:
    return seen.st_mtime_ns, seen.st_ctime_ns, seen.st_size, seen.st_ino, seen.st_mode
