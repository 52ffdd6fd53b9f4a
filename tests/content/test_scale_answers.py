"""What the cards on scale and steps say is right, their own simulations show."""

from __future__ import annotations

from pathlib import Path

import pytest

from engine.cards import load_cards
from engine.questions import compile_question, draw, grade, parse, simulate

CONTENT = Path(__file__).resolve().parent.parent.parent / "content"
SEEDS = range(25)
CARDS = ("learning-rate",)


@pytest.fixture(scope="module")
def cards():
    return load_cards(CONTENT).cards


def questions_of(cards, kind):
    for card in CARDS:
        for question in cards[card].questions:
            if question.kind == kind:
                yield compile_question(cards[card], question)


def runs(cards, item, seeds=SEEDS):
    card, name = item.split("/")
    question = next(q for q in cards[card].questions if q.id == name)
    template = compile_question(cards[card], question)
    for seed in seeds:
        variant = draw(template, seed)
        yield variant, simulate(template, variant)


@pytest.mark.parametrize(
    ("item", "scalar"),
    [
        ("learning-rate/largest-rate", "largest_rate"),
        ("learning-rate/weight-after", "last"),
    ],
)
def test_the_key_is_what_the_simulation_comes_to(cards, item, scalar):
    for variant, found in runs(cards, item):
        assert found.scalars[scalar] == pytest.approx(variant.answer, rel=1e-9)


def test_the_weight_behaves_as_the_right_option_says(cards):
    for variant, found in runs(cards, "learning-rate/behavior", range(60)):
        first, second = found.tables["trace"]["weight"][:2]
        across, size = first * second < 0, abs(second / first)
        behavior = {
            "one-side": not across and size < 1,
            "settles": across and size < 0.99,
            "cycles": across and size == pytest.approx(1),
            "diverges": across and size > 1.01,
        }
        assert [name for name, holds in behavior.items() if holds] == [variant.answer]


def test_the_fastest_rate_leaves_least_of_the_error(cards):
    for variant, found in runs(cards, "learning-rate/race", range(60)):
        left = [found.scalars[f"{option}_left"] for option in variant.answer]
        assert left == sorted(left)


def test_three_significant_digits_are_enough(cards):
    for template in questions_of(cards, "number"):
        for seed in range(60):
            variant = draw(template, seed)
            response = parse(variant, f"{variant.answer:.3g}")
            assert grade(variant, response).verdict == "correct", (template.item, seed)
