"""What a concept builds on that its learner does not know yet: said, never forbidden."""

from __future__ import annotations

import streamlit as st

from engine.content import Card
from engine.course import Course
from engine.i18n import in_language, say
from engine.pages import clock
from engine.pages import session as sessions
from engine.pages.session import Session


def builds_on(session: Session, course: Course, card: Card) -> None:
    """The names of such concepts, as links to their cards; nothing where there are none."""
    missing = session.study.lessons.not_known_yet(session.person, course, card, clock.now())
    if not missing:
        return
    with st.container(key="builds-on", border=True, gap="xxsmall"):
        text = say("This builds on what you do not know yet. You can go on all the same.")
        st.markdown(f":material/stairs: {session.translate(text)}")
        with st.container(horizontal=True):
            for other in missing:
                st.page_link(
                    sessions.page_of("library"),
                    label=in_language(other.title, session.person.language),
                    query_params={"card": other.id},
                )
