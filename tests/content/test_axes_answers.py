"""What the card of normalization axes says is right, its own simulation shows."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from engine.cards import load_cards
from engine.questions import compile_question, draw, grade, parse, simulate
from engine.simulations import run

CONTENT = Path(__file__).resolve().parent.parent.parent / "content"
CARD = "layernorm-axes"
SEEDS = range(40)
STILL = 1e-3


@pytest.fixture(scope="module")
def card():
    return load_cards(CONTENT).cards[CARD]


def runs(card, name, seeds=SEEDS):
    question = next(q for q in card.questions if q.id == name)
    template = compile_question(CARD, question)
    for seed in seeds:
        variant = draw(template, seed)
        yield variant, simulate(template, variant).scalars


@pytest.mark.parametrize(("name", "scalar"), [("means", "means"), ("learned", "learned")])
def test_the_key_is_what_the_simulation_counts(card, name, scalar):
    for variant, found in runs(card, name):
        assert found[scalar] == variant.answer


def test_the_options_are_ranked_by_their_means(card):
    names = {
        "batch": "BatchNorm",
        "layer": "LayerNorm",
        "group": "GroupNorm",
        "instance": "InstanceNorm",
    }
    question = next(q for q in card.questions if q.id == "most-means")
    template = compile_question(CARD, question)
    for seed in SEEDS:
        variant = draw(template, seed)
        table = simulate(template, variant).tables["operations"]
        counts = dict(zip(table["operation"], table["means"], strict=True))
        ranked = [counts[names[option]] for option in variant.answer]
        assert ranked == sorted(ranked)


def test_what_moves_is_what_the_right_option_says(card):
    said = {
        "none": (False, False, False, False),
        "sample": (True, True, False, False),
        "feature": (True, False, True, False),
        "all": (True, True, True, True),
    }
    answers = set()
    for variant, found in runs(card, "what-moves"):
        parts = ("moved_here", "moved_sample", "moved_channel", "moved_elsewhere")
        assert tuple(found[part] > STILL for part in parts) == said[variant.answer]
        answers.add(variant.answer)
    assert answers == set(said)


def test_three_significant_digits_are_enough(card):
    for name in ("means", "learned"):
        for variant, _ in runs(card, name):
            response = parse(variant, f"{variant.answer:.3g}")
            assert grade(variant, response).verdict == "correct"


def test_the_example_in_the_prose_comes_out_so():
    expected = {
        "BatchNorm": 6,
        "LayerNorm": 8,
        "InstanceNorm": 48,
        "GroupNorm": 24,
        "LayerNorm last": 160,
    }
    sizes = {"samples": 8, "channels": 6, "height": 5, "width": 4, "groups": 3}
    for operation, means in expected.items():
        values = {**sizes, "operation": operation}
        found = run("normalization_axes", values, np.random.default_rng(0)).scalars
        assert found["means"] == means
