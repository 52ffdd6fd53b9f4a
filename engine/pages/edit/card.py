"""One card in the editor: its source on one side, what a learner sees on the other."""

from __future__ import annotations

import streamlit as st

from engine.authoring import Checked
from engine.i18n import LANGUAGES, Message, say
from engine.pages import clock, style
from engine.pages import visit as visits
from engine.pages.edit import desk
from engine.pages.edit.desk import Desk
from engine.pages.edit.help import help_beside
from engine.pages.edit.history import history
from engine.pages.edit.preview import preview
from engine.pages.edit.reports import reports
from engine.pages.edit.saving import questions_before_saving, save_bar
from engine.pages.edit.source import problems, source
from engine.pages.edit.tester import tester
from engine.pages.edit.translating import translation
from engine.pages.guard import apart, guarded, guarded_click
from engine.pages.visit import Visit
from engine.questions import SNIPPETS

VIEWS: dict[str, Message] = {
    "write": say("Write"),
    "test": say("Test"),
    "translate": say("Translate"),
    "history": say("History"),
}


def edit_card(visit: Visit, card: str) -> None:
    """The whole editor; all that changes while typing is one fragment."""
    languages = visit.study.course(clock.now()).content.course.languages
    # Raises what keeps the card from being opened before anything is drawn.
    desk.follow(desk.desk_of(card))
    st.page_link(
        visits.page_of("edit"),
        label=visit.translate(say("All cards to edit")),
        icon=":material/arrow_back:",
    )
    style.entitle(f"{visit.translate(say('Edit'))}: {card}")
    _editor(card, tuple(languages))


@st.fragment(key="editor")
@guarded
def _editor(card: str, languages: tuple[str, ...]) -> None:
    """Whatever the database does, the text area stays: somebody is typing in it."""
    visit = visits.current()
    mine = desk.desk_of(card)
    translate = visit.translate
    # What comes and goes above the text area has places that are always there.
    with st.container(key="edit-trouble"):
        if visit.trouble is not None:
            st.error(translate(visit.trouble), icon=":material/warning:")
            visit.told.add(translate(visit.trouble))
            visit.trouble = None
    checked = desk.check(mine)
    save_bar(visit, mine, checked)
    with st.container(key="edit-questions"), apart():
        questions_before_saving(visit, mine)
    view = st.segmented_control(
        translate(say("Show")),
        list(VIEWS),
        format_func=lambda name: translate(VIEWS[name]),
        default="write",
        required=True,
        key="edit-view",
        label_visibility="collapsed",
    )
    if view == "history":
        history(visit, mine)
        return
    if view == "test":
        tester(visit, mine, checked)
        return
    if view == "translate":
        translation(visit, mine, checked)
        return
    with st.container(key="edit-reports"), apart():
        reports(visit, mine)
    written, seen = st.columns(2, gap="medium")
    with written:
        _source(visit, mine, checked, languages)
        problems(visit, mine, checked.problems)
    with seen, apart():
        preview(visit, mine, checked)


def _source(visit: Visit, mine: Desk, checked: Checked, languages: tuple[str, ...]) -> None:
    """The text that is typed in, the palette above it and the help below."""
    translate = visit.translate
    with st.container(horizontal=True, vertical_alignment="center"):
        key = "edit-file"
        st.session_state[key] = mine.file
        st.segmented_control(
            translate(say("File")),
            list(languages),
            format_func=lambda code: LANGUAGES.get(code, code),
            required=True,
            key=key,
            label_visibility="collapsed",
            on_change=_to_file,
            args=(mine, key),
        )
        with st.popover(translate(say("Insert")), icon=":material/add:"):
            for name, snippet in SNIPPETS.items():
                st.button(
                    translate(snippet.label),
                    key=f"edit-insert-{name}",
                    on_click=_insert,
                    args=(mine, name),
                    type="tertiary",
                )
    source(visit, mine)
    # What is closed is not worked out with every pause in typing.
    looked_up = st.expander(
        translate(say("Help")), icon=":material/help:", key="edit-help", on_change="rerun"
    )
    if looked_up.open:
        with looked_up:
            help_beside(visit, mine, checked)


@guarded_click
def _to_file(mine: Desk, key: str) -> None:
    mine.file = st.session_state[key]


@guarded_click
def _insert(mine: Desk, name: str) -> None:
    mine.orders.insert(SNIPPETS[name].text(mine.file))
