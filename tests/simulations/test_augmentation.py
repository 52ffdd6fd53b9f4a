"""Noise as ridge, gaps without shift and changed glyphs, against PyTorch and closed forms."""

from __future__ import annotations

import numpy as np
import pytest

from engine.simulations import run
from engine.simulations.confidence.glyph_transforms import GLYPHS, SETS, becomes, pixels
from engine.simulations.confidence.noise_augmentation import augmented, ridge, samples
from engine.simulations.confidence.polynomial_fit import design, errors, fits

# Those of tests/oracles/record_augmentation.py.
PENALTIES = (0.0, 0.7, 12.5)
FITS = ((3, 12), (9, 15), (12, 40))


def of(simulation, seed=0, **values):
    return run(simulation, values, np.random.default_rng(seed)).scalars


@pytest.mark.parametrize("penalty", PENALTIES)
def test_ridge_is_pytorchs_least_squares_with_rows_added(oracle, penalty):
    torch = oracle("augmentation")
    ours = ridge(torch["x"], torch["y"], penalty)
    np.testing.assert_allclose(ours, torch[f"ridge.{penalty}"], rtol=1e-8)


@pytest.mark.parametrize(("degree", "n"), FITS)
def test_a_polynomial_is_fitted_as_by_pytorch(oracle, degree, n):
    torch = oracle("augmentation")
    at, value = torch[f"at.{degree}.{n}"], torch[f"value.{degree}.{n}"]
    fitted = design(at, degree) @ fits(at[None], value[None], degree)[0]
    np.testing.assert_allclose(fitted, torch[f"fitted.{degree}.{n}"], rtol=1e-5, atol=1e-6)


@pytest.mark.parametrize(("copies", "close"), [(1, 0.3), (100, 0.03), (2000, 0.01)])
def test_many_noisy_copies_come_to_ridge_with_n_sigma_squared(copies, close):
    """R11: relative differences .054, .013 and .002 at sigma .3, for one draw each."""
    rng = np.random.default_rng(0)
    x = rng.normal(size=(60, 3))
    y = x @ [1.0, -2.0, 0.5] + 0.3 * rng.normal(size=60)
    expected = ridge(x, y, 60 * 0.3**2)
    found = augmented(x, y, 0.3, copies, rng)
    assert np.linalg.norm(found - expected) < close * np.linalg.norm(expected)


def test_the_loss_with_noise_is_the_loss_and_n_sigma_squared_of_the_weights():
    rng = np.random.default_rng(1)
    x, y, w = rng.normal(size=(20, 2)), rng.normal(size=20), np.array([1.5, -0.5])
    noisy = x + 0.4 * rng.normal(size=(40_000, 20, 2))
    losses = ((y - noisy @ w) ** 2).sum(axis=1)
    expected = ((y - x @ w) ** 2).sum() + 20 * 0.4**2 * (w**2).sum()
    assert abs(losses.mean() - expected) < 4 * losses.std() / np.sqrt(len(losses))


@pytest.mark.parametrize("correlation", [0.0, 0.6, -0.9])
def test_samples_have_exactly_the_moments_asked_for(correlation):
    slopes = np.array([2.0, -3.0])
    x, y = samples(40, 1.7, correlation, slopes, 0.8, np.random.default_rng(2))
    np.testing.assert_allclose(x.std(axis=0), 1.7)
    assert np.corrcoef(x.T)[0, 1] == pytest.approx(correlation, abs=1e-12)
    np.testing.assert_allclose(ridge(x, y, 0.0), slopes)


@pytest.mark.parametrize(("std", "sigma"), [(1.0, 0.5), (2.0, 3.0), (0.5, 0.2)])
def test_a_lone_feature_shrinks_by_its_share_of_the_variance(std, sigma):
    found = of("noise_augmentation", std=std, sigma=sigma, slope_1=4.0)
    assert found["ridge_1"] == pytest.approx(4 * std**2 / (std**2 + sigma**2))
    assert found["shrinkage"] * 4 == pytest.approx(found["ridge_1"])
    tolerance = 4 * found["augmented_1_se"] + 0.01 * abs(found["ridge_1"])  # a bias of 1 / copies
    assert abs(found["augmented_1"] - found["ridge_1"]) < tolerance


