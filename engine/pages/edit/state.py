"""What the editor knows of the card that is open: its texts as typed, what has to be answered."""

from __future__ import annotations

import hashlib
import secrets
from dataclasses import dataclass, field, replace

import streamlit as st

from engine import configuration
from engine.authoring import (
    Author,
    Editor,
    Opened,
    Saved,
    SaveResult,
    Tryout,
    as_saved,
)
from engine.content import Status
from engine.course import Checked
from engine.i18n import DEFAULT_LANGUAGE, Message, say
from engine.pages import clock
from engine.pages import session as sessions
from engine.pages.components.live_text import Handed, Orders
from engine.pages.resources import open_workshop
from engine.questions import Template
from engine.storage import Draft, Revision, Texts

KEY = "edit-state"
#: The key of the field for what was changed, and why.
NOTE = "edit-note"
#: The key of the field for a question's seed.
SEED = "edit-seed"
#: The key of the choice between writing, testing, translating, history.
VIEW = "edit-view"
#: What the address calls the language that is typed in.
FILE = "file"


@dataclass
class EditorState:
    """One card being edited in one session.

    opened: as it was when it was opened, or last saved. texts: as typed, by language; `file` is
    the language being typed in. base: the revision that they were typed from. replacements: how
    often the texts were set by something else than typing, which the text area has to show.
    last_handed: what a text area handed over last, and was kept. draft: the draft as it was kept
    last; draft_failed: the database did not take the last one. notice: what the last click came
    to; result: a save that somebody has to answer first.
    answered: in the preview, the presentation that was answered, the answer, and how sure its
    author was; attempt: how often they answered again. trial, digits, states: what takes long to
    work out, with what it is of.
    """

    opened: Opened
    texts: dict[str, str]
    base: int | None
    file: str = DEFAULT_LANGUAGE
    replacements: int = 0
    notice: Message | None = None
    result: SaveResult | None = None
    orders: Orders = field(default_factory=Orders)
    id: str = field(default_factory=lambda: secrets.token_hex(4))
    last_handed: tuple[str, int] = ("", 0)
    draft: Texts | None = None
    draft_failed: bool = False
    answered: tuple[str, str, int] | None = None
    attempt: int = 0
    trial: tuple[object, Tryout] | None = None
    digits: tuple[Template, int | None] | None = None
    states: tuple[object, list[Texts]] | None = None

    # What is known of it

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
        """Changes when the texts were set by something else than typing, or the state is new."""
        return f"{self.id}-{self.replacements}"

    @property
    def behind(self) -> bool:
        """Whether somebody saved the card after these texts were begun."""
        return self.changed and self.opened.base is not None and self.base != self.opened.base.id

    @property
    def newest(self) -> int | None:
        """The id of the revision that was the newest when the card was opened, or last saved."""
        return self.opened.base.id if self.opened.base else None

    @property
    def copy_name(self) -> str:
        """Under what the browser keeps what is typed; says nothing of who types."""
        whose = hashlib.sha256(f"{sessions.current().person.id}\n{self.card}".encode())
        return f"simcards-{whose.hexdigest()[:16]}-{self.file}"

    def check(self) -> Checked:
        """What is right and wrong with what is typed."""
        return current_editor().check(self.card, self.texts)

    def discarded(self) -> Draft | None:
        """What was discarded last and nobody typed over."""
        return current_editor().discarded(current_author(), self.card)

    def history(self) -> list[Revision]:
        """The card's revisions, newest first."""
        return current_editor().history(current_author(), self.card)

    def saved_states(self, most: int) -> list[Texts]:
        """The texts of the card's last revisions, oldest first."""
        if self.states is None or self.states[0] != self.newest:
            author, editor = current_author(), current_editor()
            ids = [revision.id for revision in reversed(self.history()[:most])]
            self.states = self.newest, [editor.texts(author, id) for id in ids]
        return self.states[1]

    # What stands in the page's fields

    @property
    def note(self) -> str:
        """What was changed, and why, as it is typed."""
        return str(st.session_state.get(NOTE) or "").strip()

    @property
    def part_key(self) -> str:
        """The key of the choice of what the preview shows."""
        return f"edit-part-{self.card}"

    @property
    def part(self) -> str | None:
        """What the preview shows: an item, or the text."""
        part: str | None = st.session_state.get(self.part_key)
        return part

    def show_in_preview(self, item: str, seed: int) -> None:
        """Has the preview show a question with these numbers."""
        st.session_state[self.part_key] = item
        st.session_state[SEED] = seed

    # Typing

    def take(self, handed: Handed) -> bool:
        """Takes what a text area handed over, once; says whether that was news."""
        if handed.file not in _languages() or self.last_handed == (handed.writer, handed.number):
            return False
        self._written_from(handed)
        self.type_text(handed.text, handed.file)
        # Only now: the browser forgets its copy, and hands over again what was not kept.
        self.last_handed = (handed.writer, handed.number)
        if handed.save and self.changed:
            self.save()
        return True

    def _written_from(self, handed: Handed) -> None:
        """Words that were typed over an older revision are put together with what came since."""
        base = handed.base
        if base is None or base == self.base or self.texts.get(handed.file) == handed.text:
            return
        if any(revision.id == base for revision in self.history()):
            self.base = base

    def type_text(self, text: str, file: str | None = None) -> None:
        """Somebody typed; it is kept before anything else happens.

        A text that is handed over twice is no news.
        """
        file = file or self.file
        if self.texts.get(file, "") == text and not self.draft_failed:
            return
        self.texts = {**self.texts, file: text}
        self.result = self.notice = None
        self.keep()

    def keep(self) -> None:
        """Keeps the texts as a draft, or forgets the draft where they are what is saved."""
        author, editor = current_author(), current_editor()
        self.draft_failed = True
        editor.set_aside(author, self.card, self.draft, self.texts)
        if self.changed:
            editor.keep_draft(author, self.card, self.base, self.texts, clock.now())
            self.draft = self.texts
        else:
            editor.drop_draft(author, self.card)
            self.draft = None
        self.draft_failed = False

    def replace_texts(self, texts: dict[str, str]) -> None:
        """Sets the texts to something that was not typed here."""
        self.texts = texts
        self.replacements += 1
        self.keep()

    def discard(self) -> None:
        """Goes back to what is saved; what was typed can be brought back."""
        current_editor().discard(current_author(), self.card, self.base, self.texts, clock.now())
        self.base = self.newest
        self.result = self.notice = None
        self.replace_texts(dict(self.opened.texts))

    def bring_back(self) -> None:
        """Makes what was discarded the texts again."""
        draft = self.discarded()
        if draft is not None:
            self.base = draft.base
            self.replace_texts(dict(draft.texts))

    # Saving

    def save(self, renames: dict[str, str] | None = None) -> None:
        """Saves what is typed; what came of it is kept here."""
        author, editor = current_author(), current_editor()
        editor.set_aside(author, self.card, self.draft, self.texts)
        self.saved(
            editor.save(
                author,
                self.card,
                self.base,
                self.texts,
                clock.now(),
                note=self.note,
                renames=renames,
            )
        )

    def saved(self, result: SaveResult) -> None:
        """Takes over what came of a save."""
        self.result, self.notice = result, None
        if isinstance(result, Saved):
            sessions.current().study.folder.changed()
            sessions.current().commit(NOTE)
            opened = current_editor().open(current_author(), self.card)
            self.opened = replace(opened, draft=None)
            # What was just saved as it is typed stays in the text area untouched.
            if as_saved(self.card, self.texts) != dict(self.opened.texts):
                self.replacements += 1
            self.base, self.texts = result.revision.id, dict(self.opened.texts)
            self.draft = None
            self.notice, self.result = saved_words(result, self.check().status), None

    def set_status(self, status: Status) -> None:
        """Gives the card to learners, takes it back, or retires it."""
        result = current_editor().set_status(current_author(), self.card, status, clock.now())
        self.saved(result)

    def restore(self, revision: int) -> None:
        """Makes a revision of before the newest."""
        result = current_editor().restore(current_author(), self.card, revision, clock.now())
        self.saved(result)

    def merge_pending(self) -> None:
        """Asks how the card's file and what is saved go together."""
        self.result = current_editor().settle(current_author(), self.card)

    def take_merged(self, texts: dict[str, str]) -> None:
        """Takes what was decided of both sides' texts, on top of the newest revision."""
        self.opened = current_editor().open(current_author(), self.card)
        self.base = self.newest
        self.result = None
        self.replace_texts(texts)
        self.notice = say("Both are in the editor now. Look at it, then save.")

    def follow(self) -> None:
        """Takes notice of what was saved meanwhile, here or elsewhere.

        Texts that nobody changed become the newest ones; what was typed stays, and is then
        `behind`.
        """
        newest = current_editor().open(current_author(), self.card)
        before, pending = self.opened.base, newest.pending
        if newest.base == before:
            self.opened = replace(self.opened, pending=pending)
            return
        changed = self.changed
        self.opened = replace(newest, draft=None)
        if not changed:
            self.texts = dict(newest.texts)
            self.replacements += 1
            self.result = self.notice = None
        if not self.changed:
            self.base = self.newest


