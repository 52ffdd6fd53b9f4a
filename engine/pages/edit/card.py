"""One card in the editor: its source on one side, what a learner sees on the other."""

from __future__ import annotations

import streamlit as st

from engine.content import IN_TEXT, Snippet
from engine.course import Checked
from engine.i18n import LANGUAGES, Message, say
from engine.pages import clock, style
from engine.pages import session as sessions
from engine.pages.edit.help import help_beside
from engine.pages.edit.history import history
from engine.pages.edit.preview import preview
from engine.pages.edit.reports import reports
from engine.pages.edit.saving import questions_before_saving, save_bar
from engine.pages.edit.source import problems, source
from engine.pages.edit.state import VIEW, EditorState, state_of
from engine.pages.edit.tester import tester
from engine.pages.edit.translating import translation
from engine.pages.guard import apart, guarded, guarded_click
from engine.pages.session import Session
from engine.questions import SNIPPETS

VIEWS: dict[str, Message] = {
    "write": say("Write"),
    "test": say("Test"),
    "translate": say("Translate"),
    "history": say("History"),
}
#: All that can be inserted, in the order of the menu.
INSERTED: dict[str, Snippet] = {**IN_TEXT, **SNIPPETS}


def edit_card(session: Session, card: str) -> None:
    """The whole editor; all that changes while typing is one fragment."""
    languages = session.study.course(clock.now()).content.syllabus.languages
    # Raises what keeps the card from being opened before anything is drawn.
    state_of(card).follow()
    st.page_link(
        sessions.page_of("edit"),
        label=session.translate(say("All cards to edit")),
        icon=":material/arrow_back:",
    )
    style.entitle(f"{session.translate(say('Edit'))}: {card}")
    _editor(card, tuple(languages))


@st.fragment(key="editor")
@guarded
def _editor(card: str, languages: tuple[str, ...]) -> None:
    """Whatever the database does, the text area stays: somebody is typing in it."""
    session = sessions.current()
    state = state_of(card)
    translate = session.translate
    # What comes and goes above the text area has places that are always there.
    with st.container(key="edit-trouble"):
        if session.trouble is not None:
            st.error(translate(session.trouble), icon=":material/warning:")
            session.warnings.add(translate(session.trouble))
            session.trouble = None
    checked = state.check()
    save_bar(session, state, checked)
    with st.container(key="edit-questions"), apart():
        questions_before_saving(session, state)
    view = st.segmented_control(
        translate(say("Show")),
        list(VIEWS),
        format_func=lambda name: translate(VIEWS[name]),
        default="write",
        required=True,
        key=VIEW,
        label_visibility="collapsed",
    )
    if view == "history":
        history(session, state)
        return
    if view == "test":
        tester(session, state, checked)
        return
    if view == "translate":
        translation(session, state, checked)
        return
    with st.container(key="edit-reports"), apart():
        reports(session, state)
    written, seen = st.columns(2, gap="medium")
    with written:
        _source(session, state, checked, languages)
        problems(session, state, checked.problems)
    with seen, apart():
        preview(session, state, checked)


def _source(
    session: Session, state: EditorState, checked: Checked, languages: tuple[str, ...]
) -> None:
    """The text that is typed in, the palette above it and the help below."""
    translate = session.translate
    with st.container(horizontal=True, vertical_alignment="center"):
        key = "edit-file"
        st.session_state[key] = state.file
        st.segmented_control(
            translate(say("File")),
            list(languages),
            format_func=lambda code: LANGUAGES.get(code, code),
            required=True,
            key=key,
            label_visibility="collapsed",
            on_change=_to_file,
            args=(state, key),
        )
        with st.popover(translate(say("Insert")), icon=":material/add:"):
            for name, snippet in INSERTED.items():
                if not snippet.text(state.file):
                    continue  # it has no place in a translation
                st.button(
                    translate(snippet.label),
                    key=f"edit-insert-{name}",
                    on_click=_insert,
                    args=(state, name),
                    type="tertiary",
                )
    source(session, state)
    # What is closed is not worked out with every pause in typing.
    looked_up = st.expander(
        translate(say("Help")), icon=":material/help:", key="edit-help", on_change="rerun"
    )
    if looked_up.open:
        with looked_up:
            help_beside(session, state, checked)


@guarded_click
def _to_file(state: EditorState, key: str) -> None:
    state.file = st.session_state[key]


@guarded_click
def _insert(state: EditorState, name: str) -> None:
    state.orders.insert(INSERTED[name].text(state.file))
