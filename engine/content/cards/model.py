"""A card as read from its files: words, logic still as data, and where each thing stands."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Literal

from engine.content.cards.pictures import Placed, parts_of
from engine.content.files.problems import Place
from engine.content.files.yaml_reader import Node
from engine.i18n import DEFAULT_LANGUAGE, Words, in_language

Status = Literal["draft", "ready", "retired"]
#: When an item is asked: in the lesson, later, or only when those of the lesson are known.
ItemLevel = Literal["core", "more", "hard"]


@dataclass(frozen=True, slots=True)
class Flashcard:
    """Front and back, rated by its learner; `cloze`: made of a text with gaps.

    `level`, `step` and `apart`: see `Question`.
    """

    id: str
    front: Words
    back: Words
    place: Place
    cloze: bool = False
    level: ItemLevel = "core"
    step: int = 1
    apart: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Question:
    """A question: its logic as written (`spec`, not yet compiled) and its words.

    `feedback` is by misconception id, `options` by option id (`### Option: id`). `step`: which of
    the card's steps explains it, counted from 1. `apart`: the card's items that are not asked on
    the same day, because one gives the other's answer away.
    """

    id: str
    kind: str
    spec: Mapping[str, Node]
    prompt: Words
    place: Place  # of the heading
    spec_place: Place  # of the ```question fence
    hints: tuple[Words, ...] = ()
    explanation: Words | None = None
    chart_description: Words | None = None
    unit: Words | None = None
    axis: Words | None = None
    claim: Words | None = None
    options: Mapping[str, Words] = field(default_factory=dict)
    feedback: Mapping[str, Words] = field(default_factory=dict)
    #: Where its texts stand: by language and section ("prompt", "hint:1", "option:<id>").
    places: Mapping[tuple[str, str], Place] = field(default_factory=dict)
    #: The lines on which these texts themselves begin.
    lines: Mapping[tuple[str, str], int] = field(default_factory=dict)
    level: ItemLevel = "core"
    step: int = 1
    apart: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Trial:
    """A picture to play with (`try:`, `pictures:`), as written; its names are not looked at.

    settings: what differs from the simulation's defaults. controls: None where all parameters
    have one, empty where the picture stands still.
    """

    simulation: Node
    chart: Node | None
    settings: Mapping[str, Node]
    controls: tuple[Node, ...] | None
    line: int


@dataclass(frozen=True, slots=True)
class Step:
    """One idea of the prose. title: None for the first, which stands above any `###`.

    text: Markdown, with the pictures where they stand.
    """

    title: Words | None
    text: Words

    def parts(self, language: str) -> tuple[str | Placed, ...]:
        """What is shown, from above: Markdown, and the pictures between."""
        return parts_of(in_language(self.text, language))

    def heading(self, language: str) -> str:
        """The title, in Markdown; empty where there is none."""
        return "" if self.title is None else in_language(self.title, language)


@dataclass(frozen=True, slots=True)
class Card:
    """One concept."""

    id: str
    title: Words
    unit: str
    requires: tuple[str, ...]
    sources: tuple[str, ...]
    status: Status
    #: The prose, step by step; at least one.
    steps: tuple[Step, ...]
    flashcards: tuple[Flashcard, ...]
    questions: tuple[Question, ...]
    #: Ids of flashcards and questions in the order of the file.
    order: tuple[str, ...]
    #: What the card's page lets a learner play with; None: what the question `lead` simulates.
    trial: Trial | None
    #: The pictures that the prose may place, by name.
    pictures: Mapping[str, Trial]
    #: That question, on cards from before `trial`; None: the first with a chart.
    lead: str | None
    languages: tuple[str, ...]
    #: SHA-256 over the names (with the card's id) and bytes of its files, hexadecimal.
    digest: str
    place: Place
    #: Where it stands in its unit: after those with a smaller number.
    position: int = 0

    @property
    def prose(self) -> Words:
        """All steps as one text, each below its title."""
        there = {language for step in self.steps for language in step.text} | {DEFAULT_LANGUAGE}
        return {
            language: joined(
                (s.heading(language), in_language(s.text, language)) for s in self.steps
            )
            for language in sorted(there)
        }


def joined(steps: Iterable[tuple[str, str]]) -> str:
    """Steps, title and text, as they stand in a file."""
    parts = [(f"### {title}" if title else "", text) for title, text in steps]
    return "\n\n".join(part for pair in parts for part in pair if part)
