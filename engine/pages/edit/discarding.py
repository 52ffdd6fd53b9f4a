"""Going back to what is saved: it asks first, and can be undone, also after a reload."""

from __future__ import annotations

import streamlit as st

from engine.i18n import say
from engine.pages.edit import desk
from engine.pages.edit.desk import Desk
from engine.pages.guard import guarded_click
from engine.pages.visit import Visit


def discarding(visit: Visit, mine: Desk) -> None:
    """The button that asks, and the one that brings back what was discarded."""
    translate = visit.translate
    with st.container(key="edit-discarding", width="content"):
        if mine.changed or desk.discarded(mine) is None:
            with st.popover(translate(say("Discard my changes")), disabled=not mine.changed):
                st.markdown(translate(say("All that you typed since the last save goes away.")))
                st.button(
                    translate(say("Yes, discard it")),
                    key="edit-discard",
                    on_click=_discard,
                    args=(mine,),
                )
        else:
            st.button(
                translate(say("Bring back what was set aside")),
                key="edit-undiscard",
                on_click=_bring_back,
                args=(mine,),
            )


@guarded_click
def _discard(mine: Desk) -> None:
    desk.discard(mine)


@guarded_click
def _bring_back(mine: Desk) -> None:
    desk.bring_back(mine)
