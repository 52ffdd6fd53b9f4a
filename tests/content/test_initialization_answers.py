"""What the initialization cards say is right, their own simulations show."""

from __future__ import annotations

import math

import numpy as np
import pytest

from tests.content import answering

SEEDS = range(8)
#: questions whose key is the rms of a layer, the last unless they say which
AT_THE_END = ("xavier-normal/relu-depth", "he-uniform/default-depth")


def runs(cards, item):
    """(variant, key as a number, outcome) for some seeds."""
    for variant, found in answering.runs(cards, item, SEEDS):
        key = variant.answer if isinstance(variant.answer, float) else variant.key
        yield variant, key, found


@pytest.mark.parametrize(
    "item", ["xavier-uniform/bound", "he-uniform/bound", "he-uniform/convolution"]
)
def test_a_bound_is_that_of_the_drawn_weights(cards, item):
    for _, key, found in runs(cards, item):
        assert found["uniform_bound"] == pytest.approx(key)
        assert 0.98 * key < found["largest"] <= key
        assert abs(found["std"] - key / math.sqrt(3)) < 4 * found["std_se"]


@pytest.mark.parametrize(
    "item", ["xavier-normal/sigma", "he-normal/sigma", "xavier-uniform/spread"]
)
def test_a_deviation_is_that_of_the_drawn_weights(cards, item):
    for variant, key, found in runs(cards, item):
        sigma = key if key is not None else float(variant.answer_text)
        assert abs(found["std"] - sigma) < 4 * found["std_se"] + 0.005 * sigma  # as displayed


def test_the_factor_on_a_gradient_is_that_of_the_layer(cards):
    for _, key, found in runs(cards, "xavier-normal/gradient-factor"):
        assert found["backward_linear"] == pytest.approx(key)


@pytest.mark.parametrize(
    ("item", "per_layer"),
    [
        ("xavier-uniform/wrong-bound", 0.5),
        ("xavier-normal/relu-depth", 1.25),
        ("he-uniform/default-depth", 1.25),
        ("he-normal/any-sigma", 1.25),
    ],
)
def test_a_signal_ends_where_the_key_says_within_the_spread_of_networks(cards, item, per_layer):
    for variant, _, found in runs(cards, item):
        depth, width = variant.parameters["depth"], variant.parameters["width"]
        spread = math.sqrt(per_layer * depth / width)
        predicted = found["predicted_final_rms"]
        assert abs(math.log(found["final_rms"] / predicted)) < 4 * spread
        layers = variant.parameters.get("asked", depth)
        if item in AT_THE_END:  # shown with two digits
            key = predicted ** (layers / depth)
            assert key == pytest.approx(number(variant.answer_text), rel=0.06)


def test_the_first_layer_below_the_limit_is_that_of_the_prediction(cards):
    for variant, outcome in answering.outcomes(cards, "xavier-uniform/wrong-bound"):
        rms = outcome.tables["layers"]["predicted_rms"]
        assert 1 + np.argmax(rms < variant.parameters["limit"]) == int(variant.answer_text)


def test_the_deviation_of_the_key_leads_to_the_rms_of_the_stem(cards):
    for variant, found in answering.runs(cards, "he-normal/any-sigma"):
        assert found["predicted_final_rms"] == pytest.approx(variant.parameters["last"])
        assert float(variant.answer_text) == variant.parameters["std"]


def test_tanh_ends_near_one_over_the_root_of_twice_the_depth(cards):
    for variant, _, found in runs(cards, "xavier-normal/tanh-depth"):
        assert found["final_rms"] == pytest.approx(number(variant.answer_text), rel=0.2)


def test_networks_spread_by_the_factor_of_the_key(cards):
    for variant, _, found in runs(cards, "he-normal/spread"):
        stray = abs(math.log(number(variant.answer_text)) - found["sd_log"])
        assert stray < 4 * found["sd_log_se"] + 0.07 * found["sd_log"]


def test_the_side_that_is_counted_is_the_side_that_is_kept(cards):
    for variant, _, found in runs(cards, "he-normal/which-side"):
        kept = "forward-kept" in variant.answer
        forward = 1 if kept else variant.parameters["forward"]
        backward = variant.parameters["backward"] if kept else 1
        assert abs(math.log(found["final_rms"] / forward)) < 0.6
        assert abs(math.log(found["delta_rms_ratio"] / backward)) < 0.6


def number(text):
    """8.8×10⁻⁵ as a float."""
    plain = text.translate(str.maketrans("⁻⁰¹²³⁴⁵⁶⁷⁸⁹", "-0123456789"))
    return float(plain.replace("×10", "e"))
