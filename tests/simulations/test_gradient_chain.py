"""A gradient going back through a chain, against PyTorch's autograd and closed forms."""

from __future__ import annotations

import math

import numpy as np
import pytest

from engine.simulations import SIMULATIONS, run
from engine.simulations.gradients.gradient_chain import backward, steps_below

CHAINS = ((0.25, 1.0), (0.5, 1.6), (0.2, 8.0))  # those of tests/oracles/record_gradients.py
DEPTH = 12


def went(**values):
    return run("gradient_chain", values, np.random.default_rng(0))


@pytest.mark.parametrize("index", range(len(CHAINS)))
def test_every_layer_has_autograds_gradient(oracle, index):
    torch = oracle("gradients")
    slope, weight = CHAINS[index]
    table = went(slope=slope, weight=weight, depth=DEPTH).tables["chain"]
    np.testing.assert_allclose(table["plain"], torch[f"chain.{index}.plain"], rtol=1e-12)
    np.testing.assert_allclose(table["skip"], torch[f"chain.{index}.skip"], rtol=1e-12)


def test_ten_slopes_of_a_quarter_leave_the_millionth_of_the_curriculum():
    assert went(slope=0.25, depth=11).scalars["first"] == pytest.approx(9.54e-7, rel=1e-3)


def test_a_chain_of_one_more_layer_takes_one_more_step():
    assert backward(0.5, 1).tolist() == [1.0]
    assert backward(0.5, 4).tolist() == [0.125, 0.25, 0.5, 1.0]


@pytest.mark.parametrize("slope", [0.25, 0.5, 0.8, 0.9])
@pytest.mark.parametrize("limit", [0.1, 1e-3, 1e-4])
def test_the_steps_until_it_is_too_small_are_those_counted(slope, limit):
    found = went(slope=slope, limit=limit, depth=101).scalars
    assert found["steps_below"] == found["steps_below_seen"]
    steps = int(found["steps_below"])
    assert slope**steps < limit <= slope ** (steps - 1)


def test_a_size_that_is_only_reached_is_not_below():
    assert steps_below(0.5, 0.25) == 3


def test_a_factor_of_one_or_more_never_becomes_too_small():
    assert steps_below(1.0, 1e-7) == math.inf
    found = went(slope=0.25, weight=4.0).scalars
    assert found["first"] == 1
    assert found["steps_below"] == found["steps_below_seen"] == -1


@pytest.mark.parametrize("weight", [0.1, 10.0])
@pytest.mark.parametrize("slope", [0.01, 1.0])
def test_the_longest_chains_have_finite_scalars(slope, weight):
    found = went(slope=slope, weight=weight, depth=101).scalars
    assert all(math.isfinite(value) for value in found.values())
    assert list(found) == list(SIMULATIONS["gradient_chain"].scalars)