def current_author() -> Author:
    """Who is here, as the editor knows them. Raises Nobody."""
    session = sessions.current()
    sessions.confirm(session)
    id = session.person.id
    return Author(id, id, may_edit=configuration.may_edit(id))


def _languages() -> tuple[str, ...]:
    """Those that a card's files are in: the course's, whether the program speaks them or not."""
    return sessions.current().study.course(clock.now()).content.syllabus.languages


def current_editor() -> Editor:
    """The editor of this app."""
    return open_workshop().editor


def state_of(card: str) -> EditorState:
    """The state with this card open; what was typed before a reload or a crash is still there."""
    state = st.session_state.get(KEY)
    if not isinstance(state, EditorState) or state.card != card:
        fresh = _opened(card)
        # After a reload, and where the server was started anew, the same file is written in.
        shown = st.query_params.get(FILE, "") if state is None else ""
        fresh.file = shown if shown in _languages() else fresh.file
        st.session_state[KEY] = state = fresh
    return state


def _opened(card: str) -> EditorState:
    opened = current_editor().open(current_author(), card)
    if opened.draft is None:
        return EditorState(opened, dict(opened.texts), opened.base.id if opened.base else None)
    draft = opened.draft
    return EditorState(opened, dict(draft.texts), draft.base, draft=draft.texts)


def saved_words(saved: Saved, status: Status | None) -> Message:
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
