"""The ECE of a perfect model: drawn, by theory, and by the plain definition."""

from __future__ import annotations

import math
from itertools import pairwise

import numpy as np
import pytest

from engine.simulations import run
from engine.simulations.confidence.calibration import expected_calibration_error
from engine.simulations.confidence.ece_noise import draw_ece, expected_ece, sigmoid


def noise(seed=0, **values):
    return run("ece_noise", values, np.random.default_rng(seed))


@pytest.mark.parametrize(("bins", "scale"), [(15, 1.0), (7, 2.0), (2, 0.3)])
def test_many_test_sets_at_once_have_the_ece_that_each_has_alone(bins, scale):
    found = draw_ece(40, bins, 1.5, scale, 5, np.random.default_rng(2))
    rng = np.random.default_rng(2)
    margin = np.abs(1.5 * rng.standard_normal((5, 40)))
    right = rng.random((5, 40)) < sigmoid(margin)
    alone = [
        expected_calibration_error(sigmoid(scale * m), r, bins)
        for m, r in zip(margin, right, strict=True)
    ]
    np.testing.assert_allclose(found, alone, rtol=1e-12)


@pytest.mark.parametrize(
    ("samples", "printed"), [(100, 0.083), (300, 0.050), (1000, 0.028), (10_000, 0.0082)]
)
def test_a_perfect_model_shows_the_ece_of_the_curriculum(samples, printed):
    found = noise(samples=samples).scalars
    assert found["ece"] == pytest.approx(printed, abs=4 * found["ece_se"] + 0.03 * printed)


@pytest.mark.parametrize("samples", [60, 100, 1000, 5000])
@pytest.mark.parametrize(("bins", "scale"), [(15, 1.0), (10, 1.0), (15, 2.0), (15, 0.5)])
def test_theory_agrees_with_what_is_drawn(samples, bins, scale):
    found = noise(samples=samples, bins=bins, scale=scale).scalars
    allowed = 4 * found["ece_se"] + 0.05 * found["expected"]
    assert found["ece"] == pytest.approx(found["expected"], abs=allowed)


def test_the_ece_of_a_perfect_model_falls_as_one_over_the_root_of_n():
    assert expected_ece(100, 15, 2.0) / expected_ece(10_000, 15, 2.0) == pytest.approx(10, rel=1e-3)


def test_the_theory_of_one_bin_is_the_mean_of_a_folded_normal():
    z = np.linspace(-16, 16, 400_001)
    weight = np.exp(-((z / 2) ** 2) / 2)
    p = sigmoid(np.abs(z))
    variance = (weight * p * (1 - p)).sum() / weight.sum()
    assert expected_ece(500, 1, 2.0) == pytest.approx(
        math.sqrt(2 / math.pi * variance / 500), rel=1e-3
    )


def test_a_model_that_is_off_keeps_its_ece_however_many_examples_it_is_tested_on():
    many = noise(samples=10_000, scale=2.0).scalars
    assert many["expected"] == pytest.approx(0.092, abs=0.003)
    assert many["ece"] == pytest.approx(many["expected"], abs=0.003)


def test_sizes_go_up_and_their_ece_down():
    sizes = noise().tables["sizes"]
    assert np.all(np.diff(sizes["samples"]) > 0)
    assert np.all(np.diff(sizes["median"]) < 0)
    names = ("low", "quarter", "median", "three_quarters", "high")
    assert all(np.all(sizes[a] < sizes[b]) for a, b in pairwise(names))


def test_the_histogram_holds_every_test_set():
    assert noise(repeats=37).tables["histogram"]["share"].sum() == pytest.approx(1)


@pytest.mark.parametrize(
    "values",
    [{"samples": 20, "bins": 50}, {"scale": 8.0, "spread": 6.0}, {"scale": 0.1, "spread": 0.2}],
)
def test_extreme_settings_stay_finite(values):
    outcome = noise(**values)
    assert all(math.isfinite(value) for value in outcome.scalars.values())


def test_the_same_seed_draws_the_same_test_sets():
    assert noise(6).scalars == noise(6).scalars
    assert noise(6).scalars != noise(7).scalars
