"""Leaky ReLU, against PyTorch's autograd and gains, and closed forms."""

from __future__ import annotations

import math

import numpy as np
import pytest

from engine.simulations import run
from engine.simulations.gradients.leaky_relu import gain, path
from engine.simulations.kit.mean_field import moments, predict
from engine.simulations.kit.network import propagate

SLOPES = (0.01, 0.2, 0.5, 1.0)  # those of tests/oracles/record_relu.py


def found(seed=0, **values):
    return run("leaky_relu", values, np.random.default_rng(seed))


@pytest.mark.parametrize("slope", SLOPES)
@pytest.mark.parametrize("case", ["leaky", "leaky_zeros"])
def test_every_layer_agrees_with_autograd_also_at_exactly_zero(oracle, case, slope):
    torch = {
        k.removeprefix(f"{case}{slope}."): v
        for k, v in oracle("relu").items()
        if k.startswith(f"{case}{slope}.")
    }
    weights = [torch[f"w{layer}"] for layer in range(3)]
    went = propagate(weights, torch["x"], torch["upstream"], "leaky_relu", slope)
    for name in ("output", "first_delta", "delta", "weight_gradient"):
        np.testing.assert_allclose(
            getattr(went, name), torch[name], rtol=1e-11, atol=1e-15, err_msg=name
        )


def test_the_gain_is_pytorchs_and_one_for_a_linear_unit(oracle):
    torch = oracle("relu")
    np.testing.assert_allclose([gain(slope) for slope in SLOPES], torch["gains"], rtol=1e-12)
    assert gain(1.0) == 1
    assert gain(0.0) == pytest.approx(math.sqrt(2))


def test_pytorchs_default_slope_is_a_hundredth(oracle):
    assert oracle("relu")["default"] == -0.01
    assert found(slope=0.01, x=-1.0).scalars["output"] == -0.01


@pytest.mark.parametrize("slope", [0.0, 0.01, 0.3, 1.0])
def test_moments_agree_with_quadrature(slope):
    g, w = np.polynomial.hermite_e.hermegauss(200)
    value, gradient = moments("leaky_relu", 0.7, slope)
    mean_square = (w / w.sum()) @ np.maximum(slope * 0.7 * g, 0.7 * g) ** 2
    assert value == pytest.approx(math.sqrt(mean_square), rel=1e-9)
    assert gradient == pytest.approx(math.sqrt((1 + slope**2) / 2), rel=1e-12)


def test_with_slope_zero_it_is_relu():
    assert moments("leaky_relu", 3.0, 0.0) == pytest.approx(moments("relu", 3.0))
    rng = np.random.default_rng(0)
    w, x = [rng.standard_normal((8, 8)) for _ in range(3)], rng.standard_normal((5, 8))
    leaky, relu = propagate(w, x, x, "leaky_relu", 0.0), propagate(w, x, x, "relu")
    np.testing.assert_array_equal(leaky.output, relu.output)
    np.testing.assert_array_equal(leaky.first_delta, relu.first_delta)


@pytest.mark.parametrize(("slope", "depth", "growth"), [(0.2, 50, 2.67), (0.5, 50, 265)])
def test_with_hes_weights_for_relu_a_network_grows_as_in_the_curriculum(slope, depth, growth):
    rms, _ = predict("leaky_relu", [256] * (depth + 1), [math.sqrt(2 / 256)] * depth, slope)
    assert rms[-1] == pytest.approx(growth, rel=2e-3)
    settings = {"activation": "leaky_relu", "initialization": "he_normal", "slope": slope}
    scalars = run("signal_propagation", settings | {"depth": depth}, np.random.default_rng(0))
    assert abs(math.log(scalars.scalars["final_rms"] / growth)) < 4 * math.sqrt(depth / 256)


@pytest.mark.parametrize("slope", [0.0, 0.2, 0.6, 1.0])
def test_a_drawn_layer_grows_by_the_factor_and_the_right_gain_keeps_it(slope):
    scalars = found(slope=slope).scalars
    assert scalars["growth"] == pytest.approx(math.sqrt(1 + slope**2))
    error = 4 * scalars["growth_se"]
    assert scalars["growth_measured"] == pytest.approx(scalars["growth"], abs=error)
    assert scalars["kept"] == pytest.approx(1, abs=error)
    assert scalars["sigma"] == pytest.approx(scalars["gain"] / 16)


def test_a_path_through_negative_units_keeps_a_power_of_the_slope():
    assert path(0.2, 4) == pytest.approx([0.2, 0.04, 0.008, 0.0016])
    assert path(0.0, 2) == [0, 0]
    assert path(1.0, 3) == [1, 1, 1]


@pytest.mark.parametrize(("x", "output"), [(-2.0, -0.6), (0.0, 0.0), (2.0, 2.0)])
def test_the_output_is_the_larger_of_both_lines(x, output):
    assert found(slope=0.3, x=x).scalars["output"] == pytest.approx(output)


@pytest.mark.parametrize("slope", [0.0, 1.0])
def test_extremes_have_finite_outcomes(slope):
    scalars = found(slope=slope, n_in=16, units=20, x=10.0).scalars
    assert all(math.isfinite(value) for value in scalars.values())
