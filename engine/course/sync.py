"""What somebody did to the files outside the app becomes revisions, and saved ones become files."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from threading import Lock
from typing import Literal

from engine.content import Folder, Mark, Problem, decode, file_name, is_id
from engine.course.checking import Checker
from engine.course.texts import difference, merge_texts, texts_digest
from engine.course.writing import write_card
from engine.i18n import DEFAULT_LANGUAGE
from engine.storage import Head, NewRevision, Revisions, Stale, Texts

#: Who is named as the author of what came from a file.
BY_FILE = "file"
#: What became of a card's files at a save.
Written = Literal["file", "changed", "unwritable"]
#: How often another process may be faster before we leave it to the next look.
TRIES = 3
#: Revisions among which the one is looked for that a file was edited from.
MOST_ANCESTORS = 50


@dataclass(frozen=True)
class OnDisk:
    """A card's files: their texts by language, or why some could not be read."""

    texts: Texts
    problems: tuple[Problem, ...]


class FileSync:
    """Between a content folder and the database's revisions. Safe to share between threads."""

    def __init__(self, folder: Path, revisions: Revisions, checker: Checker) -> None:
        """checker: says whether learners may see what is taken in."""
        self.root = folder
        self._folder = Folder(folder)
        self._revisions = revisions
        self._checker = checker
        self._lock = Lock()
        self._marks: dict[str, tuple[Mark, ...]] = {}
        self._problems: dict[str, tuple[Problem, ...]] = {}
        #: What this folder's files are, as far as that is known: another folder may have others.
        self._held: dict[str, int] = {}
        self._behind: dict[str, int] = {}

    @property
    def problems(self) -> tuple[Problem, ...]:
        """Files that could not be taken in, because they are no texts."""
        return tuple(problem for problems in self._problems.values() for problem in problems)

    @property
    def behind(self) -> dict[str, int]:
        """Cards whose files hold an earlier revision, with that: an old checkout, for example."""
        return dict(self._behind)

    def look(self, now: datetime, each: Callable[[str], object] = str) -> list[str]:
        """Takes in every card whose files are not those last seen. -> the cards' ids

        Files whose metadata did not change since the last look are not opened. each: hears of every
        card that is looked at. Raises StorageError.
        """
        taken: list[str] = []
        with self._lock:
            languages = self._checker.languages()
            marks = {name: self._mark(name, languages) for name in self.cards_on_disk()}
            changed = {n: mark for n, mark in marks.items() if mark != self._marks.get(n)}
            if not changed:
                return []
            heads = {head.card: head for head in self._revisions.heads()}
            begun: list[NewRevision] = []
            for name in changed:
                each(name)
                disk = self.on_disk(name)
                self._problems[name] = disk.problems
                if disk.problems or DEFAULT_LANGUAGE not in disk.texts:
                    continue
                if name not in heads:
                    begun.append(self._revision(name, disk.texts, now))
                elif self._take_in(name, disk.texts, heads[name], now):
                    taken.append(name)
            taken.extend(self._revisions.begin(begun))
            self._begun(begun)
            self._marks.update(changed)
        return sorted(taken)

    def _begun(self, new: Sequence[NewRevision]) -> None:
        if new:
            heads = {head.card: head.newest for head in self._revisions.heads()}
            held = {one.card: heads.get(one.card) for one in new}
            self._held.update({card: id for card, id in held.items() if id is not None})

    def on_disk(self, card: str) -> OnDisk:
        """What a card's files hold."""
        texts: dict[str, str] = {}
        problems: list[Problem] = []
        for language in self._checker.languages():
            name = file_name(card, language)
            content = self._folder.read(name)
            text = decode(content, name) if isinstance(content, bytes) else content
            if isinstance(text, Problem):
                problems.append(text)
            elif text is not None:
                texts[language] = text
        return OnDisk(texts, tuple(problems))

    def cards_on_disk(self) -> tuple[str, ...]:
        """The ids of the cards that have a folder."""
        return tuple(name for name in self._folder.cards() or () if is_id(name))

    def gone(self, heads: Sequence[Head]) -> tuple[str, ...]:
        """Cards that had files in the folder and have none now: renamed or deleted there.

        A folder without any card that is known is not there at all (not mounted, for example), and
        then nothing is said to be gone.
        """
        there = set(self.cards_on_disk())
        seen = [head.card for head in heads if head.newest is not None and head.seen is not None]
        if not there & set(seen):
            return ()
        return tuple(card for card in seen if card not in there or self._empty(card))

    def _empty(self, card: str) -> bool:
        disk = self.on_disk(card)
        return not disk.texts and not disk.problems

    def _mark(self, card: str, languages: Sequence[str]) -> tuple[Mark, ...]:
        return tuple(self._folder.mark(file_name(card, code)) for code in languages)

    def _take_in(self, card: str, texts: Texts, head: Head, now: datetime) -> bool:
        new: NewRevision | None = None
        for _ in range(TRIES):
            if self._known(head, texts_digest(card, texts)):
                return False
            # Judged only now: after a start the files of thousands of cards are known.
            new = new or self._revision(card, texts, now)
            since = self._edited_from(head, texts)
            merged = self._merged(head, texts, new, since)
            if self._revisions.take_in(new, merged=merged, base=head.newest, since=since):
                self._behind.pop(card, None)
                held = self._revisions.with_digest(card, new.digest)
                if held is not None:
                    self._held[card] = held
                return True
            again = self._revisions.head(card)
            if again is None:
                return False
            head = again
        return False

    def _known(self, head: Head, digest: str) -> bool:
        """Whether files are a state that is kept already, and so no change. It is remembered which.

        A save wrote them, or git brought them from where a save did, or they are an old checkout:
        the newest revision stays the newest, whatever other servers' folders hold.
        """
        if head.seen_digest == digest and head.seen is not None:
            held: int | None = head.seen
        else:
            held = self._revisions.with_digest(head.card, digest)
        if held is None or self._mended(head, held):
            return False
        newest = self._revisions.get(head.newest) if head.newest is not None else None
        if newest is not None and newest.digest == digest:
            if head.seen != newest.id or head.seen_digest != digest or head.pending is not None:
                self._revisions.saw(head.card, digest, newest.id)
            held = newest.id
        self._note(head, held)
        return True

    def _mended(self, head: Head, held: int) -> bool:
        """Whether this folder's file broke the card and was put back to what learners see."""
        broke = head.newest is not None and self._held.get(head.card) == head.newest
        return broke and head.sound != head.newest and head.sound == held

    def force(self, card: str, now: datetime) -> Head | None:
        """Makes what a card's files hold the newest revision, also where it is an earlier state.

        None where there are no files that can be read, or somebody saved meanwhile. Raises
        StorageError.
        """
        with self._lock:
            disk, head = self.on_disk(card), self._revisions.head(card)
            if disk.problems or DEFAULT_LANGUAGE not in disk.texts:
                return None
            new = self._revision(card, disk.texts, now)
            saved = self._revisions.save(new, base=head.newest if head is not None else None)
            if isinstance(saved, Stale):
                return None
            self._revisions.saw(card, new.digest, saved.id)
            self._held[card] = saved.id
            self._behind.pop(card, None)
            return self._revisions.head(card)

    def _note(self, head: Head, held: int) -> None:
        self._held[head.card] = held
        if held in (head.newest, head.pending):
            self._behind.pop(head.card, None)
        else:
            self._behind[head.card] = held

    def _edited_from(self, head: Head, texts: Texts) -> int | None:
        """The revision that somebody edited in a text editor to come to `texts`.

        It is what this folder's files were. Where that is not known, as after a start, it is the
        revision that is nearest: what was seen last may have been in another server's folder.
        """
        known = self._held.get(head.card)
        if known is not None:
            return known
        recent = [r.id for r in self._revisions.history(head.card, MOST_ANCESTORS)]
        # An edit that is as near to several was made from what was seen last, or the newest.
        order = sorted(recent, key=lambda id: (id == head.seen, id == head.newest, id))
        states = self._revisions.texts_of(recent)
        return min(reversed(order), key=lambda id: difference(states[id], texts), default=head.seen)

    def _revision(self, card: str, texts: Texts, now: datetime) -> NewRevision:
        sound, withdrawn = self._checker.alone(card, texts)
        return NewRevision(
            card=card,
            texts=texts,
            digest=texts_digest(card, texts),
            sound=sound,
            withdrawn=withdrawn,
            author=BY_FILE,
            origin="file",
            at=now,
        )

    def _merged(
        self, head: Head, texts: Texts, new: NewRevision, since: int | None
    ) -> NewRevision | None:
        """The files' change since a revision and the newest one, where that works and is sound."""
        if head.newest is None or head.newest == since:
            return None
        base = self._revisions.texts(since) if since is not None else {}
        both = merge_texts(base, self._revisions.texts(head.newest), texts)
        if both is None:
            return None
        sound, withdrawn = self._checker.alone(new.card, both)
        if new.sound and not sound:
            return None
        return NewRevision(
            card=new.card,
            texts=both,
            digest=texts_digest(new.card, both),
            sound=sound,
            withdrawn=withdrawn,
            author=BY_FILE,
            origin="merge",
            at=new.at,
        )

    # Writing

    def write(self, card: str, texts: Texts, revision: int) -> Written:
        """Writes a saved revision to the card's files, unless they were changed in between.

        Each file is replaced in one step, so that nobody reads half of it. "changed": somebody
        edited the files since they were last seen; "unwritable": the folder cannot be written.
        """
        with self._lock:
            return self._write(card, texts, revision)

    def _write(self, card: str, texts: Texts, revision: int) -> Written:
        head = self._revisions.head(card)
        disk = self.on_disk(card)

        def still() -> bool:
            return self._kept(card, self.on_disk(card))

        if not self._kept(card, disk):
            return "changed"
        if head is not None and head.newest != revision:
            return "file"  # somebody saved after us, on top of this, and writes theirs
        try:
            if not write_card(self.root, card, texts, still):
                return "changed"
            for language in disk.texts.keys() - texts.keys():
                (self.root / file_name(card, language)).unlink()
        except OSError:
            return "unwritable"
        self._revisions.saw(card, texts_digest(card, texts), revision)
        self._marks[card] = self._mark(card, self._checker.languages())
        self._held[card] = revision
        self._behind.pop(card, None)
        return "file"

    def catch_up(self) -> list[str]:
        """Writes the newest revision over files that hold an earlier one. -> the cards' ids

        Files that could not be written stay `behind`. Raises StorageError.
        """
        written: list[str] = []
        with self._lock:
            for card in sorted(self._behind):
                head = self._revisions.head(card)
                if head is None or head.newest is None or head.pending is not None:
                    continue
                if head.sound is not None and head.sound != head.newest:
                    continue  # the newest has an error; the file may be its mending
                texts = self._revisions.texts(head.newest)
                if self._write(card, texts, head.newest) == "file":
                    written.append(card)
        return written

    def _kept(self, card: str, disk: OnDisk) -> bool:
        """Whether nothing is lost where a card's files are replaced: they are a revision."""
        if disk.problems:
            return False
        if not disk.texts:
            return True
        return self._revisions.with_digest(card, texts_digest(card, disk.texts)) is not None
