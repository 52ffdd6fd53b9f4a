"""All that a content folder holds, once read: cards, course, sources, and what is wrong."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from engine.content.cards.model import Card
from engine.content.files.problems import Problem
from engine.i18n import Words

SourceKind = Literal["paper", "documentation", "note"]


@dataclass(frozen=True, slots=True)
class Unit:
    """A chapter of the course."""

    id: str
    title: Words


@dataclass(frozen=True, slots=True)
class Course:
    """The units in the order they are taught, and the languages of the cards, English first.

    id: what tells it from other courses; None in a course from before there were ids.
    """

    units: tuple[Unit, ...]
    languages: tuple[str, ...]
    id: str | None = None

    def unit(self, id: str) -> Unit | None:
        """The unit with this id; None if the course has none."""
        return next((unit for unit in self.units if unit.id == id), None)


@dataclass(frozen=True, slots=True)
class Source:
    """Where a statement comes from. What is not known is empty, or None."""

    id: str
    title: Words
    kind: SourceKind
    authors: str = ""
    where: Words | None = None
    year: int | None = None
    url: str | None = None


@dataclass(frozen=True, slots=True)
class Content:
    """A content folder. `cards` holds no card whose card.md has an error; it is sorted by id."""

    cards: Mapping[str, Card]
    problems: tuple[Problem, ...]
    course: Course
    sources: Mapping[str, Source]
