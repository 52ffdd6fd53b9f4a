"""A question of a card that is being written, answered as a learner would; nothing is recorded."""

from __future__ import annotations

import streamlit as st

from engine import questions
from engine.content import Card
from engine.i18n import plain, say
from engine.pages import clock
from engine.pages.formatting import percent
from engine.pages.guard import guarded_click
from engine.pages.study import actions, question, reveal
from engine.pages.visit import Visit
from engine.questions import Malformed, Template
from engine.study import STATED, Presentation, presented, tried

SEED = "edit-seed"
ATTEMPT = "edit-attempt"
#: The presentation that was answered, the answer as text, and how sure its author was.
TRIED = "edit-tried"


def try_question(visit: Visit, card: Card, template: Template, language: str) -> None:
    """The seed, the question with its real widgets, and after an answer the real reveal."""
    translate = visit.translate
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
    attempt = int(st.session_state.get(ATTEMPT, 0))
    shown = presented(visit.person, card, template, variant, attempt)
    st.markdown(variant.prompt)
    answered = st.session_state.get(TRIED)
    if answered is None or answered[0] != shown.id:
        _ask(visit, shown)
        return
    told = tried(visit.person, shown, answered[1], answered[2], clock.now())
    if isinstance(told, Malformed):
        _ask(visit, shown)
        st.warning(plain(translate(told.why)), icon=":material/edit:")
        return
    reveal.told(visit, told, None)
    st.button(translate(say("Answer it again")), key="edit-again", on_click=_again)


def _ask(visit: Visit, shown: Presentation) -> None:
    translate = visit.translate
    assert shown.template is not None
    assert shown.variant is not None
    question.WIDGETS[shown.variant.kind](visit, shown)
    st.markdown(translate(say("How sure are you?")))
    with st.container(horizontal=True, key="sure"):
        for level, (word, stated) in enumerate(zip(question.SURENESS, STATED, strict=True)):
            st.button(
                f"{translate(word)} · {percent(stated)}",
                key=f"edit-sure-{level}",
                on_click=_answer,
                args=(shown, level),
            )
    hints = questions.hints(shown.template, shown.variant, shown.language)
    for number, hint in enumerate(hints, 1):
        label = say("Hint") if len(hints) == 1 else say("Hint {n}", n=number)
        with st.expander(translate(label)):
            st.markdown(hint)
    st.caption(translate(say("Nothing you answer here is recorded or scheduled.")))


@guarded_click
def _answer(shown: Presentation, level: int) -> None:
    st.session_state[TRIED] = shown.id, actions.given_answer(shown), level


@guarded_click
def _again() -> None:
    st.session_state[ATTEMPT] = int(st.session_state.get(ATTEMPT, 0)) + 1


@guarded_click
def _other() -> None:
    st.session_state[SEED] = clock.fresh_seed()
