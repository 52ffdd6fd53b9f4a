"""What the cards on why batch norm works and on internal covariate shift say, runs show."""

from __future__ import annotations

import math

import numpy as np
import pytest

from engine.simulations import run
from tests.content.answering import runs


def test_the_drift_of_a_layer_is_the_key(cards):
    for variant, found in runs(cards, "internal-covariate-shift/drift"):
        assert found["drift_a"] == pytest.approx(variant.answer, rel=1e-9)


def test_layers_rank_as_the_key_says(cards):
    for variant, found in runs(cards, "internal-covariate-shift/largest-shift"):
        ranked = sorted("abc", key=lambda layer: -found[f"drift_{layer}"])
        assert list(variant.answer) == ranked


def test_the_gradient_turns_as_the_key_says(cards):
    for variant, found in runs(cards, "internal-covariate-shift/turned"):
        assert found["cosine"] == pytest.approx(variant.answer, abs=1e-12)


def test_the_key_to_the_measures_varies_and_the_run_beside_it_disagrees_with_itself(cards):
    keys = set()
    for variant, found in runs(cards, "internal-covariate-shift/verdict", range(25)):
        keys.add(variant.answer)
        assert found["drift_bn"] < found["drift_none"]
        assert found["cosine_bn"] < found["cosine_none"]
    assert keys == {"both", "means", "gradients", "neither"}


def test_the_claim_on_both_normalizations_is_settled_by_every_run(cards):
    for _, found in runs(cards, "internal-covariate-shift/claim-bn-and-ln", range(25)):
        assert found["drift_bn"] < found["drift_none"]
        assert found["cosine_bn"] < found["cosine_none"]


def test_the_figures_of_the_internal_covariate_shift_card_come_out_again():
    found = [run("covariate_drift", {}, np.random.default_rng(s)).scalars for s in range(4)]
    mean = {name: np.mean([told[name] for told in found]) for name in found[0]}
    assert mean["drift_none"] == pytest.approx(0.03, abs=0.006)
    assert mean["drift_bn"] == pytest.approx(0.003, abs=0.0006)
    assert mean["cosine_none"] == pytest.approx(0.9, abs=0.05)
    assert mean["cosine_bn"] == pytest.approx(0.7, abs=0.05)


def test_the_drawn_network_lies_on_the_right_place_of_the_axis(cards):
    for variant, found in runs(cards, "batchnorm-why/deep-growth"):
        decades = abs(found["log10_bn"] - math.log10(variant.answer))
        assert decades < math.log10(variant.accepted[1] / variant.answer)
        assert found["bn_relu_ratio"] == pytest.approx(variant.answer, rel=1e-9)


def test_a_rate_works_for_whom_the_key_says(cards):
    said = {"both": (True, True), "only-with": (False, True), "neither": (False, False)}
    keys = set()
    for variant, found in runs(cards, "batchnorm-why/which-works", range(30)):
        keys.add(variant.answer)
        half = math.log(2) / 2
        assert (found["loss_none"] < half, found["loss_bn"] < half) == said[variant.answer]
    assert keys == set(said)


def test_three_networks_rank_as_the_key_says(cards):
    orders = set()
    for variant, found in runs(cards, "batchnorm-why/three-networks", range(60)):
        ranked = sorted(("none", "bn", "ln"), key=lambda name: -found[f"log10_{name}"])
        assert list(variant.answer) == ranked
        orders.add(tuple(ranked))
    assert len(orders) == 3


def test_the_growth_back_to_a_layer_is_what_the_network_shows(cards):
    for variant, found in runs(cards, "batchnorm-why/back-to-layer"):
        steps = variant.parameters["depth"] - variant.parameters["layer"]
        assert variant.answer == pytest.approx(found["bn_relu_growth"] ** steps, rel=1e-9)


def test_growth_from_the_last_layer_back_to_the_second_is_the_formula():
    tables = [
        run("normalization_depth", {"depth": 20, "width": 256, "batch": 256}, rng).tables
        for rng in map(np.random.default_rng, range(4))
    ]
    growth = np.mean([tables[k]["layers"]["delta_bn"][1] for k in range(4)])
    assert growth == pytest.approx((math.pi / (math.pi - 1)) ** 9, rel=0.12)


def test_the_claim_on_overfitting_is_settled_by_every_run(cards):
    for _, found in runs(cards, "batchnorm-why/claim-overfitting", range(60)):
        assert found["train_bn"] > 0.99
        assert found["test_bn"] < 0.62


def test_the_figures_of_the_card_on_why_come_out_again():
    found = [run("random_labels", {}, np.random.default_rng(s)).scalars for s in range(3)]
    assert np.mean([told["epochs_none"] for told in found]) == pytest.approx(50, abs=5)
    assert np.mean([told["epochs_bn"] for told in found]) == pytest.approx(5, abs=0.7)
    he = {"initialization": "he"}
    found = [run("random_labels", he, np.random.default_rng(s)).scalars for s in range(3)]
    assert np.mean([told["epochs_none"] for told in found]) == pytest.approx(13, abs=1.5)
    assert np.mean([told["epochs_bn"] for told in found]) == pytest.approx(8, abs=1.5)


@pytest.mark.parametrize("seed", range(3))
def test_the_ranges_of_rates_of_the_card_come_out_again(seed):
    told = run("learning_rate_sweep", {"samples": 200}, np.random.default_rng(seed)).scalars
    assert told["lowest_none"] in (0.03, 0.1)
    assert told["highest_none"] in (0.1, 0.3)
    assert (told["lowest_bn"], told["highest_bn"]) == (0.01, 3.0)
