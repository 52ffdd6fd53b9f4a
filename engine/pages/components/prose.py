"""A card's prose with its pictures, step by step or as a whole: card page, lesson, preview.

Pictures with controls are a playground, the others a chart that stands still.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Protocol

import streamlit as st

from engine.content import Card, Placed, Step
from engine.course import TRY, play_of
from engine.i18n import say
from engine.pages.components.playground import draw_chart, playground
from engine.pages.guard import apart
from engine.pages.session import Session
from engine.questions import Template


class Compiled(Protocol):
    """Where a card's questions are, for cards whose picture is that of a question: a course, or
    what the editor's check made of a text.
    """

    @property
    def templates(self) -> Mapping[str, Template]: ...


def show_step(
    session: Session,
    course: Compiled,
    card: Card,
    step: Step,
    key: str,
    *,
    language: str | None = None,
    heading: Callable[..., object] = st.header,
) -> None:
    """One step: its title, its words, the pictures between them, each with its caption below.

    key: where on the page, so that the pictures' widgets do not mix. language: None: the reader's.
    """
    language = language or session.person.language
    if step.title is not None:
        heading(step.heading(language), anchor=False)
    for number, part in enumerate(step.parts(language)):
        if isinstance(part, str):
            st.markdown(part)
            continue
        with apart():
            show_picture(session, course, card, part, f"{key}-{number}", language)


def show_prose(
    session: Session,
    course: Compiled,
    card: Card,
    key: str,
    *,
    language: str | None = None,
    heading: Callable[..., object] = st.header,
) -> None:
    """All steps below one another."""
    for number, step in enumerate(card.steps, 1):
        within = f"{key}-step{number}"
        show_step(session, course, card, step, within, language=language, heading=heading)


def show_picture(
    session: Session, course: Compiled, card: Card, placed: Placed, key: str, language: str
) -> None:
    """A picture and its caption. Nothing is drawn of one that is not there, which is an error."""
    play = play_of(card, course.templates, placed.name)
    if play is None:
        text = say("The picture “{name}” cannot be drawn.", name=placed.name)
        st.info(session.translate(text), icon=":material/image_not_supported:")
    elif play.controls:
        playground(session, play, key, language, placed.caption)
        return
    else:
        draw_chart(session, play, play.experiment, language, key)
    if placed.caption:
        st.caption(placed.caption)


def places_try(card: Card, language: str) -> bool:
    """Whether the prose has the chart of `try:` in it, so that it need not stand below."""
    parts = (part for step in card.steps for part in step.parts(language))
    return any(isinstance(part, Placed) and part.name == TRY for part in parts)
