"""The condition number of inputs, against PyTorch's Hessian and closed forms."""

from __future__ import annotations

import itertools
import math

import numpy as np
import pytest

from engine.simulations import SIMULATIONS, run
from engine.simulations.gradients.conditioning import Bowl, hessian, steps_until


def found(**values):
    return run("conditioning", values, np.random.default_rng(0))


def test_the_curvature_is_pytorchs_hessian(oracle):
    torch = oracle("conditioning")
    np.testing.assert_allclose(hessian(torch["x"]), torch["hessian"], rtol=1e-10)
    np.testing.assert_allclose(Bowl.of(hessian(torch["x"])).values, torch["eigenvalues"])


def test_the_errors_are_those_of_pytorchs_sgd(oracle):
    torch = oracle("conditioning")
    errors = Bowl.of(hessian(torch["x"])).errors(0.1, np.arange(1.0, 31.0))
    np.testing.assert_allclose(errors, torch["errors"], rtol=1e-8)


@pytest.mark.parametrize("scale", [1, 3, 10, 30, 100, 0.2])
def test_kappa_is_the_square_of_the_ratio_of_scales(scale):
    scalars = found(scale=float(scale)).scalars
    assert scalars["kappa"] == pytest.approx(max(scale, 1 / scale) ** 2, rel=1e-9)
    assert scalars["kappa_standardized"] == pytest.approx(1, rel=1e-9)
    assert scalars["steps_standardized"] <= 2


@pytest.mark.parametrize(("rho", "kappa"), [(0.5, 3), (0.9, 19), (0.99, 199), (-0.9, 19)])
def test_standardizing_leaves_the_correlation(rho, kappa):
    scalars = found(scale=50.0, correlation=rho).scalars
    assert scalars["kappa_standardized"] == pytest.approx(kappa, rel=1e-6)
    assert scalars["largest_rate_standardized"] == pytest.approx(2 / (1 + abs(rho)), rel=1e-9)
    assert scalars["kappa"] > 100 * kappa
    assert found(scale=50.0, correlation=rho, standardize=True).scalars["kappa"] == pytest.approx(
        kappa, rel=1e-6
    )


@pytest.mark.parametrize(("mean", "rate"), [(1, 0.764), (5, 0.0742), (10, 0.0196), (0, 2)])
def test_an_offset_lowers_the_largest_rate_as_in_the_curriculum(mean, rate):
    scalars = found(model="feature_and_intercept", scale=1.0, mean=float(mean)).scalars
    assert scalars["largest_rate"] == pytest.approx(rate, rel=1e-3)
    assert scalars["largest_rate_standardized"] == pytest.approx(2, rel=1e-9)


@pytest.mark.parametrize(("kappa", "steps"), [(9.4, 65), (96.6, 668), (880, 6081), (10398, 71824)])
def test_the_steps_grow_in_proportion_to_kappa_as_in_the_curriculum(kappa, steps):
    factor = (kappa - 1) / (kappa + 1)
    assert steps_until(1e6, factor) == pytest.approx(steps, rel=2e-3)
    assert math.log(1e6) * kappa / 2 == pytest.approx(steps, rel=0.01)


@pytest.mark.parametrize("values", [{"scale": 4.0}, {"scale": 2.0, "correlation": 0.8}])
def test_descent_is_there_after_the_steps_told(values):
    scalars = found(**values, times=1000.0).scalars
    h = np.array([[1, 0.0], [0.0, 1]])
    h[1, 1] = values["scale"] ** 2
    h[0, 1] = h[1, 0] = values.get("correlation", 0) * values["scale"]
    flat = np.linalg.eigh(h)[1][:, 0]  # the direction that takes longest
    error, step = flat.copy(), 0
    while np.linalg.norm(error) > 1e-3:
        error, step = error - scalars["best_rate"] * h @ error, step + 1
    assert step == scalars["steps_needed"]


@pytest.mark.parametrize("values", [{"scale": 4.0}, {"scale": 2.0, "correlation": 0.8}])
def test_no_rate_is_faster_than_the_fastest(values):
    best = found(**values).scalars
    kappa = best["kappa"]
    assert best["factor"] == pytest.approx((kappa - 1) / (kappa + 1), rel=1e-9)
    for share in (0.8, 0.95, 1.02):
        other = found(**values, learning_rate=share * best["best_rate"]).scalars
        assert other["factor"] > best["factor"]
        assert other["rate"] == pytest.approx(share * best["best_rate"])


def test_a_rate_beyond_the_largest_never_gets_there():
    scalars = found(scale=2.0, learning_rate=0.51).scalars
    assert scalars["largest_rate"] == pytest.approx(0.5)
    assert scalars["steps_needed"] == 0
    assert found(scale=2.0, learning_rate=0.49).scalars["steps_needed"] > 0


def test_the_contour_through_the_start_has_its_loss_and_the_path_goes_inward():
    outcome = found(scale=3.0, correlation=0.5)
    h = np.array([[1, 1.5], [1.5, 9]])
    rings = outcome.tables["contours"]
    points = np.column_stack([rings["w_1"], rings["w_2"]])
    losses = np.einsum("ni,ij,nj->n", points, h, points)
    np.testing.assert_allclose(losses, rings["level"] * h.sum(), rtol=1e-9)
    path = np.column_stack([outcome.tables["path"]["w_1"], outcome.tables["path"]["w_2"]])
    assert np.all(np.diff(np.einsum("ni,ij,nj->n", path, h, path)) < 0)


def test_the_race_has_the_three_condition_numbers():
    values = {"scale": 3.0, "correlation": 0.9, "mean": 2.0}
    scalars = run("conditioning_race", values, np.random.default_rng(0)).scalars
    assert scalars["scales_kappa"] == pytest.approx(9)
    assert scalars["correlated_kappa"] == pytest.approx(19)
    assert scalars["offset_kappa"] == pytest.approx((3 + math.sqrt(8)) ** 2)
    ranked = sorted(("scales", "correlated", "offset"), key=lambda n: scalars[f"{n}_steps"])
    assert ranked == ["scales", "correlated", "offset"]


CORNERS = list(
    itertools.product(
        ("two_features", "feature_and_intercept"), (0.01, 100.0), (-0.99, 0.99), (-100.0, 0.0)
    )
)


@pytest.mark.parametrize(("model", "scale", "correlation", "mean"), CORNERS)
@pytest.mark.parametrize("learning_rate", [0.0, 10.0])
def test_no_corner_of_its_ranges_is_without_a_number(
    model, scale, correlation, mean, learning_rate
):
    outcome = found(
        model=model, scale=scale, correlation=correlation, mean=mean, learning_rate=learning_rate
    )
    assert set(outcome.scalars) == set(SIMULATIONS["conditioning"].scalars)
    assert all(math.isfinite(value) for value in outcome.scalars.values())
    for table in outcome.tables.values():
        assert all(np.isfinite(column).all() for column in table.values())


@pytest.mark.parametrize("values", [{}, {"scale": 100.0, "correlation": 0.99, "mean": 30.0}])
def test_the_race_has_finite_numbers(values):
    outcome = run("conditioning_race", values, np.random.default_rng(0))
    assert set(outcome.scalars) == set(SIMULATIONS["conditioning_race"].scalars)
    assert all(math.isfinite(value) for value in outcome.scalars.values())
