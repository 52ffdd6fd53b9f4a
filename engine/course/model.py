"""The course as it can be studied: ready cards, their questions compiled, their items in order."""

from __future__ import annotations

import re
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
from engine.course.playing import Play, play_of
from engine.course.reader import Snapshot
from engine.course.references import check_findings
from engine.questions import Template
from engine.scheduling import Concept, Item, Level

#: What a further gap of a cloze adds to its id.
_GAP = re.compile(r"-c\d+$")


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
            )
            for id, card in self.cards.items()
        )

    def card_of(self, item: str) -> Card:
        """The card an item belongs to. Raises KeyError for an item that is not there."""
        return self.cards[self.by_id[item].card]

    def play(self, card: Card) -> Play | None:
        """What the card's page lets a learner play with."""
        return play_of(card, self.templates)


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
        kinds = {q.id: q.kind for q in card.questions}
        levels = _levels(card, kinds)
        for name in card.order:
            item = f"{card_id}/{name}"
            if name in fronts:
                flashcards[item] = fronts[name]
            else:
                templates[item] = compiled.templates[item]
            kind = kinds.get(name, "flashcard")
            items.append(Item(item, card_id, len(items), kind, levels[name]))
    return Course(content, cards, templates, flashcards, tuple(items), tuple(problems), findings)


#: Kinds that a lesson asks where the card says nothing, and how many of them.
_IN_LESSONS, _FIRST = ("flashcard", "number", "choice"), 4


def _levels(card: Card, kinds: Mapping[str, str]) -> dict[str, Level]:
    """The level of each item by kind and order; the gaps of one cloze count once."""
    core: set[str] = set()
    levels: dict[str, Level] = {}
    for name in card.order:
        gap = _GAP.sub("", name) if name not in kinds else name
        fits = kinds.get(name, "flashcard") in _IN_LESSONS
        if fits and (gap in core or len(core) < _FIRST):
            core.add(gap)
            levels[name] = "core"
        else:
            levels[name] = "more"
    return levels
