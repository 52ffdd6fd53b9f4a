"""“Not now”: an item is put off to tomorrow or suspended, and taken back."""

from __future__ import annotations

from datetime import date

import streamlit as st

from engine.i18n import Message, say
from engine.pages import clock
from engine.pages import session as sessions
from engine.pages.address import StudyAddress
from engine.pages.formatting import short_date
from engine.pages.guard import guarded_click
from engine.pages.session import Session
from engine.pages.study import actions
from engine.study import Presentation


def aside_menu(session: Session, shown: Presentation, address: StudyAddress) -> None:
    """The menu behind a button, under an item; for one put aside, the way back."""
    translate = session.translate
    aside = session.study.asides.of(session.person, clock.now())
    with (
        st.container(key="aside", width="content"),
        st.popover(
            translate(say("Not now **w**")), icon=":material/pause:", key=f"aside-{shown.id}"
        ),
        st.container(width=320),
    ):
        if shown.item in aside:
            st.markdown(translate(aside_words(session, aside[shown.item])))
            with st.container(key="aside-back"):
                take_back(shown.item, translate(say("Take it back **b**")))
            return
        _choices(session, shown, address)


def _choices(session: Session, shown: Presentation, address: StudyAddress) -> None:
    translate = session.translate
    with st.container(key="aside-tomorrow"):
        st.button(
            translate(say("Put it off to tomorrow **t**")),
            key=f"aside-tomorrow-{shown.id}",
            on_click=actions.put_aside,
            args=(shown, address),
            width="stretch",
        )
    with st.container(key="aside-suspend"):
        st.button(
            translate(say("Suspend it **s**")),
            key=f"aside-suspend-{shown.id}",
            on_click=actions.put_aside,
            args=(shown, address),
            kwargs={"suspend": True},
            width="stretch",
        )
    st.caption(
        translate(
            say(
                "Suspended, it is not asked until you take it back, here with Undo or on its "
                "card's page. What you know of it is kept."
            )
        )
    )


def aside_words(session: Session, until: date | None) -> Message:
    """How an item is put aside."""
    if until is None:
        return say("suspended: not asked until you take it back")
    return say("put off until {date}", date=short_date(until, session.person.language))


def take_back(item: str, label: str) -> None:
    """The button that brings an item back."""
    st.button(label, key=f"back-{item}", icon=":material/undo:", on_click=_take_back, args=(item,))


@guarded_click
def _take_back(item: str) -> None:
    session = sessions.current()
    if session.study.asides.take_back(session.person, item):
        session.notice = say("Taken back. It comes when it is due.")
