"""The use cases of editing: list, open, check, keep a draft, save, merge, restore, rename."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime

from engine.authoring.author import Author, require
from engine.authoring.front_matter_edits import with_property, with_status
from engine.content import Problem, Status, is_id
from engine.course import (
    Checked,
    Merged,
    StoredCourse,
    Written,
    as_read,
    is_language,
    merge,
    merge_texts,
    texts_digest,
)
from engine.i18n import DEFAULT_LANGUAGE, Message, say
from engine.storage import (
    Draft,
    Head,
    NewRevision,
    Origin,
    Report,
    Revision,
    Stale,
    Store,
    Texts,
)


@dataclass(frozen=True)
class Opened:
    """A card in the editor.

    base: the newest revision (None: a card that is not saved yet), with its texts. draft: what
    this author typed and did not save. pending: a revision by file that contradicts `base`.
    """

    card: str
    base: Revision | None
    texts: Texts
    draft: Draft | None
    pending: Revision | None


@dataclass(frozen=True)
class Saved:
    """A save that is durable. place: whether the card's files have it too."""

    revision: Revision
    place: Written


@dataclass(frozen=True)
class Refused:
    """A save that was not made, because a card for learners would have these errors."""

    problems: tuple[Problem, ...]


@dataclass(frozen=True)
class AskRenames:
    """A save that was not made yet: are some of the items `gone` the same knowledge as `new`?"""

    gone: tuple[str, ...]
    new: tuple[str, ...]


@dataclass(frozen=True)
class Conflict:
    """A save that was not made: the card was changed in between.

    merged: by language, what both changes come to, and where somebody has to decide.
    """

    base: Texts
    mine: Texts
    theirs: Texts
    newest: Revision
    merged: Mapping[str, Merged]

    @property
    def texts(self) -> dict[str, str] | None:
        """Both changes together; None where they contradict one another."""
        return merge_texts(self.base, self.mine, self.theirs)


SaveResult = Saved | Refused | AskRenames | Conflict


class EditError(ValueError):
    """Something that cannot be edited that way; `message` says what would be right."""

    def __init__(self, message: Message) -> None:
        super().__init__(str(message))
        self.message = message


