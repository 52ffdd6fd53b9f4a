"""What the cards on scale and steps say is right, their own simulations show."""

from __future__ import annotations

import numpy as np
import pytest

from engine.questions import draw, grade, parse
from tests.content.answering import of, outcomes, questions_of

SEEDS = range(25)
CARDS = ("learning-rate", "standardisation-shape", "input-conditioning", "gradient-clipping")


def runs(cards, item, seeds=SEEDS):
    return outcomes(cards, item, seeds)


@pytest.mark.parametrize(
    ("item", "scalar"),
    [
        ("learning-rate/largest-rate", "largest_rate"),
        ("learning-rate/weight-after", "last"),
        ("standardisation-shape/rare-one", "new_highest"),
        ("input-conditioning/scale-ratio", "kappa"),
        ("input-conditioning/correlated", "kappa_standardized"),
        ("input-conditioning/offset-rate", "largest_rate"),
        ("standardisation-shape/below-zero", "below_expected"),
    ],
)
def test_the_key_is_what_the_simulation_comes_to(cards, item, scalar):
    for variant, found in runs(cards, item):
        assert found.scalars[scalar] == pytest.approx(variant.answer, rel=1e-9)


def test_the_weight_behaves_as_the_right_option_says(cards):
    for variant, found in runs(cards, "learning-rate/behavior", range(60)):
        first, second = found.tables["trace"]["weight"][:2]
        across, size = first * second < 0, abs(second / first)
        behavior = {
            "one-side": not across and size < 1,
            "settles": across and size < 0.99,
            "cycles": across and size == pytest.approx(1),
            "diverges": across and size > 1.01,
        }
        assert [name for name, holds in behavior.items() if holds] == [variant.answer]


def test_the_fastest_rate_leaves_least_of_the_error(cards):
    for variant, found in runs(cards, "learning-rate/race", range(60)):
        left = [found.scalars[f"{option}_left"] for option in variant.answer]
        assert left == sorted(left)


def test_the_waiting_takes_the_steps_of_the_key(cards):
    for variant, found in runs(cards, "learning-rate/steps", range(60)):
        assert 0 <= found.scalars["steps_needed"] - variant.answer < 1


def test_the_cost_goes_the_way_that_the_verdict_says(cards):
    for variant, found in runs(cards, "learning-rate/cost-falls", range(60)):
        losses = found.tables["trace"]["loss"]
        falls = {"true": (True, True), "misleading": (True, False), "false": (False, False)}
        seen = (losses[1] < losses[0], losses[-1] < losses[0])
        assert seen == falls[variant.answer]
        assert variant.answer != "true" or np.all(np.diff(losses[losses > 1e-300]) < 0)


def test_the_drawn_values_lie_below_zero_as_often_as_the_key_says(cards):
    for variant, found in runs(cards, "standardisation-shape/below-zero"):
        # Where the mean of so long a tail falls is left to chance, too.
        assert found.scalars["below"] == pytest.approx(variant.answer, abs=0.03)


def test_houses_are_ranked_by_the_scores_they_get(cards):
    for variant, found in runs(cards, "standardisation-shape/across-batches", range(60)):
        scores = [found.scalars[f"{option}_z"] for option in variant.answer]
        assert scores == sorted(scores, reverse=True)


def test_what_is_ticked_after_scaling_is_so(cards):
    for variant, found in runs(cards, "standardisation-shape/what-changes", range(60)):
        scalars = found.scalars
        so = {
            "mean-zero": abs(scalars["new_mean"]) < 1e-9,
            "std-one": abs(scalars["new_std"] - 1) < 1e-9,
            "skew-kept": abs(scalars["new_skew"] - scalars["skew"]) < 1e-9,
            "largest-stays": scalars["largest_stays"] == 1,
            "most-above": scalars["below"] < 0.5,
        }
        assert set(variant.answer) == {name for name, holds in so.items() if holds}


def test_half_of_the_values_are_below_zero_unless_the_claim_is_false(cards):
    for variant, found in runs(cards, "standardisation-shape/half-is-zero", range(60)):
        half = abs(found.scalars["below"] - 0.5) < 0.02
        assert half == (variant.answer != "false")
        bell = variant.parameters["shape"] == "normal"
        assert bell == (variant.answer == "true")


def test_the_scaled_features_take_the_steps_of_the_key(cards):
    for variant, found in runs(cards, "input-conditioning/steps"):
        needed = found.scalars["steps_needed"]
        assert 0 <= needed - variant.answer < 1 + 1e-6 * needed


def test_the_causes_are_ranked_by_the_steps_they_take(cards):
    for variant, found in runs(cards, "input-conditioning/causes", range(60)):
        steps = [found.scalars[f"{option}_steps"] for option in variant.answer]
        assert steps == sorted(steps)


def test_a_rate_for_standardized_features_does_what_the_verdict_says(cards):
    for variant, found in runs(cards, "input-conditioning/no-more-care", range(60)):
        steps = found.scalars["steps_needed"]
        verdict = "false" if steps == 0 else "misleading" if steps > 1000 else "true"
        assert variant.answer == verdict


def test_an_entry_clipped_by_norm_differs_from_the_key_by_pytorchs_epsilon_alone(cards):
    for variant, found in runs(cards, "gradient-clipping/one-entry"):
        assert found.scalars["second_by_norm"] == pytest.approx(variant.answer, rel=1e-6)


def test_the_drawn_steps_are_clipped_as_often_as_the_key_says(cards):
    for variant, found in runs(cards, "gradient-clipping/clipped-share"):
        error = 4 * found.scalars["share_se"]
        assert found.scalars["share"] == pytest.approx(variant.answer, abs=error)


def test_what_is_ticked_after_clipping_is_so(cards):
    for variant, found in runs(cards, "gradient-clipping/what-holds", range(100)):
        how = "by_norm" if variant.parameters["by_norm"] else "by_value"
        scalars, numbers = found.scalars, variant.parameters
        entries = found.tables["entries"]
        so = {
            "same-direction": abs(scalars[f"cosine_{how}"] - 1) < 1e-9,
            "within-length": scalars[f"norm_{how}"] <= numbers["limit"],
            "small-stays": abs(scalars[f"first_{how}"] - numbers["first"]) < 1e-9,
            "shorter": np.linalg.norm(entries[how]) < np.linalg.norm(entries["before"]) - 1e-9,
        }
        assert set(variant.answer) == {name for name, holds in so.items() if holds}


def test_the_examples_in_the_prose_come_out_so(cards):
    """691 and 69 078 steps; 44 steps; z = +2 and −1; 40.9, −4.89 and 37.7°."""

    assert of("conditioning", scale=10.0)["steps_needed"] == 691
    assert of("conditioning", scale=100.0)["steps_needed"] == 69_078
    assert of("conditioning", scale=1.0)["steps_needed"] <= 2
    assert of("gradient_descent", learning_rate=0.1, curvature=1.0)["steps_needed"] == 44
    clipped = of("gradient_clipping")
    assert clipped["norm"] == pytest.approx(40.9, abs=0.05)
    assert clipped["second_by_norm"] == pytest.approx(-4.89, abs=0.005)
    assert clipped["angle_by_value"] == pytest.approx(37.7, abs=0.05)
    houses = of("batch_scores")
    assert (houses["first_z"], houses["third_z"]) == pytest.approx((2, -1))


def test_three_significant_digits_are_enough(cards):
    for template in questions_of(cards, CARDS, "number"):
        for seed in range(60):
            variant = draw(template, seed)
            response = parse(variant, f"{variant.answer:.3g}")
            assert grade(variant, response).verdict == "correct", (template.item, seed)
