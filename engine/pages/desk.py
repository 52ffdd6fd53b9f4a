"""What an instructor has on their desk: one card, its texts as typed, and what to answer."""

from __future__ import annotations

from dataclasses import dataclass, field, replace

import streamlit as st

from engine import configuration
from engine.authoring import (
    Author,
    Checked,
    Editor,
    Opened,
    Saved,
    SaveResult,
)
from engine.cards import Status
from engine.pages import clock
from engine.pages import visit as visits
from engine.pages.components.live_text import Orders
from engine.pages.resources import open_workshop
from engine.words import DEFAULT_LANGUAGE, Message, say

KEY = "edit-desk"


@dataclass
class Desk:
    """One card being edited in one session.

    opened: as it was when it was opened, or last saved. texts: as typed, by language; `file` is
    the language being typed in. typed: counts how often the texts were set by something else than
    typing, which the text area has to show. said: what the last click came to; result: a save that
    somebody has to answer first.
    """

    opened: Opened
    texts: dict[str, str]
    base: int | None
    file: str = DEFAULT_LANGUAGE
    typed: int = 0
    said: Message | None = None
    result: SaveResult | None = None
    orders: Orders = field(default_factory=Orders)

    @property
    def card(self) -> str:
        """The card's id."""
        return self.opened.card

    @property
    def changed(self) -> bool:
        """Whether there is anything to save."""
        return self.texts != dict(self.opened.texts)

    @property
    def behind(self) -> bool:
        """Whether somebody saved the card after these texts were begun."""
        return self.changed and self.opened.base is not None and self.base != self.opened.base.id


def author() -> Author:
    """Who is here, as the editor knows them. Raises Nobody."""
    visit = visits.current()
    visits.confirm(visit)
    id = visit.person.id
    return Author(id, id, may_edit=configuration.may_edit(id))


def editor() -> Editor:
    """The editor of this app."""
    return open_workshop().editor


def desk_of(card: str) -> Desk:
    """The desk with this card on it; what was typed before a reload or a crash is still there."""
    desk = st.session_state.get(KEY)
    if not isinstance(desk, Desk) or desk.card != card:
        desk = _fresh(card)
        st.session_state[KEY] = desk
    return desk


def _fresh(card: str) -> Desk:
    opened = editor().open(author(), card)
    if opened.draft is None:
        return Desk(opened, dict(opened.texts), opened.base.id if opened.base else None)
    return Desk(opened, dict(opened.draft.texts), opened.draft.base)


def follow(desk: Desk) -> None:
    """Takes notice of what was saved meanwhile, here or elsewhere.

    Texts that nobody changed become the newest ones; what was typed stays, and is then `behind`.
    """
    newest = editor().open(author(), desk.card)
    before, pending = desk.opened.base, newest.pending
    if newest.base == before:
        desk.opened = replace(desk.opened, pending=pending)
        return
    changed = desk.changed
    desk.opened = replace(newest, draft=None)
    if not changed:
        desk.texts = dict(newest.texts)
        desk.typed += 1
        desk.result = desk.said = None
    if not desk.changed:
        desk.base = newest.base.id if newest.base else None


def check(desk: Desk) -> Checked:
    """What is right and wrong with what is typed."""
    return editor().check(desk.card, desk.texts)


def type_text(desk: Desk, text: str) -> None:
    """Somebody typed; it is kept before anything else happens.

    A text that is handed over twice is no news.
    """
    if desk.texts.get(desk.file, "") == text:
        return
    desk.texts = {**desk.texts, desk.file: text}
    desk.result = desk.said = None
    keep(desk)


def keep(desk: Desk) -> None:
    """Keeps the texts as a draft, or forgets the draft where they are what is saved."""
    if desk.changed:
        editor().keep_draft(author(), desk.card, desk.base, desk.texts, clock.now())
    else:
        editor().drop_draft(author(), desk.card)


def put(desk: Desk, texts: dict[str, str]) -> None:
    """Sets the texts to something that was not typed here."""
    desk.texts = texts
    desk.typed += 1
    keep(desk)


def save(desk: Desk, note: str, renames: dict[str, str] | None = None) -> None:
    """Saves what is typed; what came of it is on the desk."""
    took(
        desk,
        editor().save(
            author(), desk.card, desk.base, desk.texts, clock.now(), note=note, renames=renames
        ),
    )


def took(desk: Desk, result: SaveResult) -> None:
    """Puts what came of a save on the desk."""
    desk.result, desk.said = result, None
    if isinstance(result, Saved):
        visits.current().study.folder.changed()
        desk.opened = replace(editor().open(author(), desk.card), draft=None)
        desk.base, desk.texts = result.revision.id, dict(desk.opened.texts)
        desk.said, desk.result = said_of(result, check(desk).status), None
        desk.typed += 1


def said_of(saved: Saved, status: Status | None) -> Message:
    """Where a save has gone."""
    if saved.place == "file" and status != "ready":
        return say(
            "Saved as revision {number}. Learners do not see it: the card is a draft or retired. "
            "“More” gives it to them.",
            number=saved.revision.id,
        )
    if saved.place == "file":
        return say(
            "Saved as revision {number}. Learners have it, and so has the file.",
            number=saved.revision.id,
        )
    if saved.place == "changed":
        return say(
            "Saved as revision {number}. The file was changed by somebody else, so it was left "
            "alone; both changes are put together as soon as it is read.",
            number=saved.revision.id,
        )
    return say(
        "Saved as revision {number}, in the database: the content folder cannot be written. "
        "“python -m engine content export DIR” writes all cards as files.",
        number=saved.revision.id,
    )