class Editor:
    """What instructors do, over one content folder and one store. Threads may share it.

    Every method that changes or shows the course's source raises NotAllowed for somebody who is
    no instructor, and StorageError where the database cannot do its work.
    """

    def __init__(self, store: Store, course: StoredCourse) -> None:
        self.store = store
        self.checker = course.checker
        self.sync = course.sync
        self._revisions = store.revisions

    # Opening

    def open(self, who: Author, card: str) -> Opened:
        """A card to edit. Raises EditError for an id that no card can have."""
        require(who)
        _check_id(card)
        head = self.store.revisions.head(card)
        base = self._revision(head.newest if head else None)
        return Opened(
            card=card,
            base=base,
            texts=self.store.revisions.texts(base.id) if base else {},
            draft=self.store.drafts.get(card, who.id),
            pending=self._revision(head.pending if head else None),
        )

    def check(self, card: str, texts: Texts) -> Checked:
        """What is right and wrong with texts that nobody saved."""
        return self.checker.check(card, texts)

    def keep_draft(
        self, who: Author, card: str, base: int | None, texts: Texts, now: datetime
    ) -> None:
        """Keeps what an author has typed, so that a crash or a lost connection loses nothing."""
        require(who)
        _check_id(card)
        _check_languages(texts)
        self.store.drafts.keep(Draft(card=card, author=who.id, base=base, at=now, texts=texts))

    def set_aside(self, who: Author, card: str, known: Texts | None, texts: Texts) -> None:
        """Keeps a draft of this author's that is about to be written over, for `discarded`.

        known: the draft as whoever writes now knows it, texts: what they write. Any other was
        typed in another tab, which still shows it.
        """
        require(who)
        other = self.store.drafts.get(card, who.id)
        if other is None or other.texts == known:
            return
        if as_saved(card, other.texts) != as_saved(card, texts):
            self.store.drafts.keep(replace(other, author=_aside(who)))

    def drop_draft(self, who: Author, card: str) -> None:
        """Goes back to what is saved."""
        require(who)
        self.store.drafts.drop(card, who.id)

    def discard(
        self, who: Author, card: str, base: int | None, texts: Texts, now: datetime
    ) -> None:
        """Goes back to what is saved; `discarded` has what was typed until the next discard."""
        require(who)
        _check_id(card)
        aside = Draft(card=card, author=_aside(who), base=base, at=now, texts=texts)
        self.store.drafts.keep(aside)
        self.store.drafts.drop(card, who.id)

    def discarded(self, who: Author, card: str) -> Draft | None:
        """What this author discarded last, or another tab wrote over; None for nothing."""
        require(who)
        return self.store.drafts.get(card, _aside(who))

    # Saving

    def save(
        self,
        who: Author,
        card: str,
        base: int | None,
        texts: Texts,
        now: datetime,
        *,
        note: str = "",
        origin: Origin = "app",
        renames: Mapping[str, str] | None = None,
    ) -> SaveResult:
        """Makes `texts` the card's newest revision, durable when this returns `Saved`.

        base: the revision they were made from. renames: id of an item that is gone -> id of the
        new item that is the same knowledge; None: ask if that may be the case.
        """
        require(who)
        _check_id(card)
        _check_languages(texts)
        texts, unreadable = as_read(card, texts)
        if unreadable:  # a draft too: no file could hold it
            return Refused(unreadable)
        checked = self.check(card, texts)
        if not checked.sound and not checked.withdrawn:
            return Refused(checked.errors)
        head = self.store.revisions.head(card)
        newest = head.newest if head else None
        if newest != base:
            return self._conflict(base, texts, newest)
        if renames is None:
            asked = self._renamed(card, base, checked)
            if asked is not None:
                return asked
        new = NewRevision(
            card=card,
            texts=texts,
            digest=texts_digest(card, texts),
            sound=checked.sound,
            withdrawn=checked.withdrawn,
            author=who.id,
            origin=origin,
            at=now,
            note=note,
        )
        same = {f"{card}/{old}": f"{card}/{new}" for old, new in (renames or {}).items()}
        saved = self.store.revisions.save(new, base=base, same_knowledge=same)
        if isinstance(saved, Stale):
            return self._conflict(base, texts, saved.newest)
        return Saved(saved, self.sync.write(card, texts, saved.id))

    def _conflict(self, base: int | None, mine: Texts, newest: int | None) -> Conflict:
        ours = self.store.revisions.texts(base) if base is not None else {}
        theirs = self.store.revisions.texts(newest) if newest is not None else {}
        revision = self._revision(newest)
        assert revision is not None  # a head never loses its newest revision
        return Conflict(ours, mine, theirs, revision, merged_texts(ours, mine, theirs))

    def settle(self, who: Author, card: str) -> Conflict | None:
        """What a file that contradicts the newest revision has to be merged with; None: nothing."""
        opened = self.open(who, card)
        head = self.store.revisions.head(card)
        if opened.pending is None or opened.base is None or head is None:
            return None
        parent = opened.pending.parent
        base = self.store.revisions.texts(parent) if parent is not None else {}
        theirs = self.store.revisions.texts(opened.pending.id)
        merged = merged_texts(base, opened.texts, theirs)
        return Conflict(base, opened.texts, theirs, opened.pending, merged)

    def _renamed(self, card: str, base: int | None, checked: Checked) -> AskRenames | None:
        """Items that are gone, if others came; an item that only goes keeps its log."""
        if base is None:
            return None
        before = self.check(card, self.store.revisions.texts(base)).items
        gone = tuple(item for item in before if item not in checked.items)
        new = tuple(item for item in checked.items if item not in before)
        return AskRenames(gone, new) if gone and new else None

    # New cards, other states

    def free_id(self, card: str) -> bool:
        """Whether a new card may have this id."""
        return is_id(card) and self.store.revisions.head(card) is None

    def create(self, who: Author, card: str, texts: Texts, now: datetime) -> SaveResult:
        """A new card. Raises EditError where there is one with this id, or can be none."""
        require(who)
        _check_id(card)
        if self.store.revisions.head(card) is not None:
            raise EditError(say("There is a card “{card}” already. Choose another id.", card=card))
        return self.save(who, card, None, texts, now, note="", renames={})

    def duplicate(self, who: Author, card: str, new: str, now: datetime) -> SaveResult:
        """A copy of a card under another id, as a draft at the end of its unit."""
        opened = self.open(who, card)
        english = with_status(opened.texts.get(DEFAULT_LANGUAGE, ""), "draft")
        read = self.check(card, opened.texts).card
        if read is not None:
            english = with_property(english, "position", self.checker.end_of(read.unit))
        texts = {**opened.texts, DEFAULT_LANGUAGE: english}
        return self.create(who, new, texts, now)

    def set_status(self, who: Author, card: str, status: Status, now: datetime) -> SaveResult:
        """Draft, ready or retired; its history and its learners' records stay."""
        opened = self.open(who, card)
        if opened.base is None:
            raise EditError(say("There is no card “{card}”.", card=card))
        english = with_status(opened.texts[DEFAULT_LANGUAGE], status)
        texts = {**opened.texts, DEFAULT_LANGUAGE: english}
        return self.save(who, card, opened.base.id, texts, now, note=status, renames={})

    def restore(self, who: Author, card: str, revision: int, now: datetime) -> SaveResult:
        """Makes an earlier state the newest one again, as a revision of its own."""
        opened = self.open(who, card)
        found = self._revision(revision)
        if found is None or found.card != card or opened.base is None:
            raise EditError(
                say("The card “{card}” has no revision {number}.", card=card, number=revision)
            )
        texts = self.store.revisions.texts(revision)
        return self.save(
            who,
            card,
            opened.base.id,
            texts,
            now,
            note=f"#{revision}",
            origin="restore",
            renames={},
        )

    # History and reports

    def history(self, who: Author, card: str) -> list[Revision]:
        """A card's revisions, newest first."""
        require(who)
        return self.store.revisions.history(card)

    def texts(self, who: Author, revision: int) -> Texts:
        """The texts of a revision. Raises EditError for one that is not there."""
        require(who)
        try:
            return self.store.revisions.texts(revision)
        except KeyError:
            raise EditError(say("There is no revision {number}.", number=revision)) from None

    def reports(self, who: Author, card: str | None = None) -> list[Report]:
        """What learners reported and nobody has answered."""
        require(who)
        return self.store.reports.find(card)

    def close_report(self, who: Author, report: int, reply: str, now: datetime) -> bool:
        """Answers and closes a report; False if somebody else was faster."""
        require(who)
        return self.store.reports.close(report, who.id, reply.strip()[:2000], now)

    def heads(self, who: Author) -> list[Head]:
        """All cards that have a revision."""
        require(who)
        return self.store.revisions.heads()

    def _revision(self, id: int | None) -> Revision | None:
        return None if id is None else self.store.revisions.get(id)


