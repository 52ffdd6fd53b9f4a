"""What the cards on how a network should start say is right, their own simulations show."""

from __future__ import annotations

import math
from pathlib import Path

import numpy as np
import pytest

from engine.cards import load_cards
from engine.questions import compile_question, draw, grade, parse, simulate
from engine.simulations import run

CONTENT = Path(__file__).resolve().parent.parent.parent / "content"
CARDS = ("symmetry-breaking",)


@pytest.fixture(scope="module")
def cards():
    return load_cards(CONTENT).cards


def runs(cards, item, seeds=range(12)):
    card, name = item.split("/")
    question = next(q for q in cards[card].questions if q.id == name)
    template = compile_question(card, question)
    for seed in seeds:
        variant = draw(template, seed)
        yield variant, simulate(template, variant).scalars


def of(simulation, **values):
    return run(simulation, values, np.random.default_rng(0)).scalars


def test_the_first_gradients_are_those_that_are_ticked(cards):
    for variant, found in runs(cards, "symmetry-breaking/first-gradients", range(40)):
        shown = {
            "w1": found["gradient_w1"] > 0,
            "w2": found["gradient_w2"] > 0,
            "b2": found["gradient_b2"] > 0,
            "alike": found["gradient_apart"] == 0,
            "stuck": found["moved"] == 0,
        }
        assert set(variant.answer) == {name for name, holds in shown.items() if holds}, variant


def test_the_rank_is_the_number_of_sorts(cards):
    for variant, found in runs(cards, "symmetry-breaking/copied-units"):
        assert variant.answer == found["rank"] == found["distinct"]


def test_the_loss_ends_at_the_entropy(cards):
    for variant, found in runs(cards, "symmetry-breaking/stuck-at", range(40)):
        assert found["loss_end"] == pytest.approx(variant.answer, abs=2e-3)
        assert found["base_loss"] == pytest.approx(variant.answer, rel=1e-9)


def test_what_breaks_the_symmetry_is_what_is_ticked(cards):
    for variant, found in runs(cards, "symmetry-breaking/what-breaks", range(40)):
        broken = {way for way in ("dropout", "noise", "bias", "rates") if found[way] > 0}
        assert set(variant.answer) == broken
        assert found["nothing"] == found["batches"] == 0


def test_the_claim_about_zeros_is_settled_by_its_run(cards):
    for variant, found in runs(cards, "symmetry-breaking/zero-claim", range(40)):
        assert (variant.answer == "true") == (found["moved"] == 0)
        assert (variant.answer == "false") == (found["loss_end"] < math.log(2) - 0.01)


def test_the_example_in_the_prose_of_the_symmetry_card_comes_out_so():
    found = of("symmetry", initialization="zero", share=0.75)
    assert found["loss_start"] == pytest.approx(0.693, abs=5e-4)
    assert found["loss_end"] == pytest.approx(0.562, abs=5e-4)


def test_three_significant_digits_are_enough(cards):
    for card in CARDS:
        for question in cards[card].questions:
            if question.kind == "number":
                template = compile_question(card, question)
                for seed in range(60):
                    variant = draw(template, seed)
                    response = parse(variant, f"{variant.answer:.3g}")
                    assert grade(variant, response).verdict == "correct", (template.item, seed)
