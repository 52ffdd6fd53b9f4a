"""Importance-weighted least squares, against PyTorch, closed forms and the curriculum's figures."""

from __future__ import annotations

import itertools

import numpy as np
import pytest

from engine.simulations import run
from engine.simulations.normalization.covariate_shift import (
    Parameters,
    density,
    effective_share,
    evaluate,
    fit,
    limit,
    truth,
)

DEGREES = (1, 2, 3, 5)  # those of tests/oracles/record_importance_weighting.py


def shifted(seed=0, **values):
    return run("covariate_shift", values, np.random.default_rng(seed))


@pytest.mark.parametrize("degree", DEGREES)
@pytest.mark.parametrize("kind", ["plain", "weighted"])
def test_the_fit_minimizes_the_loss_that_pytorch_minimizes(oracle, kind, degree):
    torch = oracle("importance_weighting")
    weights = torch["weights"] if kind == "weighted" else None
    ours = fit(torch["x"], torch["y"], degree, weights)
    np.testing.assert_allclose(ours, torch[f"{kind}.{degree}"], rtol=1e-7)


def test_the_densities_and_their_ratio_are_pytorchs(oracle):
    torch = oracle("importance_weighting")
    train, test = density(torch["x"], 0.5, 0.5), density(torch["x"], 0.0, 0.3)
    np.testing.assert_allclose(train, torch["density"], rtol=1e-12)
    np.testing.assert_allclose(test / train, torch["weights"], rtol=1e-12)


def test_many_fits_at_once_are_the_fits_one_by_one():
    rng = np.random.default_rng(0)
    x, y, w = rng.normal(size=(3, 7, 20))
    together = fit(x, y, 2, w**2)
    apart = [fit(*row, 2, weights) for *row, weights in zip(x, y, w**2, strict=True)]
    np.testing.assert_allclose(together, apart, rtol=1e-12)


def test_the_toy_of_shimodaira_comes_out_as_in_the_curriculum():
    line, cubic = shifted(degree=1).scalars, shifted(degree=3).scalars
    for found, plain, weighted in ((line, 0.2267, 0.0084), (cubic, 0.0045, 0.0088)):
        assert found["plain_mse"] == pytest.approx(plain, abs=4 * found["plain_mse_se"])
        assert found["weighted_mse"] == pytest.approx(weighted, abs=4 * found["weighted_mse_se"])
    assert line["effective"] / 100 == pytest.approx(0.42, abs=0.01)


@pytest.mark.parametrize(("weighted", "mean", "std"), [(False, 0.6, 0.5), (True, -0.2, 0.3)])
@pytest.mark.parametrize("power", [2, 3])
def test_the_line_has_the_mean_slope_of_the_curve_where_it_is_fitted(power, weighted, mean, std):
    """Stein's lemma: the best line over a normal density has slope E[f'(x)]."""
    places = {"train_mean": 0.6, "train_std": 0.5, "test_mean": -0.2, "test_std": 0.3}
    p = Parameters(power=power, **places)
    expected = -1 + 2 * mean if power == 2 else -1 + 3 * (mean**2 + std**2)
    assert limit(p, weighted)[1] == pytest.approx(expected, rel=1e-12)
    found = shifted(power=power, n=1000, **places).scalars
    name = "weighted_slope" if weighted else "plain_slope"
    assert found[f"{name}_limit"] == pytest.approx(expected, rel=1e-12)
    assert found[name] == pytest.approx(expected, abs=4 * found[f"{name}_se"])


@pytest.mark.parametrize(("d", "s", "t"), [(1.0, 1.0, 1.0), (0.5, 0.5, 0.3), (0.2, 0.4, 0.5)])
def test_the_effective_share_is_one_over_the_mean_squared_weight(d, s, t):
    x = np.linspace(-12, 12, 400_001)
    squares = np.where(density(x, 0, s) > 0, density(x, d, t) ** 2, 0.0)
    mean_square = np.trapezoid(squares / np.maximum(density(x, 0, s), 1e-300), x)
    assert effective_share(d, s, t) == pytest.approx(1 / mean_square, rel=1e-6)


def test_equal_deviations_leave_e_to_the_minus_d_squared():
    assert effective_share(0.8, 1, 1) == pytest.approx(np.exp(-0.64), rel=1e-14)


def test_a_test_distribution_that_is_too_wide_leaves_no_samples():
    assert effective_share(0, 0.3, 0.5) == 0


SETTINGS = {
    "n": (50, 400),
    "noise": (0.1, 0.3),
    "train_mean": (0.4, 0.8),
    "test_mean": (-0.2, 0.0),
}


@pytest.mark.parametrize("degree", [1, 2, 3])
@pytest.mark.parametrize("power", [2, 3])
def test_weights_help_a_model_that_is_too_simple_and_hurt_one_that_is_not(power, degree):
    """What the card's first question claims, over the corners of what it may draw."""
    for values in itertools.product(*SETTINGS.values()):
        setting = dict(zip(SETTINGS, values, strict=True))
        ratio = shifted(power=power, degree=degree, **setting).scalars["ratio"]
        assert ratio < 0.5 if degree < power else ratio > 1.3, setting


def test_without_a_shift_the_weights_are_one_and_change_nothing():
    found = shifted(train_mean=0.2, train_std=0.4, test_mean=0.2, test_std=0.4)
    assert found.scalars["ratio"] == pytest.approx(1, rel=1e-9)
    assert found.scalars["effective"] == pytest.approx(100, rel=1e-9)


def test_weights_do_not_mend_a_rule_that_has_moved():
    moved = shifted(degree=3, rule_shift=0.5).scalars
    assert moved["weighted_mse_limit"] == pytest.approx(0.25, rel=1e-9)
    assert moved["weighted_mse"] > 0.2


def test_the_tables_hold_one_data_set_its_curve_and_both_densities():
    outcome = shifted(n=60)
    data, curve = outcome.tables["data"], outcome.tables["curve"]
    assert {len(column) for column in data.values()} == {60}
    np.testing.assert_allclose(curve["true"], truth(curve["x"], 3))
    np.testing.assert_allclose(
        curve["weighted"],
        evaluate(fit(data["x"], data["y"], 1, data["weight"]), curve["x"]),
    )
    for name in ("train_density", "test_density"):
        assert np.trapezoid(curve[name], curve["x"]) == pytest.approx(1, abs=0.02)


def test_the_furthest_shift_the_ranges_allow_still_gives_numbers():
    outcome = shifted(train_mean=1, train_std=0.3, test_mean=-1, test_std=0.1, degree=5, n=20)
    assert all(np.isfinite(list(outcome.scalars.values())))
    assert all(np.isfinite(column).all() for t in outcome.tables.values() for column in t.values())
