"""Hands over what is typed into Streamlit's fields, whatever became of focus and connection."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from streamlit.components.v2 import component

SCRIPT = Path(__file__).with_name("fields.js").read_text(encoding="utf-8")
_keeper: Any = component("simcards_fields", js=SCRIPT)


def keep_fields(session: str, commits: Mapping[str, int]) -> None:
    """Puts the keeper on the page; once a run.

    session: changes with every session of the server's. commits: the key of a field -> how often
    its text arrived for good, so that the browser forgets its copy.
    """
    _put("fields", session, commits)


def confirm_commits(place: str, commits: Mapping[str, int]) -> None:
    """Tells the keeper what arrived, from a part of the page that is drawn anew by itself."""
    _put(f"fields-{place}", None, commits)


def _put(key: str, session: str | None, commits: Mapping[str, int]) -> None:
    data = {"session": session, "commits": dict(commits)}
    _keeper(key=key, data=data, height=0, on_again_change=_nothing)


def _nothing() -> None:
    """A run is all that the browser asks for."""
