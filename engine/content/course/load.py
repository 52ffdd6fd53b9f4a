"""A content folder as a whole: every card, the course, the sources, and what is wrong with them."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from threading import Lock
from typing import Generic, TypeVar

from engine.content.cards.model import Card, Place, Problem
from engine.content.cards.place_holding import Palette
from engine.content.cards.reading import Reading, digest, file_name, read_card
from engine.content.course.checks import check_among, check_together
from engine.content.course.files import COURSE_FILE, SOURCES_FILE, read_course, read_sources
from engine.content.course.model import Content, Course, Source, Unit
from engine.content.files.folder import CARDS, Files, Folder, Mark
from engine.content.files.problems import as_id, clip, did_you_mean, is_id
from engine.i18n import DEFAULT_LANGUAGE, LANGUAGES, say

T = TypeVar("T")
#: Cards looked at by themselves that are remembered until the content is read again.
CONSIDERED = 4096


@dataclass(frozen=True, slots=True)
class _Seen(Generic[T]):
    """What came of files, and the marks they had. `key` names their contents, if it is known."""

    marks: tuple[Mark, ...]
    result: T
    problems: tuple[Problem, ...]
    key: tuple[object, ...] | None = None


class ContentReader:
    """Reads a content folder again and again, parsing only what changed.

    A file whose metadata did not change is not even opened; one whose bytes did not change is not
    parsed. `remember` earlier versions of cards are kept, so that going back to one of them parses
    nothing either. Safe to share between threads.
    """

    def __init__(
        self, source: Path | Files, palette: Palette | None = None, *, remember: int = 256
    ) -> None:
        """palette: see `read_card`."""
        self._folder: Files = Folder(source) if isinstance(source, Path) else source
        self._palette = palette
        self._remember = remember
        self._lock = Lock()
        self._names: tuple[str, ...] | None = ()
        self._cards: dict[str, _Seen[Reading]] = {}
        self._past: OrderedDict[tuple[object, ...], Reading] = OrderedDict()
        self._course: _Seen[Course] | None = None
        self._sources: _Seen[dict[str, Source]] | None = None
        self._content: Content | None = None
        #: How many cards were parsed so far.
        self.parsed = 0

    def read(self) -> Content:
        """The content as it is now: the same object as last time if nothing changed.

        Whatever is in the folder, nothing is raised: it is in the content's `problems`.
        """
        with self._lock:
            course = self._file(COURSE_FILE, self._course, read_course)
            sources = self._file(SOURCES_FILE, self._sources, read_sources)
            names = self._folder.cards()
            languages = course.result.languages
            cards = {n: self._card(n, languages) for n in names or () if is_id(n)}
            unchanged = (
                course is self._course
                and sources is self._sources
                and names == self._names
                and all(seen is self._cards[name] for name, seen in cards.items())
            )
            if self._content is None or not unchanged:
                self._content = _together(course, sources, cards, _strays(names))
                self._retire(cards)
            self._course, self._sources = course, sources
            self._names, self._cards = names, cards
            return self._content

    def course_id(self) -> str | None:
        """The id of the course as it is now, without a look at the cards."""
        with self._lock:
            return self._file(COURSE_FILE, self._course, read_course).result.id

    def languages(self) -> tuple[str, ...]:
        """The languages of the course as it is now, without a look at the cards."""
        with self._lock:
            return self._file(COURSE_FILE, self._course, read_course).result.languages

    def consider(
        self, card: str, files: Mapping[str, bytes]
    ) -> tuple[Reading, tuple[Problem, ...]]:
        """What would come of `card` with these files, and all its problems within this content.

        Nothing is changed by it. files: language -> bytes. Call `read` at least once before.
        """
        with self._lock:
            assert self._course is not None
            assert self._sources is not None
            course, sources = self._course, self._sources
            readings = {name: seen.result for name, seen in self._cards.items()}
        reading = self.alone(card, files)
        mine = check_among(
            card,
            {**readings, card: reading},
            None if _fails(course.problems) else course.result,
            None if _fails(sources.problems) else sources.result,
        )
        problems = sorted([*reading.problems, *mine], key=lambda p: (p.place, p.level, p.code))
        return reading, tuple(problems)

    def alone(self, card: str, files: Mapping[str, bytes]) -> Reading:
        """What would come of `card` with these files by themselves, without the other cards.

        It is remembered, so that reading the same files afterwards parses nothing.
        """
        with self._lock:
            languages = self._course.result.languages if self._course else tuple(LANGUAGES)
            key = (languages, digest(card, files))
            known = self._past.get(key)
            if known is None:
                seen = self._cards.get(card)
                known = seen.result if seen is not None and seen.key == key else None
        if known is not None:
            return known
        reading = read_card(card, files, languages, self._palette)
        with self._lock:
            self._past[key] = reading
            while len(self._past) > CONSIDERED:
                self._past.popitem(last=False)
        return reading

    def _retire(self, cards: dict[str, _Seen[Reading]]) -> None:
        """Remembers the versions that `cards` replaces, the latest ones only."""
        for name, seen in self._cards.items():
            now = cards.get(name)
            if seen.key is not None and (now is None or now.key != seen.key):
                self._past[seen.key] = seen.result
        while len(self._past) > self._remember:
            self._past.popitem(last=False)

    def _file(
        self,
        name: str,
        before: _Seen[T] | None,
        parse: Callable[[bytes | Problem], tuple[T, tuple[Problem, ...]]],
    ) -> _Seen[T]:
        marks = (self._folder.mark(name),)
        if before is not None and before.marks == marks:
            return before
        content = self._folder.read(name)
        return _Seen(marks, *parse(_no_file(name) if content is None else content))

    def _card(self, name: str, languages: tuple[str, ...]) -> _Seen[Reading]:
        files = {language: file_name(name, language) for language in languages}
        marks = tuple(map(self._folder.mark, (f"{CARDS}/{name}", *files.values())))
        before = self._cards.get(name)
        if before is not None and before.marks == marks:
            return before
        contents = {language: self._folder.read(file) for language, file in files.items()}
        there = {language: found for language, found in contents.items() if found is not None}
        extra = _other_files(name, self._folder.names(f"{CARDS}/{name}"), languages)
        key = (languages, digest(name, there))
        if any(isinstance(content, Problem) for content in there.values()):
            return _Seen(marks, read_card(name, there, languages, self._palette), extra)
        if before is not None and before.key == key:
            return _Seen(marks, before.result, extra, key)
        reading = self._past.pop(key, None)
        if reading is None:
            reading = read_card(name, there, languages, self._palette)
            self.parsed += 1
        return _Seen(marks, reading, extra, key)


def load_cards(folder: Path, palette: Palette | None = None) -> Content:
    """The content of a folder, read once. To read it repeatedly, keep a `ContentReader`."""
    return ContentReader(folder, palette).read()


def _together(
    course: _Seen[Course],
    sources: _Seen[dict[str, Source]],
    cards: Mapping[str, _Seen[Reading]],
    strays: Iterable[Problem],
) -> Content:
    readings = {name: seen.result for name, seen in cards.items()}
    course_fails, sources_fail = _fails(course.problems), _fails(sources.problems)
    between = check_together(
        readings,
        None if course_fails else course.result,
        None if sources_fail else sources.result,
    )
    refused = {p.place.file for p in between if p.level == "error"}
    good = {
        name: reading.card
        for name, reading in readings.items()
        if reading.card is not None and reading.card.place.file not in refused
    }
    problems = [*course.problems, *sources.problems, *strays, *between]
    for seen in cards.values():
        problems.extend(seen.result.problems)
        problems.extend(seen.problems)
    problems.sort(key=lambda p: (p.place, p.level, p.code))
    whole = _with_units_of(good, course.result) if course_fails else course.result
    return Content(good, tuple(problems), whole, sources.result)


def _fails(problems: Iterable[Problem]) -> bool:
    return any(problem.level == "error" for problem in problems)


def _with_units_of(cards: Mapping[str, Card], course: Course) -> Course:
    """A course with an error in its file, completed so that no card is lost by it."""
    missing = {card.unit for card in cards.values()} - {unit.id for unit in course.units}
    more = tuple(Unit(id, {DEFAULT_LANGUAGE: id}) for id in sorted(missing))
    return replace(course, units=course.units + more)


def _no_file(name: str) -> Problem:
    return Problem(
        "error",
        Place(name, 1),
        "no-file",
        say("no file “{name}”", name=name),
        say("this file in the content folder"),
        say("Put it back, or copy it from the original content."),
    )


def _strays(names: tuple[str, ...] | None) -> list[Problem]:
    """Folders that cannot be cards because of their names; or that there are no folders."""
    if names is None:
        return [
            Problem(
                "error",
                Place(CARDS, 1),
                "no-cards",
                say("no folder “{name}” that can be read", name=CARDS),
                say("one folder a card in “{name}”", name=CARDS),
                say("Check that this is a content folder, and its permissions."),
            )
        ]
    return [
        Problem(
            "error",
            Place(f"{CARDS}/{shown}", 1),
            "bad-id",
            say("a folder “{name}”", name=clip(shown)),
            say("small letters and digits, joined by hyphens, at most 64"),
            say("Name it “{id}”, for example.", id=as_id(shown)),
        )
        for name in names
        if not is_id(name)
        for shown in [name.encode("utf-8", "replace").decode()]
    ]


def _other_files(card: str, names: Iterable[str], languages: Sequence[str]) -> tuple[Problem, ...]:
    """Files like card.kr.md, which nobody reads."""
    known = [file_name(card, language).rpartition("/")[2] for language in languages]
    return tuple(
        Problem(
            "warning",
            Place(f"{CARDS}/{card}/{shown}", 1),
            "unknown-file",
            say("a file “{name}”, which is not read", name=clip(shown)),
            say("only {names}", names=", ".join(known)),
            did_you_mean(shown, known, say("Delete it, or add its language to course.toml.")),
        )
        for name in sorted(names)
        if name.endswith(".md") and name not in known
        for shown in [name.encode("utf-8", "replace").decode()]
    )
