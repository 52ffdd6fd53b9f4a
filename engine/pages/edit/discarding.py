"""Going back to what is saved: it asks first, and can be undone, also after a reload."""

from __future__ import annotations

import streamlit as st

from engine.i18n import say
from engine.pages.edit.state import EditorState
from engine.pages.guard import guarded_click
from engine.pages.session import Session


def discarding(session: Session, state: EditorState) -> None:
    """The button that asks, and the one that brings back what was discarded."""
    translate = session.translate
    with st.container(key="edit-discarding", width="content"):
        if state.changed or state.discarded() is None:
            with st.popover(translate(say("Discard my changes")), disabled=not state.changed):
                st.markdown(translate(say("All that you typed since the last save goes away.")))
                st.button(
                    translate(say("Yes, discard it")),
                    key="edit-discard",
                    on_click=_discard,
                    args=(state,),
                )
        else:
            st.button(
                translate(say("Bring back what was set aside")),
                key="edit-undiscard",
                on_click=_bring_back,
                args=(state,),
            )


@guarded_click
def _discard(state: EditorState) -> None:
    state.discard()


@guarded_click
def _bring_back(state: EditorState) -> None:
    state.bring_back()