def merged_texts(base: Texts, mine: Texts, theirs: Texts) -> dict[str, Merged]:
    """By language, both changes side by side or together."""
    return {
        language: merge(base.get(language, ""), mine.get(language, ""), theirs.get(language, ""))
        for language in {**base, **mine, **theirs}
    }


def decided_texts(conflict: Conflict, decisions: Mapping[str, list[str]]) -> dict[str, str]:
    """The texts after somebody decided every conflict, by language and in order.

    Raises ValueError where a decision is missing.
    """
    found = {
        language: merged.decided(decisions.get(language, []))
        for language, merged in conflict.merged.items()
    }
    return {language: text for language, text in found.items() if text}


def _aside(who: Author) -> str:
    """The author under whom a discarded draft is kept; no learner's id begins so."""
    return f"discarded:{who.id}"


def as_saved(card: str, texts: Texts) -> Texts:
    """Texts as a save would keep them; what no file could hold stays as it is."""
    read, _ = as_read(card, texts)
    return {**texts, **read}


def _check_id(card: str) -> None:
    if not is_id(card):
        raise EditError(
            say(
                "“{card}” cannot be the id of a card: small letters and digits, joined by "
                "hyphens, at most 64.",
                card=card[:60],
            )
        )


def _check_languages(texts: Texts) -> None:
    for language in texts:
        if not is_language(language):
            raise EditError(
                say("“{language}” is no language that a card can be in.", language=language[:60])
            )
