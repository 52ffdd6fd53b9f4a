"""A content folder whose cards are the newest good revisions of the database."""

from __future__ import annotations

import re
from itertools import islice
from pathlib import Path
from threading import Lock

from engine.content import CARDS, Folder, Mark, Problem, file_name
from engine.i18n import DEFAULT_LANGUAGE
from engine.storage import Head, Revisions, Texts

_CARD = re.compile(rf"{CARDS}/([a-z0-9-]+)(?:/card(?:\.([A-Za-z0-9-]+))?\.md)?")
_BEGINNING = f"{CARDS}/"
#: Cards fetched beside the one that is asked for, if they changed too.
AT_ONCE = 100


class StoredFiles:
    """Cards as learners see them; everything else (course.toml, …) as the folder has it.

    A card is its newest revision without an error. `refresh` looks for new ones; between two
    calls nothing changes. Safe to share between threads.
    """

    def __init__(self, folder: Path, revisions: Revisions) -> None:
        self._folder = Folder(folder)
        self._revisions = revisions
        self._lock = Lock()
        self._version = 0
        self._sound: dict[str, int] = {}
        self._texts: dict[str, tuple[int, Texts]] = {}
        #: Cards that changed and were not read yet: they are fetched many at once.
        self._unread: dict[str, None] = {}
        #: Cards whose newest revision is not what learners see, with that revision.
        self.held_back: dict[str, int] = {}

    def refresh(self) -> bool:
        """Looks for changes, in one short query if there are none. Raises StorageError."""
        if self._revisions.version() == self._version:
            return False
        with self._lock:
            changed = self._revisions.heads(since=self._version)
            for head in changed:
                self._put(head)
                self._version = max(self._version, head.version)
        return bool(changed)

    def _put(self, head: Head) -> None:
        if head.newest is not None and head.newest != head.sound:
            self.held_back[head.card] = head.newest
        else:
            self.held_back.pop(head.card, None)
        if head.sound is None:
            self._sound.pop(head.card, None)
            self._unread.pop(head.card, None)
        elif self._sound.get(head.card) != head.sound:
            self._sound[head.card] = head.sound
            self._unread[head.card] = None

    def cards(self) -> tuple[str, ...]:
        """The ids of the cards that have a revision for learners."""
        return tuple(sorted(self._sound))

    def names(self, folder: str) -> tuple[str, ...]:
        """The names in a folder. A card's folder has its files."""
        card, _ = _named(folder)
        if card is None:
            return self._folder.names(folder)
        prefix = f"{CARDS}/{card}/"
        return tuple(file_name(card, code).removeprefix(prefix) for code in self._of(card))

    def mark(self, name: str) -> Mark:
        """A card's files change with its revision."""
        if not name.startswith(_BEGINNING):  # thousands of names are asked for again and again
            return self._folder.mark(name)
        revision = self._sound.get(name.split("/", 2)[1])
        return None if revision is None else (revision,)

    def read(self, name: str) -> bytes | Problem | None:
        """A card's file from its revision; any other file from the folder."""
        card, language = _named(name)
        if card is None or language is None:
            return self._folder.read(name)
        text = self._of(card).get(language)
        return None if text is None else text.encode()

    def _of(self, card: str) -> Texts:
        revision = self._sound.get(card)
        if revision is None:
            return {}
        kept = self._texts.get(card)
        if kept is None or kept[0] != revision:
            # The parsed card is kept elsewhere; its text is read once, a file after another.
            fetched = self._fetched(card, revision)
            self._texts, kept = fetched, fetched[card]
        return kept[1]

    def _fetched(self, card: str, revision: int) -> dict[str, tuple[int, Texts]]:
        """This card, and as many of those that will be asked for next as one query brings."""
        with self._lock:
            next_ones = [one for one in islice(self._unread, AT_ONCE) if one in self._sound]
            wanted = {one: self._sound[one] for one in next_ones} | {card: revision}
            for one in (*next_ones, card):
                self._unread.pop(one, None)
        texts = self._revisions.texts_of(wanted.values())
        # One that is damaged is as if it were not there: it is told as a card without a file.
        return {one: (number, texts.get(number, {})) for one, number in wanted.items()}


def _named(name: str) -> tuple[str | None, str | None]:
    """The card and the language that a name belongs to."""
    found = _CARD.fullmatch(name)
    if found is None:
        return None, None
    whole_folder = not name.endswith(".md")
    return found[1], None if whole_folder else found[2] or DEFAULT_LANGUAGE
