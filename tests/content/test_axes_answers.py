"""What the card of normalization axes says is right, its own simulation shows."""

from __future__ import annotations

import numpy as np
import pytest

from engine.questions import grade, parse
from engine.simulations import run
from tests.content import answering

CARD = "layernorm-axes"
SEEDS = range(40)
STILL = 1e-3


def runs(cards, name, seeds=SEEDS):
    return answering.runs(cards, f"{CARD}/{name}", seeds)


@pytest.mark.parametrize(("name", "scalar"), [("means", "means"), ("learned", "learned")])
def test_the_key_is_what_the_simulation_counts(cards, name, scalar):
    for variant, found in runs(cards, name):
        assert found[scalar] == variant.answer


def test_the_options_are_ranked_by_their_means(cards):
    names = {
        "batch": "BatchNorm",
        "layer": "LayerNorm",
        "group": "GroupNorm",
        "instance": "InstanceNorm",
    }
    for variant, outcome in answering.outcomes(cards, f"{CARD}/most-means", SEEDS):
        table = outcome.tables["operations"]
        counts = dict(zip(table["operation"], table["means"], strict=True))
        ranked = [counts[names[option]] for option in variant.answer]
        assert ranked == sorted(ranked)


def test_what_moves_is_what_the_right_option_says(cards):
    said = {
        "none": (False, False, False, False),
        "sample": (True, True, False, False),
        "feature": (True, False, True, False),
        "all": (True, True, True, True),
    }
    answers = set()
    for variant, found in runs(cards, "what-moves"):
        parts = ("moved_here", "moved_sample", "moved_channel", "moved_elsewhere")
        assert tuple(found[part] > STILL for part in parts) == said[variant.answer]
        answers.add(variant.answer)
    assert answers == set(said)


def test_three_significant_digits_are_enough(cards):
    for name in ("means", "learned"):
        for variant, _ in runs(cards, name):
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
