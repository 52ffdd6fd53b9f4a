"""Saving: the bar above the editor, and what has to be answered before a save is made."""

from __future__ import annotations

import streamlit as st

from engine.authoring import AskRenames, Checked, Conflict, EditError, Refused, decided_texts
from engine.authoring.merging import Chunk
from engine.content import Status
from engine.i18n import LANGUAGES, in_language, say
from engine.pages import clock
from engine.pages import visit as visits
from engine.pages.components.fields import say_settled
from engine.pages.edit import desk
from engine.pages.edit.desk import NOTE, Desk
from engine.pages.edit.discarding import discarding
from engine.pages.formatting import author_told, moment
from engine.pages.guard import apart, guarded_click, page_title
from engine.pages.visit import Visit
from engine.storage import Revision

NEW = "—"


def save_bar(visit: Visit, mine: Desk, checked: Checked) -> None:
    """What the card is, whether there is anything unsaved, and the buttons."""
    translate = visit.translate
    title = in_language(checked.card.title, visit.person.language) if checked.card else mine.card
    page_title(title)
    with st.container(horizontal=True, vertical_alignment="center", key="edit-bar"):
        if mine.changed:
            st.badge(translate(say("Unsaved changes")), icon=":material/edit:", color="orange")
        else:
            with st.container(key="edit-all-saved", width="content"):
                st.badge(
                    translate(say("Everything is saved")),
                    icon=":material/check_circle:",
                    color="green",
                )
        with apart():
            _last(visit, mine)
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
                args=(mine,),
            )
        with apart():
            discarding(visit, mine)
        _more(visit, mine, checked)
    say_settled("editor", visit.settled)
    with st.container(key="edit-said"), apart():
        _said(visit, mine, may_save)


def _said(visit: Visit, mine: Desk, may_save: bool) -> None:
    """What comes and goes stays in a place of its own, so that nothing below is made anew."""
    translate = visit.translate
    if mine.changed and not may_save:
        st.caption(
            translate(
                say(
                    "A card that is ready cannot be saved with an error, so that no learner meets "
                    "it. Mend it, or write “status: draft”. What you typed is kept meanwhile."
                )
            )
        )
    if mine.behind and mine.opened.base is not None:
        st.info(
            translate(
                say(
                    "{author} saved revision {number} meanwhile. What you typed is still here; "
                    "what you save will be put together with it.",
                    author=_named(visit, mine.opened.base),
                    number=mine.opened.base.id,
                )
            ),
            icon=":material/group:",
        )
    if mine.said is not None:
        st.success(translate(mine.said), icon=":material/save:")


def _last(visit: Visit, mine: Desk) -> None:
    base = mine.opened.base
    if base is not None:
        st.caption(
            visit.translate(
                say(
                    "Revision {number} by {author}, {when}",
                    number=base.id,
                    author=_named(visit, base),
                    when=moment(base.at, visit.person),
                )
            )
        )


def _named(visit: Visit, revision: Revision) -> str:
    names = visit.study.store.learners.names([revision.author])
    return author_told(revision.author, names.get(revision.author))


def _more(visit: Visit, mine: Desk, checked: Checked) -> None:
    """What is done with a whole card."""
    translate = visit.translate
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
                disabled=mine.changed or checked.status == status,
                on_click=_set_status,
                args=(mine, status),
            )
        if mine.changed:
            st.caption(translate(say("Save or discard your changes first.")))
        st.text_input(
            translate(say("Id of a copy")),
            key="edit-copy-id",
            max_chars=64,
            on_change="ignore",
            autocomplete="off",
        )
        st.button(translate(say("Copy")), key="edit-copy", on_click=_copy, args=(mine,))


@guarded_click
def _save(mine: Desk) -> None:
    if mine.changed:
        desk.save(mine, str(st.session_state.get(NOTE) or "").strip())


@guarded_click
def _set_status(mine: Desk, status: Status) -> None:
    result = desk.editor().set_status(desk.author(), mine.card, status, clock.now())
    desk.took(mine, result)


