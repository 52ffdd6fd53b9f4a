"""The course as it can be studied: ready cards, their questions compiled, their items in order."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cached_property
from pathlib import Path
from threading import Lock

from engine import charts
from engine.content import (
    Card,
    Content,
    ContentError,
    ContentReader,
    Files,
    Flashcard,
    Problem,
    Question,
    course_order,
)
from engine.i18n import say
from engine.notes import Notes, NotesReader
from engine.questions import Template, compile_question, palette
from engine.scheduling import Item
from engine.study.glossary import GLOSSARY_FILE, Term, read_glossary
from engine.study.playing import Play, play_of, read_play
from engine.study.presets import LAB_FILE, Preset, read_presets

#: How long a look at the content folder is good for, so that one click does not walk it twice.
FRESH = timedelta(seconds=2)
#: Cards compiled that no course has yet, at most.
AHEAD = 4096
#: A card's questions by item id, and what kept others from being compiled.
Compiled = tuple[dict[str, Template], tuple[Problem, ...]]


@dataclass(frozen=True)
class Course:
    """All that can be studied, and what is wrong with the rest.

    `templates` holds the compiled questions by item id, `flashcards` the flashcards.
    """

    content: Content
    cards: Mapping[str, Card]  # ready ones, in course order
    templates: Mapping[str, Template]
    flashcards: Mapping[str, Flashcard]
    items: tuple[Item, ...]
    problems: tuple[Problem, ...]
    presets: tuple[Preset, ...] = ()
    glossary: tuple[Term, ...] = ()

    @cached_property
    def by_id(self) -> Mapping[str, Item]:
        """The items by their id."""
        return {item.id: item for item in self.items}

    def card_of(self, item: str) -> Card:
        """The card an item belongs to. Raises KeyError for an item that is not there."""
        return self.cards[self.by_id[item].card]

    def play(self, card: Card) -> Play | None:
        """What the card's page lets a learner play with."""
        return play_of(card, self.templates)


class CourseFolder:
    """Reads a content folder and keeps what it compiled, by the cards' digests."""

    def __init__(
        self,
        folder: Path,
        files: Files | None = None,
        look: Callable[[datetime], object] | None = None,
        also: Callable[[], tuple[Problem, ...]] = tuple,
    ) -> None:
        """files: where the cards are, if not in `folder` itself.

        look: called before reading. also: problems of cards that are not among the files.
        """
        self.folder = folder
        self.reader = ContentReader(folder if files is None else files, palette())
        self._look, self._also = look, also
        self._notes = NotesReader(folder)
        self._lock = Lock()
        self._compiled: dict[str, Compiled] = {}
        self._ahead: dict[str, Compiled] = {}
        self._course: Course | None = None
        self._content: Content | None = None
        self._seen_beside: tuple[object, ...] = ()
        self._version: tuple[Course | None, str] = (None, "")
        self._looked: datetime | None = None

    def current(self, now: datetime) -> Course:
        """The course as the files have it; unchanged files are not parsed again."""
        with self._lock:
            if self._course is not None and self._looked is not None:
                age = now - self._looked
                if timedelta(0) <= age < FRESH:
                    return self._course
            if self._look is not None:
                self._look(now)
            content = self.reader.read()
            beside = (self._beside(), self._also())
            self._looked = now
            same = content is self._content and beside == self._seen_beside
            if self._course is None or not same:
                self._course = self._build(content)
                self._content, self._seen_beside = content, beside
            return self._course

    def version(self, now: datetime) -> str:
        """Another text for another course; the same on every server that has the same one."""
        course = self.current(now)
        with self._lock:
            if self._version[0] is not course:
                sha = hashlib.sha256(repr(self._seen_beside).encode())
                for card in course.content.cards.values():
                    sha.update(card.digest.encode())
                self._version = course, sha.hexdigest()[:16]
            return self._version[1]

    def compiled(self, card: Card) -> Compiled:
        """A card that may be part of the course soon, compiled; a look at it will not do it again.

        May be called while the course is being read.
        """
        found = self._compiled.get(card.digest) or self._ahead.get(card.digest)
        if found is None:
            if len(self._ahead) >= AHEAD:
                self._ahead = {}
            found = self._ahead[card.digest] = compile_card(card)
        return found

    def changed(self) -> None:
        """Something was saved just now: the next look is not to wait."""
        with self._lock:
            self._looked = None

    def notes(self, now: datetime) -> Notes:
        """The notes as the files have them, checked against the course."""
        return self._notes.read(self.current(now).content)

    def _beside(self) -> tuple[object, ...]:
        """What tells whether the files beside the cards are those of before."""
        found = []
        for name in (LAB_FILE, GLOSSARY_FILE):
            try:
                stat = (self.folder / name).stat()
                found.append((name, stat.st_mtime_ns, stat.st_size))
            except OSError:
                found.append((name, 0, 0))
        return tuple(found)

    def _build(self, content: Content) -> Course:
        compiled = {card.digest: self.compiled(card) for card in content.cards.values()}
        self._compiled, self._ahead = compiled, {}
        presets, preset_problems = read_presets(self.folder, content.course.languages)
        glossary, glossary_problems = read_glossary(
            self.folder, content.cards, content.course.languages
        )
        problems = [*content.problems, *self._also(), *preset_problems, *glossary_problems]
        cards: dict[str, Card] = {}
        templates: dict[str, Template] = {}
        flashcards: dict[str, Flashcard] = {}
        items: list[Item] = []
        for card_id in course_order(content):
            card = content.cards[card_id]
            its_templates, its_problems = compiled[card.digest]
            problems.extend(its_problems)
            if card.status != "ready" or any(p.level == "error" for p in its_problems):
                continue
            cards[card_id] = card
            fronts = {f.id: f for f in card.flashcards}
            for name in card.order:
                item = f"{card_id}/{name}"
                if name in fronts:
                    flashcards[item] = fronts[name]
                else:
                    templates[item] = its_templates[item]
                items.append(Item(item, card_id, len(items)))
        return Course(
            content,
            cards,
            templates,
            flashcards,
            tuple(items),
            tuple(problems),
            presets,
            glossary,
        )


def compile_card(card: Card) -> Compiled:
    """Every question of a card, compiled, by item id; and what kept others from it."""
    templates: dict[str, Template] = {}
    problems: list[Problem] = []
    for question in card.questions:
        try:
            template = compile_question(card.id, question)
        except ContentError as error:
            problems.extend(error.problems)
            continue
        except Exception as error:  # one question must not take the course down
            problems.append(_unreadable(question, error))
            continue
        problems.extend(_chart_problems(template))
        templates[template.item] = template
    if card.trial is not None:
        problems.extend(read_play(card, card.trial)[1])
    return templates, tuple(problems)


def _unreadable(question: Question, error: Exception) -> Problem:
    return Problem(
        "error",
        question.spec_place,
        "unreadable-question",
        say("a question that cannot be read ({why})", why=f"{type(error).__name__}: {error}"[:200]),
        say("a question as docs/writing-cards.md describes it"),
        say("Take out what was added last, and add it again bit by bit."),
    )


def _chart_problems(template: Template) -> tuple[Problem, ...]:
    """The charts stand beside the questions, not below them, so their names are checked here."""
    if template.chart is None or template.chart in charts.CHARTS:
        return ()
    return (
        Problem(
            "error",
            template.question.spec_place,
            "unknown-chart",
            say("the chart “{name}”", name=template.chart),
            say("one of {names}", names=", ".join(sorted(charts.CHARTS))),
            say("Write one of these names after “chart:”."),
        ),
    )
