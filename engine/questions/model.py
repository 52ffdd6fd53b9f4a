"""What drawing, answering and grading pass to one another."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from engine.words import Message

Kind = Literal["number", "choice", "several", "order"]
Verdict = Literal["correct", "close", "misconception", "wrong"]
#: number: float; choice: option id; several: sorted option ids; order: option ids, first to last.
Answer = float | str | tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Option:
    """One thing to pick or rank, in the order shown."""

    id: str
    text: str


@dataclass(frozen=True, slots=True)
class Variant:
    """One drawn question: everything needed to show it and to grade it, and nothing else.

    It is stored whole with every attempt, so `to_json` and `from_json` are inverse.
    """

    item: str  # "<card>/<question>"
    seed: int
    kind: Kind
    language: str
    parameters: Mapping[str, float | int | str]
    prompt: str
    answer: Answer
    answer_text: str  # as displayed
    accepted: tuple[float, float] | None  # number only, inclusive
    unit: str
    options: tuple[Option, ...]  # choice, several, order; as displayed
    #: misconception id -> the answer that reveals it (several: the option ids ticked wrongly or
    #: left out wrongly)
    misconceptions: Mapping[str, Answer]


@dataclass(frozen=True, slots=True)
class Response:
    """An answer that could be read: its value and the text as given."""

    value: Answer
    text: str


@dataclass(frozen=True, slots=True)
class Malformed:
    """An answer that could not be read; it spends no attempt. `why` says how to mend it."""

    why: Message


@dataclass(frozen=True, slots=True)
class Grade:
    """`misconception` is set exactly when `verdict` is "misconception"."""

    verdict: Verdict
    misconception: str | None = None


@dataclass(frozen=True, slots=True)
class Sample:
    """A response a question makes of itself, with what should come of it (None: malformed)."""

    text: str
    grade: Grade | None
