"""A content folder as a whole: every file's part of it, put side by side."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from typing import Generic, Protocol, TypeVar

from engine.content.between_cards import check_among, check_together
from engine.content.cards.model import Card
from engine.content.cards.place_holding import Palette
from engine.content.cards.reading import Reading, file_name, read_card
from engine.content.files.folder import CARDS, Files, Folder
from engine.content.files.problems import (
    Place,
    Problem,
    as_id,
    clip,
    did_you_mean,
    fails,
    in_order,
    is_id,
)
from engine.content.findings import LAB_FILE, Finding, read_findings
from engine.content.glossary import GLOSSARY_FILE, Term, read_glossary, taught
from engine.content.model import Content
from engine.content.notes.reading import FOLDER as NOTES
from engine.content.notes.reading import Held, notes_of, read_notes_file
from engine.content.sources import SOURCES_FILE, Source, read_sources
from engine.content.syllabus import SYLLABUS_FILE, Syllabus, Unit, read_syllabus
from engine.i18n import DEFAULT_LANGUAGE, say

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Part(Generic[T]):
    """What came of a file, or of a card's files, and what else is wrong with them."""

    result: T
    problems: tuple[Problem, ...] = ()


@dataclass(frozen=True, slots=True)
class Parts:
    """What came of all files, before they are looked at side by side.

    folders: the names in the folder of cards; None where it cannot be listed.
    """

    syllabus: Part[Syllabus]
    sources: Part[dict[str, Source]]
    glossary: Part[tuple[Term, ...]]
    findings: Part[tuple[Finding, ...]]
    notes: tuple[Part[Held], ...]
    cards: Mapping[str, Part[Reading]]
    folders: tuple[str, ...] | None

    def among(self, card: str, reading: Reading) -> list[Problem]:
        """What would be wrong between `card` and the others, were this what came of it."""
        readings = {name: part.result for name, part in self.cards.items()}
        return check_among(
            card,
            {**readings, card: reading},
            None if fails(self.syllabus.problems) else self.syllabus.result,
            None if fails(self.sources.problems) else self.sources.result,
        )

    def together(self) -> Content:
        """The content that they make."""
        syllabus, sources = self.syllabus, self.sources
        readings = {name: part.result for name, part in self.cards.items()}
        between = check_together(
            readings,
            None if fails(syllabus.problems) else syllabus.result,
            None if fails(sources.problems) else sources.result,
        )
        refused = {p.place.file for p in between if p.level == "error"}
        cards = {
            name: reading.card
            for name, reading in readings.items()
            if reading.card is not None and reading.card.place.file not in refused
        }
        glossary, lost = taught(self.glossary.result, cards)
        problems = [*strays(self.folders), *between, *lost]
        problems.extend((*syllabus.problems, *sources.problems))
        problems.extend((*self.glossary.problems, *self.findings.problems))
        for card in self.cards.values():
            problems.extend((*card.result.problems, *card.problems))
        return Content(
            cards,
            in_order(problems),
            _with_units_of(cards, syllabus.result) if fails(syllabus.problems) else syllabus.result,
            sources.result,
            glossary,
            self.findings.result,
            notes_of(
                (part.result for part in self.notes),
                cards,
                (problem for part in self.notes for problem in part.problems),
            ),
        )


class ReadFile(Protocol):
    """Opens one of the files beside the cards and parses it; may remember what came of it."""

    def __call__(
        self,
        name: str,
        parse: Callable[..., tuple[T, tuple[Problem, ...]]],
        /,
        *languages: tuple[str, ...],
    ) -> Part[T]: ...


def load_cards(folder: Path, palette: Palette | None = None) -> Content:
    """The content of a folder, read once. Whatever is in it, nothing is raised: it is in the
    content's `problems`. palette: see `read_card`."""
    files = Folder(folder)

    def read_file(
        name: str,
        parse: Callable[..., tuple[T, tuple[Problem, ...]]],
        /,
        *languages: tuple[str, ...],
    ) -> Part[T]:
        return Part(*parse(files.read(name), *languages))

    def read(name: str, languages: tuple[str, ...]) -> Part[Reading]:
        reading = read_card(name, card_files(files, name, languages), languages, palette)
        return Part(reading, other_files(files, name, languages))

    return parts_of(files, read_file, read).together()


def parts_of(
    files: Files,
    read_file: ReadFile,
    read: Callable[[str, tuple[str, ...]], Part[Reading]],
) -> Parts:
    """What comes of every file. read: reads a card, in these languages."""
    syllabus = syllabus_of(read_file)
    languages, folders = syllabus.result.languages, files.cards()
    return Parts(
        syllabus,
        read_file(SOURCES_FILE, read_sources, languages),
        read_file(GLOSSARY_FILE, read_glossary, languages),
        read_file(LAB_FILE, read_findings, languages),
        tuple(
            read_file(name, partial(read_notes_file, file=name), languages)
            for name in _note_files(files)
        ),
        {name: read(name, languages) for name in folders or () if is_id(name)},
        folders,
    )


def syllabus_of(read_file: ReadFile) -> Part[Syllabus]:
    """What comes of course.toml alone."""
    return read_file(SYLLABUS_FILE, read_syllabus)


def _note_files(files: Files) -> list[str]:
    """The names of the notes' files, in order."""
    return sorted(f"{NOTES}/{name}" for name in files.names(NOTES) if name.endswith(".toml"))


def card_files(files: Files, card: str, languages: Sequence[str]) -> dict[str, bytes | Problem]:
    """What the files of a card hold, by language, or why they cannot be read."""
    contents = {language: files.read(file_name(card, language)) for language in languages}
    return {language: content for language, content in contents.items() if content is not None}


def _with_units_of(cards: Mapping[str, Card], syllabus: Syllabus) -> Syllabus:
    """A syllabus with an error in its file, completed so that no card is lost by it."""
    missing = {card.unit for card in cards.values()} - {unit.id for unit in syllabus.units}
    more = tuple(Unit(id, {DEFAULT_LANGUAGE: id}) for id in sorted(missing))
    return replace(syllabus, units=syllabus.units + more)


def strays(names: tuple[str, ...] | None) -> list[Problem]:
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


def other_files(files: Files, card: str, languages: Sequence[str]) -> tuple[Problem, ...]:
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
        for name in sorted(files.names(f"{CARDS}/{card}"))
        if name.endswith(".md") and name not in known
        for shown in [name.encode("utf-8", "replace").decode()]
    )
