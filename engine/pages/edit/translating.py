"""The English text on one side, its translation on the other, with what is left to do."""

from __future__ import annotations

import html

import streamlit as st

from engine.authoring import MOST_REVISIONS, PROSE, Outdated, nothing_translated, outdated, skeleton
from engine.content import Problem
from engine.course import Checked, word_diff
from engine.i18n import DEFAULT_LANGUAGE, LANGUAGES, say, say_count
from engine.pages import clock
from engine.pages.edit.history import diff_html
from engine.pages.edit.source import HEIGHT, go_to, language_of, problems, source
from engine.pages.edit.state import EditorState
from engine.pages.guard import guarded_click
from engine.pages.session import Session
from engine.storage import Texts

#: What the check says of words that a translation lacks.
LACKING = (
    "no-translation",
    "missing-item",
    "missing-section",
    "steps-differ",
    "untranslated",
    "place-holding",
)


def translation(session: Session, state: EditorState, checked: Checked) -> None:
    """Both files side by side."""
    translate = session.translate
    languages = session.study.course(clock.now()).content.syllabus.languages
    others = [code for code in languages if code != DEFAULT_LANGUAGE]
    if not others:
        st.info(translate(say("This course is in one language only.")))
        return
    language = state.file if state.file in others else others[0]
    if len(others) > 1:
        st.session_state["edit-into"] = language
        st.segmented_control(
            translate(say("Into")),
            others,
            format_func=lambda code: LANGUAGES.get(code, code),
            required=True,
            key="edit-into",
            on_change=_into,
            args=(state,),
        )
    state.file = language
    found = [problem for problem in checked.problems if language_of(problem) == language]
    with st.container(key="edit-left"):
        _left_to_do(session, state, language, [p for p in found if p.code in LACKING])
    before, after = st.columns(2, gap="medium")
    with before:
        st.caption(LANGUAGES[DEFAULT_LANGUAGE])
        english = html.escape(state.texts.get(DEFAULT_LANGUAGE, ""))
        with st.container(height=HEIGHT, key="edit-english"):
            st.html(f'<pre class="diff" tabindex="0" lang="en">{english}</pre>')
    with after:
        with st.container(key="edit-begin"):
            english_text = state.texts.get(DEFAULT_LANGUAGE, "")
            if nothing_translated(state.texts.get(language, ""), english_text):
                st.button(
                    translate(say("Begin with the English words and headings")),
                    key="edit-skeleton",
                    on_click=_begin,
                    args=(state, language),
                )
        source(session, state)
        problems(session, state, found)


@guarded_click
def _into(state: EditorState) -> None:
    state.file = str(st.session_state["edit-into"])


@guarded_click
def _begin(state: EditorState, language: str) -> None:
    made = skeleton(state.texts.get(DEFAULT_LANGUAGE, ""))
    state.replace_texts({**state.texts, language: made})


def _left_to_do(
    session: Session, state: EditorState, language: str, lacking: list[Problem]
) -> None:
    """What is missing and what is out of date, each with a way there."""
    translate = session.translate
    old = outdated(_states(state), language)
    if not lacking and not old:
        st.success(
            translate(say("Nothing is missing, and nothing is out of date.")),
            icon=":material/check_circle:",
        )
        return
    with st.container(key="edit-to-translate", gap="xsmall"):
        if lacking:
            label = say_count("{count} text is missing", "{count} texts are missing", len(lacking))
            st.badge(translate(label), color="orange")
        for number, problem in enumerate(lacking):
            with st.container(horizontal=True, vertical_alignment="top"):
                _to(session, state, f"missing-{number}", language, problem.place.line)
                st.text(translate(problem.found))
        if old:
            label = say_count(
                "{count} item is out of date", "{count} items are out of date", len(old)
            )
            st.badge(translate(label), color="red")
        for number, item in enumerate(old):
            _out_of_date(session, state, language, number, item)


def _out_of_date(
    session: Session, state: EditorState, language: str, number: int, item: Outdated
) -> None:
    translate = session.translate
    name = translate(say("The text")) if item.item == PROSE else item.item
    with st.container(horizontal=True, vertical_alignment="top"):
        _to(session, state, f"old-{number}", language, item.line)
        with st.expander(
            translate(say("{item}: what changed in English since it was translated", item=name))
        ):
            st.html(diff_html(word_diff(item.before, item.now)))


def _to(session: Session, state: EditorState, name: str, language: str, line: int) -> None:
    st.button(
        f"{LANGUAGES.get(language, language)} {line}",
        key=f"edit-to-{name}",
        on_click=go_to,
        args=(state, language, line),
        help=session.translate(say("Go to this line")),
    )


def _states(state: EditorState) -> list[Texts]:
    """The card's last saved states, oldest first, and what is typed."""
    return [*state.saved_states(MOST_REVISIONS), state.texts]
