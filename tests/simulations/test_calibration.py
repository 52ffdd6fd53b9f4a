"""The Gaussian-logit model: PyTorch for loss and T*, quadrature for accuracy and confidence."""

from __future__ import annotations

import math

import numpy as np
import pytest

from engine.simulations import ParameterError, run
from engine.simulations.confidence.calibration import (
    draw,
    negative_log_likelihood,
    softmax,
    temperature,
    temperature_error,
)

MODELS = ["loud", "soft", "loud10", "soft3"]


def simulated(seed=0, **values):
    return run("calibration", values, np.random.default_rng(seed))


def sigmoid(z):
    return 1 / (1 + np.exp(-z))


def mean_of_positive_normal(function, spread, above=0.0):
    """E[function(|z|) given |z| > above], z ~ N(0, spread²), by quadrature."""
    z = np.linspace(above, above + 12 * spread, 200_001)
    weight = np.exp(-((z / spread) ** 2) / 2)
    return float((function(z) * weight).sum() / weight.sum())


def mean_top_probability(spread, classes):
    """E[max softmax(z)], z_j ~ N(0, spread²) independent: two nested integrals.

    1/S = ∫ exp(-t S) dt makes the classes independent given t, so that with the first the largest
    K ∫ φ(z) e^z ∫ exp(-t e^z) G(z, t)^(K-1) dt dz, G(z, t) = ∫_{u<z} φ(u) exp(-t e^u) du.
    """
    z = np.linspace(-9 * spread, 9 * spread, 1201)
    log_t = np.linspace(-9 * spread - 12, 9 * spread + 6, 1601)
    density = np.exp(-((z / spread) ** 2) / 2)
    density /= density.sum()
    survival = np.exp(-np.exp(log_t)[:, None] * np.exp(z))  # (t, z)
    below = np.cumsum(density * survival, axis=1) - density * survival / 2
    inner = (np.exp(log_t)[:, None] * survival * below ** (classes - 1)).sum(axis=0)
    return float(classes * (density * np.exp(z) * inner).sum() * (log_t[1] - log_t[0]))


@pytest.mark.parametrize("model", [*MODELS, "huge"])
def test_loss_and_confidence_are_those_of_pytorch(oracle, model):
    torch = oracle("calibration")
    logits, labels = torch[f"{model}.logits"], torch[f"{model}.labels"]
    assert negative_log_likelihood(logits, labels) == pytest.approx(
        torch[f"{model}.loss"], rel=1e-12
    )
    np.testing.assert_allclose(
        softmax(logits).max(axis=1), torch[f"{model}.confidence"], rtol=1e-12
    )


@pytest.mark.parametrize("model", MODELS)
def test_the_best_temperature_is_that_of_lbfgs(oracle, model):
    torch = oracle("calibration")
    found = temperature(torch[f"{model}.logits"], torch[f"{model}.labels"])
    assert found == pytest.approx(torch[f"{model}.temperature"], rel=1e-6)


def test_no_other_temperature_has_a_lower_loss():
    logits, labels = draw(5, 1.5, 500, np.random.default_rng(3))
    best = temperature(3 * logits, labels)
    losses = [negative_log_likelihood(3 * logits / t, labels) for t in (best * 0.999, best * 1.001)]
    assert negative_log_likelihood(3 * logits / best, labels) < min(losses)


def test_labels_that_fit_perfectly_ask_for_the_coldest_temperature_and_chance_for_the_hottest():
    logits = np.array([[2.0, -1.0], [-1.0, 3.0]])
    assert temperature(logits, np.array([0, 1])) == pytest.approx(0.01, rel=1e-6)
    assert temperature(logits, np.array([1, 0])) == pytest.approx(100, rel=1e-6)


def test_logits_without_any_difference_leave_the_temperature_within_its_range():
    assert 0.01 <= temperature(np.zeros((4, 3)), np.array([0, 1, 2, 0])) <= 100


@pytest.mark.parametrize("scale", [0.25, 0.5, 1.0, 2.0, 3.0])
@pytest.mark.parametrize("classes", [2, 10])
def test_logits_k_times_too_large_ask_for_a_temperature_of_k(scale, classes):
    found = simulated(scale=scale, classes=classes, samples=20_000).scalars
    assert abs(found["temperature"] - scale) < 4 * found["temperature_se"]
    assert found["temperature_se"] < 0.03 * scale


def test_the_standard_error_of_the_temperature_is_its_spread_over_repeats():
    rng = np.random.default_rng(0)
    found, claimed = [], []
    for _ in range(200):
        logits, labels = draw(2, 2.0, 500, rng)
        found.append(temperature(2 * logits, labels))
        claimed.append(temperature_error(2 * logits, labels, found[-1]))
    assert np.std(found) == pytest.approx(np.mean(claimed), rel=0.15)


