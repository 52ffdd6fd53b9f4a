"""What is right and wrong with a card's texts, before anybody saves them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from engine.content import Card, Problem, Status, check_lesson, fails, in_order
from engine.course.reader import ContentReader, Snapshot
from engine.course.texts import as_bytes
from engine.i18n import DEFAULT_LANGUAGE
from engine.questions import Template
from engine.storage import Texts


@dataclass(frozen=True)
class Checked:
    """A card's texts, read and compiled.

    card: None where card.md has an error. templates: the questions that can be drawn, by item id;
    a question in error is missing. problems: all of them, by place.
    """

    card: Card | None
    templates: Mapping[str, Template]
    problems: tuple[Problem, ...]
    status: Status | None

    @property
    def errors(self) -> tuple[Problem, ...]:
        """The problems that keep learners from seeing the card."""
        return tuple(problem for problem in self.problems if problem.level == "error")

    @property
    def sound(self) -> bool:
        """Whether learners may see it, if its status lets them."""
        return self.card is not None and not self.errors

    @property
    def withdrawn(self) -> bool:
        """Whether it is in error, but not meant for learners."""
        return not self.sound and self.status in ("draft", "retired")

    @property
    def items(self) -> tuple[str, ...]:
        """The ids of its flashcards and questions, in order, without the card's own."""
        return self.card.order if self.card is not None else ()


class Checker:
    """Checks texts as the course would read them. Safe to share between threads."""

    def __init__(self, reader: ContentReader) -> None:
        self._reader = reader

    def check(self, card: str, texts: Texts, among: Snapshot | None = None) -> Checked:
        """Never raises for what is in the texts. among: the other cards; None: as they are now."""
        among = among or self._reader.snapshot()
        alone = self._reader.alone(card, as_bytes(texts))
        problems = in_order(
            (
                *alone.reading.problems,
                *among.parts.among(card, alone.reading),
                *alone.problems,
                *alone.thorough(texts),
                *(() if alone.card is None else check_lesson(alone.card)),
            )
        )
        status = alone.card.status if alone.card is not None else stated_status(texts)
        return Checked(alone.card, alone.templates, problems, status)

    def alone(self, card: str, texts: Texts) -> tuple[bool, bool]:
        """Whether texts are sound, and whether they are withdrawn, without a look at other cards.

        For files that are taken in: what is wrong between cards is found when all are read.
        """
        made = self._reader.alone(card, as_bytes(texts))
        if made.card is None:
            return False, stated_status(texts) in ("draft", "retired")
        ready = made.card.status == "ready"
        drawn = made.at_a_glance if ready else ()
        problems = (*made.reading.problems, *made.problems, *drawn)
        sound = not fails(problems)
        return sound, not sound and not ready

    def languages(self) -> tuple[str, ...]:
        """The languages of the course as it is now."""
        return self._reader.syllabus().languages

    def end_of(self, unit: str) -> int:
        """The position of a card that comes after all others of a unit."""
        there = [c.position for c in self._reader.read().cards.values() if c.unit == unit]
        return max(there, default=-1) + 1


def stated_status(texts: Texts) -> Status | None:
    """The status as the front matter has it, where the card itself cannot be read."""
    front = texts.get(DEFAULT_LANGUAGE, "").split("\n---", 1)[0]
    for line in front.split("\n"):
        name, _, value = line.partition(":")
        word = value.split("#")[0].strip()
        if name.strip() == "status":
            found: dict[str, Status] = {
                "draft": "draft",
                "ready": "ready",
                "retired": "retired",
            }
            return found.get(word)
    return None
