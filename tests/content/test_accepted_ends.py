"""What a learner is told was accepted is accepted when it is typed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

import pytest

from engine.content import Card
from engine.questions import Grade, Malformed, Variant, accepted_ends, compile_question, draw, parse
from engine.questions import grade as judge

SEEDS = range(25)


def refused(variant: Variant) -> list[str]:
    """The shown ends that are not graded correct."""
    ends = []
    for end in accepted_ends(variant):
        read = parse(variant, end)
        if isinstance(read, Malformed) or judge(variant, read) != Grade("correct"):
            ends.append(f"{variant.item} {variant.seed}: {end} of {variant.accepted}")
    return ends


def test_both_shown_ends_of_every_question_are_accepted(cards: Mapping[str, Card]) -> None:
    wrong, asked = [], 0
    for card in cards.values():
        for question in card.questions:
            if question.kind in ("number", "estimate"):
                template = compile_question(card.id, question)
                for seed in SEEDS:
                    wrong += refused(draw(template, seed))
                    asked += 2
    assert asked >= 2 * len(SEEDS) * 70
    assert wrong == []


@pytest.fixture
def variant(cards: Mapping[str, Card]) -> Variant:
    """A number question with a tolerance in percent."""
    card = cards["he-normal"]
    return draw(compile_question(card.id, next(q for q in card.questions if q.kind == "number")), 0)


@pytest.mark.parametrize(
    ("answer", "accepted", "relative", "ends"),
    [
        (0.34458, (0.30458, 0.38458), True, ("0.305", "0.384")),
        (11.25, (11.137, 11.363), True, ("11.14", "11.36")),
        (47.0, (46.6, 47.4), False, ("47", "47")),
        (47.0, (45.0, 49.0), False, ("45", "49")),
        (128.0, (126.72, 129.28), True, ("127", "129")),
        (3136.0, (3104.64, 3167.36), True, ("3105", "3167")),
        (2.0, (1.98, 2.02), True, ("1.98", "2.02")),
        (-2.0, (-2.02, -1.98), True, ("−2.02", "−1.98")),
        (1.2e-5, (1.188e-5, 1.212e-5), True, ("1.188×10⁻⁵", "1.212×10⁻⁵")),
        (1e6, (9.9e5, 1.01e6), True, ("9.9×10⁵", "1.01×10⁶")),
        (0.0, (-0.01, 0.01), False, ("−0.01", "0.01")),
    ],
)
def test_ends_are_rounded_inwards_with_as_many_digits_as_matter(
    variant: Variant, answer, accepted, relative, ends
) -> None:
    there = replace(variant, answer=answer, accepted=accepted, relative=relative)
    assert accepted_ends(there) == ends
    assert refused(there) == []
