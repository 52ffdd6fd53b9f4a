"""What an operator sets, all of it through the environment.

SIMCARDS_DATABASE_URL   where answers are kept; unset: SQLite in data/simcards.db
SIMCARDS_DATA           the folder of that file; unset: data beside app.py
SIMCARDS_CONTENT        the content folder; unset: content beside app.py
SIMCARDS_LEARNERS       "one" (default): whoever opens the app is the same learner;
                        "browser": every browser is a learner of its own, known by a cookie
"""

from __future__ import annotations

import os
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
LEARNER_COOKIE = "simcards_learner"
ONLY_LEARNER = "local"


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
    """Whether every browser is a learner of its own."""
    return os.environ.get("SIMCARDS_LEARNERS", "one").strip().lower() == "browser"
