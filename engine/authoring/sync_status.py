"""How a card's files and its newest revision stand to one another, and what is done about it."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Literal

from engine.authoring.gone import gone_cards, made_in_app
from engine.content import Problem
from engine.course import FileSync, OnDisk, texts_digest, write_card
from engine.i18n import DEFAULT_LANGUAGE
from engine.storage import Head, Revisions

SyncState = Literal[
    "step", "newer", "changed", "new", "waits", "database", "elsewhere", "gone", "unreadable"
]
#: States of a card that has no folder here.
WITHOUT_FOLDER: tuple[SyncState, ...] = ("elsewhere", "gone")
#: States in which somebody has to do something; "newer" and "database" only want an export.
WANTING: tuple[SyncState, ...] = ("changed", "new", "waits", *WITHOUT_FOLDER, "unreadable")


@dataclass(frozen=True)
class SyncStatus:
    """One card. revision: the newest one. problems: why files cannot be read."""

    card: str
    state: SyncState
    revision: int | None
    problems: tuple[Problem, ...] = ()

    @property
    def wanting(self) -> bool:
        """Whether somebody has to do something."""
        return self.state in WANTING


def sync_statuses(sync: FileSync, revisions: Revisions) -> list[SyncStatus]:
    """Every card of the folder or the database, by id. Nothing is taken in. Raises StorageError."""
    heads = {head.card: head for head in revisions.heads()}
    newest = revisions.get_all(head.newest for head in heads.values() if head.newest)
    digests = {id: revision.digest for id, revision in newest.items()}
    cards = sorted({*heads, *sync.cards_on_disk()})

    def kept(card: str, digest: str) -> bool:
        return revisions.with_digest(card, digest) is not None

    asked = {one.card for one in gone_cards(sync, revisions)}
    return [
        SyncStatus(id, "elsewhere" if made_in_app(id, revisions) else "gone", heads[id].newest)
        if id in asked
        else _sync_status(id, sync.on_disk(id), heads.get(id), digests, kept)
        for id in cards
    ]


def _sync_status(
    card: str,
    disk: OnDisk,
    head: Head | None,
    digests: dict[int, str],
    kept: Callable[[str, str], bool],
) -> SyncStatus:
    newest = head.newest if head is not None else None

    def stands(state: SyncState) -> SyncStatus:
        return SyncStatus(card, state, newest, disk.problems)

    if disk.problems or (disk.texts and DEFAULT_LANGUAGE not in disk.texts):
        return stands("unreadable")
    if newest is None or head is None:
        return stands("new" if disk.texts else "unreadable")
    if not disk.texts:
        return stands("waits" if head.pending is not None else "database")
    found = texts_digest(card, disk.texts)
    if found not in (head.seen_digest, digests.get(newest)) and not kept(card, found):
        return stands("changed")
    if head.pending is not None:
        return stands("waits")
    return stands("step" if found == digests.get(newest) else "newer")


Taking = Literal["began", "taken", "merged", "waits"]


@dataclass(frozen=True)
class Taken:
    """A card whose files were taken in. sound: whether learners can see what they hold."""

    card: str
    what: Taking
    revision: int
    sound: bool


def take_in(
    sync: FileSync, revisions: Revisions, now: datetime, each: Callable[[str], object] = str
) -> tuple[list[Taken], tuple[Problem, ...]]:
    """Takes in what changed in the folder. -> the cards, and the files that are no texts.

    each: hears of every card that is looked at. Raises StorageError.
    """
    before = {head.card: head for head in revisions.heads()}
    names = sync.look(now, each)
    after = {head.card: head for head in revisions.heads()}
    newest = revisions.get_all(after[name].newest or 0 for name in names)
    pending = revisions.get_all(after[name].pending or 0 for name in names)
    taken = []
    for name in names:
        head = after[name]
        waiting = pending.get(head.pending or 0)
        revision = waiting or newest[head.newest or 0]
        what: Taking = "taken"
        if waiting is not None:
            what = "waits"
        elif name not in before:
            what = "began"
        elif revision.origin == "merge":
            what = "merged"
        taken.append(Taken(name, what, revision.id, revision.sound))
    return taken, sync.problems


def force(
    sync: FileSync, cards: Iterable[str], now: datetime, each: Callable[[str], object] = str
) -> tuple[list[Taken], list[str]]:
    """Makes cards' files their newest revisions, earlier states too. -> taken, and which could not

    Raises StorageError.
    """
    taken: list[Taken] = []
    refused: list[str] = []
    for card in cards:
        each(card)
        head = sync.force(card, now)
        if head is None or head.newest is None:
            refused.append(card)
        else:
            taken.append(Taken(card, "taken", head.newest, head.newest == head.sound))
    return taken, refused


class NotEmpty(Exception):
    """Files would be written into a folder that holds something, and nobody said to."""


def export(
    revisions: Revisions,
    target: Path,
    *,
    force: bool = False,
    each: Callable[[str], object] = str,
) -> int:
    """Writes every card's newest revision as files below `target`. -> how many files

    A new or empty folder gets all of them in one step, or none. In one that holds something
    (`force`) each file is replaced in one step and other files are left alone. each: hears of every
    card when it is written. Raises NotEmpty, OSError, StorageError.
    """
    if target.is_dir() and any(target.iterdir()):
        if not force:
            raise NotEmpty
        return _write(revisions, target, each)
    target.parent.mkdir(parents=True, exist_ok=True)
    staging = Path(tempfile.mkdtemp(dir=target.parent, prefix=f".{target.name}-"))
    try:
        written = _write(revisions, staging, each)
        staging.chmod(0o755)
        if target.is_dir():
            target.rmdir()
        staging.rename(target)
        return written
    finally:
        shutil.rmtree(staging, ignore_errors=True)


def _write(revisions: Revisions, target: Path, each: Callable[[str], object]) -> int:
    heads = [head for head in revisions.heads() if head.newest is not None]
    written = 0
    for head in heads:
        texts = revisions.texts(head.newest or 0)
        write_card(target, head.card, texts)
        written += len(texts)
        each(head.card)
    return written
