"""The schemes, against PyTorch's own and against closed forms."""

from __future__ import annotations

import math

import numpy as np
import pytest

from engine.simulations import ParameterError, run
from engine.simulations.initialization.weight_initialization import (
    KURTOSIS,
    SCHEMES,
    TRUNCATED_STD,
    density,
    draw,
    limit,
)

RECTANGULAR = {"n_in": 300, "n_out": 200}  # that of tests/oracles/record_initialization.py


def drawn(scheme, seed=0, **values):
    given = {"scheme": scheme, **RECTANGULAR, **values}
    return run("weight_initialization", given, np.random.default_rng(seed))


@pytest.mark.parametrize(
    ("scheme", "fan", "name"),
    [
        *((s, "fan_in", s) for s in SCHEMES if s not in ("keras_dense", "flax_dense")),
        ("he_uniform", "fan_out", "he_uniform_fan_out"),
        ("he_normal", "fan_out", "he_normal_fan_out"),
    ],
)
def test_sigma_and_bound_are_those_that_pytorch_draws_with(oracle, scheme, fan, name):
    std, largest = oracle("initialization")[f"draw.{name}"]
    ours = drawn(scheme, fan=fan).scalars
    assert std == pytest.approx(ours["sigma"], abs=5 * ours["std_se"])
    if SCHEMES[scheme].distribution == "uniform":
        assert 0.9995 * ours["uniform_bound"] < largest <= ours["uniform_bound"]
    else:
        assert 3.5 * ours["sigma"] < largest < 6 * ours["sigma"]


@pytest.mark.parametrize(
    ("scheme", "variance"),
    [
        ("xavier_uniform", 2 / 500),
        ("xavier_normal", 2 / 500),
        ("keras_dense", 2 / 500),
        ("he_uniform", 2 / 300),
        ("he_normal", 2 / 300),
        ("lecun_uniform", 1 / 300),
        ("lecun_normal", 1 / 300),
        ("flax_dense", 1 / 300),
        ("pytorch_linear", 1 / 900),
    ],
)
def test_the_variance_is_the_published_one(scheme, variance):
    assert drawn(scheme).scalars["variance"] == pytest.approx(variance, rel=1e-14)


def test_fan_out_changes_he_and_lecun_only():
    changed = {
        scheme
        for scheme in SCHEMES
        if drawn(scheme).scalars["sigma"] != drawn(scheme, fan="fan_out").scalars["sigma"]
    }
    assert changed == {"he_uniform", "he_normal", "lecun_uniform", "lecun_normal"}


@pytest.mark.parametrize("scheme", SCHEMES)
def test_drawn_weights_agree_with_the_formula_within_their_own_standard_error(scheme):
    found = drawn(scheme, seed=7).scalars
    assert abs(found["std"] - found["sigma"]) < 4 * found["std_se"]
    assert abs(found["mean"]) < 4 * found["mean_se"]


@pytest.mark.parametrize("distribution", KURTOSIS)
def test_the_standard_error_of_a_measured_deviation_is_the_spread_over_repeats(distribution):
    rng = np.random.default_rng(1)
    measured = draw(distribution, 2.0, (3000, 400), rng).std(axis=1)
    claimed = 2.0 * math.sqrt((KURTOSIS[distribution] - 1) / (4 * 400))
    assert measured.std() == pytest.approx(claimed, rel=0.06)


def test_a_normal_cut_at_two_sigmas_keeps_the_deviation_it_was_asked_for():
    assert pytest.approx(0.8796256610342398, rel=1e-12) == TRUNCATED_STD
    weights = draw("truncated", 0.5, (200_000,), np.random.default_rng(0))
    assert weights.std() == pytest.approx(0.5, rel=0.01)
    assert np.abs(weights).max() <= 2 * 0.5 / TRUNCATED_STD
    assert np.abs(weights).max() == pytest.approx(2.274 * 0.5, rel=1e-3)


@pytest.mark.parametrize("distribution", KURTOSIS)
def test_densities_integrate_to_one_and_have_the_deviation_asked_for(distribution):
    edge = min(limit(distribution, 0.3), 3.0)
    x = np.linspace(-edge, edge, 200_001)
    p = density(distribution, 0.3, x)
    assert np.trapezoid(p, x) == pytest.approx(1, rel=1e-4)
    assert np.trapezoid(p * x**2, x) == pytest.approx(0.09, rel=1e-4)
    assert density(distribution, 0.3, np.array([edge * 1.001]))[0] < 1e-3


@pytest.mark.parametrize(
    ("scheme", "factor"),
    [("he_normal", 1.0), ("xavier_normal", 0.7071), ("pytorch_linear", 0.4082)],
)
def test_factors_per_relu_layer_are_those_of_the_curriculum(scheme, factor):
    square = drawn(scheme, n_in=256, n_out=256).scalars
    assert square["forward_relu"] == pytest.approx(factor, abs=5e-5)
    assert square["backward_relu"] == pytest.approx(factor, abs=5e-5)


def test_he_keeps_the_signal_counting_inputs_and_the_gradient_counting_outputs():
    assert drawn("he_normal", fan="fan_in").scalars["forward_relu"] == pytest.approx(1)
    assert drawn("he_normal", fan="fan_out").scalars["backward_relu"] == pytest.approx(1)
    assert drawn("he_normal", fan="fan_in").scalars["backward_relu"] == pytest.approx(
        math.sqrt(200 / 300)
    )


@pytest.mark.parametrize("scheme", SCHEMES)
def test_the_histogram_holds_every_weight_and_follows_the_density(scheme):
    outcome = drawn(scheme)
    table = outcome.tables["histogram"]
    assert table["count"].sum() == outcome.scalars["count"] == 300 * 200
    width = table["right"] - table["left"]
    assert (table["density"] * width).sum() == pytest.approx(1)
    expected = table["expected"] * width * 60_000
    assert np.all(np.abs(table["count"] - expected) < 5 * np.sqrt(expected) + 12)


def test_a_huge_layer_is_represented_by_a_million_weights():
    assert drawn("he_normal", n_in=8192, n_out=8192).scalars["count"] == 1_000_000


def test_the_same_seed_draws_the_same_weights():
    assert drawn("he_uniform", seed=5).scalars == drawn("he_uniform", seed=5).scalars
    assert drawn("he_uniform", seed=5).scalars != drawn("he_uniform", seed=6).scalars


def test_a_layer_without_inputs_is_refused():
    with pytest.raises(ParameterError, match="n_in = 0: expected at least 2"):
        drawn("he_normal", n_in=0)
