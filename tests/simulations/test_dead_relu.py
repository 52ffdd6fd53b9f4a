"""Silent and dead ReLU units, against PyTorch's autograd and closed forms."""

from __future__ import annotations

import math

import numpy as np
import pytest

from engine.simulations import run
from engine.simulations.gradients.dead_training import descend, gradients
from engine.simulations.gradients.dead_units import first_fired, silent
from engine.simulations.kit.normal import above


def found(name, seed=0, **values):
    return run(name, values, np.random.default_rng(seed))


def test_the_normal_tail_is_exact_far_out():
    assert above(0.0)[0] == 0.5
    assert above([1.0, 6.0]) == pytest.approx([0.15865525393145707, 9.865876450376946e-10])


@pytest.mark.parametrize(
    ("batch", "mean", "std", "none"),
    [(5, 0.0, 1.0, 1 / 32), (10, -0.5, 1.0, 0.69146**10), (3, 1.0, 2.0, 0.30854**3)],
)
def test_a_batch_is_all_zero_as_often_as_the_binomial_says(batch, mean, std, none):
    scalars = found("relu_batch", batch=batch, mean=mean, std=std).scalars
    assert scalars["none"] == pytest.approx(none, rel=1e-4)
    assert scalars["none_measured"] == pytest.approx(none, abs=4 * scalars["none_measured_se"])


def test_a_batch_of_five_is_mixed_fifteen_times_in_sixteen():
    assert found("relu_batch").scalars["mixed"] == pytest.approx(0.9375)


def test_the_counts_of_a_batch_add_up():
    counts = found("relu_batch", batch=7, mean=0.3).tables["counts"]
    assert counts["expected"].sum() == pytest.approx(1)
    assert counts["measured"].sum() == pytest.approx(1)
    assert counts["expected"][-1] == pytest.approx((1 - above(0.3)[0]) ** 7)


def test_units_fire_as_often_as_pytorchs_and_silent_ones_get_no_gradient(oracle):
    torch = oracle("relu")
    rate, first = first_fired(torch["silent.x"], torch["silent.w"], float(torch["silent.bias"]))
    np.testing.assert_allclose(rate, torch["silent.rate"], atol=1e-15)
    np.testing.assert_array_equal(first == len(torch["silent.x"]) + 1, rate == 0)
    np.testing.assert_array_equal(torch["silent.gradient"] == 0, rate == 0)
    assert 0 < (rate == 0).sum() < len(rate)


def test_the_first_sample_that_fires_is_counted_from_one():
    x, w = np.array([[-1.0], [-1.0], [2.0], [3.0]]), np.array([[1.0, -1.0, 0.0]])
    _, first = first_fired(x, w, 0.0)
    assert list(first) == [3, 1, 5]  # the last has z = 0 for every sample: ReLU gives 0


@pytest.mark.parametrize(("bias", "dead"), [(-3, 0.0002), (-4, 0.16), (-5, 0.785), (-6, 0.981)])
def test_the_share_of_dead_units_is_that_of_the_formula(bias, dead):
    scalars = found("dead_units", bias=bias).scalars
    assert scalars["predicted_dead"] == pytest.approx(dead, abs=0.002)
    error = max(scalars["dead_se"], 0.001)
    assert scalars["dead"] == pytest.approx(scalars["predicted_dead"], abs=4 * error)


@pytest.mark.parametrize("features", [2, 10, 100])
def test_the_formula_averages_over_the_lengths_of_he_weights(features):
    rng = np.random.default_rng(1)
    norms = np.sqrt(2 * rng.chisquare(features, 200_000) / features)
    p = np.array([math.erfc(2 / norm / math.sqrt(2)) / 2 for norm in norms[:20_000]])
    measured = ((1 - p) ** 30).mean()
    expected = silent(-2.0, np.array([30.0]), features, equal_norms=False)[0]
    assert expected == pytest.approx(measured, abs=0.01)


def test_units_of_equal_length_follow_the_formula_of_one_unit():
    scalars = found("dead_units", bias=-3, samples=50, equal_norms=True).scalars
    assert scalars["predicted_dead"] == pytest.approx((1 - above(3 / math.sqrt(2))[0]) ** 50)
    assert scalars["dead"] == pytest.approx(scalars["predicted_dead"], abs=4 * scalars["dead_se"])


def test_five_samples_call_two_thirds_of_healthy_units_dead_and_a_thousand_none():
    table = found("dead_units", bias=-2, samples=1000).tables["silent"]
    by_samples = dict(zip(table["samples"].tolist(), table["measured"], strict=True))
    assert by_samples[5] == pytest.approx(0.67, abs=0.06)
    assert by_samples[1000] == 0


@pytest.mark.parametrize("case", ["random", "zeros"])
def test_a_training_run_is_pytorchs(oracle, case):
    torch = {k.split(".")[1]: v for k, v in oracle("relu").items() if k.startswith(case)}
    units = torch["w"].shape[1]
    weights = (torch["w"], np.zeros(units), torch["v"], np.zeros(1))
    _, _, first = gradients(torch["x"], torch["y"], weights)
    for ours, name in zip(first, ("dw", "db", "dv", "dc"), strict=True):
        np.testing.assert_allclose(ours, torch[name], rtol=1e-10, atol=1e-15, err_msg=name)
    losses, dead, (w, b, _, _) = descend(torch["x"], torch["y"], weights, torch["rates"])
    np.testing.assert_allclose(losses, torch["loss"], rtol=1e-8)
    np.testing.assert_array_equal(dead, torch["dead"])
    np.testing.assert_allclose(w, torch["last_w"], rtol=1e-7, atol=1e-12)
    np.testing.assert_allclose(b, torch["last_b"], rtol=1e-7, atol=1e-12)


def test_at_exactly_zero_no_gradient_passes():
    """All z are 0 here, which no random network ever shows."""
    x, y = np.ones((4, 3)), np.ones((4, 1))
    weights = (np.zeros((3, 2)), np.zeros(2), np.ones((2, 1)), np.zeros(1))
    _, _, (dw, db, dv, dc) = gradients(x, y, weights)
    assert not dw.any()
    assert not db.any()
    assert not dv.any()
    assert dc[0] == pytest.approx(-0.5)


@pytest.mark.parametrize(("rate", "low", "high"), [(0.1, 0, 0.1), (10, 0.4, 0.95), (100, 0.8, 1)])
def test_the_larger_the_steps_the_more_units_die(rate, low, high):
    shares = [found("dead_training", s, learning_rate=rate).scalars["dead_after"] for s in range(6)]
    assert low <= float(np.mean(shares)) <= high


def test_dead_units_do_not_come_back():
    for seed in range(6):
        dead = found("dead_training", seed, learning_rate=10).tables["steps"]["dead"]
        assert dead[-1] >= dead[5] > 0.2


@pytest.mark.parametrize(
    ("name", "values"),
    [
        ("relu_batch", {"batch": 50, "mean": -4.0, "std": 0.1}),
        ("dead_units", {"bias": 4, "samples": 1, "features": 2, "units": 10}),
        ("dead_units", {"bias": -8, "samples": 100, "features": 500}),
        ("dead_training", {"learning_rate": 100, "large_steps": 20, "small_steps": 0}),
        ("dead_training", {"learning_rate": 0.01, "large_steps": 1, "units": 10}),
    ],
)
def test_extremes_have_finite_outcomes(name, values):
    assert all(math.isfinite(value) for value in found(name, **values).scalars.values())
