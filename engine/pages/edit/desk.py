"""What an instructor has on their desk: one card, its texts as typed, and what to answer."""

from __future__ import annotations

import hashlib
import secrets
from dataclasses import dataclass, field, replace

import streamlit as st

from engine import configuration
from engine.authoring import Author, Editor, Opened, Saved, SaveResult, as_saved
from engine.content import Status
from engine.course import Checked
from engine.i18n import DEFAULT_LANGUAGE, LANGUAGES, Message, say
from engine.pages import clock
from engine.pages import visit as visits
from engine.pages.components.live_text import Handed, Orders
from engine.pages.resources import open_workshop
from engine.storage import Draft, Texts

KEY = "edit-desk"
NOTE = "edit-note"
FILE = "file"


@dataclass
class Desk:
    """One card being edited in one session.

    opened: as it was when it was opened, or last saved. texts: as typed, by language; `file` is
    the language being typed in. typed: counts how often the texts were set by something else than
    typing, which the text area has to show.
    heard: what a text area handed over last, and was kept. kept: the draft as it was kept last;
    unkept: the database did not take the last one. said: what the last click came to; result: a
    save that somebody has to answer first.
    """

    opened: Opened
    texts: dict[str, str]
    base: int | None
    file: str = DEFAULT_LANGUAGE
    typed: int = 0
    said: Message | None = None
    result: SaveResult | None = None
    orders: Orders = field(default_factory=Orders)
    name: str = field(default_factory=lambda: secrets.token_hex(4))
    heard: tuple[str, int] = ("", 0)
    kept: Texts | None = None
    unkept: bool = False

    @property
    def card(self) -> str:
        """The card's id."""
        return self.opened.card

    @property
    def changed(self) -> bool:
        """Whether there is anything to save."""
        return as_saved(self.card, self.texts) != dict(self.opened.texts)

    @property
    def version(self) -> str:
        """Changes when the texts were set by something else than typing, or the desk is new."""
        return f"{self.name}-{self.typed}"

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
        fresh = _fresh(card)
        # After a reload, and where the server was started anew, the same file is written in.
        shown = st.query_params.get(FILE, "") if desk is None else ""
        fresh.file = shown if shown in LANGUAGES else fresh.file
        st.session_state[KEY] = desk = fresh
    return desk


def _fresh(card: str) -> Desk:
    opened = editor().open(author(), card)
    if opened.draft is None:
        return Desk(opened, dict(opened.texts), opened.base.id if opened.base else None)
    draft = opened.draft
    return Desk(opened, dict(draft.texts), draft.base, kept=draft.texts)


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


def copy_name(desk: Desk) -> str:
    """Under what the browser keeps what is typed; says nothing of who types."""
    id = visits.current().person.id
    whose = hashlib.sha256(f"{id}\n{desk.card}".encode()).hexdigest()[:16]
    return f"simcards-{whose}-{desk.file}"


def take(desk: Desk, handed: Handed) -> bool:
    """Takes what a text area handed over, once; says whether that was news."""
    if handed.file not in LANGUAGES or desk.heard == (handed.writer, handed.number):
        return False
    _written_from(desk, handed)
    type_text(desk, handed.text, handed.file)
    # Only now: the browser forgets its copy, and hands over again what was not kept.
    desk.heard = (handed.writer, handed.number)
    if handed.save and desk.changed:
        save(desk, str(st.session_state.get(NOTE) or "").strip())
    return True


def _written_from(desk: Desk, handed: Handed) -> None:
    """Words that were typed over an older revision are put together with what came since."""
    base = handed.base
    if base is None or base == desk.base or desk.texts.get(handed.file) == handed.text:
        return
    if any(r.id == base for r in editor().history(author(), desk.card)):
        desk.base = base


def type_text(desk: Desk, text: str, file: str | None = None) -> None:
    """Somebody typed; it is kept before anything else happens.

    A text that is handed over twice is no news.
    """
    file = file or desk.file
    if desk.texts.get(file, "") == text and not desk.unkept:
        return
    desk.texts = {**desk.texts, file: text}
    desk.result = desk.said = None
    keep(desk)


def keep(desk: Desk) -> None:
    """Keeps the texts as a draft, or forgets the draft where they are what is saved."""
    desk.unkept = True
    editor().set_aside(author(), desk.card, desk.kept, desk.texts)
    if desk.changed:
        editor().keep_draft(author(), desk.card, desk.base, desk.texts, clock.now())
        desk.kept = desk.texts
    else:
        editor().drop_draft(author(), desk.card)
        desk.kept = None
    desk.unkept = False


def discard(desk: Desk) -> None:
    """Goes back to what is saved; what was typed can be brought back."""
    editor().discard(author(), desk.card, desk.base, desk.texts, clock.now())
    desk.base = desk.opened.base.id if desk.opened.base else None
    desk.result = desk.said = None
    put(desk, dict(desk.opened.texts))


def discarded(desk: Desk) -> Draft | None:
    """What was discarded last and nobody typed over."""
    return editor().discarded(author(), desk.card)


def bring_back(desk: Desk) -> None:
    """Makes what was discarded the texts again."""
    draft = discarded(desk)
    if draft is not None:
        desk.base = draft.base
        put(desk, dict(draft.texts))


def put(desk: Desk, texts: dict[str, str]) -> None:
    """Sets the texts to something that was not typed here."""
    desk.texts = texts
    desk.typed += 1
    keep(desk)


def save(desk: Desk, note: str, renames: dict[str, str] | None = None) -> None:
    """Saves what is typed; what came of it is on the desk."""
    editor().set_aside(author(), desk.card, desk.kept, desk.texts)
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
        visits.current().settle(NOTE)
        desk.opened = replace(editor().open(author(), desk.card), draft=None)
        # What was just saved as it is typed stays in the text area untouched.
        if as_saved(desk.card, desk.texts) != dict(desk.opened.texts):
            desk.typed += 1
        desk.base, desk.texts = result.revision.id, dict(desk.opened.texts)
        desk.kept = None
        desk.said, desk.result = said_of(result, check(desk).status), None


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
