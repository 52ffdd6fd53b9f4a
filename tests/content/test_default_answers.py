"""What the card on framework defaults says is right, its simulations show."""

from __future__ import annotations

import math

import numpy as np
import pytest

from engine.questions import draw, grade, parse
from engine.simulations import run
from tests.content.answering import questions_of, runs_with_key

CARD = "init-defaults"


def runs(cards, name):
    return runs_with_key(cards, f"{CARD}/{name}")


def test_the_weights_of_a_default_layer_have_the_deviation_of_the_key(cards):
    for _, key, found in runs(cards, "default-std"):
        assert found["sigma"] == pytest.approx(key)
        assert abs(found["std"] - key) < 4 * found["std_se"]


def test_a_default_network_ends_where_the_key_says_within_its_spread(cards):
    for variant, key, found in runs(cards, "deep-default"):
        spread = math.sqrt(1.25 * variant.parameters["depth"] / variant.parameters["width"])
        assert found["predicted_final_rms"] == pytest.approx(key)
        assert abs(math.log(found["final_rms"] / key)) < 4 * spread


def test_cutting_the_wider_bell_leaves_what_was_wanted(cards):
    for variant, key, found in runs(cards, "wider-bell"):
        assert found["expected_std"] == pytest.approx(variant.parameters["target"], rel=1e-6)
        assert key > variant.parameters["target"]


def test_no_drawn_weight_exceeds_the_largest(cards):
    for _, key, found in runs(cards, "largest-weight"):
        assert found["limit"] == pytest.approx(key, rel=1e-6)
        assert 0.99 * key < found["largest"] <= key * (1 + 1e-9)


def test_an_absolute_cut_leaves_the_deviation_of_the_key(cards):
    for _, key, found in runs(cards, "absolute-cut"):
        assert found["expected_std"] == pytest.approx(key, rel=1e-6)
        assert abs(found["std"] - key) < 4 * found["std_se"]


def test_defaults_are_ranked_by_their_variances(cards):
    for variant, _, _ in runs(cards, "default-order"):
        p = variant.parameters
        variances = {"pytorch": 1 / 3 / p["in_pytorch"], "flax": 1 / p["in_flax"]}
        variances |= {"he": 2 / p["in_he"], "keras": 2 / (p["in_keras"] + p["out_keras"])}
        ranked = [variances[option] for option in variant.answer]
        assert ranked == sorted(ranked)


def test_three_significant_digits_are_enough(cards):
    for template in questions_of(cards, [CARD], "number"):
        for seed in range(60):
            variant = draw(template, seed)
            response = parse(variant, f"{variant.answer:.3g}")
            assert grade(variant, response).verdict == "correct", (template.item, seed)


def test_the_examples_in_the_prose_come_out_so():
    """0.0361, 0.0722, 0.0625 and 0.0884 for 256 → 128; 0.88 for trunc_normal_ with std 1."""
    rng = np.random.default_rng(0)
    table = run("weight_initialization", {"n_in": 256, "n_out": 128}, rng).tables["schemes"]
    sigmas = dict(zip(table["scheme"], table["sigma"], strict=True))
    found = [sigmas[name] for name in ("pytorch_linear", "keras_dense", "flax_dense", "he_normal")]
    assert found == pytest.approx([0.0361, 0.0722, 0.0625, 0.0884], abs=5e-5)
    left = [(math.sqrt(128) * sigma) ** 10 for sigma in (math.sqrt(1 / 768), math.sqrt(1 / 256))]
    assert left == pytest.approx([0.00013, 0.031], rel=0.02)  # after 10 layers of 256 units
    cut = run("truncated_normal", {"scale": 1.0, "rule": "absolute"}, rng).scalars
    assert cut["expected_std"] == pytest.approx(0.88, abs=5e-4)
