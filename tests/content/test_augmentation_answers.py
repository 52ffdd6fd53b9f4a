"""What the card on data augmentation says is right, its simulations show."""

from __future__ import annotations

import numpy as np
import pytest

from engine.questions import draw, grade, parse
from engine.simulations import run
from engine.simulations.confidence.glyph_transforms import becomes
from tests.content.answering import SEEDS, questions_of, runs_with_key

CARD = "data-augmentation"


def runs(cards, name, seeds=SEEDS):
    return runs_with_key(cards, f"{CARD}/{name}", seeds)


def test_the_slope_shrinks_to_the_key(cards):
    for _, key, found in runs(cards, "shrink"):
        assert found["ridge_1"] == pytest.approx(key)
        error = 4 * found["augmented_1_se"] + 0.01 * key  # a bias of order 1 / copies
        assert abs(found["augmented_1"] - key) < error


def test_the_equivalent_penalty_is_that_of_the_simulation(cards):
    for _, key, found in runs(cards, "equivalent-penalty"):
        assert found["penalty"] == pytest.approx(key)
        for slope in ("1", "2"):
            ridge = found[f"ridge_{slope}"]
            assert found[f"augmented_{slope}"] == pytest.approx(ridge, rel=0.03)


def test_labels_are_wrong_where_another_symbol_comes_out(cards):
    for variant, _, _ in runs(cards, "wrong-labels", range(60)):
        glyph, own = variant.parameters["glyph"], variant.parameters["symbol"]
        wrong = set()
        for change in ("mirror", "flip", "turn"):
            other = becomes(glyph, change)
            assert variant.parameters[f"{change}_is"] == (other or "–")
            if other not in (None, own):
                wrong.add(change)
        if variant.parameters["step"] > 2:
            wrong.add("shift")
        assert set(variant.answer) == wrong


def test_the_gap_is_that_of_the_drawn_data_sets(cards):
    for _, key, found in runs(cards, "optimism"):
        assert found["expected_gap"] == pytest.approx(key)
        assert abs(found["gap"] - key) < 4 * found["gap_se"]


def test_fits_are_ranked_by_their_measured_gaps(cards):
    for variant, _, found in runs(cards, "largest-gap", range(40)):
        gaps = [found[option.replace("fit-", "gap_")] for option in variant.answer]
        assert gaps == sorted(gaps, reverse=True)


def test_three_significant_digits_are_enough(cards):
    for template in questions_of(cards, [CARD], "number"):
        for seed in range(60):
            variant = draw(template, seed)
            response = parse(variant, f"{variant.answer:.3g}")
            assert grade(variant, response).verdict == "correct", (template.item, seed)


def test_the_examples_in_the_prose_come_out_so():
    """λ = 12.5 and a slope from 2 to 1.6; a gap of 0.053 for degree 9 on 15 points."""
    rng = np.random.default_rng(0)
    noisy = run("noise_augmentation", {"n": 50, "sigma": 0.5, "slope_1": 2.0}, rng).scalars
    assert noisy["penalty"] == 12.5
    assert noisy["ridge_1"] == pytest.approx(1.6)
    fit = run("polynomial_fit", {"degree": 9, "n": 15, "noise": 0.2}, rng).scalars
    assert fit["expected_gap"] == pytest.approx(0.053, abs=5e-4)
    assert fit["test"] > 10 * fit["same_inputs_mean"]