@pytest.mark.parametrize(("scale", "spread"), [(0.25, 2.0), (1.0, 2.0), (2.0, 2.0), (3.0, 1.0)])
def test_binary_accuracy_and_confidence_are_their_integrals(scale, spread):
    found = simulated(scale=scale, spread=spread, samples=100_000).scalars
    accuracy = mean_of_positive_normal(sigmoid, spread)
    confidence = mean_of_positive_normal(lambda z: sigmoid(scale * z), spread)
    assert abs(found["accuracy"] - accuracy) < 4 * found["accuracy_se"]
    assert abs(found["confidence"] - confidence) < 4 * found["confidence_se"]
    assert abs(found["gap"] - (confidence - accuracy)) < 4 * found["gap_se"]


@pytest.mark.parametrize(("classes", "scale", "spread"), [(10, 2.0, 2.0), (3, 0.5, 1.5)])
def test_accuracy_and_confidence_of_many_classes_are_one_integral_at_two_spreads(
    classes, scale, spread
):
    found = simulated(classes=classes, scale=scale, spread=spread, samples=50_000).scalars
    accuracy = mean_top_probability(spread, classes)
    confidence = mean_top_probability(scale * spread, classes)
    assert abs(found["accuracy"] - accuracy) < 4 * found["accuracy_se"]
    assert abs(found["confidence"] - confidence) < 4 * found["confidence_se"]


@pytest.mark.parametrize(("scale", "printed"), [(1.0, 0.975), (2.0, 0.914), (3.0, 0.877)])
def test_accuracy_among_the_sure_is_its_integral_and_that_of_the_curriculum(scale, printed):
    found = simulated(scale=scale, samples=100_000).scalars
    exact = mean_of_positive_normal(sigmoid, 2.0, above=math.log(0.95 / 0.05) / scale)
    assert abs(found["sure_accuracy"] - exact) < 4 * found["sure_accuracy_se"]
    assert exact == pytest.approx(printed, abs=0.003)


def test_nobody_is_sure_when_the_logits_are_far_too_small():
    found = simulated(scale=0.1).scalars
    assert found["sure_share"] == found["sure_accuracy"] == 0
    assert found["sure_accuracy_se"] == 1


@pytest.mark.parametrize(
    ("scale", "accuracy", "gap", "nll"),
    [
        (0.25, 0.780, -0.184, 0.572),
        (0.5, 0.780, -0.105, 0.502),
        (1.0, 0.780, -0.002, 0.460),
        (2.0, 0.780, 0.092, 0.534),
        (3.0, 0.780, 0.131, 0.677),
    ],
)
def test_the_table_of_the_curriculum_comes_out_again(scale, accuracy, gap, nll):
    found = simulated(scale=scale, samples=100_000).scalars
    assert found["accuracy"] == pytest.approx(accuracy, abs=0.005)
    assert found["gap"] == pytest.approx(gap, abs=0.005)
    assert found["ece"] == pytest.approx(abs(gap), abs=0.005)
    assert found["nll"] == pytest.approx(nll, abs=0.012)


def test_temperature_scaling_mends_the_ece_and_leaves_the_accuracy():
    outcome = simulated(scale=3.0)
    found, after = outcome.scalars, outcome.tables["bins_after"]
    filled = after["count"] > 0
    right = (after["count"][filled] * after["accuracy"][filled]).sum()
    assert found["ece_after"] < 0.1 * found["ece"]
    assert found["nll_after"] < found["nll"]
    assert right / after["count"].sum() == pytest.approx(found["accuracy"], rel=1e-12)


def test_the_lowest_loss_of_the_curve_is_beside_the_best_temperature():
    outcome = simulated(scale=2.0)
    curve = outcome.tables["curve"]
    lowest = curve["temperature"][np.argmin(curve["nll"])]
    assert abs(math.log(lowest / outcome.scalars["temperature"])) < math.log(25) / 32
    assert curve["nll"].min() >= outcome.scalars["nll_after"]


@pytest.mark.parametrize("scale", [0.1, 0.5, 8.0])
def test_the_curve_reaches_where_nothing_is_divided(scale):
    temperatures = simulated(scale=scale, samples=200).tables["curve"]["temperature"]
    assert temperatures[0] < 1 < temperatures[-1]
    assert temperatures[0] < scale < temperatures[-1]


@pytest.mark.parametrize("values", [{}, {"classes": 7, "scale": 0.2}, {"samples": 20, "scale": 8}])
def test_bins_and_histogram_hold_every_prediction(values):
    outcome = simulated(**values)
    samples = values.get("samples", 20_000)
    assert outcome.tables["bins"]["count"].sum() == samples
    assert outcome.tables["histogram"]["share"].sum() == pytest.approx(1)
    assert outcome.tables["histogram"]["share_after"].sum() == pytest.approx(1)
    assert all(math.isfinite(value) for value in outcome.scalars.values())


def test_the_same_seed_makes_the_same_predictions():
    assert simulated(seed=4).scalars == simulated(seed=4).scalars
    assert simulated(seed=4).scalars != simulated(seed=5).scalars


def test_a_scale_of_nothing_is_refused():
    with pytest.raises(ParameterError, match="scale = 0"):
        simulated(scale=0)
