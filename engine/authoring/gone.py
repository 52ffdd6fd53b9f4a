"""Cards whose folder was renamed or deleted: is one of the others the same card, or is it over?"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from engine.authoring.author import Author, require
from engine.authoring.editor import EditError, Editor
from engine.authoring.front_matter_edits import with_status
from engine.course import FileSync, Written, difference, stated_status, texts_digest
from engine.i18n import DEFAULT_LANGUAGE, say
from engine.storage import Head, NewRevision, Revision, Revisions, Texts


@dataclass(frozen=True)
class Gone:
    """A card without a folder. likely: what it may be called now, the likeliest first."""

    card: str
    likely: tuple[str, ...]


def gone_cards(sync: FileSync, revisions: Revisions) -> list[Gone]:
    """The cards that somebody has to say something about; retired ones are over already.

    Raises StorageError.
    """
    heads = {head.card: head for head in revisions.heads()}
    found = sync.gone(tuple(heads.values()))
    if not found:
        return []
    states = {card: revisions.texts(heads[card].newest or 0) for card in found}
    asked = [card for card in found if stated_status(states[card]) != "retired"]
    return [Gone(card, _likely(states[card], heads, sync, revisions)) for card in asked]


def made_in_app(card: str, revisions: Revisions) -> bool:
    """Whether a card began in the app: then another server's folder may hold it, and this one never
    did. Which folder it was written to is kept nowhere. Raises StorageError.
    """
    return revisions.history(card)[-1].origin == "app"


def _likely(
    texts: Texts, heads: dict[str, Head], sync: FileSync, revisions: Revisions
) -> tuple[str, ...]:
    """Cards with files that share most of their text with this one."""
    size = difference(texts, {})
    found = []
    for card in sync.cards_on_disk():
        head = heads.get(card)
        if head is None or head.newest is None:
            continue
        apart = difference(texts, revisions.texts(head.newest))
        if apart < size:
            found.append((apart, card))
    return tuple(card for _, card in sorted(found))


def rename_card(editor: Editor, who: Author, old: str, new: str, now: datetime) -> Revision:
    """The card `old` goes on as `new`: what learners remember of its items is carried over.

    Items are the same where they have the same id. The old card is retired, and its history stays.
    Raises NotAllowed, EditError, StorageError.
    """
    require(who)
    ours, theirs = editor.open(who, old), editor.open(who, new)
    if ours.base is None or theirs.base is None or old == new:
        raise EditError(say("There is no card “{card}”.", card=new if ours.base else old))
    there = set(editor.check(new, theirs.texts).items)
    items = [item for item in editor.check(old, ours.texts).items if item in there]
    same = {f"{old}/{item}": f"{new}/{item}" for item in items}
    return _retire(editor, who, old, now, f"→ {new}", same)


def retire_card(editor: Editor, who: Author, card: str, now: datetime) -> Revision:
    """Retires a card whose folder was deleted; its history and records stay.

    Raises NotAllowed, EditError, StorageError.
    """
    return _retire(editor, who, card, now, "retired", {})


def put_back(editor: Editor, who: Author, card: str) -> Written:
    """Writes the card's files again. Raises NotAllowed, EditError, StorageError."""
    opened = editor.open(who, card)
    if opened.base is None:
        raise EditError(say("There is no card “{card}”.", card=card))
    return editor.sync.write(card, opened.texts, opened.base.id)


def _retire(
    editor: Editor, who: Author, card: str, now: datetime, note: str, same: dict[str, str]
) -> Revision:
    """Not by `Editor.save`, which would write the folder again that somebody took away."""
    opened = editor.open(who, card)
    if opened.base is None:
        raise EditError(say("There is no card “{card}”.", card=card))
    english = with_status(opened.texts.get(DEFAULT_LANGUAGE, ""), "retired")
    texts = {**opened.texts, DEFAULT_LANGUAGE: english}
    checked = editor.check(card, texts)
    new = NewRevision(
        card=card,
        texts=texts,
        digest=texts_digest(card, texts),
        sound=checked.sound,
        withdrawn=checked.withdrawn,
        author=who.id,
        origin="app",
        at=now,
        note=note,
    )
    saved = editor.store.revisions.save(new, base=opened.base.id, same_knowledge=same)
    if not isinstance(saved, Revision):
        raise EditError(say("Somebody saved this card just now. Look at it, and say it again."))
    return saved
