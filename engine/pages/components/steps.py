"""A step of a card, with its pictures where they stand."""

from __future__ import annotations

import streamlit as st

from engine.content import Card, Placed, Step
from engine.course import Course
from engine.pages.library.playground import playground
from engine.pages.session import Session


def show_step(session: Session, course: Course, card: Card, step: Step, key: str) -> None:
    """Its Markdown and its pictures, each with its caption below. key: where on the page."""
    language = session.person.language
    for part in step.parts(language):
        if not isinstance(part, Placed):
            st.markdown(part)
            continue
        play = course.play(card, part.name)
        if play is not None:
            playground(session, play, f"{key}-{card.id}-{part.name}", language)
        st.caption(part.caption)
