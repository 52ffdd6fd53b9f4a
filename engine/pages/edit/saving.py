"""Saving: the bar above the editor, and what has to be answered before a save is made."""

from __future__ import annotations

import streamlit as st

from engine.authoring import AskRenames, Conflict, EditError, Refused, decided_texts
from engine.content import Status
from engine.course import Checked, Chunk
from engine.i18n import LANGUAGES, in_language, say
from engine.pages import clock
from engine.pages import session as sessions
from engine.pages.components.fields import confirm_commits
from engine.pages.edit.discarding import discarding
from engine.pages.edit.state import NOTE, EditorState, current_author, current_editor
from engine.pages.formatting import author_told, moment
from engine.pages.guard import apart, guarded_click, page_title
from engine.pages.session import Session
from engine.storage import Revision

NEW = "—"


def save_bar(session: Session, state: EditorState, checked: Checked) -> None:
    """What the card is, whether there is anything unsaved, and the buttons."""
    translate = session.translate
    title = in_language(checked.card.title, session.person.language) if checked.card else state.card
    page_title(title)
    with st.container(horizontal=True, vertical_alignment="center", key="edit-bar"):
        if state.changed:
            st.badge(translate(say("Unsaved changes")), icon=":material/edit:", color="orange")
        else:
            with st.container(key="edit-all-saved", width="content"):
                st.badge(
                    translate(say("Everything is saved")),
                    icon=":material/check_circle:",
                    color="green",
                )
        with apart():
            _last(session, state)
    may_save = checked.sound or checked.withdrawn
    with st.container(horizontal=True, vertical_alignment="bottom"):
        st.text_input(
            translate(say("What did you change, and why? (optional)")),
            key=NOTE,
            persist_state="session",
            max_chars=200,
            on_change="ignore",
            autocomplete="off",
            width=320,
        )
        with st.container(key="save", width="content"):
            st.button(
                translate(say("Save **Ctrl+S**")),
                key="edit-save",
                type="primary",
                on_click=_save,
                args=(state,),
            )
        with apart():
            discarding(session, state)
        _more(session, state, checked)
    confirm_commits("editor", session.commits)
    with st.container(key="edit-said"), apart():
        _notices(session, state, may_save)


def _notices(session: Session, state: EditorState, may_save: bool) -> None:
    """What comes and goes stays in a place of its own, so that nothing below is made anew."""
    translate = session.translate
    if state.changed and not may_save:
        st.caption(
            translate(
                say(
                    "A card that is ready cannot be saved with an error, so that no learner meets "
                    "it. Mend it, or write “status: draft”. What you typed is kept meanwhile."
                )
            )
        )
    if state.behind and state.opened.base is not None:
        st.info(
            translate(
                say(
                    "{author} saved revision {number} meanwhile. What you typed is still here; "
                    "what you save will be put together with it.",
                    author=_named(session, state.opened.base),
                    number=state.opened.base.id,
                )
            ),
            icon=":material/group:",
        )
    if state.notice is not None:
        st.success(translate(state.notice), icon=":material/save:")


def _last(session: Session, state: EditorState) -> None:
    base = state.opened.base
    if base is not None:
        st.caption(
            session.translate(
                say(
                    "Revision {number} by {author}, {when}",
                    number=base.id,
                    author=_named(session, base),
                    when=moment(base.at, session.person),
                )
            )
        )


def _named(session: Session, revision: Revision) -> str:
    names = session.study.store.learners.names([revision.author])
    return author_told(revision.author, names.get(revision.author))


def _more(session: Session, state: EditorState, checked: Checked) -> None:
    """What is done with a whole card."""
    translate = session.translate
    with st.popover(translate(say("More"))):
        others: dict[Status, str] = {
            "ready": translate(say("Give it to learners (ready)")),
            "draft": translate(say("Take it back (draft)")),
            "retired": translate(say("Retire it; its history and records stay")),
        }
        for status, label in others.items():
            st.button(
                label,
                key=f"edit-status-{status}",
                disabled=state.changed or checked.status == status,
                on_click=_set_status,
                args=(state, status),
            )
        if state.changed:
            st.caption(translate(say("Save or discard your changes first.")))
        st.text_input(
            translate(say("Id of a copy")),
            key="edit-copy-id",
            max_chars=64,
            on_change="ignore",
            autocomplete="off",
        )
        st.button(translate(say("Copy")), key="edit-copy", on_click=_copy, args=(state,))


@guarded_click
def _save(state: EditorState) -> None:
    if state.changed:
        state.save()


@guarded_click
def _set_status(state: EditorState, status: Status) -> None:
    state.set_status(status)


@guarded_click
def _copy(state: EditorState) -> None:
    new = str(st.session_state.get("edit-copy-id") or "").strip()
    try:
        current_editor().duplicate(current_author(), state.card, new, clock.now())
        sessions.current().commit("edit-copy-id")
        state.notice = say("The copy is there as a draft, under “{card}”.", card=new)
    except EditError as error:
        state.notice = error.message


