"""A card as read from its files: words, logic still as data, and where each thing stands."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Literal

from engine.i18n import Message, Words, say

Level = Literal["error", "warning"]
Status = Literal["draft", "ready", "retired"]


@dataclass(frozen=True, slots=True, order=True)
class Place:
    """A line of a file. `file` is relative to the content folder, with forward slashes."""

    file: str
    line: int

    def __str__(self) -> str:
        return f"{self.file}:{self.line}"


@dataclass(frozen=True, slots=True)
class Problem:
    """Something wrong in a file: where, what was found, what was expected, how to mend it."""

    level: Level
    place: Place
    code: str  # a stable name for tests and tools, such as "duplicate-key"
    found: Message
    expected: Message
    mend: Message

    def describe(self, translate: Callable[[Message], str]) -> str:
        """`file:line: error [code]: found …; expected …. mend` in the reader's language."""
        level = say("error") if self.level == "error" else say("warning")
        return translate(
            say(
                "{place}: {level} [{code}]: found {found}; expected {expected}. {mend}",
                place=str(self.place),
                level=level,
                code=self.code,
                found=self.found,
                expected=self.expected,
                mend=self.mend,
            )
        )


class ContentError(Exception):
    """One or more problems that keep a piece of content from being used."""

    def __init__(self, problems: tuple[Problem, ...]) -> None:
        super().__init__("\n".join(str(p.found) for p in problems))
        self.problems = problems


@dataclass(frozen=True, slots=True)
class Node:
    """A YAML value that knows its line.

    `value` is a str, int, float, bool, None, tuple[Node, ...] or Mapping[str, Node].
    """

    value: object
    line: int

    def plain(self) -> object:
        """The same value as ordinary dicts, lists and scalars."""
        if isinstance(self.value, Mapping):
            return {key: node.plain() for key, node in self.value.items()}
        if isinstance(self.value, tuple):
            return [node.plain() for node in self.value]
        return self.value


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
