"""What the cards of ReLU and of leaky ReLU say is right, their own simulations show."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from engine.cards import load_cards
from engine.questions import compile_question, draw, grade, parse, simulate
from engine.simulations import run

CONTENT = Path(__file__).resolve().parent.parent.parent / "content"
SEEDS = range(12)
CARDS = ("relu-dead-units",)


@pytest.fixture(scope="module")
def cards():
    return load_cards(CONTENT).cards


def runs(cards, item, seeds=SEEDS):
    card, name = item.split("/")
    question = next(q for q in cards[card].questions if q.id == name)
    template = compile_question(card, question)
    for seed in seeds:
        variant = draw(template, seed)
        yield variant, simulate(template, variant).scalars


def of(simulation, **values):
    return run(simulation, values, np.random.default_rng(0)).scalars


def test_a_whole_batch_is_zero_as_often_as_the_key_says(cards):
    for variant, found in runs(cards, "relu-dead-units/all-zero"):
        assert found["none"] == pytest.approx(variant.answer, rel=1e-9)
        error = max(found["none_measured_se"], 1e-4)
        assert abs(found["none_measured"] - variant.answer) < 4 * error


def test_as_many_units_never_fire_as_the_key_says(cards):
    for variant, found in runs(cards, "relu-dead-units/never-fires"):
        assert 100 * found["predicted_dead"] == pytest.approx(variant.answer, rel=1e-6)
        assert abs(found["dead"] - variant.answer / 100) < 4 * found["dead_se"] + 1e-3


def test_dead_units_stay_dead(cards):
    for variant, found in runs(cards, "relu-dead-units/recovery"):
        assert variant.key == pytest.approx(found["percent_end"])
        assert found["percent_end"] >= found["percent_after"] > found["percent_start"] + 20


def test_the_examples_in_the_prose_of_the_relu_card_come_out_so():
    assert of("relu_batch")["none"] == pytest.approx(0.031, abs=5e-4)
    assert of("dead_units", bias=-3)["predicted_dead"] < 0.001
    assert of("dead_units", bias=-4)["predicted_dead"] == pytest.approx(0.16, abs=0.005)
    assert of("dead_units", bias=-5)["predicted_dead"] == pytest.approx(0.78, abs=0.005)


def test_three_significant_digits_are_enough(cards):
    for card in CARDS:
        for question in cards[card].questions:
            if question.kind == "number":
                template = compile_question(card, question)
                for seed in range(60):
                    variant = draw(template, seed)
                    response = parse(variant, f"{variant.answer:.3g}")
                    assert grade(variant, response).verdict == "correct", (template.item, seed)
