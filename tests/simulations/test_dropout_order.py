"""Dropout and batch normalization, against PyTorch and the variance of a dropped value."""

from __future__ import annotations

import math

import numpy as np
import pytest

from engine.simulations import run
from engine.simulations.normalization.dropout_order import ORDERS, deviations
from engine.simulations.normalization.dropout_shift import inverted_dropout, train_variance

DROP = 0.3  # that of tests/oracles/record_dropout_order.py
SHIFTED = {"Dropout → BN", "Dropout → Linear → BN", "BN → ReLU → Dropout → Linear → BN"}


def found(simulation, seed=0, **values):
    return run(simulation, values, np.random.default_rng(seed)).scalars


def test_inverted_dropout_is_pytorchs(oracle):
    torch = oracle("dropout_order")
    ours = inverted_dropout(torch["x"], torch["kept"], 1 - DROP)
    np.testing.assert_allclose(ours, torch["dropped"], rtol=1e-12)


@pytest.mark.parametrize("order", ORDERS)
def test_every_order_comes_out_as_in_pytorch(oracle, order):
    torch = oracle("dropout_order")
    stages = ORDERS[order]
    train, test = deviations(stages, torch["x"], torch["weight"], torch["kept"], 1 - DROP)
    assert train == pytest.approx(float(torch[f"train.{order}"]), rel=1e-9)
    assert test == pytest.approx(float(torch[f"test.{order}"]), rel=1e-9)


@pytest.mark.parametrize("order", ORDERS)
def test_outputs_shrink_at_test_exactly_where_dropout_comes_before_a_bn(order):
    scalars = found("dropout_order", order=order, drop=0.3)
    assert scalars["train_std"] == pytest.approx(1, abs=1e-3)
    if order in SHIFTED:
        assert scalars["test_std"] < 0.9
    else:
        assert scalars["test_std"] == pytest.approx(1, abs=1e-3)


def test_without_dropping_no_order_shifts():
    for order in ORDERS:
        assert found("dropout_order", order=order, drop=0.0)["test_std"] == pytest.approx(
            1, abs=1e-3
        )


def test_a_linear_layer_passes_the_ratio_on():
    """Independent inputs: every sum of them has the same ratio of variances."""
    direct = found("dropout_order", order="Dropout → BN", drop=0.5, units=32)["test_std"]
    through = found("dropout_order", order="Dropout → Linear → BN", drop=0.5, units=32)["test_std"]
    assert through == pytest.approx(direct, rel=0.05)


@pytest.mark.parametrize(
    ("drop", "normal", "relu"), [(0.1, 1.11, 1.16), (0.2, 1.25, 1.37), (0.5, 2.0, 2.47)]
)
def test_the_ratios_are_those_of_the_curriculum(drop, normal, relu):
    assert found("dropout_shift", mean=0.0, drop=drop)["ratio"] == pytest.approx(normal, abs=5e-3)
    scalars = found("dropout_shift", mean=0.0, drop=drop, values="rectified")
    assert scalars["ratio"] == pytest.approx(relu, abs=5e-3)


@pytest.mark.parametrize(
    "values",
    [
        {"mean": 0.0, "drop": 0.5},
        {"mean": 2.0, "std": 0.8, "drop": 0.2},
        {"mean": 0.5, "std": 2.0, "drop": 0.4, "values": "rectified"},
        {"mean": -1.0, "std": 1.0, "drop": 0.1, "values": "rectified"},
    ],
)
def test_what_is_drawn_agrees_with_the_closed_forms(values):
    scalars = found("dropout_shift", samples=50000, **values)
    for name in ("ratio", "test_std"):
        error = scalars[f"{name}_measured_se"]
        assert error < 0.05 * scalars[name]
        assert scalars[f"{name}_measured"] == pytest.approx(scalars[name], abs=4 * error)
    error = scalars["train_mean_measured_se"]
    assert scalars["train_mean_measured"] == pytest.approx(scalars["input_mean"], abs=4 * error)


def test_the_variance_of_a_dropped_constant_is_that_of_a_coin():
    """A constant 3, kept with 1/4: 12 with probability 1/4, else 0."""
    assert train_variance(3.0, 0.0, 0.25) == pytest.approx(144 / 4 - 9)


def test_test_deviation_and_ratio_belong_together_along_the_curve():
    outcome = run("dropout_shift", {"drop": 0.3}, np.random.default_rng(0))
    table = outcome.tables["drops"]
    assert table["ratio"][0] == pytest.approx(1)
    assert (np.diff(table["ratio"]) > 0).all()
    np.testing.assert_allclose(table["test_std"], 1 / np.sqrt(table["ratio"]))
    here = np.interp(0.3, table["drop"], table["ratio"])
    assert here == pytest.approx(outcome.scalars["ratio"], rel=1e-3)


def test_the_dropped_values_stand_together_in_the_histogram():
    outcome = run("dropout_shift", {"drop": 0.4}, np.random.default_rng(0))
    table, scalars = outcome.tables["outputs"], outcome.scalars
    assert table["train"].sum() == pytest.approx(1)
    assert table["test"].sum() == pytest.approx(1)
    zero = -scalars["input_mean"] / math.sqrt(scalars["train_variance"])
    spike = np.searchsorted(table["right"], zero)
    assert table["train"][spike] == pytest.approx(0.4, abs=0.05)


@pytest.mark.parametrize(
    "values",
    [
        {"drop": 0.9, "mean": 5.0, "std": 0.5},
        {"drop": 0.0},
        {"values": "rectified", "mean": -1.0, "std": 0.5, "drop": 0.9},
    ],
)
def test_the_whole_range_has_finite_outcomes(values):
    assert all(math.isfinite(value) for value in found("dropout_shift", **values).values())
