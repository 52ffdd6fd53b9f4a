"""What the cards on gradients say is right, their own simulations show."""

from __future__ import annotations

from itertools import pairwise

import numpy as np
import pytest

from engine.questions import draw, grade, parse, simulate
from engine.simulations import run
from engine.simulations.gradients.input_scale import sigmoid_rms
from tests.content.answering import key_of, questions_of, runs, template_of

CARDS = ("vanishing-gradient", "exploding-gradient", "sigmoid-saturation", "skip-connections")


@pytest.mark.parametrize(
    ("item", "scalar"),
    [
        ("vanishing-gradient/left", "first"),
        ("vanishing-gradient/power", "first"),
        ("vanishing-gradient/steps", "steps_below_seen"),
        ("exploding-gradient/grown", "first"),
        ("exploding-gradient/per-step", "factor"),
        ("exploding-gradient/overflow-layer", "predicted_layer"),
        ("sigmoid-saturation/share", "saturated_share"),
        ("sigmoid-saturation/slope", "slope"),
        ("skip-connections/growth", "expected_std"),
        ("skip-connections/paths", "skip_first"),
    ],
)
def test_the_key_is_what_the_simulation_comes_to(cards, item, scalar):
    for variant, found in runs(cards, item):
        assert found[scalar] == pytest.approx(key_of(variant), rel=1e-9)


def test_the_weight_of_the_key_leads_to_the_size_of_the_stem(cards):
    for variant, found in runs(cards, "sigmoid-saturation/several-units"):
        assert found["first"] == pytest.approx(variant.parameters["total"], rel=1e-9)


def test_activations_are_ranked_as_their_gradients_stand(cards):
    for variant, found in runs(cards, "vanishing-gradient/activations", range(60)):
        values = [found[f"log10_{activation}"] for activation in variant.answer]
        assert values == sorted(values), variant.parameters


def test_what_is_ticked_holds_and_what_is_not_is_far_from_it(cards):
    small = {
        "weight-ratio": "weight_gradient_ratio",
        "signal": "final_rms",
        "across": "final_across_sd",
    }
    for variant, found in runs(cards, "vanishing-gradient/plots", range(60)):
        for option, scalar in small.items():
            if option in variant.answer:
                assert found[scalar] < 2e-4, (option, variant.parameters)
            else:
                assert found[scalar] > 0.02, (option, variant.parameters)
        kept = "usable" in variant.answer
        assert (found["delta_ratio"] > 0.02) == kept, variant.parameters
        assert kept or found["delta_ratio"] < 2e-4, variant.parameters


@pytest.mark.parametrize(
    "item", ["vanishing-gradient/remedy", "exploding-gradient/before-any-fitting"]
)
def test_a_claim_is_settled_on_every_seed(cards, item):
    template = template_of(cards, item)
    for seed in range(40):
        variant = draw(template, seed)
        found = simulate(template, variant).scalars
        known = {**variant.parameters, **{f"outcome.{k}": v for k, v in found.items()}}
        assert template.logic.settled.value(known), variant.parameters


def test_an_input_overflows_near_the_layer_of_the_key(cards):
    for variant, found in runs(cards, "exploding-gradient/overflow-layer", range(40)):
        layers, width = variant.answer, variant.parameters["width"]
        spread = np.sqrt(5 * layers / (4 * width)) / np.log(variant.parameters["factor"])
        assert abs(found["rms_layer"] - layers) <= 1 + 4 * spread, variant.parameters


def test_tanh_gradients_do_what_the_right_option_says(cards):
    said = {"shrinks": (0, 0.01), "stays": (0.01, 100), "grows": (100, float("inf"))}
    saturated = []
    for variant, found in runs(cards, "exploding-gradient/tanh", range(60)):
        low, high = said[variant.answer]
        assert low < found["delta_ratio"] < high, variant.parameters
        if variant.answer == "grows":
            saturated.append(found["saturated_share"])
    assert max(saturated) > 0.8  # saturated, and it grows all the same


def test_the_share_of_saturated_units_is_the_one_measured(cards):
    for variant, found in runs(cards, "sigmoid-saturation/share"):
        error = found["saturated_measured_se"]
        assert found["saturated_measured"] == pytest.approx(variant.answer, abs=4 * error)


def test_saturated_or_not_the_gradient_does_what_the_right_option_says(cards):
    for variant, found in runs(cards, "sigmoid-saturation/unsaturated", range(60)):
        if variant.answer == "few-small":
            assert found["saturated_share"] < 0.1
            assert found["delta_ratio"] < 1e-3
        elif variant.answer == "some-small":
            assert 0.1 < found["saturated_share"] < 0.5
            assert found["delta_ratio"] < 0.1
        else:
            assert variant.answer == "most-kept"
            assert found["saturated_share"] > 0.5
            assert found["delta_ratio"] > 1, variant.parameters


def test_scales_of_inputs_are_ranked_by_their_gradients(cards):
    for variant, _ in runs(cards, "sigmoid-saturation/input-order", range(60)):
        sizes = [sigmoid_rms(variant.parameters[option], 1.0) for option in variant.answer]
        assert sizes == sorted(sizes)
        assert all(b > 1.1 * a for a, b in pairwise(sizes)), variant.parameters


