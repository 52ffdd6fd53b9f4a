"""Smoothed labels, against PyTorch's `label_smoothing`, and where they stop training."""

from __future__ import annotations

import math

import numpy as np
import pytest

from engine.simulations import run
from engine.simulations.confidence.label_smoothing import fit, targets


def smoothed(**values):
    return run("label_smoothing", values, np.random.default_rng(0))


@pytest.mark.parametrize(
    ("case", "classes", "smoothing"), [("ten", 10, 0.1), ("two", 2, 0.2), ("none", 5, 0.0)]
)
def test_the_target_is_that_of_pytorch(oracle, case, classes, smoothing):
    expected = oracle("calibration")[f"smooth.{case}"]
    np.testing.assert_allclose(targets(classes, smoothing), expected, atol=1e-15)


@pytest.mark.parametrize(("classes", "smoothing"), [(2, 0.1), (10, 0.1), (1000, 0.3)])
def test_the_target_sums_to_one(classes, smoothing):
    assert targets(classes, smoothing).sum() == pytest.approx(1, rel=1e-12)
    assert targets(classes, smoothing)[0] == pytest.approx(1 - smoothing + smoothing / classes)


def test_training_stops_at_the_target():
    found = smoothed().scalars
    assert found["target"] == pytest.approx(0.91)
    assert found["confidence"] == pytest.approx(0.91, abs=1e-4)
    assert found["shortfall"] == pytest.approx(0.09)


def test_one_hot_labels_are_never_sure_enough():
    confidence = fit(targets(10, 0.0), 2000)
    assert np.all(np.diff(confidence) > 0)
    assert 0.99 < confidence[-1] < 1


def test_the_logits_of_the_optimum_give_back_the_target():
    found = smoothed(classes=5, smoothing=0.2).scalars
    logits = np.array([found["logit_gap"], 0, 0, 0, 0])
    p = np.exp(logits) / np.exp(logits).sum()
    assert p[0] == pytest.approx(found["target"], rel=1e-12)


@pytest.mark.parametrize("values", [{"smoothing": 0.0}, {"classes": 1000, "steps": 10}])
def test_extreme_settings_stay_finite(values):
    outcome = smoothed(**values)
    assert all(math.isfinite(value) for value in outcome.scalars.values())
    steps = outcome.tables["steps"]["step"]
    assert steps[0] == 1
    assert steps[-1] == values.get("steps", 1000)
