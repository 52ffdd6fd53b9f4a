"""A question of a card that is being written, answered as a learner would; nothing is recorded."""

from __future__ import annotations

import streamlit as st

from engine import questions
from engine.content import Card
from engine.i18n import plain, say
from engine.pages import clock
from engine.pages.edit.state import SEED, EditorState
from engine.pages.formatting import percent
from engine.pages.guard import guarded_click
from engine.pages.session import Session
from engine.pages.study import actions, question, reveal
from engine.questions import Malformed, Template
from engine.study import STATED, PresentedQuestion, preview_feedback, preview_of


def preview_question(
    session: Session, state: EditorState, card: Card, template: Template, language: str
) -> None:
    """The seed, the question with its real widgets, and after an answer the real reveal."""
    translate = session.translate
    with st.container(horizontal=True, vertical_alignment="bottom"):
        seed = st.number_input(
            translate(say("Seed")),
            min_value=0,
            max_value=questions.LARGEST_SEED,
            step=1,
            key=SEED,
            width=180,
        )
        st.button(translate(say("Other numbers")), key="edit-other", on_click=_other)
    try:
        variant = questions.draw(template, int(seed), language)
    except questions.DrawError as error:
        st.error(plain(translate(error.message)), icon=":material/cancel:")
        return
    except Exception as error:  # whatever a simulation may raise
        st.error(plain(f"{type(error).__name__}: {error}"[:300]), icon=":material/cancel:")
        return
    shown = preview_of(session.person, card, template, variant, state.attempt)
    st.markdown(variant.prompt)
    answered = state.answered
    if answered is None or answered[0] != shown.id:
        _ask(session, state, shown)
        return
    feedback = preview_feedback(session.person, shown, answered[1], answered[2], clock.now())
    if isinstance(feedback, Malformed):
        _ask(session, state, shown)
        st.warning(plain(translate(feedback.why)), icon=":material/edit:")
        return
    reveal.answer_feedback(session, feedback, None)
    st.button(translate(say("Answer it again")), key="edit-again", on_click=_again, args=(state,))


def _ask(session: Session, state: EditorState, shown: PresentedQuestion) -> None:
    translate = session.translate
    question.WIDGETS[shown.variant.kind](session, shown)
    st.markdown(translate(say("How sure are you?")))
    with st.container(horizontal=True, key="sure"):
        for level, (word, stated) in enumerate(zip(question.SURENESS, STATED, strict=True)):
            st.button(
                f"{translate(word)} · {percent(stated)}",
                key=f"edit-sure-{level}",
                on_click=_answer,
                args=(state, shown, level),
            )
    hints = questions.hints(shown.template, shown.variant, shown.language)
    for number, hint in enumerate(hints, 1):
        label = say("Hint") if len(hints) == 1 else say("Hint {n}", n=number)
        with st.expander(translate(label)):
            st.markdown(hint)
    st.caption(translate(say("Nothing you answer here is recorded or scheduled.")))


@guarded_click
def _answer(state: EditorState, shown: PresentedQuestion, level: int) -> None:
    state.answered = shown.id, actions.given_answer(shown), level


@guarded_click
def _again(state: EditorState) -> None:
    state.attempt += 1


@guarded_click
def _other() -> None:
    st.session_state[SEED] = clock.fresh_seed()
