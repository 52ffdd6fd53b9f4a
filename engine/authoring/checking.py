"""What is right and wrong with a card's texts, before anybody saves them."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from threading import Lock

from engine.authoring.sync import as_bytes, texts_digest
from engine.content import Card, Content, ContentReader, Problem, Status, card_formulas, in_order
from engine.i18n import DEFAULT_LANGUAGE
from engine.questions import Template, check_drawing
from engine.storage import Texts
from engine.study.course import Compiled, compile_card
from engine.study.playing import drawing_problems

KEPT = 64
#: Draws of each question before a save; where a draw runs the simulation, so many.
DRAWS, RUNS = 30, 3
#: Draws of each question of a file that is taken in, of which there may be thousands.
GLANCE = 8


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
    """Checks texts as the course would read them; the last ones are kept. Safe to share."""

    def __init__(
        self, reader: ContentReader, compile: Callable[[Card], Compiled] = compile_card
    ) -> None:
        """compile: `compile_card`, or something that remembers what came of it."""
        self._reader = reader
        self._compile = compile
        self._lock = Lock()
        self._kept: OrderedDict[tuple[str, str], tuple[Content, Checked]] = OrderedDict()

    def check(self, card: str, texts: Texts) -> Checked:
        """Never raises for what is in the texts."""
        content, key = self._reader.read(), (card, texts_digest(card, texts))
        with self._lock:
            known = self._kept.get(key)
            # What is right may change with the rest of the content.
            if known is not None and known[0] is content:
                self._kept.move_to_end(key)
                return known[1]
        made = self._check(card, texts)
        with self._lock:
            self._kept[key] = content, made
            while len(self._kept) > KEPT:
                self._kept.popitem(last=False)
        return made

    def end_of(self, unit: str) -> int:
        """The position of a card that comes after all others of a unit."""
        there = [c.position for c in self._reader.read().cards.values() if c.unit == unit]
        return max(there, default=-1) + 1

    def alone(self, card: str, texts: Texts) -> tuple[bool, bool]:
        """Whether texts are sound, and whether they are withdrawn, without a look at other cards.

        For files that are taken in: what is wrong between cards is found when all are read.
        """
        reading = self._reader.alone(card, as_bytes(texts))
        if reading.card is None:
            return False, told_status(texts) in ("draft", "retired")
        templates, compiled = self._compile(reading.card)
        problems = [*reading.problems, *compiled]
        if reading.card.status == "ready":
            problems.extend(undrawable(templates, GLANCE, 0))
        sound = all(problem.level != "error" for problem in problems)
        return sound, not sound and reading.card.status != "ready"

    def _check(self, card: str, texts: Texts) -> Checked:
        reading, problems = self._reader.consider(card, as_bytes(texts))
        templates: Mapping[str, Template] = {}
        if reading.card is not None:
            templates, compiled = self._compile(reading.card)
            found = [
                *problems,
                *compiled,
                *undrawable(templates, DRAWS, RUNS, formulas=True),
                *card_formulas(card, texts),
                *drawing_problems(reading.card),
            ]
            problems = in_order(found)
        status = reading.card.status if reading.card else told_status(texts)
        return Checked(reading.card, templates, problems, status)


def undrawable(
    templates: Mapping[str, Template], draws: int, runs: int, *, formulas: bool = False
) -> list[Problem]:
    """What keeps questions, or with `formulas` a formula, from being shown with some seed."""
    return [
        problem
        for template in templates.values()
        for problem in check_drawing(template, range(draws), range(runs), formulas=formulas)
    ]


def told_status(texts: Texts) -> Status | None:
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
