"""What the cards of ReLU and of leaky ReLU say is right, their own simulations show."""

from __future__ import annotations

import math

import numpy as np
import pytest

from engine.questions import draw, grade, parse
from engine.questions.checking.guessing import numbers_in
from engine.questions.texts import settings_of, simulation_rng
from engine.simulations.gradients.dead_training import SMALL, descend, gradients, start
from tests.content.answering import SEEDS, key_of, of, outcomes, questions_of, runs, template_of

CARDS = ("relu-dead-units", "leaky-relu")


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
    for _, found in runs(cards, "relu-dead-units/recovery"):
        assert found["count_end"] == found["count_after"]
        assert found["percent_after"] > found["percent_start"] + 20


def test_the_weights_and_biases_without_a_gradient_are_those_of_the_dead_units(cards):
    template = template_of(cards, "relu-dead-units/recovery")
    for seed in SEEDS:
        variant = draw(template, seed)
        chosen, rng = settings_of(template, variant), simulation_rng(template, variant)
        x, y, weights = start(int(chosen["units"]), rng)
        steps = [int(chosen["large_steps"]), int(chosen["small_steps"])]
        rates = np.repeat([float(chosen["learning_rate"]), SMALL], steps)
        _, _, (w, b, _, _) = gradients(x, y, descend(x, y, weights, rates)[2])
        frozen = 100 * float((np.concatenate([w.ravel(), b]) == 0).mean())
        asked = {"F": frozen, "M": 100 - frozen}[variant.parameters["letter"]]
        assert variant.key == pytest.approx(asked)


def test_how_much_is_frozen_does_not_stand_in_the_question(cards):
    """Half of the keys were a number of the stem: its percentage of dead units."""
    template = template_of(cards, "relu-dead-units/recovery")
    for seed in range(60):
        variant = draw(template, seed)
        told = numbers_in(variant.prompt)
        assert not any(math.isclose(number, variant.key, rel_tol=0.01) for number in told)


def test_the_examples_in_the_prose_of_the_relu_card_come_out_so():
    assert of("relu_batch")["none"] == pytest.approx(0.031, abs=5e-4)
    assert of("dead_units", bias=-3)["predicted_dead"] < 0.001
    assert of("dead_units", bias=-4)["predicted_dead"] == pytest.approx(0.16, abs=0.005)
    assert of("dead_units", bias=-5)["predicted_dead"] == pytest.approx(0.78, abs=0.005)


@pytest.mark.parametrize(
    ("item", "scalar"),
    [("gain", "sigma"), ("default-slope", "output")],
)
def test_the_key_of_leaky_relu_is_what_the_simulation_comes_to(cards, item, scalar):
    for variant, found in runs(cards, f"leaky-relu/{item}"):
        key = key_of(variant)
        assert found[scalar] == pytest.approx(key, rel=1e-9)


def test_as_many_negative_units_as_the_key_leave_what_the_stem_says(cards):
    for variant, found in runs(cards, "leaky-relu/negative-path"):
        assert variant.parameters["slope"] ** variant.key == pytest.approx(found["left"], rel=1e-9)
        assert found["left"] == pytest.approx(variant.parameters["left"], rel=1e-9)


def test_a_layer_with_the_right_gain_keeps_the_rms(cards):
    for _, found in runs(cards, "leaky-relu/gain"):
        assert found["kept"] == pytest.approx(1, abs=4 * found["growth_se"])


def test_the_wrong_gain_has_grown_to_the_stem_s_rms_after_the_layers_of_the_key(cards):
    for variant, outcome in outcomes(cards, "leaky-relu/wrong-gain"):
        depth, predicted = variant.parameters["depth"], outcome.tables["layers"]["predicted_rms"]
        layers = np.interp(
            math.log(variant.parameters["times"]), np.log(predicted), np.arange(1, depth + 1)
        )
        assert layers == pytest.approx(variant.answer, rel=1e-6)
        spread = math.sqrt(5 * depth / (4 * 196))
        assert abs(math.log(outcome.scalars["final_rms"] / predicted[-1])) < 4 * spread


@pytest.mark.parametrize("item", ["relu-dead-units/call-it-dead", "leaky-relu/claim-remedy"])
def test_the_claim_is_settled_by_its_run(cards, item):
    for variant, found in runs(cards, item, range(60)):
        known = {**variant.parameters, **{f"outcome.{k}": v for k, v in found.items()}}
        assert template_of(cards, item).logic.settled.value(known) is True


def test_the_examples_in_the_prose_of_the_leaky_card_come_out_so():
    assert of("leaky_relu", slope=0.2)["growth"] ** 50 == pytest.approx(2.7, abs=0.05)
    assert of("leaky_relu", slope=0.5)["growth"] ** 50 == pytest.approx(265, abs=0.5)


def test_three_significant_digits_are_enough(cards):
    for template in questions_of(cards, CARDS, "number"):
        for seed in range(60):
            variant = draw(template, seed)
            response = parse(variant, f"{variant.answer:.3g}")
            assert grade(variant, response).verdict == "correct", (template.item, seed)
