"""What the cards on the batch-norm transform and its batch size say, their simulations show."""

from __future__ import annotations

import pytest

from engine.questions import draw, grade, parse
from tests.content.answering import questions_of, runs_with_key

CARDS = ("batchnorm-transform", "batchnorm-batch-size")


@pytest.mark.parametrize(
    ("item", "scalar", "error"),
    [
        ("batchnorm-transform/one-output", "y", 1e-6),
        ("batchnorm-transform/output-variance", "y_variance", 1e-6),
        ("batchnorm-transform/epsilon", "y_std", 1e-6),
        ("batchnorm-transform/own-slope", "slope", 1e-6),
        ("batchnorm-batch-size/largest", "outlier_output", 1e-3),
        ("batchnorm-batch-size/unbiased", "unbiased", 1e-9),
        ("batchnorm-batch-size/per-channel", "count_1", 1e-9),
    ],
)
def test_the_key_is_what_the_simulation_comes_to(cards, item, scalar, error):
    for _, key, found in runs_with_key(cards, item):
        assert found[scalar] == pytest.approx(key, rel=error)


def test_relu_zeroes_the_share_of_the_key(cards):
    for _, key, found in runs_with_key(cards, "batchnorm-transform/relu-zeros"):
        assert abs(found["zeros"] - key) < 4 * found["zeros_se"]


def test_one_input_trembles_by_the_key(cards):
    for _, key, found in runs_with_key(cards, "batchnorm-batch-size/jitter"):
        assert (
            abs(found["jitter"] - key) < 4 * found["jitter_se"] + 0.06 * key
        )  # first order in 1/n


def test_layers_are_ranked_by_how_much_their_means_scatter(cards):
    for variant, _, found in runs_with_key(cards, "batchnorm-batch-size/noisiest"):
        noises = [found[option.replace("layer-", "noise_")] for option in variant.answer]
        assert noises == sorted(noises, reverse=True)


def test_three_significant_digits_are_enough(cards):
    for template in questions_of(cards, CARDS, "number"):
        for seed in range(60):
            variant = draw(template, seed)
            response = parse(variant, f"{variant.answer:.3g}")
            assert grade(variant, response).verdict == "correct", (template.item, seed)
