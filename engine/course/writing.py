"""Cards' files, each replaced in one step and none outside of its folder."""

from __future__ import annotations

import contextlib
import errno
import os
import re
import tempfile
from collections.abc import Callable, Mapping
from pathlib import Path

from engine.content import file_name, is_id
from engine.storage import Texts

_LANGUAGE = re.compile(r"[a-z]{2,3}(?:-[A-Za-z0-9]{2,8})*")


def write_file(path: Path, text: str) -> None:
    """Replaces a file in one step; it is on the disk when this returns. Raises OSError."""
    _replace({path: text}, lambda: True)


def write_card(
    root: Path, card: str, texts: Texts, still: Callable[[], bool] = lambda: True
) -> bool:
    """Writes a card's files below `root`, and nowhere else. -> whether it did

    still: asked when only the last step is left; False leaves everything as it was. Raises
    OSError, also for links that lead out of `root`.
    """
    files: dict[Path, str] = {}
    for language, text in texts.items():
        path = root / file_name(card, language)
        if not is_id(card) or not is_language(language) or not _inside(root, path):
            raise PermissionError(errno.EPERM, "not inside of the content folder", str(path))
        files[path] = text
    return _replace(files, still)


def _replace(files: Mapping[Path, str], still: Callable[[], bool]) -> bool:
    """Replaces files, each in one step. They are on the disk, under another name, before that."""
    ready: dict[Path, Path] = {}
    try:
        for path, text in files.items():
            path.parent.mkdir(parents=True, exist_ok=True)
            if not (path.exists() and path.read_bytes() == text.encode()):
                ready[path] = _beside(path, text)
        if not still():
            return False
        for path, temporary in ready.items():
            temporary.replace(path)
        return True
    finally:
        for temporary in ready.values():
            with contextlib.suppress(OSError):
                temporary.unlink()


def _beside(path: Path, text: str) -> Path:
    """A file with this text in the same folder, with the permissions of `path`."""
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=".", suffix=".tmp")
    temporary = Path(name)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(text.encode())
            file.flush()
            os.fsync(file.fileno())
        temporary.chmod(path.stat().st_mode & 0o777 if path.exists() else 0o644)
    except BaseException:
        with contextlib.suppress(OSError):
            temporary.unlink()
        raise
    return temporary


def is_language(code: str) -> bool:
    """Whether this can stand in the name of a card's file."""
    return _LANGUAGE.fullmatch(code) is not None


def _inside(root: Path, path: Path) -> bool:
    """Whether a file is in `root` when all links on the way to it are followed."""
    return path.parent.resolve().is_relative_to(root.resolve()) and not path.is_symlink()