@pytest.mark.parametrize(("degree", "n"), [(1, 13), (3, 20), (9, 15), (9, 100), (12, 5)])
def test_the_gap_without_shift_is_that_of_the_formula(degree, n):
    found = of("polynomial_fit", degree=degree, n=n, noise=0.3)
    assert abs(found["gap"] - found["expected_gap"]) < 4 * found["gap_se"]
    assert found["expected_gap"] == pytest.approx(2 * 0.09 * min(degree + 1, n) / n)


def test_the_training_error_falls_short_of_the_noise_by_the_coefficients():
    train = errors(9, 15, 0.2, 4000, np.random.default_rng(3)).train
    assert train.mean() == pytest.approx(0.04 * (1 - 10 / 15), rel=0.05)


@pytest.mark.parametrize(
    ("n", "train", "test"), [(15, 0.012, 8.2), (30, 0.026, 0.080), (100, 0.036, 0.045)]
)
def test_degree_nine_has_the_errors_of_the_curriculum(n, train, test):
    """R11; at 15 points the tail is so heavy that the median of the test error strays itself."""
    found = of("polynomial_fit", n=n)
    assert found["train"] == pytest.approx(train, rel=0.2)
    assert found["test"] == pytest.approx(test, rel=0.5 if n == 15 else 0.15)


def test_as_many_points_as_coefficients_are_met_exactly():
    assert of("polynomial_fit", n=10)["train"] < 1e-15


def test_three_fits_have_the_gaps_of_the_formula():
    found = of("fit_gaps", degree_1=9, n_1=20, degree_2=3, n_2=30, degree_3=1, n_3=200)
    for fit, ratio in ((1, 10 / 20), (2, 4 / 30), (3, 2 / 200)):
        assert found[f"expected_{fit}"] == pytest.approx(2 * 0.04 * ratio)
        assert abs(found[f"gap_{fit}"] - found[f"expected_{fit}"]) < 4 * found[f"gap_{fit}_se"]


@pytest.mark.parametrize(
    ("glyph", "mirror", "flip", "turn"),
    [
        ("digits/6", None, None, "9"),
        ("digits/2", "5", "5", "2"),
        ("letters/b", "d", "p", "q"),
        ("letters/n", "n", "u", "u"),
        ("arrows/←", "→", "←", "→"),
        ("digits/7", None, None, None),
    ],
)
def test_a_changed_glyph_is_recognized(glyph, mirror, flip, turn):
    assert [becomes(glyph, change) for change in ("mirror", "flip", "turn")] == [mirror, flip, turn]


@pytest.mark.parametrize("group", SETS)
def test_no_two_glyphs_of_a_set_are_alike(group):
    drawn = {pixels(rows).tobytes() + bytes(pixels(rows).shape) for rows in SETS[group].values()}
    assert len(drawn) == len(SETS[group])


@pytest.mark.parametrize("glyph", GLYPHS)
def test_every_change_done_twice_gives_the_glyph_back(glyph):
    group, name = glyph.split("/")
    for change in ("mirror", "flip", "turn"):
        other = becomes(glyph, change)
        assert other is None or becomes(f"{group}/{other}", change) == name


@pytest.mark.parametrize(("step", "keeps"), [(0, 1.0), (2, 1.0), (5, 0.0), (9, 0.0)])
def test_a_glyph_may_be_moved_as_long_as_it_stays_in_its_frame(step, keeps):
    assert of("glyph_transforms", glyph="letters/d", step=step)["shift_keeps"] == keeps


def test_what_keeps_its_label_is_counted():
    found = of("glyph_transforms", glyph="digits/6", step=1)
    assert (found["mirror_keeps"], found["turn_keeps"], found["kept"]) == (1.0, 0.0, 3.0)
