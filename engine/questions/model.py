"""What drawing, answering and grading pass to one another."""

from __future__ import annotations

import json
import math
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Literal

from engine.i18n import Message

Verdict = Literal["correct", "close", "misconception", "wrong"]
#: A value; an option's id; of several to tick the ids, sorted; of a ranking the ids, first to last.
Answer = float | str | tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Option:
    """One thing to pick or rank, in the order shown."""

    id: str
    text: str


Scale = Literal["linear", "log"]


@dataclass(frozen=True, slots=True)
class Axis:
    """What an estimate is pointed at on: from `low` to `high`, evenly or by powers of ten.

    title: what it measures, with its unit. On a log axis both ends are above 0.
    """

    low: float
    high: float
    scale: Scale
    title: str = ""

    def place(self, value: float) -> float:
        """Where a value stands: 0 at the low end, 1 at the high end; -inf has no place on it."""
        if self.scale == "log":
            if value <= 0:
                return -math.inf
            length = math.log10(self.high) - math.log10(self.low)
            return (math.log10(value) - math.log10(self.low)) / length
        return (value - self.low) / (self.high - self.low)

    def value(self, place: float) -> float:
        """The value at a place from 0 to 1."""
        if self.scale == "log":
            low, high = math.log10(self.low), math.log10(self.high)
            value = 10 ** (low + place * (high - low))
        else:
            value = self.low + place * (self.high - self.low)
        return min(max(float(value), self.low), self.high)


@dataclass(frozen=True, slots=True)
class Variant:
    """One drawn question: everything needed to show it and to grade it, and nothing else.

    It is stored whole with every attempt, so `to_json` and `from_json` are inverse.
    """

    item: str  # "<card>/<question>"
    seed: int
    kind: str  # a name in `engine.questions.kinds.KINDS`
    language: str
    parameters: Mapping[str, float | int | str]
    prompt: str
    answer: Answer
    answer_text: str  # as displayed
    accepted: tuple[float, float] | None  # of a value, inclusive
    unit: str
    options: tuple[Option, ...]  # as displayed
    #: misconception id -> the answer that reveals it (of several to tick: the option ids ticked
    #: wrongly or left out wrongly)
    misconceptions: Mapping[str, Answer]
    relative: bool = False  # whether the tolerance is a share of the value
    key: float | None = None  # the right value, where the options are values
    axis: Axis | None = None  # what is pointed at; variants of before there was any do not name it
    units: tuple[str, ...] = ()  # the unit in every language; as `axis`, younger than some variants
    whole: bool = False  # the answer can only be a whole number; younger still

    def to_json(self) -> str:
        """The whole variant as JSON text."""
        fields = {name: getattr(self, name) for name in self.__dataclass_fields__}
        fields["options"] = [[option.id, option.text] for option in self.options]
        if self.axis is not None:
            fields["axis"] = asdict(self.axis)
        if not self.units:
            del fields["units"]
        if not self.whole:
            del fields["whole"]
        return json.dumps(fields, ensure_ascii=False, separators=(",", ":"))

    @classmethod
    def from_json(cls, text: str) -> Variant:
        """The variant that `to_json` wrote. Raises ValueError for anything else."""
        try:
            fields = json.loads(text)
            fields["options"] = tuple(Option(id, words) for id, words in fields["options"])
            fields["answer"] = _answer(fields["answer"])
            fields["misconceptions"] = {n: _answer(a) for n, a in fields["misconceptions"].items()}
            if fields["accepted"] is not None:
                low, high = fields["accepted"]
                fields["accepted"] = (low, high)
            fields["units"] = tuple(map(str, fields.get("units", ())))
            if fields.get("axis") is not None:
                axis = fields["axis"]
                ends = float(axis["low"]), float(axis["high"])
                fields["axis"] = Axis(*ends, axis["scale"], str(axis["title"]))
            return cls(**fields)
        except (KeyError, TypeError, AttributeError) as error:
            raise ValueError(f"not a variant: {error}") from error


def _answer(value: object) -> Answer:
    """JSON has lists where an answer has tuples."""
    if isinstance(value, list):
        return tuple(str(part) for part in value)
    if isinstance(value, str):
        return value
    if isinstance(value, (int, float)) and not isinstance(value, bool):
        return float(value)
    raise TypeError(f"not an answer: {value!r}")


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
