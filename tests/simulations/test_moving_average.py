"""Moving averages, against PyTorch's Adam, its average pooling, and closed forms."""

from __future__ import annotations

import math

import numpy as np
import pytest

from engine.simulations import run
from engine.simulations.normalization.moving_average import (
    ages,
    corrected,
    exponential,
    fading_steps,
    windowed,
)

BETAS = (0.5, 0.9, 0.99)  # those of tests/oracles/record_moving_average.py


def followed(seed=0, **values):
    return run("moving_average", values, np.random.default_rng(seed))


@pytest.mark.parametrize("beta", BETAS)
def test_the_exponential_average_is_adams_first_moment(oracle, beta):
    torch = oracle("moving_average")
    ours = exponential(torch["signal"], beta)
    np.testing.assert_allclose(ours, torch[f"ema.{beta}"], rtol=1e-12)


@pytest.mark.parametrize("beta", BETAS)
def test_the_bias_correction_is_adams(oracle, beta):
    torch = oracle("moving_average")
    ours = corrected(exponential(torch["signal"], beta), beta)
    np.testing.assert_allclose(ours, torch[f"corrected.{beta}"], rtol=1e-9)


@pytest.mark.parametrize("window", [1, 4, 10])
def test_the_window_average_is_pytorchs_average_pooling(oracle, window):
    torch = oracle("moving_average")
    ours = windowed(torch["signal"], window)[window - 1 :]
    np.testing.assert_allclose(ours, torch[f"sma.{window}"], rtol=1e-12)


def test_a_window_not_yet_full_averages_what_there_is():
    np.testing.assert_allclose(windowed(np.array([2.0, 4.0, 9.0]), 10), [2, 3, 5])


@pytest.mark.parametrize("beta", [0.8, 0.9, 0.99])
def test_an_average_is_the_sum_of_its_signals_by_weight(beta):
    signal = np.random.default_rng(1).normal(size=30)
    by_weight = (ages(beta, 30) * signal[::-1]).sum()
    assert exponential(signal, beta)[-1] == pytest.approx(by_weight, rel=1e-12)


@pytest.mark.parametrize(("beta", "steps"), [(0.9, 6.58), (0.99, 68.97), (0.999, 692.8)])
def test_the_half_life_is_that_of_the_curriculum(beta, steps):
    assert fading_steps(0.5, beta) == pytest.approx(steps, rel=1e-3)


@pytest.mark.parametrize("percent", [50, 25, 10])
def test_after_the_fading_steps_that_share_of_the_weight_is_left(percent):
    found = followed(beta=0.93, percent=percent).scalars
    assert 0.93 ** found["fading_steps"] == pytest.approx(percent / 100, rel=1e-12)


@pytest.mark.parametrize(
    ("beta", "steps", "share"), [(0.9, 1, 0.1), (0.9, 10, 0.651), (0.99, 2, 0.0199)]
)
def test_a_start_at_zero_leaves_a_constant_signal_short(beta, steps, share):
    found = followed(beta=beta, steps=steps, level=7.0).scalars
    assert found["ema"] == pytest.approx(7 * share, rel=1e-3)
    assert found["start_factor"] == pytest.approx(share, rel=1e-3)
    assert found["corrected"] == pytest.approx(7, rel=1e-12)


def test_ten_steps_after_a_jump_the_averages_stand_as_in_the_curriculum():
    found = followed(signal="step", beta=0.9, beta_2=0.99, window=10, jump=200, steps=10).scalars
    assert found["ema"] == pytest.approx(0.651, abs=5e-4)
    assert found["ema_2"] == pytest.approx(0.096, abs=5e-4)
    assert found["sma"] == pytest.approx(1.0)
    assert found["cumulative"] == pytest.approx(10 / 210)


@pytest.mark.parametrize(("beta", "factor"), [(0.9, 0.229), (0.99, 0.071)])
def test_the_noise_left_agrees_with_its_formula(beta, factor):
    found = followed(beta=beta).scalars
    assert found["noise_factor"] == pytest.approx(factor, abs=5e-4)
    assert found["noise_measured"] == pytest.approx(factor, abs=4 * found["noise_measured_se"])


def test_the_memory_holds_about_two_thirds_of_the_weight():
    assert followed(beta=0.9).scalars["weight_in_memory"] == pytest.approx(0.651, abs=5e-4)
    assert followed(beta=0.99).scalars["weight_in_memory"] == pytest.approx(0.634, abs=5e-4)


def test_the_table_of_weights_adds_up():
    weights = followed(beta=0.9, window=8).tables["weights"]
    assert weights["sma"].sum() == pytest.approx(1)
    assert weights["held"][-1] == pytest.approx(1 - 0.9 ** len(weights["age"]))
    assert weights["left"][7] == pytest.approx(weights["ema"][7] / weights["ema"][0])
    assert math.isclose(weights["ema"][0], 0.1)


def test_steps_are_counted_from_the_jump():
    trace = followed(signal="step", jump=5, steps=3).tables["trace"]
    assert list(trace["step"]) == [-4, -3, -2, -1, 0, 1, 2, 3]
    assert list(trace["signal"]) == [0, 0, 0, 0, 0, 1, 1, 1]


def test_noise_surrounds_the_level():
    signal = followed(signal="noisy", level=4.0, noise=0.5, steps=300).tables["trace"]["signal"]
    assert signal.mean() == pytest.approx(4, abs=0.15)
    assert signal.std() == pytest.approx(0.5, abs=0.1)
