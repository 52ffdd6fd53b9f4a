"""A content folder read again and again, of which only what changed is opened."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from threading import Lock
from typing import Any, Generic, TypeVar

from engine.content import (
    CARDS,
    Content,
    Files,
    Folder,
    Part,
    Parts,
    Problem,
    Reading,
    Syllabus,
    card_files,
    file_name,
    other_files,
    parts_of,
    syllabus_of,
)
from engine.course.compiling import CardCache, CompiledCard, Key

T = TypeVar("T")
#: Earlier versions of cards that are kept, so that going back to one of them parses nothing.
REMEMBER = 256


@dataclass(frozen=True, slots=True)
class _Seen(Generic[T]):
    """What came of files that had these marks."""

    marks: tuple[object, ...]
    part: Part[T]


@dataclass(frozen=True, slots=True)
class _SeenCard(_Seen[Reading]):
    card: CompiledCard
    key: Key | None


@dataclass(frozen=True, slots=True)
class Snapshot:
    """All files at one moment. cards: what came of each, also of those that are in no content."""

    content: Content
    parts: Parts
    cards: Mapping[str, CompiledCard]


class ContentReader:
    """Reads a content folder. Safe to share between threads.

    A file whose metadata did not change is not even opened; a card whose bytes did not change is
    not parsed.
    """

    def __init__(self, source: Path | Files, *, remember: int = REMEMBER) -> None:
        self._folder: Files = Folder(source) if isinstance(source, Path) else source
        self._lock = Lock()
        self._files: dict[str, _Seen[Any]] = {}
        self._cards: dict[str, _SeenCard] = {}
        self._kept = CardCache(remember)
        self._snapshot: Snapshot | None = None

    @property
    def parsed(self) -> int:
        """How many cards were parsed so far."""
        return self._kept.parsed

    def read(self) -> Content:
        """The content as it is now: the same object as last time if nothing changed.

        Whatever is in the folder, nothing is raised: it is in the content's `problems`.
        """
        return self.snapshot().content

    def snapshot(self) -> Snapshot:
        """The same with what the content was made of."""
        with self._lock:
            parts, cards = self._parts()
            if self._snapshot is None or not _same(parts, self._snapshot.parts):
                self._kept.settle(seen.key for seen in cards.values())
                compiled = {name: seen.card for name, seen in cards.items()}
                self._snapshot = Snapshot(parts.together(), parts, compiled)
            self._cards = cards
            return self._snapshot

    def syllabus(self) -> Syllabus:
        """Units and languages as they are now, without a look at the cards."""
        with self._lock:
            return syllabus_of(self._file).result

    def alone(self, card: str, files: Mapping[str, bytes]) -> CompiledCard:
        """What would come of `card` with these files by themselves, without the other cards.

        It is remembered, so that reading the same files afterwards parses nothing.
        """
        return self._kept.of(card, files, self.syllabus().languages)[1]

    def _parts(self) -> tuple[Parts, dict[str, _SeenCard]]:
        cards: dict[str, _SeenCard] = {}

        def read(name: str, languages: tuple[str, ...]) -> Part[Reading]:
            cards[name] = self._card(name, languages)
            return cards[name].part

        return parts_of(self._folder, self._file, read), cards

    def _file(
        self,
        name: str,
        parse: Callable[..., tuple[T, tuple[Problem, ...]]],
        /,
        *languages: tuple[str, ...],
    ) -> Part[T]:
        marks = (self._folder.mark(name), *languages)
        before = self._files.get(name)
        if before is None or before.marks != marks:
            part = Part(*parse(self._folder.read(name), *languages))
            before = self._files[name] = _Seen(marks, part)
        return before.part

    def _card(self, name: str, languages: tuple[str, ...]) -> _SeenCard:
        names = (f"{CARDS}/{name}", *(file_name(name, language) for language in languages))
        marks = (languages, *map(self._folder.mark, names))
        before = self._cards.get(name)
        if before is not None and before.marks == marks:
            return before
        key, card = self._kept.of(name, card_files(self._folder, name, languages), languages)
        part = Part(card.reading, other_files(self._folder, name, languages))
        return _SeenCard(marks, part, card, key)


def _same(now: Parts, before: Parts) -> bool:
    """Whether all is what it was, object by object."""
    return (
        now.syllabus is before.syllabus
        and now.sources is before.sources
        and now.glossary is before.glossary
        and now.findings is before.findings
        and len(now.notes) == len(before.notes)
        and all(a is b for a, b in zip(now.notes, before.notes, strict=True))
        and now.folders == before.folders
        and all(part is before.cards.get(name) for name, part in now.cards.items())
    )