def test_blocks_end_with_the_deviation_of_the_key(cards):
    for variant, found in runs(cards, "skip-connections/growth"):
        spread = np.sqrt(variant.parameters["depth"] / 100)
        assert abs(np.log(found["skip_std"] / variant.answer)) < 0.2 + 2 * spread


def test_the_factor_on_the_branch_leads_to_its_target(cards):
    for variant, found in runs(cards, "skip-connections/branch-scale"):
        target = variant.parameters["target"]
        assert found["expected_std"] == pytest.approx(target, rel=1e-9)
        assert found["skip_std"] == pytest.approx(target, rel=0.35)


def test_networks_are_ranked_by_where_they_end(cards):
    for variant, found in runs(cards, "skip-connections/networks", range(60)):
        values = [found[f"{option}_std"] for option in variant.answer]
        assert values == sorted(values), variant.parameters


def test_gradients_are_as_alike_as_the_right_option_says(cards):
    said = {"similar": (0.6, 1.0), "fading": (0.25, 0.55), "noise": (-0.2, 0.2)}
    for variant, found in runs(cards, "skip-connections/alike", range(40)):
        name = "skip_lag5" if variant.parameters["skips"] else "plain_lag5"
        low, high = said[variant.answer]
        assert low < found[name] < high, variant.parameters


def test_the_curvature_of_the_slice_is_the_key(cards):
    for variant, found in runs(cards, "skip-connections/flatness"):
        assert found["curvature_scaled"] == pytest.approx(variant.answer, rel=1e-3)


def test_three_significant_digits_are_enough(cards):
    for template in questions_of(cards, CARDS, "number"):
        for seed in range(60):
            variant = draw(template, seed)
            response = parse(variant, f"{variant.answer:.3g}")
            assert grade(variant, response).verdict == "correct", (template.item, seed)


def test_the_examples_in_the_prose_of_vanishing_gradients_come_out_so():
    """0.25 to the 10th; ReLU with PyTorch's weights 0.41 a step; both 1e-48 and the ratio 0.88."""
    rng = np.random.default_rng
    ten = run("gradient_chain", {"slope": 0.25, "depth": 11}, rng(0)).scalars
    assert ten["first"] == pytest.approx(9.5e-7, rel=0.01)
    default = {"initialization": "pytorch_linear", "depth": 50, "width": 256}
    found = run("gradient_activations", default, rng(0)).scalars
    assert found["log10_relu_predicted"] / 49 == pytest.approx(np.log10(0.408), abs=1e-3)
    assert found["log10_relu"] / 49 == pytest.approx(np.log10(0.408), abs=0.02)
    tiny = {"activation": "relu", "initialization": "fixed_normal", "std": 0.01}
    found = run("signal_propagation", tiny, rng(0)).scalars
    assert abs(found["log10_final_rms"] + 48) < 1.5
    assert abs(found["log10_delta_ratio"] + 47) < 1.5
    assert 0.5 < found["weight_gradient_ratio"] < 2


def test_the_examples_in_the_prose_of_exploding_gradients_come_out_so():
    """11.3 a layer, layer 37; 89 % saturated and 2.9 a step."""
    rng = np.random.default_rng
    found = run("float_overflow", {"width": 256, "std": 1.0}, rng(0)).scalars
    assert found["factor"] == pytest.approx(11.3, abs=0.05)
    assert found["predicted_layer"] == 37
    large = {"activation": "tanh", "initialization": "fixed_normal", "std": 1.0}
    found = run("signal_propagation", large, rng(0)).scalars
    assert found["saturated_share"] == pytest.approx(0.89, abs=0.01)
    assert found["delta_ratio"] ** (1 / 49) == pytest.approx(2.9, abs=0.06)


def test_the_examples_in_the_prose_of_sigmoid_saturation_come_out_so():
    """0.0066 at 5; 0.154 for inputs of deviation 1, 0.029 for 100."""
    rng = np.random.default_rng
    assert run("sigmoid_saturation", {"z": 5.0}, rng(0)).scalars["slope"] == pytest.approx(
        0.0066, abs=5e-5
    )
    found = run("input_scale", {"scale": 1.0, "factor": 100.0}, rng(0)).scalars
    assert found["gradient"] == pytest.approx(0.154, abs=5e-4)
    assert found["gradient_scaled"] == pytest.approx(0.029, abs=5e-4)


def test_the_examples_in_the_prose_of_skip_connections_come_out_so():
    """3.5e-11 and 190 over 20 blocks; about 1000 after 20 blocks; below e; 1 + L."""
    rng = np.random.default_rng
    chain = run("gradient_chain", {"slope": 0.3, "depth": 21}, rng(0)).scalars
    assert chain["first"] == pytest.approx(3.5e-11, rel=0.01)
    assert chain["skip_first"] == pytest.approx(190, rel=0.01)
    found = run("residual_network", {"depth": 20, "width": 256}, rng(0)).scalars
    assert found["expected_std"] == 1024
    assert found["skip_std"] == pytest.approx(1000, rel=0.35)
    assert found["scaled_std"] ** 2 < np.e * 1.1
    assert found["bn_std"] ** 2 == pytest.approx(21, rel=0.1)
