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


def test_the_key_to_the_table_varies_and_unequal_losses_say_nothing(cards):
    keys = set()
    for variant, found in runs(cards, "internal-covariate-shift/verdict", range(60)):
        keys.add(variant.answer)
        equal = 0.8 < found["loss_times"] < 1.25
        assert (variant.answer == "unequal") is not equal
        if equal:
            less = (found["drift_times"] < 1, found["angle_with"] < found["angle_plain"])
            said = {"both": (True, True), "means": (True, False), "gradients": (False, True)}
            assert said.get(variant.answer, (False, False)) == less
    assert keys == {"both", "means", "gradients", "neither", "unequal"}


def test_the_claim_on_both_normalizations_is_settled_by_every_run_and_varies(cards):
    verdicts, of_layer_norm = set(), []
    for variant, found in runs(cards, "internal-covariate-shift/claim-bn-and-ln", range(15)):
        verdicts.add(variant.answer)
        assert found["compared"] > 0.7
        if variant.parameters["measure"] == 1:
            assert found["drift_bn"] < found["drift_none"] / 2
            assert found["drift_ln"] > 0.9 * found["drift_none"]
        else:
            of_layer_norm.append(found["cosine_ln"] - found["cosine_none"])
            assert found["cosine_bn"] < found["cosine_none"] - 0.1
    assert verdicts == {"misleading", "false"}
    assert max(of_layer_norm) < 0.2
    assert np.mean(of_layer_norm) < 0


def test_the_disturbed_network_is_as_fast_as_the_key_says(cards):
    keys = set()
    for variant, found in runs(cards, "internal-covariate-shift/noise", range(25)):
        keys.add(variant.answer)
        steps = {name: found[f"steps_{name}"] for name in ("none", "bn", "noisy")}
        if variant.answer == "as-fast":
            assert steps["noisy"] < 1.6 * steps["bn"] < steps["none"]
        elif variant.answer == "between":
            assert 1.4 * steps["bn"] < steps["noisy"] < 0.9 * steps["none"]
            assert found["drift_noisy"] > 10 * found["drift_none"]
        else:
            assert found["reached_noisy"] < 0.5 < found["reached_none"]
            assert steps["noisy"] == 120 > steps["none"]
    assert keys == {"as-fast", "between", "slower"}


def test_a_step_lowers_the_loss_for_whom_the_key_says(cards):
    said = {"both": (True, True), "only-with": (False, True), "neither": (False, False)}
    keys = set()
    for variant, found in runs(cards, "internal-covariate-shift/longest-step", range(40)):
        keys.add(variant.answer)
        assert found["start_none"] == pytest.approx(found["start_bn"], abs=0.04)
        lower = tuple(found[f"after_{n}"] < found[f"start_{n}"] for n in ("none", "bn"))
        assert lower == said[variant.answer]
    assert keys == set(said)


def test_the_figures_of_the_internal_covariate_shift_card_come_out_again():
    tables = [run("covariate_drift", {}, np.random.default_rng(s)).tables for s in range(5)]
    mean = {name: np.mean([t["layers"][name] for t in tables], 0) for name in tables[0]["layers"]}
    at = {layer: dict(zip(mean, row, strict=True)) for layer, row in by_layer(mean)}
    assert at[5]["drift_none"] == pytest.approx(0.04, abs=0.005)
    assert at[5]["drift_bn"] == pytest.approx(0.003, abs=0.0005)
    assert at[5]["drift_ln"] == pytest.approx(0.07, abs=0.005)
    for layer, expected in ((3, (0.9, 0.3, 0.8)), (8, (0.55, 0.8, 0.3))):
        found = [at[layer][f"cosine_{name}"] for name in ("none", "bn", "ln")]
        assert found == pytest.approx(expected, abs=0.05)
    for name, loss in (("none", 0.34), ("bn", 0.33), ("ln", 0.33)):
        losses = np.mean([t["losses"][f"loss_{name}"] for t in tables])
        assert losses == pytest.approx(loss, abs=0.008)


def by_layer(columns):
    rows = np.array(list(columns.values())).T
    return [(int(row[0]), row) for row in rows]


@pytest.mark.parametrize("rate", [0.05, 0.1, 0.2])
def test_at_equal_loss_the_first_layers_turn_more_with_batch_norm_and_the_last_less(rate):
    for seed in range(3):
        table = run("covariate_drift", {"rate": rate}, np.random.default_rng(seed)).tables["layers"]
        more = table["cosine_bn"] < table["cosine_none"]
        assert more[:3].all()  # layers 2 to 4
        assert not more[-1]
        assert (table["drift_bn"] < table["drift_none"])[1:].all()  # from layer 3 on


@pytest.mark.parametrize("rate", [0.1, 0.2])
def test_at_equal_loss_a_tanh_network_turns_more_with_batch_norm_nearly_everywhere(rate):
    for seed in range(3):
        settings = {"rate": rate, "activation": "tanh"}
        table = run("covariate_drift", settings, np.random.default_rng(seed)).tables["layers"]
        assert (table["cosine_bn"] < table["cosine_none"]).sum() >= 7  # of 9


def test_at_equal_loss_noise_costs_steps_and_the_network_still_beats_the_plain_one():
    found = [run("noisy_normalization", {}, np.random.default_rng(s)).scalars for s in range(5)]
    mean = {name: np.mean([told[name] for told in found]) for name in found[0]}
    assert mean["steps_noisy"] / mean["steps_bn"] == pytest.approx(3, abs=0.8)
    assert mean["steps_noisy"] / mean["steps_none"] == pytest.approx(1 / 3, abs=0.08)
    assert 70 < mean["drift_noisy"] / mean["drift_none"] < 110


@pytest.mark.parametrize("seed", range(3))
def test_at_equal_loss_batch_norm_stands_longer_steps_in_six_layers(seed):
    told = run("loss_along_step", {}, np.random.default_rng(seed)).scalars
    assert told["longest_none"] < 0.3
    assert told["longest_bn"] > 2
    assert told["change_bn"] < 1 < told["change_none"]


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
