"""Cards whose folder was renamed or deleted: the question what became of them."""

from __future__ import annotations

import streamlit as st

from engine.authoring import Gone, gone_cards, put_back, rename_card, retire_card
from engine.i18n import plain, say, say_count
from engine.pages import clock
from engine.pages import session as sessions
from engine.pages.edit.state import current_author, current_editor
from engine.pages.guard import guarded_click
from engine.pages.session import Session

NOT_WRITTEN = say("The content folder cannot be written. Put the files back by hand.")


def gone(session: Session) -> None:
    """A box for each; nothing where there is none."""
    editor = current_editor()
    for one in gone_cards(editor.sync, editor.store.revisions):
        _ask(session, one)


def _ask(session: Session, one: Gone) -> None:
    translate = session.translate
    with st.container(border=True, key=f"edit-gone-{one.card}"):
        st.warning(
            translate(
                say(
                    "“{card}” has no folder here: it was renamed or deleted, or the card was made "
                    "on another server. Learners are still taught it as it was last saved. What "
                    "became of it?",
                    card=one.card,
                )
            ),
            icon=":material/help:",
        )
        if one.likely:
            with st.container(horizontal=True, vertical_alignment="bottom"):
                st.selectbox(
                    translate(say("It has a new name")), one.likely, key=f"edit-now-{one.card}"
                )
                st.button(
                    translate(say("It is this card now; learners keep what they know")),
                    key=f"edit-gone-now-{one.card}",
                    on_click=_now,
                    args=(one.card,),
                )
        with st.container(horizontal=True):
            st.button(
                translate(say("It is over: retire it")),
                key=f"edit-gone-over-{one.card}",
                on_click=_over,
                args=(one.card,),
            )
            st.button(
                translate(say("It goes on: write its files here")),
                key=f"edit-gone-back-{one.card}",
                on_click=_back,
                args=(one.card,),
            )


def behind(session: Session) -> None:
    """Says whose files are an earlier revision, as in an old checkout; nothing where none are."""
    translate = session.translate
    cards = sorted(current_editor().sync.behind)
    if not cards:
        return
    with st.container(border=True, key="edit-behind"):
        text = say_count(
            "The files of {count} card are an earlier revision: {cards}. The newest is taught.",
            "The files of {count} cards are an earlier revision: {cards}. The newest is taught.",
            len(cards),
            cards=plain(", ".join(cards)),
        )
        st.info(translate(text), icon=":material/history:")
        st.button(
            translate(say("Write the newest into the files")),
            key="edit-behind-write",
            on_click=_catch_up,
        )


@guarded_click
def _catch_up() -> None:
    session, sync = sessions.current(), current_editor().sync
    sync.catch_up()
    if sync.behind:
        session.trouble = NOT_WRITTEN


@guarded_click
def _now(card: str) -> None:
    new = str(st.session_state[f"edit-now-{card}"])
    rename_card(current_editor(), current_author(), card, new, clock.now())
    sessions.current().study.folder.changed()


@guarded_click
def _over(card: str) -> None:
    retire_card(current_editor(), current_author(), card, clock.now())
    sessions.current().study.folder.changed()


@guarded_click
def _back(card: str) -> None:
    session = sessions.current()
    if put_back(current_editor(), current_author(), card) != "file":
        session.trouble = NOT_WRITTEN
    session.study.folder.changed()