@guarded_click
def _copy(mine: Desk) -> None:
    new = str(st.session_state.get("edit-copy-id") or "").strip()
    try:
        desk.editor().duplicate(desk.author(), mine.card, new, clock.now())
        visits.current().settle("edit-copy-id")
        mine.said = say("The copy is there as a draft, under “{card}”.", card=new)
    except EditError as error:
        mine.said = error.message


# -- what has to be answered -------------------------------------------------------------------


def questions_before_saving(visit: Visit, mine: Desk) -> None:
    """What a save that was not made asks."""
    if isinstance(mine.result, AskRenames):
        _renames(visit, mine, mine.result)
    elif isinstance(mine.result, Conflict):
        _conflict(visit, mine, mine.result)
    elif isinstance(mine.result, Refused):
        st.error(
            visit.translate(say("Not saved: the card has errors. They are listed below.")),
            icon=":material/cancel:",
        )
    elif mine.opened.pending is not None:
        with st.container(border=True):
            st.warning(
                visit.translate(
                    say(
                        "The card's file was changed outside the app, and contradicts what is "
                        "saved here. Nothing is lost; somebody has to decide."
                    )
                ),
                icon=":material/warning:",
            )
            st.button(
                visit.translate(say("Put both together")),
                key="edit-settle",
                disabled=mine.changed,
                on_click=_settle,
                args=(mine,),
            )


@guarded_click
def _settle(mine: Desk) -> None:
    mine.result = desk.editor().settle(desk.author(), mine.card)


def _renames(visit: Visit, mine: Desk, asked: AskRenames) -> None:
    translate = visit.translate
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
            args=(mine, asked),
        )


@guarded_click
def _save_renamed(mine: Desk, asked: AskRenames) -> None:
    picked = {old: st.session_state.get(f"edit-rename-{old}", NEW) for old in asked.gone}
    renames = {old: new for old, new in picked.items() if new != NEW}
    if len(set(renames.values())) < len(renames):
        mine.said = say("Two items cannot become the same one.")
        return
    desk.save(mine, str(st.session_state.get(NOTE) or "").strip(), renames)


def _conflict(visit: Visit, mine: Desk, conflict: Conflict) -> None:
    """Theirs, yours and the common ancestor, place by place."""
    translate = visit.translate
    with st.container(border=True, key="edit-conflict"):
        st.warning(
            translate(
                say(
                    "{author} saved this card after you began, as revision {number}. Nothing was "
                    "overwritten.",
                    author=_named(visit, conflict.newest),
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
            _decide(visit, language, number, chunk)
        st.button(
            translate(say("Take this into the editor")),
            key="edit-decide",
            type="primary",
            on_click=_take_merged,
            args=(mine, conflict),
        )


def _decide(visit: Visit, language: str, number: int, chunk: Chunk) -> None:
    translate = visit.translate
    key = f"edit-decision-{language}-{number}"
    mine, theirs = "".join(chunk.mine), "".join(chunk.theirs)
    st.markdown(f"**{LANGUAGES.get(language, language)} · {number + 1}**")
    columns = st.columns(3)
    for column, label, text in zip(
        columns,
        (say("Before"), say("Yours"), say("Theirs")),
        ("".join(chunk.base), mine, theirs),
        strict=True,
    ):
        with column:
            st.caption(translate(label))
            st.code(text or " ", language=None, wrap_lines=True)
    st.text_area(
        translate(say("What it shall be")), mine + theirs, key=key, on_change="ignore", height=120
    )


@guarded_click
def _take_merged(mine: Desk, conflict: Conflict) -> None:
    decisions = {
        language: [
            _ended(str(st.session_state.get(f"edit-decision-{language}-{number}") or ""))
            for number in range(len(merged.conflicts))
        ]
        for language, merged in conflict.merged.items()
    }
    texts = decided_texts(conflict, decisions)
    visits.current().settle(
        *(f"edit-decision-{code}-{n}" for code, of in decisions.items() for n in range(len(of)))
    )
    newest = desk.editor().open(desk.author(), mine.card)
    mine.opened = newest
    mine.base = newest.base.id if newest.base else None
    mine.result = None
    desk.put(mine, texts)
    mine.said = say("Both are in the editor now. Look at it, then save.")


def _ended(text: str) -> str:
    return text if not text or text.endswith("\n") else text + "\n"
