"""The course as it can be studied: ready cards, their questions compiled, their items in order."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

from engine.content import (
    Card,
    Content,
    Finding,
    Flashcard,
    Problem,
    Term,
    Unit,
    course_order,
    fails,
)
from engine.course.playing import TRY, Play, play_of
from engine.course.reader import Snapshot
from engine.course.references import check_findings
from engine.questions import Template
from engine.scheduling import USUAL_STEPS, Concept, Item


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
    findings: tuple[Finding, ...] = ()

    @property
    def glossary(self) -> tuple[Term, ...]:
        """The standard terms."""
        return self.content.glossary

    @property
    def units(self) -> tuple[Unit, ...]:
        """The units with cards that can be studied, in the order they are taught."""
        taught = {card.unit for card in self.cards.values()}
        return tuple(unit for unit in self.content.syllabus.units if unit.id in taught)

    @cached_property
    def by_id(self) -> Mapping[str, Item]:
        """The items by their id."""
        return {item.id: item for item in self.items}

    @cached_property
    def concepts(self) -> tuple[Concept, ...]:
        """The ready cards as the planner sees them, in course order."""
        items: dict[str, list[Item]] = {card: [] for card in self.cards}
        for item in self.items:
            items[item.card].append(item)
        return tuple(
            Concept(
                id,
                card.unit,
                tuple(name for name in card.requires if name in self.cards),
                tuple(items[id]),
                # A text that nobody has parted into steps takes as long to read as others.
                len(card.steps) if len(card.steps) > 1 else USUAL_STEPS,
            )
            for id, card in self.cards.items()
        )

    def card_of(self, item: str) -> Card:
        """The card an item belongs to. Raises KeyError for an item that is not there."""
        return self.cards[self.by_id[item].card]

    def play(self, card: Card, name: str = TRY) -> Play | None:
        """A picture of the card by its name; by itself what its page lets a learner play with."""
        return play_of(card, self.templates, name)


def build_course(read: Snapshot, also: tuple[Problem, ...] = ()) -> Course:
    """What can be studied of what was read. also: problems of cards that were not."""
    content = read.content
    findings, in_findings = check_findings(content.findings)
    problems = [*content.problems, *also, *in_findings]
    cards: dict[str, Card] = {}
    templates: dict[str, Template] = {}
    flashcards: dict[str, Flashcard] = {}
    items: list[Item] = []
    for card_id in course_order(content):
        card, compiled = content.cards[card_id], read.cards[card_id]
        problems.extend(compiled.problems)
        if card.status != "ready" or fails(compiled.problems):
            continue
        cards[card_id] = card
        fronts = {f.id: f for f in card.flashcards}
        for name in card.order:
            item = f"{card_id}/{name}"
            if name in fronts:
                flashcards[item] = fronts[name]
            else:
                templates[item] = compiled.templates[item]
            items.append(_item(card, name, fronts.get(name), len(items)))
    return Course(content, cards, templates, flashcards, tuple(items), tuple(problems), findings)


def _item(card: Card, name: str, flashcard: Flashcard | None, position: int) -> Item:
    """What the schedule is told of an item; the ids of others with their card's."""
    question = next((question for question in card.questions if question.id == name), None)
    one = flashcard or question
    assert one is not None
    return Item(
        f"{card.id}/{name}",
        card.id,
        position,
        "flashcard" if question is None else question.kind,
        one.level,
        frozenset(f"{card.id}/{other}" for other in one.apart),
        one.step,
    )
