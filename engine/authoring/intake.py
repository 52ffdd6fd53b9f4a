"""What somebody did to the files outside the app becomes revisions, and saved ones become files."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from threading import Lock
from typing import Literal

from engine.authoring.merging import merge
from engine.authoring.writing import write_card
from engine.cards import Folder, Mark, Problem, decode, digest, file_name, is_id
from engine.storage import Editing, Head, NewRevision, Texts
from engine.words import DEFAULT_LANGUAGE

#: Who is named as the author of what came from a file.
BY_FILE = "file"
#: Whether texts may be seen by learners, and whether the card is taken from them.
Judge = Callable[[str, Texts], tuple[bool, bool]]
Place = Literal["file", "changed", "unwritable"]
#: How often another process may be faster before we leave it to the next look.
TRIES = 3


def texts_digest(card: str, texts: Texts) -> str:
    """The digest of a card's texts, as of files that hold them in UTF-8."""
    return digest(card, as_bytes(texts))


def as_bytes(texts: Texts) -> dict[str, bytes]:
    """Texts as files hold them. Half a surrogate pair is kept, and no file can be made of it."""
    return {language: text.encode("utf-8", "surrogatepass") for language, text in texts.items()}


def as_read(card: str, texts: Texts) -> tuple[Texts, tuple[Problem, ...]]:
    """Texts as they would be after being written to files and read, and why some cannot be."""
    found: dict[str, str] = {}
    problems: list[Problem] = []
    for language, content in as_bytes(texts).items():
        text = decode(content, file_name(card, language))
        if isinstance(text, Problem):
            problems.append(text)
        else:
            found[language] = text
    return found, tuple(problems)


@dataclass(frozen=True)
class OnDisk:
    """A card's files: their texts by language, or why some could not be read."""

    texts: Texts
    problems: tuple[Problem, ...]


class Intake:
    """Between a content folder and the database's revisions. Safe to share between threads."""

    def __init__(self, folder: Path, editing: Editing, languages: Callable[[], Sequence[str]]):
        self.root = folder
        self._folder = Folder(folder)
        self._editing = editing
        self._languages = languages
        self._lock = Lock()
        self._marks: dict[str, tuple[Mark, ...]] = {}
        self._problems: dict[str, tuple[Problem, ...]] = {}

    @property
    def problems(self) -> tuple[Problem, ...]:
        """Files that could not be taken in, because they are no texts."""
        return tuple(problem for told in self._problems.values() for problem in told)

    def look(self, judge: Judge, now: datetime) -> list[str]:
        """Takes in every card whose files are not those last seen. -> the cards' ids

        Files whose metadata did not change since the last look are not opened. Raises StorageError.
        """
        taken: list[str] = []
        with self._lock:
            languages = self._languages()
            marks = {name: self._mark(name, languages) for name in self.cards_on_disk()}
            changed = {n: mark for n, mark in marks.items() if mark != self._marks.get(n)}
            if not changed:
                return []
            heads = {head.card: head for head in self._editing.heads()}
            begun: list[NewRevision] = []
            for name in changed:
                disk = self.on_disk(name)
                self._problems[name] = disk.problems
                if disk.problems or DEFAULT_LANGUAGE not in disk.texts:
                    continue
                if name not in heads:
                    begun.append(self._revision(name, disk.texts, judge, now))
                elif self._take_in(name, disk.texts, heads[name], judge, now):
                    taken.append(name)
            taken.extend(self._editing.begin(begun))
            self._marks.update(changed)
        return sorted(taken)

    def on_disk(self, card: str) -> OnDisk:
        """What a card's files hold."""
        texts: dict[str, str] = {}
        problems: list[Problem] = []
        for language in self._languages():
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

    def _mark(self, card: str, languages: Sequence[str]) -> tuple[Mark, ...]:
        return tuple(self._folder.mark(file_name(card, code)) for code in languages)

    def _take_in(self, card: str, texts: Texts, head: Head, judge: Judge, now: datetime) -> bool:
        if head.seen_digest == texts_digest(card, texts):
            return False
        new = self._revision(card, texts, judge, now)
        for _ in range(TRIES):
            since = min(head.seen or 0, (head.newest or 1) - 1)
            saved = self._editing.with_digest(card, new.digest, since)
            if saved is not None:
                # A save wrote it, or git brought it from where a save did.
                self._editing.saw(card, new.digest, saved)
                return False
            merged = self._merged(head, texts, judge, new)
            if self._editing.take_in(new, merged=merged, base=head.newest):
                return True
            again = self._editing.head(card)
            if again is None or again.seen_digest == new.digest:
                return False
            head = again
        return False

    def _revision(self, card: str, texts: Texts, judge: Judge, now: datetime) -> NewRevision:
        sound, withdrawn = judge(card, texts)
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
        self, head: Head, texts: Texts, judge: Judge, new: NewRevision
    ) -> NewRevision | None:
        """The files' change and the newest revision together, where that works and is sound."""
        if head.newest is None or head.newest == head.seen:
            return None
        base = self._editing.texts(head.seen) if head.seen is not None else {}
        both = merge_texts(base, self._editing.texts(head.newest), texts)
        if both is None:
            return None
        sound, withdrawn = judge(new.card, both)
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

    def write(self, card: str, texts: Texts, revision: int) -> Place:
        """Writes a saved revision to the card's files, unless they were changed in between.

        Each file is replaced in one step, so that nobody reads half of it. "changed": somebody
        edited the files since they were last seen; "unwritable": the folder cannot be written.
        """
        with self._lock:
            head = self._editing.head(card)
            seen = head.seen_digest if head is not None else None
            disk = self.on_disk(card)

            def still() -> bool:
                return self._holds(card, self.on_disk(card), seen)

            if not self._holds(card, disk, seen):
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
            self._editing.saw(card, texts_digest(card, texts), revision)
            self._marks[card] = self._mark(card, self._languages())
        return "file"

    @staticmethod
    def _holds(card: str, disk: OnDisk, digest: str | None) -> bool:
        """Whether a card's files are those with this digest; None: whether there are none."""
        found = texts_digest(card, disk.texts) if disk.texts else None
        return not disk.problems and found == digest


def merge_texts(base: Texts, mine: Texts, theirs: Texts) -> dict[str, str] | None:
    """Two versions of a card with a common ancestor, together; None where they contradict."""
    found: dict[str, str] = {}
    for language in {**mine, **theirs}:
        merged = merge(base.get(language, ""), mine.get(language, ""), theirs.get(language, ""))
        if merged.text is None:
            return None
        if merged.text:
            found[language] = merged.text
    return found
