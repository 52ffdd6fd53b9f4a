"""Where batch normalization stands: against PyTorch and the moments of a rectified normal."""

from __future__ import annotations

import math

import numpy as np
import pytest

from engine.simulations import run
from engine.simulations.normalization.redundant_bias import PIPELINES, Net
from engine.simulations.normalization.relu_bn_order import rectified

CONVOLUTIONS = ((3, 3, 32), (5, 4, 10), (1, 8, 6))  # those of tests/oracles/record_placement.py
REMOVED = {
    "Linear → BN → ReLU",
    "Linear → Linear → BN → ReLU",
    "Linear → BN → tanh",
    "Linear → BN → LN",
}


def found(simulation, seed=0, **values):
    return run(simulation, values, np.random.default_rng(seed)).scalars


@pytest.mark.parametrize("pipeline", PIPELINES)
def test_every_pipeline_is_pytorchs_forward_and_backward(oracle, pipeline):
    torch = oracle("placement")
    net = Net(*(torch[name] for name in ("x", "weight", "second", "bias", "upstream")))
    out, _ = net.forward(pipeline, net.bias)
    np.testing.assert_allclose(out, torch[f"out.{pipeline}"], atol=1e-12)
    np.testing.assert_allclose(net.bias_gradient(pipeline), torch[f"bias.{pipeline}"], atol=1e-12)


@pytest.mark.parametrize("pipeline", PIPELINES)
def test_a_bias_does_nothing_exactly_where_batch_norm_takes_it_out_first(pipeline):
    scalars = found("redundant_bias", pipeline=pipeline, shift=5.0)
    if pipeline in REMOVED:
        assert scalars["bias_gradient"] < 1e-12
        assert scalars["moved_by_one"] < 1e-12
        assert scalars["moved_by_all"] < 1e-12
    else:
        assert scalars["bias_gradient"] > 1e-3
        assert scalars["moved_by_one"] > 0.1


def test_layer_norm_takes_out_what_all_biases_share_and_no_more():
    scalars = found("redundant_bias", pipeline="Linear → LN → ReLU", shift=5.0)
    assert scalars["moved_by_all"] < 1e-9
    assert scalars["moved_by_one"] > 0.5


def test_the_moments_of_a_rectified_normal_are_those_of_the_curriculum():
    mean, std = rectified(0.0, 1.0)
    assert mean == pytest.approx(1 / math.sqrt(2 * math.pi))
    assert std == pytest.approx(0.584, abs=5e-4)
    assert std**2 == pytest.approx(0.5 - 1 / (2 * math.pi))


@pytest.mark.parametrize(("mean", "std"), [(0.5, 2.0), (-1.0, 0.7), (3.0, 1.0)])
def test_the_moments_of_a_rectified_normal_are_its_integrals(mean, std):
    grid = np.linspace(mean - 12 * std, mean + 12 * std, 200_001)
    density = np.exp(-(((grid - mean) / std) ** 2) / 2) / (std * math.sqrt(2 * math.pi))
    relu, step = np.maximum(grid, 0), grid[1] - grid[0]
    first = (relu * density).sum() * step
    second = (relu**2 * density).sum() * step
    assert rectified(mean, std) == pytest.approx((first, math.sqrt(second - first**2)), rel=1e-6)


def test_relu_then_bn_has_the_figures_of_the_curriculum():
    scalars = found("relu_bn_order")
    assert scalars["after_floor"] == pytest.approx(-0.683, abs=5e-4)
    assert scalars["after_at_floor"] == 0.5
    assert scalars["after_negative"] == pytest.approx(0.655, abs=5e-4)
    assert scalars["before_mean"] == pytest.approx(0.399, abs=5e-4)
    assert scalars["before_std"] == pytest.approx(0.584, abs=5e-4)


@pytest.mark.parametrize(
    ("gamma", "beta", "zero"), [(1, 0.5, 0.3085), (2, 1, 0.3085), (1, -1, 0.841)]
)
def test_bn_then_relu_zeroes_the_shares_of_the_curriculum(gamma, beta, zero):
    scalars = found("relu_bn_order", gamma_before=gamma, beta_before=beta)
    assert scalars["before_zero"] == pytest.approx(zero, abs=5e-4)


@pytest.mark.parametrize(
    "values",
    [
        {},
        {"mean": 0.8, "std": 2.0, "gamma_after": 1.5, "beta_after": 0.4, "beta_before": -0.5},
        {"mean": -1.0, "gamma_before": 3.0, "beta_after": -1.0},
    ],
)
def test_what_is_drawn_agrees_with_the_closed_forms(values):
    scalars = found("relu_bn_order", samples=20000, **values)
    error = scalars["before_mean_measured_se"]
    assert scalars["before_mean_measured"] == pytest.approx(scalars["before_mean"], abs=4 * error)
    error = scalars["after_mean_measured_se"]
    after = values.get("beta_after", 0.0)
    assert scalars["after_mean_measured"] == pytest.approx(after, abs=4 * error)
    assert scalars["after_std_measured"] == pytest.approx(values.get("gamma_after", 1), rel=0.05)
    assert scalars["before_std_measured"] == pytest.approx(scalars["before_std"], rel=0.05)
    error = scalars["after_negative_measured_se"]
    assert scalars["after_negative_measured"] == pytest.approx(
        scalars["after_negative"], abs=4 * error
    )


def test_a_beta_that_lifts_the_floor_leaves_nothing_negative():
    scalars = found("relu_bn_order", beta_after=0.7)
    assert scalars["after_floor"] > 0
    assert scalars["after_negative"] == scalars["after_negative_measured"] == 0


def test_every_output_of_relu_then_bn_is_in_the_histogram():
    outcome = run("relu_bn_order", {"mean": -1.0, "std": 0.5}, np.random.default_rng(0))
    table = outcome.tables["outputs"]
    assert table["before"].sum() == pytest.approx(1)
    assert table["after"].sum() == pytest.approx(1)


@pytest.mark.parametrize(("kernel", "channels", "filters"), CONVOLUTIONS)
def test_a_convolution_and_its_batch_norm_hold_as_many_numbers_as_pytorchs(
    oracle, kernel, channels, filters
):
    torch, of = oracle("placement"), f"{kernel}.{channels}.{filters}"
    scalars = found("layer_parameters", kernel=kernel, channels=channels, filters=filters)
    assert scalars["total"] == torch[f"total.{of}"]
    assert scalars["trainable"] == torch[f"trainable.{of}"]


def test_the_counts_of_the_curriculum():
    """R4: Conv2D(32, 3) on one channel has 320, the normalization 128, of which 64 learn."""
    scalars = found("layer_parameters", kernel=3, channels=1, filters=32)
    assert scalars["weights"] + scalars["biases"] == 320
    assert scalars["affine"] + scalars["running"] == 128
    assert scalars["trainable"] == 384
    without = found("layer_parameters", kernel=3, channels=1, filters=32, bias=False)
    assert scalars["total"] - without["total"] == 32
