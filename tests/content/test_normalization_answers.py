"""What the normalization cards say is right, their own simulations show."""

from __future__ import annotations

import re

import pytest

from engine.questions import draw, grade, parse
from tests.content.answering import of, questions_of, runs

CARDS = ("covariate-shift", "moving-average", "ema-inference-stats")


@pytest.mark.parametrize(
    ("item", "scalar"),
    [
        ("covariate-shift/weighted-slope", "weighted_slope_limit"),
        ("covariate-shift/effective-size", "effective_expected"),
        ("covariate-shift/one-weight", "weight"),
        ("moving-average/start", "ema"),
        ("moving-average/fading", "fading_steps"),
        ("ema-inference-stats/running-mean", "running_mean"),
        ("ema-inference-stats/stored-variance", "running_var"),
    ],
)
def test_the_key_is_what_the_simulation_comes_to(cards, item, scalar):
    for variant, found in runs(cards, item):
        assert found[scalar] == pytest.approx(variant.answer, rel=1e-9)


def test_the_output_at_inference_differs_from_the_key_by_epsilon_alone(cards):
    for variant, found in runs(cards, "ema-inference-stats/batch-mates"):
        assert found["eval_output"] == pytest.approx(variant.answer, rel=1e-4)


@pytest.mark.parametrize(
    ("item", "scalar", "limit"),
    [
        ("covariate-shift/weighted-slope", "weighted_slope", 6),  # a bias of order 1/n is left
        ("covariate-shift/effective-size", "effective", 6),  # and here of order 1/n_eff
        ("ema-inference-stats/test-shift", "eval_mean", 4),
    ],
)
def test_the_drawn_evidence_agrees_with_the_key(cards, item, scalar, limit):
    for variant, found in runs(cards, item):
        error = max(found[f"{scalar}_se"], 0.01 * abs(variant.answer))
        assert abs(found[scalar] - variant.answer) < limit * error


def test_weights_do_to_the_error_what_the_right_option_says(cards):
    said = {"falls": (0, 0.5), "same": (1 - 1e-9, 1 + 1e-9), "rises": (1.25, float("inf"))}
    for variant, found in runs(cards, "covariate-shift/weights-help", range(60)):
        low, high = said[variant.answer]
        assert low <= found["ratio"] <= high, variant


def test_averages_after_a_jump_are_ranked_as_they_stand(cards):
    names = {"window": "sma", "ema": "ema", "ema-slow": "ema_2", "cumulative": "cumulative"}
    for variant, found in runs(cards, "moving-average/jump"):
        values = [found[names[option]] for option in variant.answer]
        assert values == sorted(values, reverse=True)


def test_the_noise_left_is_the_one_measured(cards):
    for variant, found in runs(cards, "moving-average/noise"):
        noise = variant.parameters["noise"]
        key = float(variant.answer_text)
        error = noise * found["noise_measured_se"]
        assert abs(noise * found["noise_measured"] - key) < 4 * error + 0.05 * key  # as displayed


def test_frameworks_are_ranked_by_what_is_left(cards):
    for variant, found in runs(cards, "ema-inference-stats/slowest-to-forget"):
        values = [found[f"{option}_left"] for option in variant.answer]
        assert values == sorted(values, reverse=True)


def test_three_significant_digits_are_enough(cards):
    for template in questions_of(cards, CARDS, "number"):
        for seed in range(60):
            variant = draw(template, seed)
            response = parse(variant, f"{variant.answer:.3g}")
            assert grade(variant, response).verdict == "correct", (template.item, seed)


def test_a_question_about_a_framework_names_it(cards):
    for name in ("running-mean", "stored-variance"):
        for variant, _ in runs(cards, f"ema-inference-stats/{name}"):
            assert re.search(r"\*\*(PyTorch|Keras|Keras 3|Flax)\*\*", variant.prompt)


def test_the_examples_in_the_prose_come_out_so(cards):
    """0.22 and 0.009, slopes +0.5 and −0.73; 3.26 and 0.478 after 10 batches; 368 of 1000."""

    shift = of("covariate_shift")
    assert shift["plain_mse"] == pytest.approx(0.22, abs=0.03)
    assert shift["weighted_mse"] == pytest.approx(0.009, abs=0.001)
    assert shift["plain_slope_limit"] == pytest.approx(0.5)
    assert shift["weighted_slope_limit"] == pytest.approx(-0.73)
    assert round(of("importance_weights")["effective_expected"]) == 368
    ten = {"steps": 10, "batches": "exact"}
    torch = of("batchnorm_inference", framework="PyTorch", momentum=0.1, **ten)
    keras = of("batchnorm_inference", framework="Keras", momentum=0.99, **ten)
    assert torch["running_mean"] == pytest.approx(3.26, abs=0.005)
    assert keras["running_mean"] == pytest.approx(0.478, abs=0.0005)