# -- what has to be answered -------------------------------------------------------------------


def questions_before_saving(session: Session, state: EditorState) -> None:
    """What a save that was not made asks."""
    if isinstance(state.result, AskRenames):
        _renames(session, state, state.result)
    elif isinstance(state.result, Conflict):
        _conflict(session, state, state.result)
    elif isinstance(state.result, Refused):
        st.error(
            session.translate(say("Not saved: the card has errors. They are listed below.")),
            icon=":material/cancel:",
        )
    elif state.opened.pending is not None:
        with st.container(border=True):
            st.warning(
                session.translate(
                    say(
                        "The card's file was changed outside the app, and contradicts what is "
                        "saved here. Nothing is lost; somebody has to decide."
                    )
                ),
                icon=":material/warning:",
            )
            st.button(
                session.translate(say("Put both together")),
                key="edit-settle",
                disabled=state.changed,
                on_click=_settle,
                args=(state,),
            )


@guarded_click
def _settle(state: EditorState) -> None:
    state.merge_pending()


def _renames(session: Session, state: EditorState, asked: AskRenames) -> None:
    translate = session.translate
    with st.container(border=True, key="edit-renames"):
        st.warning(
            translate(
                say(
                    "Some items are gone and others are new. If one of them is the same knowledge "
                    "under another name, learners keep what they remember of it."
                )
            ),
            icon=":material/help:",
        )
        for old in asked.gone:
            st.selectbox(
                translate(say("“{item}” is gone. It is now:", item=old)),
                [NEW, *asked.new],
                key=f"edit-rename-{old}",
                format_func=lambda item: (
                    translate(say("nothing: it was deleted, its log stays"))
                    if item == NEW
                    else item
                ),
            )
        st.button(
            translate(say("Save it like that")),
            key="edit-rename",
            type="primary",
            on_click=_save_renamed,
            args=(state, asked),
        )


@guarded_click
def _save_renamed(state: EditorState, asked: AskRenames) -> None:
    picked = {old: st.session_state.get(f"edit-rename-{old}", NEW) for old in asked.gone}
    renames = {old: new for old, new in picked.items() if new != NEW}
    if len(set(renames.values())) < len(renames):
        state.notice = say("Two items cannot become the same one.")
        return
    state.save(renames)


def _conflict(session: Session, state: EditorState, conflict: Conflict) -> None:
    """Theirs, yours and the common ancestor, place by place."""
    translate = session.translate
    with st.container(border=True, key="edit-conflict"):
        st.warning(
            translate(
                say(
                    "{author} saved this card after you began, as revision {number}. Nothing was "
                    "overwritten.",
                    author=_named(session, conflict.newest),
                    number=conflict.newest.id,
                )
            ),
            icon=":material/warning:",
        )
        places = [
            (language, number, chunk)
            for language, merged in conflict.merged.items()
            for number, chunk in enumerate(merged.conflicts)
        ]
        if places:
            st.markdown(translate(say("In these places you both changed the same lines. Decide:")))
        else:
            st.markdown(translate(say("Your changes and theirs fit together.")))
        for language, number, chunk in places:
            _decide(session, language, number, chunk)
        st.button(
            translate(say("Take this into the editor")),
            key="edit-decide",
            type="primary",
            on_click=_take_merged,
            args=(state, conflict),
        )


def _decide(session: Session, language: str, number: int, chunk: Chunk) -> None:
    translate = session.translate
    key = f"edit-decision-{language}-{number}"
    yours, theirs = "".join(chunk.mine), "".join(chunk.theirs)
    st.markdown(f"**{LANGUAGES.get(language, language)} · {number + 1}**")
    columns = st.columns(3)
    for column, label, text in zip(
        columns,
        (say("Before"), say("Yours"), say("Theirs")),
        ("".join(chunk.base), yours, theirs),
        strict=True,
    ):
        with column:
            st.caption(translate(label))
            st.code(text or " ", language=None, wrap_lines=True)
    st.text_area(
        translate(say("What it shall be")), yours + theirs, key=key, on_change="ignore", height=120
    )


@guarded_click
def _take_merged(state: EditorState, conflict: Conflict) -> None:
    decisions = {
        language: [
            _ended(str(st.session_state.get(f"edit-decision-{language}-{number}") or ""))
            for number in range(len(merged.conflicts))
        ]
        for language, merged in conflict.merged.items()
    }
    texts = decided_texts(conflict, decisions)
    sessions.current().commit(
        *(f"edit-decision-{code}-{n}" for code, of in decisions.items() for n in range(len(of)))
    )
    state.take_merged(texts)


def _ended(text: str) -> str:
    return text if not text or text.endswith("\n") else text + "\n"
