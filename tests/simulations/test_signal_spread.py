"""How far single networks stray from the formula."""

from __future__ import annotations

import math

import numpy as np
import pytest

from engine.simulations import SIMULATIONS, run
from engine.simulations.kit.network import propagate


def spread(seed=0, **values):
    return run("signal_spread", values, np.random.default_rng(seed))


@pytest.mark.parametrize(("activation", "per_layer"), [("relu", 5 / 4), ("linear", 1 / 2)])
@pytest.mark.parametrize(("depth", "width"), [(10, 128), (50, 256), (30, 512)])
def test_the_logarithm_varies_as_theory_says(activation, per_layer, depth, width):
    values = {"activation": activation, "initialization": "lecun_normal", "networks": 1000}
    found = spread(depth=depth, width=width, **values).scalars
    expected = math.sqrt(per_layer * depth / width)
    assert found["predicted_sd_log"] == pytest.approx(expected)
    assert abs(found["sd_log"] - expected) < 4 * found["sd_log_se"] + 0.03 * expected


def test_he_keeps_the_mean_square_over_many_networks_and_the_middle_falls():
    found = spread(depth=20, width=256, networks=1000).scalars
    assert found["mean_square"] == pytest.approx(1, abs=0.1)
    assert found["low"] < found["middle"] < 1 < found["high"]


def test_the_chain_of_factors_spreads_as_networks_that_are_really_built():
    rng = np.random.default_rng(5)
    depth, width, sigma = 8, 32, math.sqrt(2 / 32)
    last = []
    for _ in range(400):
        weights = [sigma * rng.standard_normal((width, width)) for _ in range(depth)]
        x = rng.standard_normal((1, width))
        x *= math.sqrt(width) / np.linalg.norm(x)
        last.append(propagate(weights, x, x, "relu").rms[-1])
    found = spread(depth=depth, width=width, networks=1000).scalars
    assert np.log(last).std() == pytest.approx(found["sd_log"], rel=0.12)
    assert np.median(last) == pytest.approx(found["middle"], rel=0.12)


def test_two_thirds_of_the_networks_lie_between_low_and_high():
    outcome = spread(depth=5, width=64)
    last = outcome.tables["quantiles"]
    assert last["low"][-1] == outcome.scalars["low"]
    assert last["high"][-1] == outcome.scalars["high"]
    assert np.all(last["low"] < last["middle"])
    assert np.all(last["middle"] < last["high"])


def test_the_networks_shown_have_every_layer_once():
    table = spread(depth=5, width=64).tables["networks"]
    assert len(table["rms"]) == 12 * 5
    assert sorted(set(table["network"])) == list(range(12))
    np.testing.assert_array_equal(table["layer"][:5], [1, 2, 3, 4, 5])


def test_every_scalar_is_finite_and_has_a_label():
    simulation = SIMULATIONS["signal_spread"]
    outcome = spread(depth=100, width=16)
    assert list(outcome.scalars) == list(simulation.scalars)
    assert all(math.isfinite(value) for value in outcome.scalars.values())
    assert all(simulation.scalars.values())
