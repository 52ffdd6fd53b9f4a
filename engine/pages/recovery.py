"""A page that the database left in the lurch comes back by itself."""

from __future__ import annotations

from datetime import timedelta

import streamlit as st

from engine.i18n import say
from engine.pages import clock
from engine.pages import session as sessions
from engine.pages.resources import open_study
from engine.storage import (
    Busy,
    DiskFull,
    ReadOnly,
    Removed,
    Replaced,
    StorageError,
    Unreachable,
)

RETRY = timedelta(seconds=3)
#: What may be over without anybody doing something on the page.
PASSING = (Busy, DiskFull, ReadOnly, Removed, Replaced, Unreachable)


def come_back_after(error: Exception) -> None:
    """Draws the page anew as soon as the database can be written again. Shows nothing."""
    if isinstance(error, PASSING):
        _look([])


@st.fragment(run_every=RETRY)
def _look(looks: list[None]) -> None:
    """looks: empty the first time, which is while the trouble is being said."""
    if not looks:
        looks.append(None)
        return
    try:
        open_study().store.beat(clock.now())
    except StorageError:
        return
    session = st.session_state.get(sessions.KEY)
    if session is not None and session.trouble is not None:
        session.trouble = say("The database answers again. Your last click was not carried out.")
    st.rerun()
