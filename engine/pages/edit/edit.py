"""Edit: the list of cards, and one card at a time to write."""

from __future__ import annotations

import pandas as pd
import streamlit as st

from engine.authoring import CardRow, Saved, card_rows, search_rows
from engine.content import is_id, new_card
from engine.course import Course
from engine.i18n import DEFAULT_LANGUAGE, Message, in_language, say, say_count
from engine.pages import clock
from engine.pages import session as sessions
from engine.pages.edit.card import edit_card
from engine.pages.edit.gone import behind, gone
from engine.pages.edit.state import current_author, current_editor
from engine.pages.formatting import moment
from engine.pages.guard import guarded, guarded_click, guarded_part, page_title
from engine.pages.session import Session

LIST = "edit-list"
STATUS: dict[str, Message] = {
    "draft": say("draft"),
    "ready": say("ready"),
    "retired": say("retired"),
}


@guarded
def page() -> None:
    """The list, or the card that the address names."""
    session = sessions.current()
    card = st.query_params.get("card")
    if card is None:
        _list(session)
    else:
        edit_card(session, card)


def _list(session: Session) -> None:
    translate = session.translate
    course = session.study.course(clock.now())
    rows = card_rows(current_editor(), current_author(), course, session.person.language)
    page_title(translate(say("Edit")))
    gone(session)
    behind(session)
    _search(session, rows)
    _new(session, course)


@st.fragment
@guarded_part
def _search(session: Session, rows: list[CardRow]) -> None:
    translate = session.translate
    with st.container(horizontal=True, vertical_alignment="bottom"):
        wanted = st.text_input(translate(say("Search")), key="edit-search", autocomplete="off")
        status = st.segmented_control(
            translate(say("Status")),
            list(STATUS),
            format_func=lambda name: translate(STATUS[name]),
            key="edit-status",
        )
    found = search_rows(rows, wanted or "", status)
    if not found:
        st.info(translate(say("No card is like that. Search for less, or begin a new one below.")))
        return
    st.caption(
        translate(say_count("{count} card", "{count} cards", len(found)))
        + " · "
        + translate(say("Pick a row to open its card."))
    )
    st.dataframe(
        _frame(session, found),
        hide_index=True,
        width="stretch",
        height=min(38 * (len(found) + 1), 640),
        on_select=_opened,
        selection_mode="single-row",
        key=LIST,
        column_config={"id": None},
    )
    st.session_state["edit-rows"] = [row.card for row in found]


@guarded_click
def _opened() -> None:
    picked = st.session_state[LIST]["selection"]["rows"]
    rows = st.session_state.get("edit-rows", [])
    if picked and picked[0] < len(rows):
        st.query_params.from_dict({"card": rows[picked[0]]})
        st.rerun()


def _frame(session: Session, rows: list[CardRow]) -> pd.DataFrame:
    translate = session.translate

    def problems(row: CardRow) -> str:
        counts = []
        if row.errors:
            counts.append(translate(say_count("{count} error", "{count} errors", row.errors)))
        if row.warnings:
            counts.append(translate(say_count("{count} warning", "{count} warnings", row.warnings)))
        if row.pending:
            counts.append(translate(say("file contradicts")))
        return ", ".join(counts)

    return pd.DataFrame(
        {
            "id": [row.card for row in rows],
            translate(say("Card")): [row.title for row in rows],
            translate(say("Status")): [
                translate(STATUS[row.status]) if row.status else "?" for row in rows
            ],
            translate(say("Problems")): [problems(row) for row in rows],
            translate(say("Not translated")): [", ".join(row.missing) for row in rows],
            translate(say("Reports")): [str(row.reports or "") for row in rows],
            translate(say("Unsaved")): [translate(say("yes")) if row.draft else "" for row in rows],
            translate(say("Last change")): [
                moment(row.at, session.person) if row.at else "" for row in rows
            ],
            translate(say("By")): [row.by for row in rows],
        }
    )


def _new(session: Session, course: Course) -> None:
    translate = session.translate
    units = {
        u.id: in_language(u.title, session.person.language) for u in course.content.syllabus.units
    }
    with st.expander(translate(say("New card")), icon=":material/add:"):
        st.text_input(
            translate(say("Title")), key="edit-new-title", max_chars=120, autocomplete="off"
        )
        st.text_input(
            translate(say("Id: small letters, digits and hyphens")),
            key="edit-new-id",
            max_chars=64,
            autocomplete="off",
            placeholder="batch-size-noise",
        )
        st.selectbox(
            translate(say("Unit")), list(units), format_func=units.__getitem__, key="edit-new-unit"
        )
        if session.complaint is not None and session.complaint[0] == "edit-new":
            st.warning(translate(session.complaint[1]), icon=":material/edit:")
        st.button(translate(say("Begin")), key="edit-new", type="primary", on_click=_begin)


@guarded_click
def _begin() -> None:
    session = sessions.current()
    card = str(st.session_state.get("edit-new-id") or "").strip()
    title = str(st.session_state.get("edit-new-title") or "").strip()
    editor, who = current_editor(), current_author()
    if not is_id(card):
        why = say(
            "“{card}” cannot be the id of a card: small letters and digits, joined by hyphens, "
            "at most 64.",
            card=card[:60],
        )
    elif not editor.free_id(card):
        why = say("There is a card “{card}” already. Choose another id.", card=card)
    else:
        unit = str(st.session_state.get("edit-new-unit"))
        text = new_card(title or card, unit, editor.checker.end_of(unit))
        result = editor.create(who, card, {DEFAULT_LANGUAGE: text}, clock.now())
        if isinstance(result, Saved):
            session.complaint = None
            session.commit("edit-new-title", "edit-new-id")
            session.study.folder.changed()
            st.query_params.from_dict({"card": card})
            return
        why = say("The card could not be made. Try again.")
    session.complaint = ("edit-new", why)
