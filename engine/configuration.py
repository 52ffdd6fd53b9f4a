"""What an operator sets, all of it through the environment.

SIMCARDS_DATABASE_URL   where answers are kept; unset: SQLite in data/simcards.db
SIMCARDS_DATA           the folder of that file; unset: data beside app.py
SIMCARDS_CONTENT        the content folder; unset: content beside app.py
SIMCARDS_LEARNERS       "one" (default): whoever opens the app is the same learner;
                        "browser": every browser is a learner of its own, known by a cookie
SIMCARDS_INSTRUCTORS    ids of learners who may edit the course, separated by commas; "*": all.
                        Unset: the only learner may, and with "browser" nobody
"""

from __future__ import annotations

import os
from pathlib import Path

from engine.words import Message, say

ROOT = Path(__file__).resolve().parent.parent
LEARNER_COOKIE = "simcards_learner"
ONLY_LEARNER = "local"


class ConfigurationError(Exception):
    """Something an operator set cannot be used; `message` says how to mend it."""

    def __init__(self, message: Message) -> None:
        super().__init__(str(message))
        self.message = message


def database_url() -> str | None:
    """The database's address, or None for the SQLite file."""
    return os.environ.get("SIMCARDS_DATABASE_URL") or None


def data_folder() -> Path:
    """Where the SQLite file lies."""
    return Path(os.environ.get("SIMCARDS_DATA") or ROOT / "data")


def content_folder() -> Path:
    """Where course.toml, sources.toml and cards/ lie."""
    return Path(os.environ.get("SIMCARDS_CONTENT") or ROOT / "content")


def learners_by_browser() -> bool:
    """Whether every browser is a learner of its own. Raises ConfigurationError for another word."""
    told = os.environ.get("SIMCARDS_LEARNERS", "one").strip().lower()
    if told not in ("one", "browser"):
        raise ConfigurationError(
            say(
                "SIMCARDS_LEARNERS is “{told}”: expected “one” (everybody is the same learner) or "
                "“browser” (each browser is a learner of its own). Correct it and start again.",
                told=told[:40],
            )
        )
    return told == "browser"


def may_edit(learner: str) -> bool:
    """Whether a learner is an instructor. Raises ConfigurationError as `learners_by_browser`."""
    told = os.environ.get("SIMCARDS_INSTRUCTORS")
    if told is None:
        return not learners_by_browser()
    named = {name.strip() for name in told.split(",")}
    return "*" in named or learner in named
