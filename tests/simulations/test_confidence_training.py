"""Logistic regression that grows too sure: gradients against PyTorch, the course's findings."""

from __future__ import annotations

import math

import numpy as np
import pytest

from engine.simulations import run
from engine.simulations.confidence.confidence_training import RATE, SWEEP, gradient, loss, sigmoid


def trained(seed=0, **values):
    return run("confidence_training", values, np.random.default_rng(seed))


@pytest.mark.parametrize(("case", "l2"), [("plain", 0.0), ("decayed", 0.3)])
def test_twelve_steps_of_descent_are_those_of_pytorchs_sgd(oracle, case, l2):
    torch = oracle("calibration")
    x, y, weights = (torch[f"train.{name}"] for name in ("x", "y", "start"))
    for _ in range(12):
        weights = weights - RATE * gradient(weights, x, y, np.array([l2]))
    np.testing.assert_allclose(weights, torch[f"train.{case}"], rtol=1e-10)
    assert loss(x @ weights, y)[0] == pytest.approx(torch[f"train.{case}_loss"], rel=1e-12)


def test_models_trained_side_by_side_do_not_touch_one_another(oracle):
    torch = oracle("calibration")
    x, y, start = (torch[f"train.{name}"] for name in ("x", "y", "start"))
    both = gradient(np.hstack([start, start]), x, y, np.array([0.0, 0.3]))
    np.testing.assert_allclose(both[:, :1], gradient(start, x, y, np.array([0.0])), rtol=1e-12)
    np.testing.assert_allclose(both[:, 1:], gradient(start, x, y, np.array([0.3])), rtol=1e-12)


def test_the_sigmoid_does_not_overflow():
    np.testing.assert_allclose(sigmoid(np.array([-1e4, 0.0, 1e4])), [0, 0.5, 1])


@pytest.mark.parametrize("seed", range(4))
def test_training_on_raises_confidence_and_test_loss_but_not_accuracy(seed):
    found = trained(seed).scalars
    assert found["train_loss"] < found["early_train_loss"]
    assert found["test_loss"] > found["early_test_loss"]
    assert found["gap"] > found["early_gap"] + 0.05
    assert abs(found["accuracy"] - found["early_accuracy"]) < 0.03
    assert found["best_step"] < 30


@pytest.mark.parametrize("seed", range(4))
def test_more_l2_lowers_the_gap_all_the_way_below_zero(seed):
    gaps = trained(seed).tables["sweep"]["gap"]
    assert np.all(np.diff(gaps) < 0)
    assert gaps[0] > 0.08
    assert gaps[-1] < -0.1


@pytest.mark.parametrize("seed", range(4))
def test_the_balanced_strength_lies_between_those_whose_gaps_have_opposite_signs(seed):
    found = trained(seed)
    sweep, balanced = found.tables["sweep"], found.scalars["l2_balanced"]
    above = sweep["l2"][sweep["gap"] > 0].max()
    below = sweep["l2"][sweep["gap"] <= 0].min()
    assert above < balanced < below


def test_training_at_the_balanced_strength_is_nearly_calibrated():
    balanced = trained(1).scalars["l2_balanced"]
    assert abs(trained(1, l2=balanced).scalars["gap"]) < 0.02


def test_a_gap_that_never_crosses_zero_is_balanced_at_the_end_of_the_sweep():
    assert trained(steps=2).scalars["l2_balanced"] == 0.003  # under-confident even without L2
    assert trained(samples=50, features=50, signal=0.5).scalars["l2_balanced"] == 1.0


def test_the_model_with_its_own_strength_is_that_of_the_sweep():
    found = trained(2, l2=0.1)
    assert found.scalars["gap"] == pytest.approx(found.scalars["gap_medium"], rel=1e-12)
    row = list(SWEEP).index("medium")
    assert found.tables["sweep"]["test_loss"][row] == pytest.approx(found.scalars["test_loss"])


def test_the_course_averages_come_out_again():
    runs = [trained(seed).scalars for seed in range(8)]
    for name, printed in {"none": 0.136, "weak": 0.085, "light": 0.039, "medium": -0.033}.items():
        assert np.mean([r[f"gap_{name}"] for r in runs]) == pytest.approx(printed, abs=0.025)
    assert np.mean([r["gap_strong"] for r in runs]) == pytest.approx(-0.170, abs=0.025)
    assert np.mean([r["accuracy"] for r in runs]) == pytest.approx(0.721, abs=0.015)


def test_the_figures_of_the_over_confidence_card_come_out_again():
    runs = [trained(seed).scalars for seed in range(30)]
    printed = {
        "early_gap": 0.02,
        "gap": 0.13,
        "early_test_loss": 0.55,
        "test_loss": 0.69,
        "early_accuracy": 0.72,
        "accuracy": 0.72,
    }
    for name, value in printed.items():
        assert round(float(np.mean([r[name] for r in runs])), 2) == value


def test_an_earlier_step_after_the_last_is_the_last():
    found = trained(steps=5, early=100).scalars
    assert found["early_gap"] == found["gap"]


@pytest.mark.parametrize(
    "values", [{"samples": 50, "features": 50, "signal": 4.0, "steps": 1000}, {"features": 2}]
)
def test_extreme_settings_stay_finite_and_give_every_step_once(values):
    outcome = trained(**values)
    assert all(math.isfinite(value) for value in outcome.scalars.values())
    steps = outcome.tables["steps"]["step"]
    assert steps[0] == 1
    assert np.all(np.diff(steps) > 0)
    # From zero with steps this short plain descent never goes uphill on its own samples.
    assert np.all(np.diff(outcome.tables["steps"]["train_loss"]) <= 0)


def test_the_same_seed_trains_the_same_model():
    assert trained(3).scalars == trained(3).scalars
    assert trained(3).scalars != trained(4).scalars
