"""Skip connections, against PyTorch's autograd, closed forms and the curriculum's figures."""

from __future__ import annotations

import math

import numpy as np
import pytest

from engine.simulations import SIMULATIONS, run
from engine.simulations.normalization.residual_network import Blocks, propagate


def went(seed=0, **values):
    return run("residual_network", values, np.random.default_rng(seed))


@pytest.mark.parametrize("branch", ["linear_last", "relu_last"])
@pytest.mark.parametrize(
    ("skip", "normalized"), [(False, False), (True, False), (True, True), (False, True)]
)
def test_every_block_agrees_with_autograd(oracle, branch, skip, normalized):
    torch = oracle("gradients")
    case = f"{branch}.{skip:d}.{normalized:d}"
    blocks = Blocks(branch, skip, 0.6 if skip else 1.0, normalized)
    given = (torch[f"{case}.{name}"] for name in ("weights", "x", "upstream"))
    signals, gradients = propagate(*given, blocks)
    np.testing.assert_allclose(signals, torch[f"{case}.signals"], rtol=1e-10, atol=1e-12)
    np.testing.assert_allclose(gradients, torch[f"{case}.gradients"], rtol=1e-9, atol=1e-12)


@pytest.mark.parametrize(("depth", "std"), [(10, 32), (20, 1e3), (50, 1.3e7)])
def test_a_branch_that_ends_linear_doubles_the_variance_in_every_block(depth, std):
    logs = [math.log(went(s, depth=depth, width=128).scalars["skip_std"]) for s in range(6)]
    spread = math.sqrt(depth / 128)
    assert np.mean(logs) == pytest.approx(math.log(std), abs=0.15 + 2 * spread)
    expected = went(depth=depth).scalars["expected_std"]
    assert expected == pytest.approx(2 ** (depth / 2))


@pytest.mark.parametrize(("depth", "std"), [(10, 87), (20, 1.8e4), (50, 2.2e11)])
def test_a_branch_that_ends_in_relu_grows_faster(depth, std):
    found = went(branch="relu_last", depth=depth, width=256).scalars["skip_std"]
    assert math.log(found) == pytest.approx(math.log(std), abs=1.0)


@pytest.mark.parametrize(
    ("depth", "scaled", "normalized"), [(10, 1.8, 2.1), (20, 2.8, 2.9), (50, 9.5, 5.3)]
)
def test_scaling_and_normalizing_hold_it_as_in_the_curriculum(depth, scaled, normalized):
    found = went(branch="relu_last", depth=depth, width=256).scalars
    assert found["scaled_std"] == pytest.approx(scaled, rel=0.2)
    assert found["bn_std"] == pytest.approx(normalized, rel=0.2)


@pytest.mark.parametrize("depth", [10, 20, 40])
def test_linear_branches_follow_their_closed_forms(depth):
    found = went(depth=depth, width=256).scalars
    assert found["scaled_std"] == pytest.approx((1 + 1 / depth) ** (depth / 2), rel=0.06)
    assert found["bn_std"] == pytest.approx(math.sqrt(1 + depth), rel=0.06)


def test_skips_save_the_gradient_that_tiny_weights_lose():
    found = went(gain=0.1, depth=50, branch="relu_last").scalars
    assert found["log10_plain_gradient"] < -45
    assert 0.5 < found["skip_gradient"] < 3


def test_without_a_branch_nothing_changes():
    found = went(branch_scale=0.0).scalars
    assert found["skip_std"] == pytest.approx(1, abs=0.05)
    assert found["skip_gradient"] == 1


@pytest.mark.parametrize("branch", ["linear_last", "relu_last"])
@pytest.mark.parametrize(
    "values",
    [
        {"gain": 3.0, "branch_scale": 2.0, "depth": 60, "width": 64},
        {"gain": 0.05, "depth": 60, "width": 8, "batch": 4},
        {"depth": 1},
    ],
)
def test_the_most_extreme_networks_have_finite_scalars(branch, values):
    found = went(branch=branch, **values).scalars
    assert all(math.isfinite(value) for value in found.values())
    assert set(found) == set(SIMULATIONS["residual_network"].scalars)
