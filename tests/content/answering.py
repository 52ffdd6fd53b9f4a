"""Draws questions of the cards and runs their simulations; an item is "card/question"."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

import numpy as np

from engine.content import Card
from engine.questions import Template, Variant, compile_question, draw, simulate
from engine.simulations import Outcome, run

SEEDS = range(12)


def template_of(cards: Mapping[str, Card], item: str) -> Template:
    """The compiled question."""
    card, name = item.split("/")
    return compile_question(card, next(q for q in cards[card].questions if q.id == name))


def questions_of(cards: Mapping[str, Card], ids: Iterable[str], kind: str) -> Iterator[Template]:
    """The questions of this kind on the cards of these ids."""
    for card in ids:
        for question in cards[card].questions:
            if question.kind == kind:
                yield compile_question(card, question)


def outcomes(
    cards: Mapping[str, Card], item: str, seeds: Iterable[int] = SEEDS
) -> Iterator[tuple[Variant, Outcome]]:
    """The question and the outcome of its simulation, for some seeds."""
    template = template_of(cards, item)
    for seed in seeds:
        variant = draw(template, seed)
        yield variant, simulate(template, variant)


def runs(
    cards: Mapping[str, Card], item: str, seeds: Iterable[int] = SEEDS
) -> Iterator[tuple[Variant, Mapping[str, float]]]:
    """The question and the scalars of its outcome, for some seeds."""
    for variant, outcome in outcomes(cards, item, seeds):
        yield variant, outcome.scalars


def key_of(variant: Variant) -> Any:
    """What is right, as a number where the question knows it as one."""
    return variant.key if variant.key is not None else variant.answer


def runs_with_key(
    cards: Mapping[str, Card], item: str, seeds: Iterable[int] = SEEDS
) -> Iterator[tuple[Variant, Any, Mapping[str, float]]]:
    """The question, its key and the scalars of its outcome, for some seeds."""
    for variant, found in runs(cards, item, seeds):
        yield variant, key_of(variant), found


def of(simulation: str, **values: object) -> Mapping[str, float]:
    """What a simulation comes to with these settings and the first seed."""
    return run(simulation, values, np.random.default_rng(0)).scalars
