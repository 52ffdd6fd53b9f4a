"""What a learner will see of a card that is being written, with any numbers, in either language."""

from __future__ import annotations

from collections.abc import Mapping

import streamlit as st

from engine.content import Card, Flashcard, ItemLevel, Question
from engine.course import Checked, play_of
from engine.i18n import DEFAULT_LANGUAGE, LANGUAGES, Message, in_language, say
from engine.pages import clock
from engine.pages.components.playground import playground
from engine.pages.components.prose import places_try, show_prose
from engine.pages.edit.preview_question import preview_question
from engine.pages.edit.state import EditorState
from engine.pages.session import Session

PROSE = ""


def preview(session: Session, state: EditorState, checked: Checked) -> None:
    """The prose or one item, as it will look."""
    translate = session.translate
    st.markdown(f"**{translate(say('What learners see'))}**")
    card = checked.card
    if card is None:
        st.info(
            translate(say("There is nothing to see until the errors in the English file are gone."))
        )
        return
    languages = session.study.course(clock.now()).content.syllabus.languages
    with st.container(horizontal=True, vertical_alignment="bottom"):
        shown = st.selectbox(
            translate(say("Part")),
            [PROSE, *card.order],
            format_func=lambda id: id or translate(say("The text")),
            key=state.part_key,
        )
        language = st.segmented_control(
            translate(say("Language")),
            list(languages),
            format_func=lambda code: LANGUAGES.get(code, code),
            default=state.file if state.file in languages else DEFAULT_LANGUAGE,
            required=True,
            key=f"edit-language-{state.file}",
        )
    with st.container(border=True, key="preview"):
        _part(session, state, checked, card, shown, language)


def _part(
    session: Session, state: EditorState, checked: Checked, card: Card, shown: str, language: str
) -> None:
    if shown == PROSE:
        st.header(in_language(card.title, language), anchor=False)
        key = f"preview-{card.id}-{language}"
        show_prose(session, checked, card, key, language=language, heading=st.subheader)
        _try_it(session, card, checked, language)
        return
    flashcard = next((f for f in card.flashcards if f.id == shown), None)
    question = next((q for q in card.questions if q.id == shown), None)
    _asked_when(session, card, flashcard or question, language)
    if flashcard is not None:
        st.markdown(in_language(flashcard.front, language))
        st.divider()
        st.markdown(in_language(flashcard.back, language))
        return
    template = checked.templates.get(f"{state.card}/{shown}")
    if template is None:
        st.info(session.translate(say("This question cannot be drawn until its errors are gone.")))
        return
    preview_question(session, state, card, template, language)


#: When an item of each level is asked.
LEVELS: Mapping[ItemLevel, Message] = {
    "core": say("core: asked in the lesson"),
    "more": say("more: asked on later days"),
    "hard": say("hard: asked once the core items are known"),
}


def _asked_when(
    session: Session, card: Card, item: Flashcard | Question | None, language: str
) -> None:
    """The level of an item, the step that explains it, and what it stays apart from."""
    if item is None:
        return
    translate, step = session.translate, card.steps[item.step - 1]
    said = [translate(LEVELS[item.level])]
    if len(card.steps) > 1:
        said.append(translate(say("explained in step {number}", number=item.step)))
        said[-1] += f" ({step.heading(language)})" if step.title is not None else ""
    if item.apart:
        others = ", ".join(sorted(item.apart))
        said.append(translate(say("never on the same day as {others}", others=others)))
    st.caption(" · ".join(said))


def _try_it(session: Session, card: Card, checked: Checked, language: str) -> None:
    """What the card's page lets a learner play with."""
    play = None if places_try(card, language) else play_of(card, checked.templates)
    if play is not None:
        playground(session, play, f"preview-{card.id}-{language}", language)
