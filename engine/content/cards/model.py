"""A card as read from its files: words, logic still as data, and where each thing stands."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

from engine.content.files.problems import Place
from engine.content.files.yaml_reader import Node
from engine.i18n import Words

Status = Literal["draft", "ready", "retired"]


@dataclass(frozen=True, slots=True)
class Flashcard:
    """Front and back, rated by its learner; `cloze`: made of a text with gaps."""

    id: str
    front: Words
    back: Words
    place: Place
    cloze: bool = False


@dataclass(frozen=True, slots=True)
class Question:
    """A question: its logic as written (`spec`, not yet compiled) and its words.

    `feedback` is by misconception id, `options` by option id (`### Option: id`).
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


@dataclass(frozen=True, slots=True)
class Trial:
    """What the card's page lets a learner play with, as written; its names are not looked at.

    settings: what differs from the simulation's defaults. controls: None where all parameters
    have one.
    """

    simulation: Node
    chart: Node | None
    settings: Mapping[str, Node]
    controls: tuple[Node, ...] | None
    line: int


@dataclass(frozen=True, slots=True)
class Card:
    """One concept."""

    id: str
    title: Words
    unit: str
    requires: tuple[str, ...]
    sources: tuple[str, ...]
    status: Status
    prose: Words
    flashcards: tuple[Flashcard, ...]
    questions: tuple[Question, ...]
    #: Ids of flashcards and questions in the order of the file.
    order: tuple[str, ...]
    #: What the card's page lets a learner play with; None: what the question `lead` simulates.
    trial: Trial | None
    #: That question, on cards from before `trial`; None: the first with a chart.
    lead: str | None
    languages: tuple[str, ...]
    #: SHA-256 over the names (with the card's id) and bytes of its files, hexadecimal.
    digest: str
    place: Place
    #: Where it stands in its unit: after those with a smaller number.
    position: int = 0
